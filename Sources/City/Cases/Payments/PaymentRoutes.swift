import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Tabular
import Web

/// The payments of an office: what waits for a second person, settlement files, the ledger as a file.
struct PaymentRoutes: Sendable {
    let desk: Desk

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        table.page("/desk/payments", access: Desk.officers) { incoming in
            let actor = incoming.actor
            return try await store.read { try PaymentListPage.read(for: actor, in: $0) }
                .page(in: incoming.page)
        }
        table.file("/desk/payments/ledger/{format}", access: Desk.officers) { incoming in
            guard let format = DeskFile.Format(rawValue: try incoming.pathParameter("format"))
            else {
                throw Problem.notFound
            }
            let actor = incoming.actor
            let file = try await store.write { tx in
                try tx.record(
                    .export,
                    on: AuditSubject(kind: "ledger", id: actor.account?.organization ?? ""),
                    by: actor.auditActor,
                    purpose: .casePayment
                )
                return try Self.ledger(for: actor, in: tx)
            }
            return .download(
                fileName: "\(file.title)_\(incoming.now.date.iso).\(format.rawValue)",
                contentType: format.contentType,
                body: .bytes(try file.bytes(format))
            )
        }
        addSettlements(to: &table)
    }

    private func addSettlements(to table: inout RouteTable) {
        table.page("/desk/payments/settlements", access: Desk.officers) { incoming in
            SettlementPage().page(in: incoming.page)
        }
        table.upload(
            "/desk/payments/settlements",
            access: Desk.officers,
            maximumFileByteCount: SettlementFile.maximumByteCount
        ) { incoming, fields in
            do {
                guard let sent = fields.file("file"), !sent.bytes.isEmpty else {
                    throw SettlementRefusal(
                        message: Bilingual("파일을 골라 주세요.", "Choose a file.")
                    )
                }
                _ = try SettlementFile(sent.bytes, fileName: sent.fileName)
                let upload = SettlementUpload(
                    id: RandomName.make(byteCount: 12),
                    accountID: try incoming.accountID(),
                    fileName: String(sent.fileName.suffix(200)),
                    digest: try await store.blobs.put(sent.bytes).id.rawValue,
                    createdAt: incoming.now
                )
                try await store.write { try upload.save(in: $0) }
                return .other(.seeOther(upload.link))
            } catch let error as any ExplainedError where !(error is StoreError) {
                let page = SettlementPage(fault: error.message)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
        }
        table.page("/desk/payments/settlements/{id}", access: Desk.officers) { incoming in
            let upload = try await upload(incoming)
            let file = try await file(of: upload)
            let actor = incoming.actor
            let review = try await store.read { try Self.review(file, by: actor, in: $0) }
            return SettlementReviewPage(upload: upload, review: review).page(in: incoming.page)
        }
        table.submission("/desk/payments/settlements/{id}", access: Desk.officers) { incoming, _ in
            let upload = try await upload(incoming)
            let file = try await file(of: upload)
            let actor = incoming.actor
            try await store.write { tx in
                guard var now = try SettlementUpload.find(upload.id, in: tx), now.takenCount == nil
                else { return }
                let review = try Self.review(file, by: actor, in: tx)
                for line in review.entries { try Payments.write(line.entry, by: actor, in: tx) }
                now.takenCount = review.entries.count
                try now.save(in: tx)
            }
            return .other(.seeOther(upload.link))
        }
    }

    private func upload(_ incoming: Incoming) async throws -> SettlementUpload {
        let id = try incoming.pathParameter("id")
        let account = try incoming.accountID()
        let upload = try await store.read { try SettlementUpload.find(id, in: $0) }
        guard let upload, upload.accountID == account else { throw Problem.notFound }
        return upload
    }

    private func file(of upload: SettlementUpload) async throws -> SettlementFile {
        guard let blob = BlobID(rawValue: upload.digest) else { throw Problem.notFound }
        let bytes = try await store.blobs.get(blob, maximumSize: SettlementFile.maximumByteCount)
        return try SettlementFile(bytes, fileName: upload.fileName)
    }

    /// What the rows of a file would write, on the ledgers as they are now.
    private static func review(
        _ file: SettlementFile,
        by actor: Actor,
        in db: ReadTransaction
    ) throws -> SettlementReview {
        var cases: [String: String] = [:]
        var ledgers: [String: PaymentLedger] = [:]
        for receipt in Set(file.rows.map(\.receipt)) where !receipt.isEmpty {
            let found = try db.first(
                "SELECT \(Cases.columns) FROM case_record WHERE receipt = \(receipt)",
                as: Case.self
            )
            guard let record = found, actor.reviewsCases(of: record.organizationID),
                !record.belongs(to: actor.id)
            else { continue }
            cases[receipt] = record.id
            ledgers[record.id] = try Payments.ledger(of: record.id, in: db)
        }
        return SettlementReview(
            file,
            cases: cases,
            ledgers: ledgers,
            taken: try Payments.taken(among: file.rows.map(\.reference), in: db),
            officer: (actor.id ?? "", actor.account?.displayName ?? ""),
            at: db.now
        )
    }

    private static func ledger(for actor: Actor, in db: ReadTransaction) throws -> DeskFile {
        struct Row: Codable {
            var receipt: String
            var number: Int
            var kind: PaymentEntry.Kind
            var amount: Won
            var concerns: Int?
            var reference: String?
            var reason: String
            var day: LocalDate
            var actorName: String
        }
        let rows = try db.rows(
            """
            SELECT case_record.receipt, number, kind, amount, concerns, reference, reason, day,
                actor_name
            FROM case_payment JOIN case_record ON case_record.id = case_payment.case_id
            WHERE \(Desk.condition(actor)) ORDER BY case_record.receipt, number
            LIMIT \(Payments.maximumExportCount)
            """,
            as: Row.self
        )
        return DeskFile(
            title: "지급원장",
            columns: ["접수번호", "줄", "구분", "금액(원)", "관련 줄", "승인번호", "사유", "날", "적은 사람"],
            rows: rows.map { row in
                [
                    .text(row.receipt), .integer(Int64(row.number)), .text(row.kind.title.korean),
                    .won(row.amount), row.concerns.map { .integer(Int64($0)) } ?? .text(""),
                    .text(row.reference ?? ""), .text(row.reason), .text(row.day.iso),
                    .text(row.actorName),
                ]
            }
        )
    }
}
