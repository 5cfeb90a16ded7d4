public import Basics

/// Something in a published draw that is not as the protocol says.
public struct DrawFinding: Sendable, Hashable, Codable {
    /// The kind of fault.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// The file is not the canonical form of what it holds.
        case notCanonical
        /// The protocol or the draw's id differs.
        case identity
        /// The rule cannot be followed.
        case rule
        /// The rule is not the one committed to.
        case ruleHash
        /// The entrants are not in order, or are not possible.
        case entrants
        /// The number of entrants is not the one committed to.
        case entrantCount
        /// The entrants are not those committed to.
        case merkleRoot
        /// The entrants differ from the list that was given to compare.
        case list
        /// The commitment is not the one that was given to compare.
        case commitment
        /// A public value cannot be read, is missing or is one too many.
        case input
        /// An official's secret is missing.
        case missingReveal
        /// An official's secret is not the one committed to.
        case wrongReveal
        /// The proof of the city's key does not hold.
        case vrfProof
        /// The seed does not follow from the public values and the secrets.
        case seed
        /// The outcome does not follow from the seed.
        case result
    }

    /// The kind of fault.
    public var code: Code
    /// Whom or what it is about: a receipt number, an official, a stratum; empty for the whole.
    public var subject: String
    /// What is wrong, for people.
    public var message: Bilingual

    init(_ code: Code, about subject: String = "", _ korean: String, _ english: String) {
        self.code = code
        self.subject = subject
        message = Bilingual(korean, english)
    }
}

/// The check of a published draw: everything is computed again from the document alone.
public struct DrawVerification {
    /// The most differences that are named one by one.
    public static let maximumNamedDifferenceCount = 20

    private let draw: CompletedDraw
    private var findings: [DrawFinding] = []

    /// The faults of a draw, none where it holds.
    ///
    /// `list` is the entrants as somebody kept them from the day of the commitment, `commitment` the
    /// commitment's hash as it was printed then.
    public static func findings(
        of draw: CompletedDraw,
        list: [DrawEntrant]? = nil,
        commitment: HexBytes? = nil
    ) throws -> [DrawFinding] {
        var verification = DrawVerification(draw: draw)
        try verification.compare(commitment: commitment)
        if let list { verification.compare(list: list) }
        guard let roster = try verification.checkCommitment() else { return verification.findings }
        try verification.checkOutcome(roster)
        return verification.findings
    }

    /// The faults of the file of a draw; throws where it cannot be read as one.
    public static func findings(
        ofFile bytes: [UInt8],
        list: [DrawEntrant]? = nil,
        commitment: HexBytes? = nil
    ) throws -> [DrawFinding] {
        let draw = try CompletedDraw.read(bytes)
        let faults = try findings(of: draw, list: list, commitment: commitment)
        guard try draw.bytes != bytes else { return faults }
        return [
            DrawFinding(
                .notCanonical,
                "파일이 정해진 형식(정규 JSON)이 아닙니다. 공백이나 모르는 항목이 들어갔을 수 있습니다.",
                "The file is not canonical JSON of a draw: it may have white space or unknown members."
            )
        ] + faults
    }

    private init(draw: CompletedDraw) {
        self.draw = draw
    }

    private mutating func add(
        _ code: DrawFinding.Code,
        about subject: String = "",
        _ korean: String,
        _ english: String
    ) {
        findings.append(DrawFinding(code, about: subject, korean, english))
    }

    private mutating func add(
        _ code: DrawFinding.Code,
        about subject: String = "",
        _ error: DrawingError
    ) {
        add(code, about: subject, error.message.korean, error.message.english)
    }

    // MARK: What was committed

    private mutating func compare(commitment: HexBytes?) throws {
        let own = try draw.commitment.hash
        guard let commitment, commitment != own else { return }
        add(
            .commitment,
            about: own.hex,
            "약속값이 미리 공고된 값과 다릅니다: 이 파일은 \(own)입니다.",
            "The commitment is not the one published: this file's is \(own)."
        )
    }

    /// Names the entrants by which the draw differs from a list kept from before.
    private mutating func compare(list: [DrawEntrant]) {
        let kept = Dictionary(list.map { ($0.receipt, $0) }) { first, _ in first }
        let drawn = Dictionary(draw.entrants.map { ($0.receipt, $0) }) { first, _ in first }
        var differences = list.filter { drawn[$0.receipt] == nil }.map {
            DrawFinding(
                .list,
                about: $0.receipt,
                "명단에 있던 \($0.receipt)가 빠졌습니다.",
                "\($0.receipt) of the list is missing."
            )
        }
        for entrant in draw.entrants {
            let receipt = entrant.receipt
            guard let before = kept[receipt] else {
                differences.append(
                    .init(
                        .list,
                        about: receipt,
                        "명단에 없던 \(receipt)가 들어 있습니다.",
                        "\(receipt) is not on the list."
                    )
                )
                continue
            }
            guard before != entrant else { continue }
            differences.append(
                .init(
                    .list,
                    about: receipt,
                    "\(receipt)의 내용이 바뀌었습니다: \(before.text) → \(entrant.text)",
                    "\(receipt) was changed: \(before.text) → \(entrant.text)"
                )
            )
        }
        let named = DrawVerification.maximumNamedDifferenceCount
        findings += differences.prefix(named)
        guard differences.count > named else { return }
        let more = differences.count - named
        add(.list, "명단과 다른 곳이 \(more)군데 더 있습니다.", "\(more) more differences from the list.")
    }

