import Basics
import Foundation
import Testing

@testable import Drawing

/// One way to tamper with a draw, and what the verifier says of it.
struct Tampering: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code: DrawFinding.Code
    /// What the finding is about; nil where it is the whole.
    var subject: String?
    var change: @Sendable (inout CompletedDraw) throws -> Void
}

/// The draws that are tampered with: they have every part.
private func honestDraw() throws -> CompletedDraw {
    try Samples.draw(
        Samples.rule(leftover: .proportional, onePerGroup: true, hasKey: true),
        Samples.entrants(50, grouped: true)
    )
}

/// Makes the rest of a draw follow from what was changed, as whoever tampers would.
private func redraw(_ draw: inout CompletedDraw) throws {
    let base = try DrawSeed.base(draw.seed, rule: draw.rule, commitment: draw.commitment.hash)
    let output = try draw.committed.vrfOutput(draw.seed.vrfProof, base: base)
    draw.result = DrawSelection.result(
        draw.rule,
        try Roster(draw.entrants, rule: draw.rule),
        seed: DrawSeed.seed(base: base, output: output)
    )
}

let tamperings: [Tampering] = [
    .init(testDescription: "an entrant is taken out", code: .merkleRoot) {
        $0.entrants.remove(at: 20)
        try redraw(&$0)
    },
    .init(testDescription: "the count does not match", code: .entrantCount) {
        $0.entrants.remove(at: 20)
    },
    .init(testDescription: "an entrant is put in", code: .merkleRoot) {
        $0.entrants.append(try DrawEntrant(receipt: "R-2026-99999", stratum: "1"))
        try redraw(&$0)
    },
    .init(testDescription: "an entrant changes the stratum", code: .merkleRoot) {
        let entrant = $0.entrants[7]
        $0.entrants[7] = try DrawEntrant(
            receipt: entrant.receipt,
            stratum: entrant.stratum == "1" ? "2" : "1",
            group: entrant.group
        )
        try redraw(&$0)
    },
    .init(testDescription: "an entrant leaves the household", code: .merkleRoot) {
        let entrant = $0.entrants[7]
        $0.entrants[7] = try DrawEntrant(receipt: entrant.receipt, stratum: entrant.stratum)
        try redraw(&$0)
    },
    .init(testDescription: "two entrants swap", code: .entrants, subject: "R-2026-00003") {
        $0.entrants.swapAt(3, 4)
    },
    .init(testDescription: "an entrant stands twice", code: .entrants) {
        $0.entrants.insert($0.entrants[5], at: 5)
    },
    .init(testDescription: "a place is added", code: .ruleHash) {
        $0.rule.strata[0].places += 1
        try redraw(&$0)
    },
    .init(testDescription: "strata change order", code: .ruleHash) {
        $0.rule.strata.swapAt(0, 1)
        try redraw(&$0)
    },
    .init(testDescription: "the rule becomes impossible", code: .rule) {
        $0.rule.strata[0].places = -1
    },
    .init(testDescription: "another draw's commitment", code: .identity) {
        $0.commitment.draw = "other"
    },
    .init(testDescription: "another protocol", code: .identity) { $0.commitment.protocol = "x" },
    .init(testDescription: "a secret is another", code: .wrongReveal, subject: "청년정책담당관") {
        $0.seed.reveals[1].bytes[0] ^= 1
    },
    .init(testDescription: "secrets swap", code: .wrongReveal, subject: "감사담당관") {
        $0.seed.reveals.swapAt(0, 2)
    },
    .init(testDescription: "a secret is missing", code: .missingReveal, subject: "시민참관인 대표") {
        $0.seed.reveals.removeLast()
    },
    .init(testDescription: "a secret is empty", code: .missingReveal, subject: "감사담당관") {
        $0.seed.reveals[0] = HexBytes([])
    },
    .init(testDescription: "a secret too many", code: .wrongReveal) {
        $0.seed.reveals.append(try Samples.secret(9).bytes)
    },
    .init(testDescription: "a public value is another", code: .vrfProof) {
        $0.seed.inputs[0] = "1 2 3 4 5 6"
    },
    .init(testDescription: "a public value is none", code: .input) { $0.seed.inputs[1] = "휴장" },
    .init(testDescription: "a public value is missing", code: .input) {
        $0.seed.inputs.removeLast()
    },
    .init(testDescription: "the proof is another", code: .vrfProof) {
        $0.seed.vrfProof?.bytes[40] ^= 1
    },
    .init(testDescription: "the proof is missing", code: .vrfProof) { $0.seed.vrfProof = nil },
    .init(testDescription: "the seed is another", code: .seed) { $0.result.seed.bytes[3] ^= 1 },
    .init(testDescription: "two selected swap", code: .result, subject: "1") {
        $0.result.strata[0].selected.swapAt(0, 1)
    },
    .init(testDescription: "somebody waits further up", code: .result, subject: "2") {
        $0.result.strata[1].waiting.swapAt(0, 1)
    },
    .init(testDescription: "somebody is selected instead", code: .result, subject: "3") {
        $0.result.strata[2].selected[0] = $0.result.strata[2].waiting[0]
    },
    .init(testDescription: "a place stays empty", code: .result, subject: "1") {
        $0.result.strata[0].selected.removeLast()
    },
    .init(testDescription: "a count is another", code: .result, subject: "1") {
        $0.result.strata[0].vacant += 1
    },
    .init(testDescription: "a stratum is missing", code: .result) {
        $0.result.strata.removeLast()
    },
]

