import Basics
import CityMap
import Routing
import Testing
import Web

@testable import Wayfinding

@Suite struct `An encoded polyline` {
    @Test func `is that of the format's own example`() throws {
        let line = try [(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)].map {
            try GeoPoint(latitude: $0.0, longitude: $0.1)
        }
        #expect(Polyline.encode(line, digits: 5) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@")
        #expect(Polyline.decode("_p~iF~ps|U_ulLnnqC_mqNvxq`@", digits: 5) == line)
    }

    @Test func `comes back to a tenth of a metre`() throws {
        var random = SeededRandom(seed: 5)
        let line = try (0..<200).map { _ in
            try GeoPoint(
                latitude: random.unit() * 180 - 90,
                longitude: random.unit() * 360 - 180
            )
        }
        let back = Polyline.decode(Polyline.encode(line, digits: 6), digits: 6)
        #expect(back.count == line.count)
        for (a, b) in zip(line, back) {
            #expect(abs(a.latitudeE7 - b.latitudeE7) <= 5)
            #expect(abs(a.longitudeE7 - b.longitudeE7) <= 5)
        }
    }

    @Test(arguments: ["", "?", "한글", "\u{7f}~~~~~~~~~~~~~~~~~", "_p~iF"])
    func `that is none is read without a crash`(_ text: String) {
        #expect(Polyline.decode(text, digits: 5).count <= 1)
    }
}

@Suite struct `A question` {
    @Test func `is read back from its own address`() throws {
        let query = QueryItems([
            ("from", "까치역"), ("fromAt", "37.450001,126.300002 까치역"), ("to", "37.4,126.2"),
            ("profile", "stroller"), ("step", "3.5"), ("slope", "8"), ("width", "90"),
            ("stairs", "avoid"), ("known", "1"), ("day", "2026-01-31"), ("time", "7:05"),
            ("way", "1"),
        ])
        let question = RouteQuestion(query)
        #expect(question.faults.isEmpty)
        #expect(question.from.place == (try GeoPoint(latitude: 37.450001, longitude: 126.300002)))
        #expect(RouteQuestion(QueryItems(question.items)) == question)
        let asked = question.moment(now: Instant(LocalDate(daysSinceEpoch: 20_000)))
        #expect(asked.minuteText == "2026-01-31 07:05")
        #expect(question.profile.profile.thresholds.kerbMillimetres == 35)
    }

    @Test func `forgets a chosen place when other words are typed`() {
        let question = RouteQuestion(
            QueryItems([("from", "시장"), ("fromAt", "37.45,126.3 까치역")])
        )
        #expect(question.from.place == nil)
    }

    @Test(arguments: [
        ("step", "0"), ("step", "높음"), ("step", "nan"), ("slope", "91"), ("slope", "1/8"),
        ("width", "3"), ("width", "1e9"), ("width", "좁게"),
    ])
    func `with a threshold that cannot be is refused`(_ name: String, _ value: String) {
        let question = RouteQuestion(QueryItems([(name, value)]))
        #expect(question.faults[name] != nil)
        #expect(!question.profile.isEdited)
    }

    @Test(arguments: [
        ("time", "24:00"), ("time", "7"), ("time", "7:5:3"), ("time", "-1:30"), ("time", "a:b"),
        ("day", "2026-02-30"), ("day", "내일"),
    ])
    func `of a time that cannot be is refused and stays as it was typed`(
        _ name: String,
        _ value: String
    ) {
        let question = RouteQuestion(QueryItems([(name, value)]))
        #expect(question.faults[name] != nil)
        #expect(question.unread[name] == value)
    }

    @Test func `without a time means the present, in the city's time`() {
        let now = Instant(LocalDate(daysSinceEpoch: 20_000), hour: 8, minute: 30)
        let question = RouteQuestion(QueryItems([("from", "시장")]))
        #expect(question.moment(now: now) == now && question.timeItems.isEmpty)
        let later = RouteQuestion(QueryItems([("time", "23:59")]))
        #expect(later.moment(now: now).minuteText == "2024-10-04 23:59")
    }

    @Test func `makes a walker mind steps who asks for it`() {
        let choice = ProfileChoice(base: .foot, stepCentimetres: 2, stairs: .avoid)
        #expect(choice.profile.penalties[.kerb] == Profile.manualWheelchair.penalties[.kerb])
        #expect(choice.profile.penalties[.steps] == Profile.manualWheelchair.penalties[.steps])
    }
}

@Suite struct `A report` {
    @Test func `ends closed or rejected, whatever way it takes`() {
        for state in ReportState.allCases {
            #expect(state.isActive == !state.next.isEmpty)
            #expect(!state.next.contains(.reported))
        }
    }

    @Test(arguments: [
        ([UInt8](), false), ([0xFF, 0xD8, 0xFF, 0xE0], true), (Array("GIF89a".utf8), false),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], true),
        (Array("<svg onload=alert(1)>".utf8), false),
    ])
    func `takes photos by their content alone`(_ bytes: [UInt8], _ isTaken: Bool) {
        #expect(((try? ReportPhoto(bytes)) != nil) == isTaken)
    }
}

@Suite struct `Lifts of which sources tell` {
    private func status(_ source: String, _ isWorking: Bool) -> LiftStatus {
        LiftStatus(
            liftID: "1",
            source: source,
            isWorking: isWorking,
            note: "",
            at: Instant(millisecondsSinceEpoch: 0),
            isSample: false
        )
    }

    @Test func `are in doubt where the sources disagree`() {
        #expect(LiftStanding([]) == .unknown)
        #expect(LiftStanding([status("a", true)]) == .working)
        #expect(LiftStanding([status("a", false), status("b", false)]) == .outOfService)
        #expect(LiftStanding([status("a", false), status("b", true)]) == .contradictory)
    }
}

@Suite struct `JSON that is written by hand` {
    @Test func `is read back the same`() throws {
        let value: JSONValue = [
            "b": [1, true, .null, .number(0.1), .number(-2), "줄\n\"따옴표\" \\ \u{1} 끝"], "a": [:],
        ]
        let text = String(decoding: value.utf8, as: UTF8.self)
        #expect(text.hasPrefix("{\"a\":{},\"b\":[1,true,null,0.1,-2,"))
        #expect(text.contains("줄\\n\\\"따옴표\\\" \\\\ \\u0001 끝"))
        #expect(String(decoding: JSONValue.number(.infinity).utf8, as: UTF8.self) == "null")
    }
}
