import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Tabular
import Web

/// Donors, batches and how machines come in.
struct IntakeRoutes {
    let desk: SharedPCDesk

    func add(to table: inout RouteTable) {
        addBatches(to: &table)
        addEntry(to: &table)
        addFiles(to: &table)
    }

    private func addBatches(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/batches", access: SharedPCDesk.access) { incoming in
            try await Self.list(desk, incoming).page(in: incoming.page)
        }
        table.submission("/shared-pcs/batches", access: SharedPCDesk.access) { incoming, form in
            try await Self.open(desk, incoming, form)
        }
        table.page("/shared-pcs/batches/{id}", access: SharedPCDesk.access) { incoming in
            var page = try await Self.batch(desk, incoming)
            if let last = incoming.query["last"] {
                let row = try await desk.store.read { db in
                    try Machines.find(last, in: db) == nil ? nil : Machines.row(last, in: db)
                }
                page.last = row?.machine.batchID == page.batch.id ? row : nil
            }
            return page.page(in: incoming.page)
        }
        table.page("/shared-pcs/batches/{id}/certificate", access: SharedPCDesk.access) {
            incoming in
            let page = try await Self.batch(desk, incoming)
            return HandOverCertificatePage(
                batch: page.batch,
                donor: page.donor,
                rows: page.rows.sorted { $0.asset.number < $1.asset.number },
                total: page.total
            ).page(in: incoming.page)
        }
        table.file("/shared-pcs/template.csv", access: SharedPCDesk.access) { _ in
            var bytes: [UInt8] = []
            var options = CSVWriter.Options()
            options.writesByteOrderMark = true
            var writer = CSVWriter(options: options) { bytes += $0 }
            try writer.write(MachineImport.columns.map { $0.titles[0] })
            try writer.finish()
            return .download(
                fileName: "사랑의PC_인수_서식.csv",
                contentType: "text/csv; charset=utf-8",
                body: .bytes(bytes)
            )
        }
    }

    private func addEntry(to table: inout RouteTable) {
        let desk = desk
        table.submission("/shared-pcs/batches/{id}/machines", access: SharedPCDesk.access) {
            incoming,
            form in
            var page = try await Self.batch(desk, incoming)
            let names = MachineImport.columns.map(\.name)
            let reader = MachineReader(
                Dictionary(uniqueKeysWithValues: names.map { ($0, form.text($0) ?? "") })
            )
            page.typed = Typed(form: form)
            page.faults = Dictionary(reader.faults.map { ($0.name, $0.message) }) { first, _ in
                first
            }
            if reader.entry.serial.isEmpty {
                page.faults["serial"] = Bilingual("일련번호를 적어 주세요.", "Give the serial number.")
            }
            guard page.faults.isEmpty else {
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let organization = try desk.organization(of: incoming.actor)
            let keeping = SharedPCKeeping(by: incoming.actor)
            let id = RandomName.make(byteCount: 12)
            let batch = page.batch
            page.refusal = try await desk.attempt { tx in
                _ = try keeping.takeIn(
                    [reader.entry],
                    of: batch,
                    for: organization,
                    newID: { id },
                    in: tx
                )
            }
            guard page.refusal == nil else {
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            return .other(
                .seeOther(
                    // The next serial number is typed where the browser puts the focus.
                    Link(
                        "/shared-pcs/batches/\(batch.id)",
                        query: [("last", id)],
                        fragment: "field-serial"
                    )
                )
            )
        }
    }

    private func addFiles(to table: inout RouteTable) {
        let desk = desk
        table.upload(
            "/shared-pcs/batches/{id}/files",
            access: SharedPCDesk.access,
            maximumFileByteCount: MachineImport.maximumByteCount
        ) { incoming, form in
            var page = try await Self.batch(desk, incoming)
            guard let sent = form.file("file"), !sent.bytes.isEmpty else {
                page.fileFault = Bilingual("파일을 골라 주세요.", "Choose a file.")
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            do {
                let known = try await desk.store.read { try KnownSerials.all(in: $0) }
                _ = try MachineImport(sent.bytes, fileName: sent.fileName, known: known)
            } catch let error as any ExplainedError where !(error is StoreError) {
                page.fileFault = error.message
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let file = IntakeFile(
                id: RandomName.make(byteCount: 12),
                batchID: page.batch.id,
                accountID: try incoming.accountID(),
                fileName: String(sent.fileName.suffix(200)),
                digest: try await desk.store.blobs.put(sent.bytes).id.rawValue,
                createdAt: incoming.now
            )
            try await desk.store.write { try file.save(in: $0) }
            return .other(.seeOther(Ways.batch(file.batchID).appending("files").appending(file.id)))
        }
        table.page("/shared-pcs/batches/{id}/files/{file}", access: SharedPCDesk.access) {
            incoming in try await Self.review(desk, incoming).page(in: incoming.page)
        }
        table.submission("/shared-pcs/batches/{id}/files/{file}", access: SharedPCDesk.access) {
            incoming,
            _ in try await Self.takeIn(desk, incoming)
        }
    }

    private static func list(
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> BatchListPage {
        let number = incoming.query.pageNumber()
        let today = incoming.now.date
        return try await desk.store.read { db in
            let found = try Intake.batches(page: number, in: db)
            return BatchListPage(
                batches: found.batches,
                total: found.total,
                number: number,
                counts: try Intake.machineCounts(of: found.batches, in: db),
                donors: try Intake.donors(in: db),
                today: today
            )
        }
    }

    private static func open(
        _ desk: SharedPCDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let keeping = SharedPCKeeping(by: incoming.actor)
        let id = RandomName.make(byteCount: 12)
        let donorID = form.text("donor") ?? RandomName.make(byteCount: 12)
        let now = incoming.now
        let refusal = try await desk.attempt { tx in
            if form.text("donor") == nil {
                try keeping.add(
                    Donor(
                        id: donorID,
                        kind: form["donorKind"].flatMap(Donor.Kind.init) ?? .publicOffice,
                        name: form.text("donorName") ?? "",
                        isSample: false,
                        createdAt: now
                    ),
                    in: tx
                )
            }
            guard let day = form["receivedOn"].flatMap({ LocalDate(iso: $0) }),
                let by = form.text("handedOverBy")
            else {
                throw SharedPCError.badInput(
                    "인수한 날과 인계한 사람을 적어 주세요.",
                    "Give the day and who handed it over."
                )
            }
            _ = try keeping.open(
                Batch(
                    id: id,
                    number: "",
                    donorID: donorID,
                    receivedOn: day,
                    handedOverBy: String(by.prefix(Donor.maximumNameCharacterCount)),
                    note: String((form.text("note") ?? "").prefix(Batch.maximumNoteCharacterCount)),
                    receivedBy: "",
                    receivedByName: "",
                    isSample: false,
                    createdAt: now
                ),
                in: tx
            )
        }
        guard refusal == nil else {
            var page = try await list(desk, incoming)
            page.refusal = refusal
            page.typed = Typed(form: form)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return .other(.seeOther(Ways.batch(id)))
    }

    private static func batch(_ desk: SharedPCDesk, _ incoming: Incoming) async throws -> BatchPage
    {
        let id = try incoming.pathParameter("id")
        let number = incoming.query.pageNumber()
        return try await desk.store.read { db in
            guard let batch = try Intake.batch(id, in: db),
                let donor = try Intake.donor(batch.donorID, in: db)
            else { throw Problem.notFound }
            let found = try Machines.page(number, batch: id, in: db)
            return BatchPage(
                batch: batch,
                donor: donor,
                rows: found.rows,
                total: found.total,
                number: number
            )
        }
    }

    private static func review(
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> IntakeReviewPage {
        let id = try incoming.pathParameter("file")
        let account = try incoming.accountID()
        let found = try await desk.store.read { db in
            guard let file = try IntakeFile.find(id, in: db), file.accountID == account,
                let batch = try Intake.batch(file.batchID, in: db)
            else { throw Problem.notFound }
            // What came out of this very file is no twin of it.
            let known =
                file.takenCount == nil
                ? try KnownSerials.all(in: db) : KnownSerials(machines: [:], disks: [:])
            return (file: file, batch: batch, known: known)
        }
        guard let blob = BlobID(rawValue: found.file.digest) else { throw Problem.notFound }
        let bytes = try await desk.store.blobs.get(
            blob,
            maximumSize: MachineImport.maximumByteCount
        )
        return IntakeReviewPage(
            file: found.file,
            batch: found.batch,
            read: try MachineImport(bytes, fileName: found.file.fileName, known: found.known)
        )
    }

    private static func takeIn(_ desk: SharedPCDesk, _ incoming: Incoming) async throws -> Answer {
        var page = try await review(desk, incoming)
        let address = Ways.batch(page.batch.id).appending("files").appending(page.file.id)
        guard page.file.takenCount == nil else { return .other(.seeOther(address)) }
        let organization = try desk.organization(of: incoming.actor)
        let keeping = SharedPCKeeping(by: incoming.actor)
        let (file, batch) = (page.file, page.batch)
        let entries = page.read.entries.map(\.entry)
        page.refusal = try await desk.attempt { tx in
            guard var now = try IntakeFile.find(file.id, in: tx), now.takenCount == nil else {
                return
            }
            _ = try keeping.takeIn(
                entries,
                of: batch,
                for: organization,
                newID: { RandomName.make(byteCount: 12) },
                in: tx
            )
            now.takenCount = entries.count
            try now.save(in: tx)
        }
        guard page.refusal == nil else {
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return .other(.seeOther(address))
    }
}
