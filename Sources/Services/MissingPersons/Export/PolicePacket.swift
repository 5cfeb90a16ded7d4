import Basics
import Footage
import FoundationEssentials
import Packaging
import Web

/// What the police are given: pictures in which everybody but the person is masked, the facts of the
/// case, the route, and the chain that ties them together.
struct PolicePacket: Sendable {
    struct Sighting: Sendable {
        var match: FootageMatch
        var jpeg: [UInt8]
        var camera: Camera?
    }

    var search: SearchCase
    var number: Int
    var recipient: String
    var givenBy: String
    var givenAt: Instant
    var sightings: [Sighting]
    var route: CaseRoute

    /// The packet's number: the case's and its own.
    var fullNumber: String { "\(search.number)-\(number)" }

    /// The packet as a ZIP file, and the root of its chain.
    func archive() throws -> (bytes: [UInt8], root: String) {
        var bytes: [UInt8] = []
        var zip = ZipWriter(level: 6) { bytes += $0 }
        var chain = PacketChain(number: fullNumber)
        for (name, content) in try files() {
            chain.add(name, content)
            try zip.begin(name)
            try zip.write(content)
            try zip.end()
        }
        try zip.begin(PacketChain.fileName)
        try zip.write(Self.json(chain))
        try zip.end()
        try zip.finish()
        return (bytes, chain.root)
    }

    private func files() throws -> [(String, [UInt8])] {
        let stills = sightings.enumerated().map { index, sighting in
            (Self.stillName(index), sighting.jpeg)
        }
        return stills + [
            ("case.json", try Self.json(facts)),
            ("route.geojson", try RouteFeatures(route).geoJSON()),
            ("summary.html", Array(summary.markup.utf8)),
        ]
    }

    private static func stillName(_ index: Int) -> String {
        let digits = String(index + 1)
        return "stills/\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits).jpg"
    }

    static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    // MARK: The facts, for programs

    private struct Facts: Encodable {
        struct Seen: Encodable {
            var file: String
            var camera: UInt32
            var cameraName: String
            var latitude: Double?
            var longitude: Double?
            var at: String
        }
        var packet: String
        var caseNumber: String
        var reportNumber: String
        var kind: String
        var requester: String
        var legalBasis: Bilingual
        var recipient: String
        var givenBy: String
        var givenAt: String
        var maskedExceptPerson: Bool
        var sightings: [Seen]
    }

    private var facts: Facts {
        Facts(
            packet: fullNumber,
            caseNumber: search.number,
            reportNumber: search.reportNumber,
            kind: search.kind.rawValue,
            requester: search.requester,
            legalBasis: search.basis.title,
            recipient: recipient,
            givenBy: givenBy,
            givenAt: givenAt.rfc3339,
            maskedExceptPerson: true,
            sightings: sightings.enumerated().map { index, sighting in
                Facts.Seen(
                    file: Self.stillName(index),
                    camera: sighting.match.camera,
                    cameraName: sighting.camera?.name ?? "",
                    latitude: sighting.camera?.place?.latitude,
                    longitude: sighting.camera?.place?.longitude,
                    at: sighting.match.at.rfc3339
                )
            }
        )
    }

    // MARK: The summary, for people

    private var summary: HTML {
        let rows = HTML(each: sightings.enumerated()) { index, sighting in
            """
            <tr><td>\(index + 1)</td><td>\(sighting.camera?.name ?? "")</td>\
            <td>\(sighting.match.at.minuteText)</td>\
            <td><img src="\(Self.stillName(index))" alt="\(index + 1)" width="320"></td></tr>
            """
        }
        return """
            <!doctype html><html lang="ko"><head><meta charset="utf-8">\
            <title>\(fullNumber)</title></head><body><h1>수색 자료 \(fullNumber)</h1>\
            <dl><dt>신고번호</dt><dd>\(search.reportNumber)</dd>\
            <dt>유형</dt><dd>\(search.kind.title.korean)</dd>\
            <dt>요청</dt><dd>\(search.requester)</dd>\
            <dt>근거</dt><dd>\(search.basis.title.korean)</dd>\
            <dt>받는 곳</dt><dd>\(recipient)</dd>\
            <dt>제공한 때</dt><dd>\(givenAt.minuteText)</dd></dl>\
            <p>정지영상은 찾는 사람 밖의 모든 사람을 가렸습니다. 목적을 이루면 지체 없이 파기해 주십시오.</p>\
            <table border="1"><thead><tr><th>번호</th><th>카메라</th><th>시각</th><th>정지영상</th></tr>\
            </thead><tbody>\(rows)</tbody></table>\
            <p>확인: <code>haechi missing verify</code></p></body></html>
            """
    }
}
