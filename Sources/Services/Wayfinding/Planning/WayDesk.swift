import Basics
import CityMap
import Hosting
import Identity
import Routing
import Store
import Web

/// What every route of the service works with.
struct WayDesk: Sendable {
    /// Places that a person chooses from where words mean several.
    static let maximumChoiceCount = 10

    let platform: Platform
    let map: CityMap
    let barriers: LiveBarriers
    /// The outlines of the buildings, taken out of the map once.
    let buildings: [[GeoPoint]]
    let throttle = ReportThrottle()

    /// Opens the desk of a city.
    init(on platform: Platform) async throws {
        self.platform = platform
        map = try CityMap.of(platform)
        buildings = map.buildings
        barriers = LiveBarriers(map, platform.store, time: platform.time)
        try await barriers.refresh()
    }

    var store: Store { platform.store }
    var live: LivePlanner { barriers.planner }

    /// Runs a change and lets every route know of it at once.
    func write<Value: Sendable>(
        _ change: @escaping @Sendable (WriteTransaction) throws -> Value
    ) async throws -> Value {
        let value = try await store.write(change)
        try await barriers.refresh()
        return value
    }
}

/// What a person's words for a place come to.
enum PlaceAnswer: Sendable {
    /// Nothing was typed.
    case nothing
    /// A place.
    case place(GeoPoint)
    /// Several places of the name.
    case choices([MapPlace])
    /// No place of the name.
    case unknown
}

extension WayDesk {
    /// Finds the place that was meant.
    func find(_ end: RouteQuestion.End) -> PlaceAnswer {
        if let place = end.place { return .place(place) }
        guard !end.words.isEmpty else { return .nothing }
        // Words beyond the limits of a search name no place.
        let found = (try? map.places(matching: end.words, limit: Self.maximumChoiceCount)) ?? []
        let same = found.filter { $0.name == end.words || $0.address == end.words }
        if same.count == 1 { return .place(same[0].position) }
        if found.count == 1 { return .place(found[0].position) }
        return found.isEmpty ? .unknown : .choices(found)
    }

    /// The answer to a question whose places are known.
    func answer(_ question: RouteQuestion, from start: GeoPoint, to end: GeoPoint) -> WayAnswer {
        let ends = [(start, EndNote.End.start), (end, .end)].map { place, side in
            EndNote(side, place, self)
        }
        if let refusal = ends.compactMap(\.refusal).first { return .refused(refusal) }
        do {
            let routes = try live.routes(
                from: start,
                to: end,
                question.profile.profile,
                isConfirmedOnly: question.isConfirmedOnly,
                at: question.moment(now: platform.time.now()),
                count: 3
            )
            return .routes(
                routes,
                notes: ends.compactMap(\.note) + Self.notes(routes, start, end, map)
                    + hoursNote(routes)
            )
        } catch let error as RoutingError {
            return .refused(error.message)
        } catch {
            return .refused(
                Bilingual("길을 찾지 못했습니다. 잠시 뒤에 다시 해 주세요.", "No way was found; try again.")
            )
        }
    }

    /// What is to be said where the map has opening hours on the way that nobody can read.
    private func hoursNote(_ routes: [FoundRoute]) -> [Bilingual] {
        let texts = live.unreadableHours(on: routes.first?.route)
        guard !texts.isEmpty else { return [] }
        let list = texts.prefix(3).joined(separator: " / ")
        return [
            Bilingual(
                "이 길에는 운영 시간을 읽을 수 없는 곳이 있습니다(\(list)). 열려 있는지 확인하고 가세요.",
                "Hours on this way cannot be read (\(list)); make sure that it is open."
            )
        ]
    }

    /// What is to be said of a way that was found.
    private static func notes(
        _ routes: [FoundRoute],
        _ start: GeoPoint,
        _ end: GeoPoint,
        _ map: CityMap
    ) -> [Bilingual] {
        guard let route = routes.first?.route else { return [] }
        var notes: [Bilingual] = []
        if route.metres < 1 {
            notes.append(
                Bilingual("출발지와 도착지가 같은 곳입니다.", "The start and the destination are one place.")
            )
        }
        for (snap, place, side) in [
            (route.start, start, EndNote.End.start), (route.end, end, .end),
        ] {
            if let nearest = try? map.planner.snap(place), nearest.segment != snap.segment,
                snap.metresAway > nearest.metresAway + 1
            {
                notes.append(side.island(metres: Int(snap.metresAway.rounded())))
            }
        }
        return notes
    }
}

/// The answer to a question whose places are known.
enum WayAnswer: Sendable {
    /// Ways, the best first, and what is to be said about their ends.
    case routes([FoundRoute], notes: [Bilingual])
    /// Why there is none.
    case refused(Bilingual)
}
