import Basics
import Drawing

/// Draws for tests: small enough to read, with everything in them.
enum Samples {
    static let officials = ["감사담당관", "청년정책담당관", "시민참관인 대표"]
    static let cityKey = [UInt8](repeating: 7, count: 32)

    static func secret(_ index: Int) throws -> OfficialSecret {
        try OfficialSecret(HexBytes([UInt8](repeating: UInt8(index + 1), count: 32)))
    }

    static func strata(_ places: [Int], waiting: Int) -> [DrawStratum] {
        places.enumerated().map {
            DrawStratum(id: "\($0 + 1)", name: "\($0 + 1)구간", places: $1, waiting: waiting)
        }
    }

    static func rule(
        places: [Int] = [5, 3, 4],
        waiting: Int = 3,
        leftover: LeftoverRule = .lapse,
        onePerGroup: Bool = false,
        hasKey: Bool = false
    ) throws -> DrawRule {
        let draw = "youth-rent-2026-1"
        return DrawRule(
            draw: draw,
            title: "청년월세 지원 “예시” 추첨",
            strata: strata(places, waiting: waiting),
            leftover: leftover,
            onePerGroup: onePerGroup,
            inputs: [
                PublicInput(
                    name: "로또 6/45 당첨번호",
                    form: .set,
                    publishedOn: try day("2026-06-06")
                ),
                PublicInput(name: "코스피 종가", form: .number, publishedOn: try day("2026-06-08")),
            ],
            officials: try officials.enumerated().map {
                DrawOfficial(
                    name: $1,
                    commitment: try secret($0).commitment(draw: draw, official: $1)
                )
            },
            vrfKey: hasKey ? try EdwardsVRF.publicKey(of: cityKey) : nil
        )
    }

    static func day(_ iso: String) throws -> LocalDate {
        guard let date = LocalDate(iso: iso) else { throw NotADate() }
        return date
    }

    struct NotADate: Error {}

    /// Entrants spread over strata; every third shares its group with the one before.
    static func entrants(_ count: Int, strata: Int = 3, grouped: Bool = false) throws
        -> [DrawEntrant]
    {
        try (0..<count).map { index in
            let number = String(100_000 + index).dropFirst()
            return try DrawEntrant(
                receipt: "R-2026-\(number)",
                stratum: "\(index * index % 7 % strata + 1)",
                group: grouped && index % 3 != 0 ? "H\(index / 3)" : nil
            )
        }
    }

    static func evidence(for committed: CommittedDraw) throws -> SeedEvidence {
        var evidence = SeedEvidence(
            inputs: ["41, 9 18 26 34 45", "2,731.90"],
            reveals: try officials.indices.map { try secret($0).bytes }
        )
        if committed.rule.vrfKey != nil {
            let input = try committed.vrfInput(evidence)
            evidence.vrfProof = try EdwardsVRF.proof(for: input, secretKey: cityKey)
        }
        return evidence
    }

    static func draw(_ rule: DrawRule, _ entrants: [DrawEntrant]) throws -> CompletedDraw {
        let committed = try CommittedDraw(rule: rule, entrants: entrants)
        return try committed.completed(with: try evidence(for: committed))
    }
}
