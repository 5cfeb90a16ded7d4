import Basics
import Testing

@testable import Drawing

@Suite struct `A selection` {
    private static func seed(_ number: UInt64) -> HexBytes {
        HexBytes(DrawHash.labelled("test", withUnsafeBytes(of: number.bigEndian) { Array($0) }))
    }

    private static func result(
        _ rule: DrawRule,
        _ entrants: [DrawEntrant],
        seed number: UInt64 = 1
    ) throws -> DrawResult {
        DrawSelection.result(rule, try Roster(entrants, rule: rule), seed: seed(number))
    }

    private static func groups(_ entrants: [DrawEntrant]) -> [String: String] {
        Dictionary(entrants.compactMap { entrant in entrant.group.map { (entrant.receipt, $0) } }) {
            first,
            _ in first
        }
    }

    @Test func `puts every entrant in order once and only once`() throws {
        for number in UInt64(0)..<40 {
            let entrants = try Samples.entrants(Int(number) * 3 + 1)
            let rule = try Samples.rule(places: [2, 2, 2], waiting: 1000)
            let strata = try Self.result(rule, entrants, seed: number).strata
            #expect(
                strata.flatMap { $0.selected + $0.waiting }.sorted() == entrants.map(\.receipt)
            )
            for (stratum, declared) in zip(strata, rule.strata) {
                let members = entrants.filter { $0.stratum == stratum.id }
                #expect(stratum.entrants == members.count)
                #expect(stratum.selected.count == min(declared.places, members.count))
                #expect(stratum.vacant == declared.places - stratum.selected.count)
                let drawn = Set(stratum.selected + stratum.waiting)
                #expect(drawn == Set(members.map(\.receipt)))
            }
        }
    }

    @Test func `is the same for the same seed and another for another`() throws {
        let entrants = try Samples.entrants(90)
        let rule = try Samples.rule()
        let first = try Self.result(rule, entrants)
        #expect(try Self.result(rule, entrants.reversed()) == first)
        #expect(try Self.result(rule, entrants, seed: 2).strata != first.strata)
    }

    /// 6 entrants, 3 places: over many seeds each of the 120 ordered triples comes equally often.
    ///
    /// The seeds are fixed; 175.0 is the 0.1 % point of chi-square at 119 degrees of freedom.
    @Test func `favours no ordered triple of entrants`() throws {
        let entrants = try (0..<6).map { try DrawEntrant(receipt: "\($0)", stratum: "1") }
        let rule = try Samples.rule(places: [3], waiting: 0)
        let roster = try Roster(entrants, rule: rule)
        var counts: [[String]: Int] = [:]
        let rounds = 24_000
        for round in 0..<rounds {
            let result = DrawSelection.result(rule, roster, seed: Self.seed(UInt64(round)))
            counts[result.strata[0].selected, default: 0] += 1
        }
        let expected = Double(rounds) / 120
        let chiSquare = counts.values.reduce(0) {
            $0 + (Double($1) - expected) * (Double($1) - expected) / expected
        }
        #expect(counts.count == 120)
        #expect(chiSquare < 175.0)
    }

    @Test func `numbers below a bound are even, also where rejection is frequent`() {
        let bound: UInt64 = 3 << 62
        var stream = DrawStream(seed: Self.seed(9), stratum: "1")
        var counts = [0, 0, 0]
        for _ in 0..<3000 {
            let number = stream.uniform(below: bound)
            #expect(number < bound)
            counts[Int(number >> 62)] += 1
        }
        // 13.8 is the 0.1 % point of chi-square at 2 degrees of freedom.
        let chiSquare = counts.reduce(0.0) {
            $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000
        }
        #expect(chiSquare < 13.8)
    }

    @Test(arguments: [LeftoverRule.lapse, .inOrder(["3", "1", "2"]), .proportional])
    func `takes one of a household at most, on whatever list`(_ leftover: LeftoverRule) throws {
        for number in UInt64(0)..<30 {
            let entrants = try Samples.entrants(60, grouped: true)
            let rule = try Samples.rule(places: [12, 9, 4], leftover: leftover, onePerGroup: true)
            let strata = try Self.result(rule, entrants, seed: number).strata
            let groups = Self.groups(entrants)
            let listed = strata.flatMap { $0.selected + $0.waiting }
            let households = listed.compactMap { groups[$0] }
            #expect(Set(households).count == households.count)
            #expect(Set(listed).count == listed.count)
        }
    }

    @Test func `takes several of a household where the rule does not forbid it`() throws {
        let entrants = try Samples.entrants(60, grouped: true)
        let rule = try Samples.rule(places: [60, 60, 60])
        let selected = try Self.result(rule, entrants).strata.flatMap(\.selected)
        #expect(selected.count == 60)
    }

    /// Stratum 1 has 10 places too many; strata 2 and 3 have 30 and 10 entrants beyond their places.
    private static func uneven() throws -> [DrawEntrant] {
        try [(1, 5), (2, 35), (3, 15)].flatMap { stratum, count in
            try (0..<count).map {
                try DrawEntrant(receipt: "R-\(stratum)-\($0 + 100)", stratum: "\(stratum)")
            }
        }
    }

    @Test(arguments: [
        (LeftoverRule.lapse, [0, 0, 0]), (.inOrder(["3"]), [0, 0, 10]),
        (.inOrder(["2", "3"]), [0, 10, 0]), (.inOrder(["1", "3", "2"]), [0, 0, 10]),
        // 30 and 10 are left: averages 30, 15, 10 = 10, 7.5 … give 8 and 2 of the ten places.
        (.proportional, [0, 8, 2]),
    ])
    func `moves places left over by the rule`(_ leftover: LeftoverRule, _ received: [Int]) throws {
        let rule = try Samples.rule(places: [15, 5, 5], leftover: leftover)
        let strata = try Self.result(rule, Self.uneven()).strata
        #expect(strata.map(\.vacant) == [10, 0, 0])
        #expect(strata.map(\.received) == received)
        #expect(
            strata.map(\.selected.count) == [5 + received[0], 5 + received[1], 5 + received[2]]
        )
    }

    @Test func `moves on where one stratum cannot take all`() throws {
        for leftover in [LeftoverRule.inOrder(["3", "2"]), .proportional] {
            let rule = try Samples.rule(places: [100, 5, 5], leftover: leftover)
            let strata = try Self.result(rule, Self.uneven()).strata
            #expect(strata.map(\.received) == [0, 30, 10])
            #expect(strata.allSatisfy { $0.waiting.isEmpty })
        }
    }

    /// What the protocol gives for one small draw: another implementation can be held against it.
    @Test func `gives the published example`() throws {
        let draw = try Samples.draw(
            Samples.rule(leftover: .proportional, onePerGroup: true, hasKey: true),
            Samples.entrants(24, grouped: true)
        )
        let hash = try draw.commitment.hash.hex
        #expect(
            hash
                == "01e6c3afc29d8d6ea7cd9d4eb83de9be4bb13a67ee123e121d9c88e6f7e893ff"
        )
        #expect(
            draw.result.seed.hex
                == "76b596e216c7a881770d129b1a6baeac26bc1265e417049b7fde947c6f5d2d6a"
        )
        let selected = draw.result.strata.map { $0.selected.map { $0.suffix(2) } }
        #expect(
            selected == [
                ["07", "14", "21", "00"], ["01", "16", "06", "09"], ["04", "11", "18", "03"],
            ]
        )
    }
}
