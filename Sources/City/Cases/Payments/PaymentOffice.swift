import Basics
import Identity
import Store

/// Writes what a decision means into the ledger.
enum PaymentOffice {
    /// A grant of an amount opens the ledger; a grant that is given up before anything moved is taken
    /// back.
    static let eventHandler = EventHandler("cases.payments", on: CaseChanged.self) {
        event,
        _,
        tx in
        guard let record = try Cases.find(event.caseID, in: tx) else { return }
        if event.to == .approved, event.from != .claimed {
            try grant(record, in: tx)
        } else if event.to == .withdrawn, event.from == .approved {
            try takeBack(record, in: tx)
        }
    }

    private static func grant(_ record: Case, in tx: WriteTransaction) throws {
        guard let decision = record.decision?.value, let amount = decision.amount,
            amount > .zero, amount <= PaymentEntry.maximumAmount
        else { return }
        let ledger = try Payments.ledger(of: record.id, in: tx)
        // An appeal may grant what was granted before.
        guard ledger.balance.decided == .zero else { return }
        try Payments.write(
            entry(.decided, amount, record, decision.officerID, decision.officerName, in: tx),
            by: .anonymous,
            in: tx
        )
    }

    private static func takeBack(_ record: Case, in tx: WriteTransaction) throws {
        let ledger = try Payments.ledger(of: record.id, in: tx)
        guard ledger.balance.ordered == .zero, ledger.balance.requested == .zero else { return }
        for line in ledger.entries
        where line.kind == .decided && !ledger.isCorrected(line.number) {
            var correction = entry(.correction, line.amount, record, "", "", in: tx)
            correction.concerns = line.number
            correction.reason = "취하"
            try Payments.write(correction, by: .anonymous, in: tx)
        }
    }

    private static func entry(
        _ kind: PaymentEntry.Kind,
        _ amount: Won,
        _ record: Case,
        _ officerID: String,
        _ officerName: String,
        in tx: WriteTransaction
    ) -> PaymentEntry {
        PaymentEntry(
            caseID: record.id,
            kind: kind,
            amount: amount,
            day: tx.now.date,
            actorID: officerID,
            actorName: officerName,
            at: tx.now
        )
    }
}