@Suite struct `The check of a draw` {
    @Test func `finds nothing in an honest draw`() throws {
        let draw = try honestDraw()
        let findings = try DrawVerification.findings(
            ofFile: draw.bytes,
            list: draw.entrants,
            commitment: draw.commitment.hash
        )
        #expect(findings == [])
    }

    @Test(arguments: tamperings)
    func `finds and names every tampering`(_ tampering: Tampering) throws {
        var draw = try honestDraw()
        // A change that breaks the proof of the key cannot be drawn again: it is found as it is.
        do { try tampering.change(&draw) } catch is DrawingError {}
        let findings = try DrawVerification.findings(of: draw)
        #expect(
            findings.contains {
                $0.code == tampering.code && (tampering.subject ?? $0.subject) == $0.subject
            },
            "\(findings.map(\.message.english))"
        )
    }

    @Test func `finds a draw that was committed again for a better outcome`() throws {
        let honest = try honestDraw()
        let other = try Samples.draw(honest.rule, Array(honest.entrants.dropLast()))
        #expect(try DrawVerification.findings(of: other) == [])
        let findings = try DrawVerification.findings(
            of: other,
            list: honest.entrants,
            commitment: honest.commitment.hash
        )
        #expect(findings.map(\.code) == [.commitment, .list])
        #expect(findings.last?.subject == "R-2026-00049")
    }

    @Test func `names the entrants that differ from a kept list, and counts the rest`() throws {
        let draw = try honestDraw()
        var list = draw.entrants
        list.remove(at: 0)
        list[3] = try DrawEntrant(receipt: list[3].receipt, stratum: "3", group: "other")
        list.append(try DrawEntrant(receipt: "Z-1", stratum: "1"))
        let findings = try DrawVerification.findings(of: draw, list: list)
        #expect(findings.map(\.subject) == ["Z-1", "R-2026-00000", "R-2026-00004"])
        let none = try DrawVerification.findings(of: draw, list: [])
        #expect(none.count == DrawVerification.maximumNamedDifferenceCount + 1)
        #expect(none.last?.message.english == "30 more differences from the list.")
    }

    @Test func `finds a file that says more than the draw`() throws {
        let text = String(decoding: try honestDraw().bytes, as: UTF8.self)
        for changed in [
            text + "\n", text.replacing("{\"commitment\"", with: "{\"a\":1,\"commitment\""),
            text.replacing("\"vacant\":0", with: "\"vacant\":9,\"vacant\":0"),
        ] {
            let findings = try DrawVerification.findings(ofFile: Array(changed.utf8))
            #expect(findings.first?.code == .notCanonical)
        }
    }

    @Test func `a draw is not held without every true secret, value and proof`() throws {
        let committed = try honestDraw().committed
        let evidence = try Samples.evidence(for: committed)
        func code(_ change: (inout SeedEvidence) -> Void) -> DrawingError.Code? {
            var changed = evidence
            change(&changed)
            return #expect(throws: DrawingError.self) { try committed.completed(with: changed) }?
                .code
        }
        #expect(code { $0.reveals.removeLast() } == .missingReveal)
        #expect(code { $0.reveals[0].bytes[0] ^= 1 } == .wrongReveal)
        #expect(code { $0.reveals.append(HexBytes([])) } == .wrongReveal)
        #expect(code { $0.inputs.removeLast() } == .inputCount)
        #expect(code { $0.inputs[1] = "-" } == .badInput)
        #expect(code { $0.vrfProof = nil } == .badProof)
        var tampered = committed
        tampered.entrants.removeLast()
        let error = #expect(throws: DrawingError.self) { try tampered.completed(with: evidence) }
        #expect(error?.code == .brokenCommitment)
    }

    @Test func `an official's commitment cannot serve another official or draw`() throws {
        let secret = try Samples.secret(0)
        let own = secret.commitment(draw: "d-1", official: "감사담당관")
        #expect(secret.commitment(draw: "d-2", official: "감사담당관") != own)
        #expect(secret.commitment(draw: "d-1", official: "시민참관인 대표") != own)
        #expect(throws: DrawingError.self) { try OfficialSecret(HexBytes([1, 2, 3])) }
        var generator = SeededRandom(seed: 1)
        #expect(OfficialSecret(using: &generator) != OfficialSecret(using: &generator))
    }
}

