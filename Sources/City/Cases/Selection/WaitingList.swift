import Basics
import Store

/// Moves a waiting list up when somebody gives up a place.
enum WaitingList {
    /// Those on the list who are looked at for one free place; who left it is passed over.
    static let maximumLookCount = 100

    /// Whenever a case ends that had a place, the next of its list gets it, and is told.
    static let eventHandler = EventHandler("cases.waiting-list", on: CaseChanged.self) {
        event,
        _,
        tx in
        guard [.withdrawn, .expired].contains(event.to),
            var place = try CaseDraws.place(of: event.caseID, in: tx)
        else { return }
        let hadPlace = place.outcome == .selected
        place.outcome = .gone
        place.decidedAt = tx.now
        try CaseDraws.save(place, in: tx)
        guard hadPlace else { return }
        try moveUp(place.roundID, stratum: place.stratum, in: tx)
    }

    private static func moveUp(
        _ roundID: String,
        stratum: String,
        in tx: WriteTransaction
    ) throws {
        let list = try CaseDraws.waiting(
            roundID,
            stratum: stratum,
            limit: maximumLookCount,
            in: tx
        )
        for var next in list {
            guard let record = try Cases.find(next.caseID, in: tx), record.state == .waiting
            else { continue }
            _ = try CaseKeeping.waitingList.place(
                record,
                .approved,
                reason: Bilingual(
                    "예비 \(next.place)번이었으나 자리가 나서 선정되었습니다.",
                    "You were number \(next.place) on the waiting list; a place became free."
                ),
                in: tx
            )
            next.outcome = .selected
            next.decidedAt = tx.now
            try CaseDraws.save(next, in: tx)
            return
        }
    }
}
