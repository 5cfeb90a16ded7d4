import Basics
import Footage
import Store
import Identity

extension SearchKeeping {
    /// Decides on a sighting, or takes a decision back where none is given.
    func mark(
        _ match: FootageMatch,
        _ verdict: SightingMark.Verdict?,
        of id: String,
        in tx: WriteTransaction
    ) throws {
        let search = try ownOpen(id, in: tx)
        let count = try SightingMarks.of(id, in: tx).count
        guard count < SightingMark.maximumCount || verdict == nil else {
            throw MissingError(
                .tooMany,
                Bilingual(
                    "목격은 \(SightingMark.maximumCount)건까지 판단할 수 있습니다.",
                    "Up to \(SightingMark.maximumCount) sightings can be decided on."
                ),
                context: id
            )
        }
        if let verdict {
            try SightingMarks.save(
                SightingMark(
                    caseID: id,
                    token: match.token,
                    verdict: verdict,
                    camera: Int64(match.camera),
                    seenAt: match.at,
                    markedBy: actor.auditName,
                    markedAt: tx.now
                ),
                in: tx
            )
        } else {
            try SightingMarks.remove(match.token, of: id, in: tx)
        }
        try note(
            .judgeSighting,
            search,
            details: ["sighting": match.token, "verdict": verdict?.rawValue ?? "none"],
            in: tx
        )
    }
}
