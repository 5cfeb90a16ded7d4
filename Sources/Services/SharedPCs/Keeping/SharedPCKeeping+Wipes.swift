import Basics
import City
import Identity
import Store

/// What became of one disk of a log that was brought in.
struct WipeIntake: Sendable, Hashable, Codable {
    /// The disk, as the log names it.
    var diskSerial: String
    var diskModel: String
    /// The number of the record; nothing where it was not kept.
    var number: String?
    /// The number of the machine, where one was found.
    var machineNumber: String?
    var assetID: String?
    /// What is wrong; empty where the wipe is proven.
    var faults: [Bilingual]
    /// Whether this very log was brought in before.
    var isKnown = false

    var isProof: Bool { faults.isEmpty }
}

extension SharedPCKeeping {
    /// The furthest a log's clock may be ahead of ours, in seconds.
    static let maximumClockLeadSeconds = 86_400

    /// Brings in the log of some wipes; what belongs to no machine is told and not kept.
    ///
    /// - Parameters:
    ///   - runs: What the log says.
    ///   - digest: SHA-256 of the log, in hexadecimal.
    ///   - assetID: The machine on whose page it was brought, or nothing.
    ///   - tx: The transaction.
    /// - Returns: What became of each disk, in the order of the log.
    /// - Throws: `SharedPCError` with `.notFound` where there is no such machine.
    func bringIn(
        _ runs: [WipeRun],
        digest: String,
        on assetID: String? = nil,
        in tx: WriteTransaction
    ) throws -> [WipeIntake] {
        try runs.flatMap { run in
            try run.disks.map { try bringIn($0, of: run, digest: digest, on: assetID, in: tx) }
        }
    }

    private func bringIn(
        _ disk: WipedDisk,
        of run: WipeRun,
        digest: String,
        on assetID: String?,
        in tx: WriteTransaction
    ) throws -> WipeIntake {
        var intake = WipeIntake(diskSerial: disk.serial, diskModel: disk.model, faults: [])
        let faults = run.faults(of: disk)
        guard !disk.serial.isEmpty else {
            intake.faults = faults.map(\.title)
            return intake
        }
        let found: MachineRow
        switch try machine(of: disk, in: run, on: assetID, tx) {
        case .failure(let refusal):
            intake.faults = [refusal.message]
            return intake
        case .success(let row): found = row
        }
        intake.assetID = found.asset.id
        intake.machineNumber = found.asset.number
        let finishedAt = run.finishedAt ?? found.machine.lifeStartedAt
        let known = try Wipes.known(
            log: digest,
            disk: disk.serial,
            finishedAt: finishedAt,
            in: tx
        )
        if let known {
            intake.number = known.number
            intake.isKnown = true
            intake.faults = known.faults.value.map(\.title)
            return intake
        }
        if let fault = timeFault(of: finishedAt, found.machine, at: tx.now) {
            intake.faults = [fault]
            return intake
        }
        let record = try keep(
            disk,
            of: run,
            on: found,
            digest: digest,
            finishedAt: finishedAt,
            faults: faults,
            in: tx
        )
        intake.number = record.number
        intake.faults = faults.map(\.title)
        return intake
    }

    /// A log from before the machine came proves nothing about what was on it when it came; one of
    /// the future was written by a clock that is wrong.
    private func timeFault(
        of finishedAt: Instant,
        _ machine: Machine,
        at now: Instant
    ) -> Bilingual? {
        if finishedAt < machine.lifeStartedAt {
            return Bilingual(
                "입고(재수거)하기 전의 기록입니다. 다시 삭제해 주세요.",
                "The log is older than the intake. Wipe again."
            )
        }
        if finishedAt > now.adding(seconds: Self.maximumClockLeadSeconds) {
            return Bilingual(
                "로그의 시각이 앞으로 올 날입니다. 그 PC의 시계를 확인해 주세요.",
                "The log is of a day to come. Check that machine's clock."
            )
        }
        return nil
    }