/// Scripts/verify-draw, held against the engine.
@Suite struct `The verifier that a citizen can read` {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Scripts/verify-draw").standardized.path

    static var hasPython: Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/python3")
        }
    }

    /// What the script prints for a draw, and its exit status.
    private static func run(
        _ draw: CompletedDraw,
        _ options: [String] = []
    ) throws -> (output: [UInt8], status: Int32) {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "haechi-draw-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(draw.bytes).write(to: file)
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, file.path] + options
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (Array(output), process.terminationStatus)
    }

    @Test(
        .enabled(if: hasPython, "python3 is not installed"),
        arguments: [LeftoverRule.lapse, .inOrder(["2", "3", "1"]), .proportional],
        [false, true]
    )
    func `computes the same outcome byte for byte`(_ leftover: LeftoverRule, _ isRich: Bool) throws
    {
        let places = isRich ? [70, 2, 4] : [5, 3, 4]
        let draw = try Samples.draw(
            Samples.rule(
                places: places,
                leftover: leftover,
                onePerGroup: isRich,
                hasKey: isRich
            ),
            Samples.entrants(isRich ? 150 : 20, grouped: isRich)
        )
        let hash = try draw.commitment.hash.hex
        let result = try Self.run(draw, ["--result", "--commitment", hash])
        #expect(result.status == 0)
        #expect(try result.output == CanonicalJSON.bytes(draw.result.json))
    }

    @Test(.enabled(if: hasPython, "python3 is not installed"), arguments: tamperings)
    func `finds every tampering too`(_ tampering: Tampering) throws {
        var draw = try honestDraw()
        do { try tampering.change(&draw) } catch is DrawingError {}
        let result = try Self.run(draw)
        #expect(result.status == 1, "\(String(decoding: result.output, as: UTF8.self))")
    }
}
