import Basics
import City
import Identity
import Store

/// What is known of a machine when it comes in.
struct MachineEntry: Sendable, Hashable, Codable {
    var serial: String
    var maker = ""
    var model = ""
    var form = MachineForm.desktop
    var diskCount = 1
    /// The serial numbers of its disks, where they are known.
    var diskSerials: [String] = []
    /// The facts of the asset: `processor`, `memoryGB`, `storage`, `storageGB`, `displayInch`.
    var facts: [String: String] = [:]
}

extension SharedPCKeeping {
    /// What the numbers of machines begin with.
    static let numberPrefix = "SPC"

    /// Brings in a donor.
    func add(_ donor: Donor, in tx: WriteTransaction) throws {
        if let fault = Donor.fault(ofName: donor.name) {
            throw SharedPCError(.badInput, fault, context: donor.id)
        }
        try Intake.save(donor, in: tx)
        try tx.record(
            .create,
            on: AuditSubject(kind: "sharedPCDonor", id: donor.id),
            by: actor.auditActor,
            purpose: .sharedPCs
        )
    }

    /// Opens a batch; its number is that of the hand-over certificate.
    func open(_ batch: Batch, in tx: WriteTransaction) throws -> Batch {
        guard try Intake.donor(batch.donorID, in: tx) != nil else {
            throw SharedPCError.badInput("기증자를 골라 주세요.", "Choose the donor.")
        }
        guard batch.receivedOn <= tx.now.date else {
            throw SharedPCError.badInput(
                "인수한 날이 아직 오지 않았습니다.",
                "The day of the hand-over has not come yet."
            )
        }
        var batch = batch
        batch.receivedBy = actor.id ?? ""
        batch.receivedByName = actorName
        batch.number = try YearlyNumbers.next(
            "인수",
            year: batch.receivedOn.year,
            in: "shared_pc_batch",
            digits: 4,
            tx
        )
        try Intake.save(batch, in: tx)
        try tx.record(
            .create,
            on: AuditSubject(kind: "sharedPCBatch", id: batch.id),
            by: actor.auditActor,
            purpose: .sharedPCs,
            details: ["number": batch.number]
        )
        return batch
    }

    /// Takes machines of a batch in: all, or none where one cannot be.
    ///
    /// - Parameters:
    ///   - entries: What is known of each.
    ///   - batch: The batch.
    ///   - organizationID: Whose assets they become.
    ///   - newID: Makes an identifier.
    ///   - tx: The transaction.
    /// - Returns: The assets, in the order of the entries.
    /// - Throws: `SharedPCError` where a serial number is taken or the batch is full.
    func takeIn(
        _ entries: [MachineEntry],
        of batch: Batch,
        for organizationID: String,
        newID: () -> String,
        in tx: WriteTransaction
    ) throws -> [Asset] {
        let known = try Intake.machineCounts(of: [batch], in: tx)[batch.id] ?? 0
        guard known + entries.count <= Batch.maximumMachineCount else {
            throw SharedPCError.badInput(
                "인수증 하나에 \(Batch.maximumMachineCount.grouped)대까지 담을 수 있습니다.",
                "A batch has at most \(Batch.maximumMachineCount.grouped) machines."
            )
        }
        let head = "\(Self.numberPrefix)-\(batch.receivedOn.year)-"
        let first = try YearlyNumbers.next(
            Self.numberPrefix,
            year: batch.receivedOn.year,
            in: "city_asset",
            digits: 5,
            tx
        )
        let start = Int(first.dropFirst(head.count)) ?? 1
        return try entries.enumerated().map { place, entry in
            try enter(
                entry,
                number: YearlyNumbers.write(head, start + place, digits: 5),
                of: batch,
                for: organizationID,
                id: newID(),
                in: tx
            )
        }
    }

    private func enter(
        _ entry: MachineEntry,
        number: String,
        of batch: Batch,
        for organizationID: String,
        id: String,
        in tx: WriteTransaction
    ) throws -> Asset {
        var facts = entry.facts
        facts["form"] = entry.form.rawValue
        let name = [entry.maker, entry.model].filter { !$0.isEmpty }.joined(separator: " ")
        let asset = Asset(
            id: id,
            kind: .computer,
            number: number,
            name: name.isEmpty ? "사랑의 PC" : name,
            maker: entry.maker,
            model: entry.model,
            serial: entry.serial,
            organizationID: organizationID,
            spot: "\(Self.workshopSpot) \(batch.number)",
            state: .installed,
            acquiredOn: batch.receivedOn,
            facts: facts,
            isSample: batch.isSample,
            at: tx.now
        )
        do {
            try assets.enter(asset, in: tx)
        } catch let error as AssetError {
            throw SharedPCError(.serialTaken, error.message, context: error.context)
        }
        try Machines.save(
            Machine(
                assetID: id,
                batchID: batch.id,
                state: .received,
                form: entry.form,
                diskCount: entry.diskCount,
                lifeStartedAt: Instant(batch.receivedOn),
                work: JSONColumn(Refurbishment()),
                since: tx.now,
                version: 1
            ),
            in: tx
        )
        for serial in entry.diskSerials { try attach(serial, to: id, in: tx) }
        try assets.note(
            .received,
            Bilingual("인수증 \(batch.number)(으)로 입고", "Taken in with \(batch.number)"),
            of: asset,
            in: tx
        )
        return asset
    }

    /// Writes down that a disk is in a machine.
    func attach(
        _ serial: String,
        to assetID: String,
        isNew: Bool = false,
        in tx: WriteTransaction
    ) throws {
        if let known = try Machines.disk(serial, in: tx) {
            let machine = try Machines.row(known.assetID, in: tx).asset.number
            throw SharedPCError(
                .serialTaken,
                Bilingual(
                    "디스크 \(serial)은(는) 이미 \(machine)에 등록되어 있습니다.",
                    "Disk \(serial) is that of \(machine)."
                ),
                context: serial
            )
        }
        try Machines.save(
            Disk(serial: serial, assetID: assetID, isNew: isNew, removedAt: nil),
            in: tx
        )
    }

    /// Takes a disk out to be destroyed; it no longer keeps the machine from going on.
    func removeDisk(_ serial: String, reason: String, in tx: WriteTransaction) throws {
        guard var disk = try Machines.disk(serial, in: tx), disk.removedAt == nil else {
            throw SharedPCError.notFound("disk \(serial)")
        }
        guard !reason.isEmpty else {
            throw SharedPCError.badInput("까닭을 적어 주세요.", "Give the reason.")
        }
        let row = try Machines.row(disk.assetID, in: tx)
        guard !row.machine.state.isOfARecipient, row.machine.state != .recycled else {
            throw SharedPCError.badInput(
                "정비소에 있는 PC의 디스크만 뺄 수 있습니다.",
                "Only a machine in the workshop loses a disk."
            )
        }
        disk.removedAt = tx.now
        try Machines.save(disk, in: tx)
        try assets.note(
            .diskChanged,
            Bilingual("디스크 \(serial) 빼서 파쇄", "Disk \(serial) taken out and destroyed"),
            note: String(reason.prefix(Self.maximumReasonCharacterCount)),
            of: row.asset,
            in: tx
        )
    }
}
