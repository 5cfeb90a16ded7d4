import Basics
import Routing
import Web

/// What is asked of the route page: its address says all of it, so that a link is the whole state.
struct RouteQuestion: Sendable, Hashable {
    /// A start or an end as it was typed, and the place that was chosen for the words.
    struct End: Sendable, Hashable {
        /// The longest words.
        static let maximumCharacterCount = 120

        var words: String
        var chosen: GeoPoint?

        /// The place that the words themselves are, or that was chosen for them.
        var place: GeoPoint? { chosen ?? GeoPoint(words: words) }

        /// What the address says of the chosen place: it counts as long as the words are the same.
        var choice: String? { chosen.map { "\($0.words) \(words)" } }

        init(words: String, chosen: GeoPoint? = nil) {
            self.words = String(words.prefix(Self.maximumCharacterCount))
            self.chosen = chosen
        }

        /// Reads the words of a field and the place that was chosen for them.
        init(_ query: QueryItems, _ name: String) {
            self.init(words: query.text(name) ?? "")
            let parts = (query.text(name + "At") ?? "").split(separator: " ", maxSplits: 1)
            if parts.count == 2, parts[1] == words { chosen = GeoPoint(words: String(parts[0])) }
        }

        fileprivate func items(_ name: String) -> [(name: String, value: String)] {
            guard !words.isEmpty else { return [] }
            return [(name, words)] + (choice.map { [(name + "At", $0)] } ?? [])
        }
    }

    var from: End
    var to: End
    var profile: ProfileChoice
    /// Whether what is unknown is avoided as well.
    var isConfirmedOnly = false
    /// The day it is walked on; nothing for today.
    var day: LocalDate?
    /// When it is walked, in minutes since midnight; nothing for the present time.
    var minute: Int?
    /// Which of the ways is looked at, from 0.
    var way = 0
    /// What is wrong with the fields.
    var faults: [String: Bilingual] = [:]
    /// The day and the time as they were typed, where they could not be read.
    private(set) var unread: [String: String] = [:]

    /// Reads the query of an address.
    init(_ query: QueryItems) {
        from = End(query, "from")
        to = End(query, "to")
        var faults: [String: Bilingual] = [:]
        profile = ProfileChoice(
            base: query["profile"].flatMap(Profile.named) ?? .foot,
            step: query.text("step"),
            slope: query.text("slope"),
            width: query.text("width"),
            stairs: query["stairs"],
            faults: &faults
        )
        isConfirmedOnly = query["known"] == "1"
        readTime(query, &faults)
        way = min(max(query["way"].flatMap(Int.init) ?? 0, 0), RoutePlanner.maximumAlternativeCount)
        self.faults = faults
    }

    /// Reads the day and the time; without a day the time is of today.
    private mutating func readTime(_ query: QueryItems, _ faults: inout [String: Bilingual]) {
        if let text = query.text("day") {
            day = LocalDate(iso: text)
            if day == nil {
                unread["day"] = text
                faults["day"] = Bilingual(
                    "날짜는 2026-01-31처럼 적어 주세요.",
                    "Give a day like 2026-01-31."
                )
            }
        }
        guard let text = query.text("time") else { return }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.filter { (1...2).contains($0.utf8.count) }.compactMap { Int($0) }
        if parts.count == 2, numbers.count == 2, (0..<24).contains(numbers[0]),
            (0..<60).contains(numbers[1])
        {
            minute = numbers[0] * 60 + numbers[1]
        } else {
            unread["time"] = text
            faults["time"] = Bilingual("시각은 14:30처럼 적어 주세요.", "Give a time like 14:30.")
        }
    }

    /// When the way is walked: as asked, and what was not asked is the present.
    func moment(now: Instant) -> Instant {
        let time = now.timeOfDay
        let minute = minute ?? (time.hour * 60 + time.minute)
        return Instant(day ?? now.date, hour: minute / 60, minute: minute % 60)
    }

    /// What the address says of the time: nothing where the present is meant.
    var timeItems: [(name: String, value: String)] {
        var items: [(name: String, value: String)] = []
        if let day { items.append(("day", day.iso)) }
        if let minute { items.append(("time", Self.timeText(minute))) }
        return items
    }

    /// A time of day as people write it.
    static func timeText(_ minute: Int) -> String {
        let minutes = minute % 60
        return "\(minute / 60):\(minutes < 10 ? "0" : "")\(minutes)"
    }

    /// The parts of the address.
    var items: [(name: String, value: String)] {
        var items = from.items("from") + to.items("to") + profile.query
        if isConfirmedOnly { items.append(("known", "1")) }
        items += timeItems
        if way > 0 { items.append(("way", String(way))) }
        return items
    }

    /// The page of the question.
    var link: Link { Link("/wayfinding", query: items) }

    /// The same question at another address, such as a download.
    func link(_ path: String) -> Link { Link(path, query: items) }

    /// The question with something changed.
    func with(_ change: (inout RouteQuestion) -> Void) -> RouteQuestion {
        var copy = self
        change(&copy)
        return copy
    }
}

extension GeoPoint {
    /// Reads `37.4501,126.3002`: latitude, longitude.
    init?(words: String) {
        let parts = words.split(separator: ",", omittingEmptySubsequences: false)
            .map { Double(String($0).trimmingWhitespace()) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1],
            let point = try? GeoPoint(latitude: latitude, longitude: longitude)
        else { return nil }
        self = point
    }

    /// The place as it is written in addresses, to a decimetre.
    var words: String {
        func digits(_ value: Double) -> Double { (value * 1_000_000).rounded() / 1_000_000 }
        return "\(digits(latitude)),\(digits(longitude))"
    }
}
