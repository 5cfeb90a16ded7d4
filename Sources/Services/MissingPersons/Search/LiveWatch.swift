import Basics
import City
import Footage
import Store
import Web

/// What becomes of a new sighting that the live watch of a case has seen.
enum LiveWatch {
    static func handle(_ seen: FootageSeen, eventID: Int64, in tx: WriteTransaction) throws {
        guard seen.caseKind == SearchCase.caseKind,
            let search = try SearchCases.find(seen.caseID, in: tx), search.state == .open
        else { return }
        try LiveSightings.save(
            LiveSighting(
                caseID: seen.caseID,
                token: seen.token,
                camera: Int64(seen.camera),
                seenAt: seen.at,
                score: seen.score
            ),
            in: tx
        )
        let camera = try CameraRegister.find(seen.camera, in: tx)?.name ?? "\(seen.camera)"
        try Notices.send(
            Notice(
                id: "missing-seen-\(eventID)",
                accountID: seen.holderID,
                title: Bilingual("\(search.number) 새 목격", "\(search.number): a new sighting"),
                body: Bilingual(
                    "\(camera), \(seen.at.minuteText), 유사도 \(percent(seen.score))",
                    "\(camera), \(seen.at.minuteText), likeness \(percent(seen.score))"
                ),
                link: Ways.sighting(search.id, seen.token).target,
                createdAt: tx.now
            ),
            in: tx
        )
    }
}