    /// Checks rule and entrants against the commitment; nothing where they cannot be drawn from.
    private mutating func checkCommitment() throws -> Roster? {
        let (commitment, rule) = (draw.commitment, draw.rule)
        if commitment.protocol != DrawCommitment.currentProtocol || commitment.draw != rule.draw {
            add(.identity, "프로토콜 또는 추첨 id가 다릅니다.", "The protocol or the id of the draw differs.")
        }
        if try rule.hash != commitment.ruleHash {
            add(.ruleHash, "규칙이 약속된 규칙과 다릅니다.", "The rule is not the one committed to.")
        }
        do {
            try rule.validate()
        } catch let error as DrawingError {
            add(.rule, error)
            return nil
        }
        checkOrder()
        do {
            let roster = try Roster(draw.entrants, rule: rule)
            check(roster, against: commitment)
            return roster
        } catch let error as DrawingError {
            add(.entrants, error)
            return nil
        }
    }

    private mutating func checkOrder() {
        for (left, right) in zip(draw.entrants, draw.entrants.dropFirst())
        where left.receipt > right.receipt {
            return add(
                .entrants,
                about: right.receipt,
                "신청자 순서가 정해진 순서(접수번호순)와 다릅니다: \(right.receipt)",
                "The entrants are not in order of their receipt numbers: \(right.receipt)."
            )
        }
    }

    private mutating func check(_ roster: Roster, against commitment: DrawCommitment) {
        if roster.entrants.count != commitment.entrantCount {
            add(
                .entrantCount,
                "신청자 수가 다릅니다: 약속 \(commitment.entrantCount), 실제 \(roster.entrants.count)",
                "There are \(roster.entrants.count) entrants, not \(commitment.entrantCount)."
            )
        }
        if roster.tree.root != commitment.merkleRoot {
            add(
                .merkleRoot,
                "신청자 명단이 약속된 명단과 다릅니다(머클 루트 불일치).",
                "The entrants are not those committed to (Merkle root)."
            )
        }
    }

    // MARK: What was drawn

    private mutating func checkOutcome(_ roster: Roster) throws {
        let unbound = draw.committed.unboundOfficials(draw.seed.reveals)
        for official in unbound {
            add(
                official.isMissing ? .missingReveal : .wrongReveal,
                about: official.name,
                DrawingError.reveal(official.name, isMissing: official.isMissing)
            )
        }
        if draw.seed.reveals.count > draw.rule.officials.count {
            add(.wrongReveal, DrawingError.tooManyReveals)
        }
        guard let seed = try seed() else { return }
        if seed != draw.result.seed {
            add(
                .seed,
                "시드가 공개값과 담당자 비밀값에서 나오지 않습니다: \(seed)이어야 합니다.",
                "The seed does not follow from its parts: it should be \(seed)."
            )
        }
        compare(DrawSelection.result(draw.rule, roster, seed: seed))
    }

    private mutating func seed() throws -> HexBytes? {
        let base: [UInt8]
        do {
            base = try DrawSeed.base(
                draw.seed,
                rule: draw.rule,
                commitment: draw.commitment.hash
            )
        } catch let error as DrawingError {
            add(.input, error)
            return nil
        }
        do {
            let output = try draw.committed.vrfOutput(draw.seed.vrfProof, base: base)
            return DrawSeed.seed(base: base, output: output)
        } catch let error as DrawingError {
            add(.vrfProof, error)
            return nil
        }
    }

    /// Names where the outcome first differs, stratum by stratum.
    private mutating func compare(_ expected: DrawResult) {
        guard expected.strata.map(\.id) == draw.result.strata.map(\.id) else {
            return add(.result, "결과의 구간이 규칙과 다릅니다.", "The strata of the result are not the rule's.")
        }
        for (should, found) in zip(expected.strata, draw.result.strata) where should != found {
            compare(should.selected, found.selected, of: should.id, "선정", "selected")
            compare(should.waiting, found.waiting, of: should.id, "예비", "waiting list")
            if (should.entrants, should.vacant, should.received)
                != (found.entrants, found.vacant, found.received)
            {
                add(
                    .result,
                    about: should.id,
                    "\(should.id) 구간의 인원 합계가 다릅니다.",
                    "The counts of stratum \(should.id) differ."
                )
            }
        }
    }

    private mutating func compare(
        _ should: [String],
        _ found: [String],
        of stratum: String,
        _ korean: String,
        _ english: String
    ) {
        guard should != found else { return }
        let same = zip(should, found).prefix { $0 == $1 }.count
        let (wanted, there) = (
            same < should.count ? should[same] : "–", same < found.count ? found[same] : "–"
        )
        add(
            .result,
            about: stratum,
            "\(stratum) 구간 \(korean) \(same + 1)번째가 다릅니다: 계산 \(wanted), 파일 \(there)",
            "Stratum \(stratum), \(english), place \(same + 1): computed \(wanted), in the file \(there)."
        )
    }
}
