import Basics
import Identity
public import Store

extension Purpose {
    /// Places are given out among those who qualify.
    public static let caseSelection = Purpose(
        code: "cases.selection",
        Bilingual("지원 대상 선정", "Selection of recipients")
    )
}

// What a selection does to an application. Nobody decides here: the order or the draw did.
extension CaseKeeping {
    /// The hand of the program that moves a waiting list up.
    static let waitingList = CaseKeeping(by: .anonymous, for: .caseSelection)

    /// Gives somebody a place, a place on the waiting list, or neither.
    func place(
        _ record: Case,
        _ outcome: CaseState,
        reason: Bilingual,
        in tx: WriteTransaction
    ) throws -> Case {
        var new = record
        new.decision = JSONColumn(
            CaseDecision(
                outcome: outcome,
                reason: reason.korean,
                amount: outcome == .approved ? record.verdict?.value.estimate : nil,
                officerID: actor.id ?? "",
                officerName: actor.account?.displayName ?? "",
                at: tx.now
            )
        )
        new.decidedAt = tx.now
        return try move(
            new,
            to: outcome,
            as: .program,
            Words(
                kind: .moved,
                title: Bilingual(
                    "선정 결과: \(outcome.title.korean)",
                    "Selection: \(outcome.title.english)"
                ),
                note: reason.korean,
                notice: reason
            ),
            in: tx
        )
    }
}