    private func keep(
        _ disk: WipedDisk,
        of run: WipeRun,
        on row: MachineRow,
        digest: String,
        finishedAt: Instant,
        faults: [WipeFault],
        in tx: WriteTransaction
    ) throws -> WipeRecord {
        let method = run.methodName(of: disk)
        var record = WipeRecord(
            number: try YearlyNumbers.next(
                "삭제",
                year: tx.now.date.year,
                in: "shared_pc_wipe",
                digits: 6,
                tx
            ),
            assetID: row.asset.id,
            machineSerial: row.asset.serial,
            diskSerial: disk.serial,
            diskModel: disk.model,
            capacityByteCount: disk.capacityByteCount,
            tool: run.tool,
            method: method,
            level: SanitizationLevel(method: method),
            verification: run.verification,
            startedAt: run.startedAt,
            finishedAt: finishedAt,
            operatorID: actor.id ?? "",
            operatorName: actorName,
            logDigest: digest,
            checksum: "",
            faults: JSONColumn(faults),
            createdAt: tx.now
        )
        if record.isProof { record.checksum = record.certificate.checksum }
        try Wipes.save(record, in: tx)
        try assets.note(
            .wipe,
            record.isProof
                ? Bilingual(
                    "디스크 \(disk.serial) 완전삭제, 확인서 \(record.number)",
                    "Disk \(disk.serial) wiped, certificate \(record.number)"
                )
                : Bilingual(
                    "디스크 \(disk.serial) 삭제 실패 기록 \(record.number)",
                    "Disk \(disk.serial) not wiped, record \(record.number)"
                ),
            note: faults.map(\.title.korean).joined(separator: " "),
            of: row.asset,
            in: tx
        )
        return record
    }

    /// The machine a disk of a log belongs to, or why there is none.
    ///
    /// A disk that is written down belongs to its machine, and the log must not name another of ours.
    /// One that is not belongs to the machine that ran the wipe; or to the machine on whose page the
    /// log was brought, where no disk of it is known yet.
    private func machine(
        of disk: WipedDisk,
        in run: WipeRun,
        on assetID: String?,
        _ tx: WriteTransaction
    ) throws -> Result<MachineRow, SharedPCError> {
        func refuse(_ korean: String, _ english: String) -> Result<MachineRow, SharedPCError> {
            .failure(
                SharedPCError(.wipeRefused, Bilingual(korean, english), context: disk.serial)
            )
        }
        let runner =
            run.machineSerial.isEmpty ? nil : try Machines.find(serial: run.machineSerial, in: tx)
        if let known = try Machines.disk(disk.serial, in: tx) {
            let row = try Machines.row(known.assetID, in: tx)
            if let runner, runner.asset.id != row.asset.id {
                return refuse(
                    "이 디스크는 \(row.asset.number)의 것인데 로그는 \(runner.asset.number)에서 나왔습니다.",
                    "The disk is that of \(row.asset.number), the log of \(runner.asset.number)."
                )
            }
            if let assetID, assetID != row.asset.id {
                return refuse(
                    "다른 PC(\(row.asset.number))의 디스크입니다.",
                    "The disk of another machine (\(row.asset.number))."
                )
            }
            return .success(row)
        }
        if let runner, assetID == nil || assetID == runner.asset.id {
            try attach(disk.serial, to: runner.asset.id, in: tx)
            return .success(runner)
        }
        guard let assetID else {
            return refuse(
                "등록된 PC의 디스크가 아닙니다. PC의 화면에서 올리거나 일련번호를 먼저 등록해 주세요.",
                "No machine of ours has this disk. Bring the log on the machine's page."
            )
        }
        let row = try Machines.row(assetID, in: tx)
        guard try Machines.disks(of: assetID, in: tx).isEmpty else {
            return refuse(
                "이 PC에 등록된 디스크의 로그가 아닙니다.",
                "The log is not of a disk of this machine."
            )
        }
        try attach(disk.serial, to: assetID, in: tx)
        return .success(row)
    }
}
