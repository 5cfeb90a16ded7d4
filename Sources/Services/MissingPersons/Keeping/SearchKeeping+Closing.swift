import Basics
import Crypto
import Footage
import Store
import Identity

extension SearchKeeping {
    /// Ends a search: photos, decisions and the names of sightings are erased, the right to look ends.
    ///
    /// The key of the case is destroyed after the commit, by ``FootageCases/shred(_:)``.
    func close(_ id: String, outcome: SearchOutcome, in tx: WriteTransaction) throws {
        var search = try SearchCases.record(id, for: actor, in: tx)
        guard search.state != .closed else { throw Self.impossible(search) }
        let packets = try GivenPackets.of(id, in: tx)
        let photoCount = try CasePhotos.removeAll(of: id, in: tx)
        let markCount = try SightingMarks.removeAll(of: id, in: tx)
        let erased = try cases.close(id, by: actor, purpose: .missingPerson, in: tx)
        var report = ErasureReport(
            number: search.number.replacing("실종", with: "파기"),
            photoCount: photoCount,
            markCount: markCount,
            sightingNameCount: erased.sightingCount,
            warrantCount: erased.warrantCount,
            packetCount: packets.count,
            at: tx.now,
            by: actor.account?.displayName ?? "",
            digest: ""
        )
        report.digest = report.computedDigest
        search.state = .closed
        search.outcome = outcome
        search.person = nil
        search.erasure = JSONColumn(report)
        search.closedAt = tx.now
        try SearchCases.save(search, in: tx)
        try note(
            .closeSearch,
            search,
            details: [
                "outcome": outcome.rawValue, "photos": String(photoCount),
                "marks": String(markCount), "sightings": String(erased.sightingCount),
                "certificate": report.digest,
            ],
            in: tx
        )
        try FootageCases.noteErasure(
            of: search.number,
            count: photoCount + markCount + erased.sightingCount,
            form: Bilingual(
                "수색 사건의 사진·판단·목격 이름",
                "Photos, decisions and names of sightings of a search"
            ),
            basis: Bilingual(
                "개인정보 보호법 제21조(처리 목적 달성)",
                "Personal Information Protection Act art. 21 (purpose fulfilled)"
            ),
            purpose: .missingPerson,
            by: actor,
            in: tx
        )
    }
}

extension ErasureReport {
    /// SHA-256 over everything but the digest itself.
    var computedDigest: String {
        let lines = [
            number, "\(photoCount)", "\(markCount)", "\(sightingNameCount)", "\(warrantCount)",
            "\(packetCount)", at.rfc3339, by,
        ]
        return Digest.hexadecimal(Array(lines.joined(separator: "\n").utf8))
    }
}

/// SHA-256 in hexadecimal.
enum Digest {
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let hash = SHA256.hash(data: bytes)
        return String(
            decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }
}
