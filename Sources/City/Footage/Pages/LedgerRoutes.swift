import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Tabular
import Web

/// The ledger, to read, to print and to take along.
struct LedgerRoutes: Sendable {
    let platform: Platform
    let retention: FootageRetention

    private static let readers = RouteAccess.anyRole([.footageOfficer, .auditor])

    func add(to table: inout RouteTable) {
        table.page("/footage/ledger", access: Self.readers) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        table.file("/footage/ledger.csv", access: Self.readers) { incoming in
            try await file(incoming)
        }
        table.submission("/footage/clock", access: .role(.footageOfficer)) { incoming, _ in
            let ahead = try await platform.store.read { try Self.clockAhead(in: $0) }
            if ahead != nil { try await retention.acceptClock(by: incoming.actor) }
            return .other(.seeOther(LedgerPage.link))
        }
    }

    private func page(_ incoming: Incoming) async throws -> LedgerPage {
        let kind = incoming.query["kind"].flatMap(LedgerLine.Kind.init)
        let number = incoming.query.pageNumber()
        let retention = retention
        return try await platform.store.write { tx in
            try Self.record(.readLedger, kind, incoming, in: tx)
            let found = try FootageLedger.page(number, kind: kind, in: tx)
            return LedgerPage(
                lines: found.lines,
                total: found.total,
                number: number,
                kind: kind,
                keptDays: retention.room.keptDays,
                retentionDays: retention.days,
                clockAhead: try Self.clockAhead(in: tx)
            )
        }
    }

    private func file(_ incoming: Incoming) async throws -> Outgoing {
        let kind = incoming.query["kind"].flatMap(LedgerLine.Kind.init)
        let lines = try await platform.store.write { tx in
            try Self.record(.export, kind, incoming, in: tx)
            return try FootageLedger.page(
                1,
                size: FootageLedger.maximumExportCount,
                kind: kind,
                in: tx
            ).lines
        }
        var bytes: [UInt8] = []
        var csv = CSVWriter { bytes += $0 }
        try csv.write(["번호", "구분", "일시", "사건", "담당자", "목적", "근거", "형태", "제공받은 자", "건수"])
        for line in lines {
            try csv.write([
                String(line.number), line.kind.title.korean, line.at.rfc3339, line.caseNumber,
                line.actorName, line.purpose.value.korean, line.basis.value.korean,
                line.form.value.korean, line.recipient, String(line.itemCount),
            ])
        }
        try csv.finish()
        return .download(
            fileName: "개인영상정보 관리대장.csv",
            contentType: "text/csv; charset=utf-8",
            body: .bytes(bytes)
        )
    }

    private static func record(
        _ action: AuditAction,
        _ kind: LedgerLine.Kind?,
        _ incoming: Incoming,
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: AuditSubject(kind: "footageLedger", id: kind?.rawValue ?? "all"),
            by: incoming.actor.auditActor,
            purpose: .footageLedger
        )
    }

    private static func clockAhead(in db: ReadTransaction) throws -> Instant? {
        guard let latest = try FootageClock.latest(in: db),
            db.now.adding(seconds: FootageClock.maximumLagSeconds) < latest
        else { return nil }
        return latest
    }
}
