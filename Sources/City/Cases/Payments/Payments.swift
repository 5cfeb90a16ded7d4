import Basics
import Hosting
public import Identity
public import Store

extension Purpose {
    /// An officer pays out, settles or recovers what was granted.
    public static let casePayment = Purpose(
        code: "cases.payment",
        Bilingual("지원금 지급·정산", "Payment and settlement")
    )
}

/// The ledgers in the store; nothing here changes or removes a line.
public enum Payments {
    /// The most lines of one export.
    static let maximumExportCount = 50_000

    /// The ledger of a case.
    public static func ledger(of caseID: String, in db: ReadTransaction) throws -> PaymentLedger {
        try PaymentLedger(
            db.rows(
                "SELECT * FROM case_payment WHERE case_id = \(caseID) ORDER BY number",
                as: PaymentEntry.self
            )
        )
    }

    /// Writes the next line of a case's ledger, with its audit record.
    ///
    /// The caller has asked whether the actor may; the program writes what a decision means.
    ///
    /// - Throws: `PaymentError` where the line cannot follow.
    @discardableResult
    public static func write(
        _ entry: PaymentEntry,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws -> PaymentEntry {
        if let reference = entry.reference, try isTaken(reference, in: tx) {
            throw PaymentError.referenceTaken(reference)
        }
        var ledger = try ledger(of: entry.caseID, in: tx)
        let written = try ledger.append(entry)
        try tx.run(
            """
            INSERT INTO case_payment (case_id, number, kind, amount, concerns, reference, reason,
                day, actor_id, actor_name, at)
            VALUES (\(written.caseID), \(written.number), \(written.kind), \(written.amount),
                \(written.concerns), \(written.reference), \(written.reason), \(written.day),
                \(written.actorID), \(written.actorName), \(written.at))
            """
        )
        try tx.record(
            .create,
            on: AuditSubject(kind: "case", id: written.caseID),
            by: actor.id == nil ? AuditActor(kind: .system, id: "cases") : actor.auditActor,
            purpose: .casePayment,
            details: [
                "payment": written.kind.rawValue, "number": String(written.number),
                "amount": String(written.amount.amount),
            ]
        )
        return written
    }

    /// Whether a line has a reference already.
    static func isTaken(_ reference: String, in db: ReadTransaction) throws -> Bool {
        try db.value(
            "SELECT count(*) FROM case_payment WHERE reference = \(reference)",
            as: Int.self
        ) ?? 0 > 0
    }

    /// The references among these that lines have already.
    static func taken(among references: [String], in db: ReadTransaction) throws -> Set<String> {
        var taken: Set<String> = []
        for reference in references where try isTaken(reference, in: db) { taken.insert(reference) }
        return taken
    }
}
