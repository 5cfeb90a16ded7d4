import ArgumentParser
import Basics
import Drawing
import Hosting

/// `haechi draw …`: a draw (전산 추첨) that anybody can check (docs/draw.md).
struct DrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "Verifiable draws among applicants.",
        subcommands: [
            Seal.self, Key.self, Commit.self, Run.self, Verify.self, Proof.self, Check.self,
            NomCom.self,
        ]
    )

    /// What an official does first: a secret, and the hash to publish.
    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an official's secret and the commitment to publish for it."
        )

        @Option(help: "The id of the draw.")
        var draw: String

        @Option(help: "The official, as the rule names them.")
        var official: String

        @Option(help: "A secret made elsewhere (64 hexadecimal digits) instead of a new one.")
        var secret: String?

        func run() async throws {
            var generator = SystemRandomNumberGenerator()
            let secret =
                try self.secret.map { try OfficialSecret(DrawCommand.hex($0)) }
                ?? OfficialSecret(using: &generator)
            try CommandOutput.json([
                "secret": secret.bytes.hex, "draw": draw, "official": official,
                "commitment": secret.commitment(draw: draw, official: official).hex,
            ])
        }
    }

    /// What the city does once: a key for RFC 9381.
    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the city's key for draws: the secret into a file, the public one shown."
        )

        @Option(help: "The file for the secret key.")
        var output: String

        func run() async throws {
            var generator = SystemRandomNumberGenerator()
            let secret = OfficialSecret(using: &generator).bytes
            try DrawCommand.write(Array((secret.hex + "\n").utf8), to: output)
            let key = try EdwardsVRF.publicKey(of: secret.bytes)
            try CommandOutput.json(["vrfKey": key.hex])
        }
    }

    struct Commit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Commit a draw to its entrants and its rule, before the seed can be known."
        )

        @Argument(help: "The entrants: CSV with receipt,stratum or receipt,stratum,group.")
        var list: String

        @Option(help: "The rule, JSON.")
        var rule: String

        @Option(help: "The file to publish.")
        var output: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let committed = try CommittedDraw(
                rule: try DrawRule.read(try CommandInput.bytes(rule)),
                entrants: try EntrantList.entrants(of: try CommandInput.bytes(list))
            )
            try DrawCommand.write(try committed.bytes, to: output)
            guard output != "-" else { return }
            let report = DrawReport(committed.commitment, hash: try committed.commitment.hash)
            switch format {
            case .json: try CommandOutput.json(report)
            case .text: Terminal.write(report.text(common.language))
            }
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold a committed draw with the public values and the officials' secrets."
        )

        @Argument(help: "The file that `draw commit` made.")
        var committed: String

        @Option(help: "A public value as published; repeat, in the order of the rule.")
        var seedInput: [String] = []

        @Option(help: "An official's secret as NAME=SECRET; repeat.")
        var reveal: [String] = []

        @Option(help: "The file with the city's secret key, where the rule names a key.")
        var key: String?

        @Option(help: "The file to publish.")
        var output: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let committed = try CommittedDraw.read(try CommandInput.bytes(committed))
            var evidence = SeedEvidence(
                inputs: seedInput,
                reveals: try reveals(for: committed.rule)
            )
            if let key {
                let secret = try DrawCommand.hex(
                    String(decoding: try CommandInput.bytes(key), as: UTF8.self)
                )
                evidence.vrfProof = try EdwardsVRF.proof(
                    for: try committed.vrfInput(evidence),
                    secretKey: secret.bytes
                )
            }
            let draw = try committed.completed(with: evidence)
            try DrawCommand.write(try draw.bytes, to: output)
            guard output != "-" else { return }
            Terminal.write(DrawCommand.summary(draw, common.language))
        }

        /// The secrets in the order of the rule; an empty one stands for an official who gave none.
        private func reveals(for rule: DrawRule) throws -> [HexBytes] {
            let names = rule.officials.map(\.name)
            var reveals = names.map { _ in HexBytes([]) }
            for text in reveal {
                let name = String(text.prefix { $0 != "=" })
                guard let index = names.firstIndex(of: name) else {
                    throw DrawingError.unknownOfficial(name)
                }
                reveals[index] = try DrawCommand.hex(String(text.dropFirst(name.count + 1)))
            }
            return reveals
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a draw: compute everything again from its file alone."
        )

        @Argument(help: "The file of the draw.")
        var draw: String

        @Option(help: "A list of entrants kept from before the draw, to compare.")
        var list: String?

        @Option(help: "The hash of the commitment as published before the draw, to compare.")
        var commitment: String?

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let bytes = try CommandInput.bytes(draw)
            let draw = try CompletedDraw.read(bytes)
            let findings = try DrawVerification.findings(
                ofFile: bytes,
                list: try list.map { try EntrantList.entrants(of: try CommandInput.bytes($0)) },
                commitment: try commitment.map(DrawCommand.hex)
            )
            let report = DrawReport(
                draw.commitment,
                hash: try draw.commitment.hash,
                findings: findings
            )
            switch format {
            case .json: try CommandOutput.json(report)
            case .text:
                Terminal.write(report.text(common.language))
                if findings.isEmpty { Terminal.write(DrawCommand.summary(draw, common.language)) }
            }
            guard findings.isEmpty else { throw CommandOutcome.doneWithFaults }
        }
    }

    struct Proof: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an entrant the proof of having taken part, and say how it went."
        )

        @Argument(help: "The file of the draw.")
        var draw: String

        @Option(help: "The receipt number.")
        var entrant: String

        @Option(help: "The file for the proof; standard output where not given.")
        var output: String?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let draw = try CompletedDraw.read(try CommandInput.bytes(draw))
            try DrawCommand.write(
                try draw.committed.proof(of: entrant).bytes,
                to: output ?? "-"
            )
            guard output != nil, let outcome = draw.outcome(of: entrant) else { return }
            Terminal.write("\(entrant): \(outcome.text[common.language])\n")
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check an entrant's proof against the commitment."
        )

        @Argument(help: "The proof.")
        var proof: String

        @Option(help: "The hash of the commitment as published before the draw.")
        var commitment: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let proof = try EntrantProof.read(try CommandInput.bytes(proof))
            let isPublished = try proof.commitment.hash == DrawCommand.hex(commitment)
            let entrant = proof.entrant.text
            guard isPublished && proof.holds else {
                Terminal.write(
                    Bilingual(
                        "증명이 맞지 않습니다: \(entrant)\n",
                        "The proof does not hold: \(entrant)\n"
                    )[common.language]
                )
                throw CommandOutcome.doneWithFaults
            }
            Terminal.write(
                Bilingual(
                    "추첨에 참여했습니다: \(entrant) (\(proof.index + 1)/\(proof.commitment.entrantCount))\n",
                    "Took part: \(entrant) (\(proof.index + 1) of \(proof.commitment.entrantCount))\n"
                )[common.language]
            )
        }
    }

    /// Draws of others, held by RFC 3797.
    struct NomCom: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rfc3797",
            abstract: "Repeat a selection that others held by RFC 3797."
        )

        @Argument(help: "The key string of the inputs, as 9319./2.5.8.10.12./")
        var keyString: String

        @Option(help: "The size of the pool.")
        var pool: Int

        @Option(help: "How many are selected.")
        var count: Int

        func run() async throws {
            let selected = try RFC3797.selection(keyString: keyString, poolSize: pool, count: count)
            Terminal.write(selected.map { "\($0)\n" }.joined())
        }
    }
}

