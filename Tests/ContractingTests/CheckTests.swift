import Basics
import Foundation
import SharedDataTesting
import Testing

@testable import Contracting

@Suite struct `Checking contracting data` {
    static let valid = """
        {"uri":"https://example.org/p","version":"1.1","publisher":{"name":"서울"},
        "publishedDate":"2023-01-25T09:00:00+09:00","releases":[
        {"ocid":"o-1","id":"1","date":"2023-01-25T09:00:00+09:00","tag":["planning"],
        "initiationType":"tender","language":"ko","parties":[{"id":"A","name":"가","roles":["buyer"]}],
        "buyer":{"id":"A","name":"가"},"planning":{"budget":{"amount":{"amount":100,"currency":"KRW"}}},
        "tender":{"id":1,"title":"이름","title_ko":"이름","status":"planned",
        "tenderPeriod":{"startDate":"2023-03-01T00:00:00+09:00","endDate":"2023-03-31T00:00:00+09:00"},
        "items":[{"id":"1","quantity":2.5},{"id":"2"}]},
        "awards":[{"id":"w"}],"contracts":[{"id":"c","awardID":"w"}]}]}
        """

    @Test func `a sound package has no finding`() throws {
        let report = try ContractingReport.check(ReleaseReader(bytes: bytes(Self.valid)))
        #expect(report.findings == [])
        #expect(report.releaseCount == 1)
    }

    static let faults: [(String, String, ContractingFinding.Code, String)] = [
        (#""ocid":"o-1","#, "", .requiredFieldMissing, "/releases/0/ocid"),
        (
            #""amount":100"#, #""amount":"오억""#, .wrongType,
            "/releases/0/planning/budget/amount/amount"
        ),
        (
            #""amount":100"#, #""amount":-100"#, .negativeAmount,
            "/releases/0/planning/budget/amount/amount"
        ),
        (
            #""amount":100"#, #""amount":1e17"#, .absurdAmount,
            "/releases/0/planning/budget/amount/amount"
        ),
        (
            #""startDate":"2023-03-01T00:00:00+09:00""#, #""startDate":"2023-13""#, .invalidDate,
            "/releases/0/tender/tenderPeriod/startDate"
        ),
        (
            #""startDate":"2023-03-01"#, #""startDate":"2023-04-01"#, .periodReversed,
            "/releases/0/tender/tenderPeriod"
        ),
        (
            #""startDate":"2023-03-01T00:00:00+09:00""#, #""startDate":"2023-03-01T00:00:00""#,
            .invalidDate, "/releases/0/tender/tenderPeriod/startDate"
        ),
        (#""planned""#, #""발주예정""#, .unknownCode, "/releases/0/tender/status"),
        (#""KRW""#, #""원""#, .unknownCode, "/releases/0/planning/budget/amount/currency"),
        (#"["planning"]"#, #"["plan"]"#, .unknownCode, "/releases/0/tag/0"),
        (#"["planning"]"#, "[]", .emptyArray, "/releases/0/tag"),
        (#""buyer":{"id":"A""#, #""buyer":{"id":"B""#, .danglingReference, "/releases/0/buyer"),
        (#"{"id":"2"}"#, #"{"id":"1"}"#, .duplicateID, "/releases/0/tender/items/1"),
        (#""awardID":"w""#, #""awardID":"x""#, .unknownAward, "/releases/0/contracts/0/awardID"),
        (#""language":"ko""#, #""speech":"ko""#, .additionalField, "/releases/0/speech"),
        (#""version":"1.1""#, #""version":"2.0""#, .unknownVersion, "/version"),
        (#""uri":"https://example.org/p""#, #""uri":"example""#, .invalidAddress, "/uri"),
        (
            #""publisher":{"name":"서울"}"#, #""publisher":{}"#, .requiredFieldMissing,
            "/publisher/name"
        ),
    ]

    @Test(arguments: faults)
    func `a fault is found at its place, and only it`(
        sound: String,
        faulty: String,
        code: ContractingFinding.Code,
        place: String
    ) throws {
        let text = Self.valid.replacing(sound, with: faulty, maxReplacements: 1)
        #expect(text != Self.valid)
        let report = try ContractingReport.check(ReleaseReader(bytes: bytes(text)))
        #expect(report.findings.map(\.code) == [code])
        #expect(report.findings.map(\.path) == [place])
    }

    @Test func `a release given twice is found`() throws {
        let release =
            #"{"ocid":"o","id":"1","date":"2023-01-25T09:00:00Z","tag":["tender"],"initiationType":"tender"}"#
        let report = try ContractingReport.check(
            ReleaseReader(bytes: bytes("\(release)\n\(release)"))
        )
        #expect(report.findings.map(\.code) == [.duplicateRelease])
        #expect(report.findings.map(\.path) == ["/1/id"])
    }

    @Test func `findings are counted beyond those that are kept`() throws {
        var limits = ContractingLimits()
        limits.maximumFindingCount = 5
        let lines = (0..<20).map { #"{"ocid":"o\#($0)"}"# }.joined(separator: "\n")
        let report = try ContractingReport.check(
            ReleaseReader(bytes: bytes(lines)),
            limits: limits
        )
        #expect(report.findings.count == 5)
        #expect(report.counts["requiredFieldMissing"] == 80)
        #expect(report.errorCount == 80)
    }

    @Test func `extensions are listed`() throws {
        let text = Self.valid.replacing(
            #""version":"1.1""#,
            with: #""version":"1.1","extensions":["https://example.org/x.json"]"#
        )
        let report = try ContractingReport.check(ReleaseReader(bytes: bytes(text)))
        #expect(report.extensions == ["https://example.org/x.json"])
        #expect(report.findings == [])
    }

    @Test(.enabled(if: SharedData.isPresent, "no shared data"))
    func `the reference sample is sound in every stage`() throws {
        for file in SharedData.jsonFiles("ocds-sample") {
            let report = try ContractingReport.check(
                ReleaseReader(bytes: [UInt8](Data(contentsOf: file)))
            )
            #expect(report.errorCount == 0, "\(file.lastPathComponent): \(report.findings)")
            #expect(report.warningCount == 0, "\(file.lastPathComponent): \(report.findings)")
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "no shared data"))
    func `the schema table has the fields of the standard's schema`() throws {
        let file = SharedData.procurement.appendingPathComponent("schema-1.1.5/release-schema.json")
        let schema = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        )
        let definitions = try #require(schema["definitions"] as? [String: [String: Any]])
        for definition in ReleaseSchema.Definition.allCases where definition != .unit {
            let name = String(describing: definition)
            let official =
                definition == .release
                ? schema : try #require(definitions[name.prefix(1).uppercased() + name.dropFirst()])
            let shape = ReleaseSchema.shape(of: definition)
            let properties = try #require(official["properties"] as? [String: Any])
            #expect(Set(shape.fields.keys) == Set(properties.keys), "\(name)")
            #expect(Set(shape.required) == Set(official["required"] as? [String] ?? []), "\(name)")
        }
    }
}
