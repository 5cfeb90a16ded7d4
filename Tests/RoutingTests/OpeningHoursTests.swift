import Basics
import Testing

@testable import Routing

@Suite struct `Opening hours of ways and lifts` {
    /// 2026-11-23 is a Monday.
    private static func day(_ weekday: Int) throws -> LocalDate {
        try #require(LocalDate(year: 2026, month: 11, day: 22 + weekday))
    }

    @Test(arguments: [
        ("24/7", 3, 0, true), ("Mo-Fr 08:00-20:00", 1, 480, true),
        ("Mo-Fr 08:00-20:00", 1, 1_200, false), ("Mo-Fr 08:00-20:00", 6, 600, false),
        ("08:00-12:00,13:00-18:00", 2, 750, false), ("08:00-12:00, 13:00-18:00", 2, 790, true),
        ("Fr-Mo 10:00-11:00", 7, 610, true), ("Fr-Mo 10:00-11:00", 3, 610, false),
        ("Mo 22:00-02:00", 1, 1_430, true), ("Mo 22:00-02:00", 2, 60, true),
        ("Mo 22:00-02:00", 2, 1_430, false), ("Mo 22:00-26:00", 2, 60, true),
        ("05:30-24:00", 2, 1_439, true), ("Mo-Su 09:00-18:00; Sa off", 6, 600, false),
        ("Mo-Fr", 5, 0, true), ("Nov-Feb 09:00-17:00", 4, 1_000, true),
        ("Mar-Oct 09:00-17:00", 4, 1_000, false), ("off", 1, 600, false),
        ("Nov Mo,We 09:00-10:00", 3, 560, true),
    ])
    func `the part that is written most is understood`(
        _ text: String,
        _ weekday: Int,
        _ minute: Int,
        _ isOpen: Bool
    ) throws {
        let hours = try #require(OSMOpeningHours(text))
        #expect(try hours.isOpen(Self.day(weekday), minute: minute) == isOpen)
    }

    @Test func `a public holiday has its own rule where there is one`() throws {
        let monday = try Self.day(1)
        let hours = try #require(OSMOpeningHours("PH 10:00-16:00; Mo-Su 06:00-23:00"))
        #expect(hours.isOpen(monday, minute: 400))
        #expect(!hours.isOpen(monday, minute: 400) { _ in true })
        #expect(hours.isOpen(monday, minute: 700) { $0 == monday })
    }

    @Test(arguments: [
        "", ";", "sunrise-sunset", "Mo-Fr 08:00-20:00 \"by arrangement\"",
        "week 1-20 Mo 08:00-09:00",
        "Mo-Fr 08:00-20:00 || off", "Mo-Xx 08:00-20:00", "8-20", "25:00-60:00", "Mo 08:00+",
        "Dec 25 off", "Mo[1] 09:00-10:00", "unknown", "10:61-11:00", "Mo-Tu-We 09:00-10:00",
        String(repeating: "Mo 09:00-10:00;", count: 40),
    ])
    func `what is not understood has no answer`(_ text: String) {
        #expect(OSMOpeningHours(text) == nil)
    }

    @Test func `no damage to a text crashes the reader`() {
        let letters = Array("MoTuFr PH0123456789:-,;+/[]offJanDec|\"")
        var random = SeededRandom(seed: 61)
        for _ in 0..<5_000 {
            let text = String(
                (0..<Int(random.next() % 30)).map { _ in
                    letters[Int(random.next() % UInt64(letters.count))]
                }
            )
            let hours = OSMOpeningHours(text)
            _ = hours?.isOpen(LocalDate(daysSinceEpoch: 20_000), minute: 700)
        }
    }

    @Test func `an underpass that is shut at night is closed then`() throws {
        var map = TownMap()
        for (id, north) in [0.0, 100, 200, 300].enumerated() { map.node(Int64(id + 1), 0, north) }
        map.way(1, [1, 2], ["highway": "footway", "opening_hours": "Mo-Su 06:00-23:00"])
        map.way(2, [2, 3], ["highway": "footway"])
        map.way(3, [3, 4], ["highway": "footway", "opening_hours": "sunrise-sunset"])
        let times = OpeningTimes(try map.network())
        let night = times.closed(try Self.day(2), minute: 1_400).map { times.places[$0].segments }
        #expect(night == [[0]])
        #expect(times.closed(try Self.day(2), minute: 700).isEmpty)
        #expect(times.unreadable.map { times.places[$0].text } == ["sunrise-sunset"])
    }
}
