import Basics
import Testing

@testable import Drawing

@Suite struct `The documents of a draw` {
    @Test func `are written and read again without a change`() throws {
        let draw = try Samples.draw(
            Samples.rule(leftover: .inOrder(["2", "1"]), onePerGroup: true, hasKey: true),
            Samples.entrants(40, grouped: true)
        )
        #expect(try CompletedDraw.read(draw.bytes) == draw)
        #expect(try CompletedDraw.read(draw.bytes).bytes == draw.bytes)
        #expect(try CommittedDraw.read(draw.committed.bytes) == draw.committed)
        #expect(try DrawRule.read(CanonicalJSON.bytes(draw.rule.json)) == draw.rule)
    }

    @Test func `have one byte form`() throws {
        let value: JSONValue = [
            "b": [1, -2, true], "a": .string("가\"\\/\u{1F}\n\t\u{8}\u{C}\r\u{7F}"), "": [:],
            "A": [],
        ]
        let text = #"{"":{},"A":[],"a":"가\"\\/\u001f\n\t\b\f\r"# + "\u{7F}" + #"","b":[1,-2,true]}"#
        #expect(try CanonicalJSON.bytes(value) == Array(text.utf8))
        #expect(throws: DrawingError.self) { try CanonicalJSON.bytes([.number(1.5)]) }
        #expect(throws: DrawingError.self) { try CanonicalJSON.bytes([.null]) }
    }

    @Test func `a list is read in any order and with any line ends`() throws {
        let text = "\u{FEFF}receipt,stratum,group\r\nB-2,1,\r\nA-1,2,H1\r\n"
        let entrants = try EntrantList.entrants(of: Array(text.utf8))
        #expect(entrants.map(\.text) == ["B-2,1", "A-1,2,H1"])
        #expect(try EntrantList.entrants(of: Array("receipt,stratum\n".utf8)).isEmpty)
    }

    @Test(arguments: [
        ("", DrawingError.Code.badHeader), ("A-1,1\n", .badHeader),
        ("receipt,stratum\nA-1\n", .badEntrant), ("receipt,stratum\nA-1,1,H,x\n", .badEntrant),
        ("receipt,stratum\n\nA-1,1\n", .badEntrant), ("receipt,stratum\n홍길동,1\n", .badEntrant),
        ("receipt,stratum\n A-1,1\n", .badEntrant), ("receipt,stratum\n,1\n", .badEntrant),
        ("receipt,stratum\n\(String(repeating: "A", count: 65)),1\n", .badEntrant),
    ])
    func `a list with a fault is refused and says where`(
        _ text: String,
        _ code: DrawingError.Code
    ) throws {
        let error = #expect(throws: DrawingError.self) {
            try EntrantList.entrants(of: Array(text.utf8))
        }
        #expect(error?.code == code)
        if code == .badEntrant { #expect(error?.message.english.hasPrefix("Line 2 ") == true) }
    }

    @Test func `entrants that cannot be drawn from are refused by name`() throws {
        let rule = try Samples.rule()
        let entrants = try Samples.entrants(9)
        func code(_ entrants: [DrawEntrant]) -> DrawingError? {
            #expect(throws: DrawingError.self) { try CommittedDraw(rule: rule, entrants: entrants) }
        }
        #expect(code([])?.code == .noEntrants)
        let twice = code(entrants + [try DrawEntrant(receipt: "R-2026-00004", stratum: "3")])
        #expect(twice?.code == .duplicateReceipt)
        #expect(twice?.message.korean.contains("R-2026-00004") == true)
        let unknown = code(entrants + [try DrawEntrant(receipt: "Z", stratum: "9")])
        #expect(unknown?.code == .unknownStratum)
    }

    @Test func `an impossible rule is refused`() throws {
        let good = try Samples.rule()
        let changes: [(inout DrawRule) -> Void] = [
            { $0.draw = "추첨" }, { $0.title = "" }, { $0.title = "a\u{0}b" }, { $0.strata = [] },
            { $0.strata[1].id = "1" }, { $0.strata[0].places = -1 },
            { $0.strata[0].waiting = DrawRule.maximumPlaceCount + 1 },
            { $0.strata[0].name = String(repeating: "가", count: 101) },
            { $0.leftover = .inOrder([]) }, { $0.leftover = .inOrder(["9"]) },
            { $0.leftover = .inOrder(["1", "1"]) },
            { $0.leftover = LeftoverRule(method: .proportional, order: ["1"]) },
            { $0.inputs = [] }, { $0.officials[1].name = $0.officials[0].name },
            { $0.officials[0].commitment = HexBytes([1]) },
            { $0.vrfKey = HexBytes([UInt8](repeating: 0, count: 32)) },
            { $0.strata = Samples.strata([Int](repeating: 1, count: 101), waiting: 0) },
        ]
        try good.validate()
        for change in changes {
            var rule = good
            change(&rule)
            #expect(throws: DrawingError.self) { try rule.validate() }
        }
    }

    @Test func `a rule with a misspelt member is refused`() throws {
        let text = String(decoding: try CanonicalJSON.bytes(Samples.rule().json), as: UTF8.self)
        let misspelt = text.replacing(
            #""onePerGroup":false"#,
            with: #""onePerGroup":false,"vrfkey":"00""#
        )
        let error = #expect(throws: DrawingError.self) { try DrawRule.read(Array(misspelt.utf8)) }
        #expect(error?.code == .badRule)
        #expect(try DrawRule.read(Array("  \(text)\n".utf8)) == Samples.rule())
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "{\"commitment\":1}", "\u{0}", "{\"entrants\":[\"x\"]",
    ])
    func `what is no document of a draw is refused`(_ text: String) {
        #expect(throws: DrawingError.self) { try CompletedDraw.read(Array(text.utf8)) }
        #expect(throws: DrawingError.self) { try CommittedDraw.read(Array(text.utf8)) }
        #expect(throws: DrawingError.self) { try DrawRule.read(Array(text.utf8)) }
        #expect(throws: DrawingError.self) { try EntrantProof.read(Array(text.utf8)) }
    }

    @Test func `hexadecimal has one spelling`() {
        #expect(HexBytes(hex: "00ff")?.bytes == [0, 255])
        for text in ["0", "0G", "AB", "0x", " 00", "é"] { #expect(HexBytes(hex: text) == nil) }
    }

    @Test func `tells an entrant how the draw went`() throws {
        let draw = try Samples.draw(Samples.rule(waiting: 1), Samples.entrants(40))
        let stratum = draw.result.strata[1]
        #expect(draw.outcome(of: stratum.selected[2]) == .selected(3))
        #expect(draw.outcome(of: stratum.waiting[0]) == .waiting(1))
        let listed = Set(draw.result.strata.flatMap { $0.selected + $0.waiting })
        let other = try #require(draw.entrants.first { !listed.contains($0.receipt) })
        #expect(draw.outcome(of: other.receipt) == .notSelected)
        #expect(draw.outcome(of: "nobody") == nil)
    }
}