extension DrawCommand {
    /// Reads hexadecimal that a person typed or a file holds.
    static func hex(_ text: String) throws -> HexBytes {
        guard let bytes = HexBytes(hex: text.split(whereSeparator: \.isWhitespace).joined()) else {
            throw CommandOutcome.refused(
                Bilingual("소문자 16진수가 아닙니다.", "This is not lowercase hexadecimal.")
            )
        }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let file = try CommandFile(path)
        try file.write(bytes)
        try file.close()
    }

    /// How many were selected and wait, stratum by stratum.
    static func summary(_ draw: CompletedDraw, _ language: Language) -> String {
        let lines = zip(draw.rule.strata, draw.result.strata).map { declared, stratum in
            let (selected, waiting) = (stratum.selected.count, stratum.waiting.count)
            return Bilingual(
                "\(declared.name): 신청 \(stratum.entrants)명, 선정 \(selected)명(옮겨 받은 \(stratum.received)명 포함), "
                    + "예비 \(waiting)명, 빈자리 \(stratum.vacant)",
                "\(declared.name): \(stratum.entrants) entrants, \(selected) selected "
                    + "(\(stratum.received) in moved places), \(waiting) waiting, \(stratum.vacant) places vacant"
            )[language]
        }
        return ([draw.rule.title] + lines).joined(separator: "\n") + "\n"
    }
}

/// What `draw commit` and `draw verify` say.
private struct DrawReport: Encodable {
    var commitment: HexBytes
    var draw: String
    var entrantCount: Int
    var merkleRoot: HexBytes
    var ruleHash: HexBytes
    var findings: [DrawFinding]?

    init(_ commitment: DrawCommitment, hash: HexBytes, findings: [DrawFinding]? = nil) {
        self.commitment = hash
        draw = commitment.draw
        entrantCount = commitment.entrantCount
        merkleRoot = commitment.merkleRoot
        ruleHash = commitment.ruleHash
        self.findings = findings
    }

    func text(_ language: Language) -> String {
        var lines = [
            Bilingual("추첨 \(draw), 신청자 \(entrantCount)명", "Draw \(draw), \(entrantCount) entrants"),
            Bilingual("약속값(공고할 값): \(commitment)", "Commitment (to publish): \(commitment)"),
            Bilingual("명단(머클 루트): \(merkleRoot)", "Entrants (Merkle root): \(merkleRoot)"),
            Bilingual("규칙(SHA-256): \(ruleHash)", "Rule (SHA-256): \(ruleHash)"),
        ]
        if let findings {
            lines += findings.map(\.message)
            lines.append(
                findings.isEmpty
                    ? Bilingual("확인 결과: 추첨이 맞습니다.", "Checked: the draw holds.")
                    : Bilingual(
                        "확인 결과: \(findings.count)가지가 맞지 않습니다.",
                        "Checked: \(findings.count) faults."
                    )
            )
        }
        return lines.map { $0[language] + "\n" }.joined()
    }
}
