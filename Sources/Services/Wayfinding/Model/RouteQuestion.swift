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
    /// Which of the ways is looked at, from 0.
    var way = 0
    /// What is wrong with the fields.
    var faults: [String: Bilingual] = [:]

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
        way = min(max(query["way"].flatMap(Int.init) ?? 0, 0), RoutePlanner.maximumAlternativeCount)
        self.faults = faults
    }

    /// The parts of the address.
    var items: [(name: String, value: String)] {
        var items = from.items("from") + to.items("to") + profile.query
        if isConfirmedOnly { items.append(("known", "1")) }
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
