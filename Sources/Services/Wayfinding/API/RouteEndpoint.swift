import Basics
import CityMap
import HTTPTypes
import Hosting
import Routing
import Web

/// Routes for programs and for the pages that walk along.
struct RouteEndpoint {
    let desk: WayDesk

    private struct Input: Decodable, Sendable {
        var from: String
        var to: String
        var alternatives: Int?
    }

    func add(to table: inout RouteTable) {
        let desk = desk
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/wayfinding/routes",
                operationID: "findWalkingRoutes",
                summary: "Walking routes for a profile, with every barrier on them.",
                tag: "wayfinding",
                parameters: Self.parameters,
                response: .any
            )
        ) { (input: Input, incoming) in
            let question = RouteQuestion(incoming.query)
            guard question.faults.isEmpty else {
                throw Problem.invalid(
                    question.faults.sorted { $0.key < $1.key }
                        .map { .init(field: $0.key, message: $0.value) }
                )
            }
            let (start, end) = (try Self.place("from", input.from), try Self.place("to", input.to))
            return try Self.answer(
                desk,
                question,
                start,
                end,
                input.alternatives,
                incoming.language
            )
        }
    }

    private static func answer(
        _ desk: WayDesk,
        _ question: RouteQuestion,
        _ start: GeoPoint,
        _ end: GeoPoint,
        _ count: Int?,
        _ language: Language
    ) throws -> RouteAnswer {
        let profile = question.profile.profile
        do {
            // Asked first: a change in between makes the number too old, never too new.
            let revision = desk.live.revision
            let moment = question.moment(now: desk.platform.time.now())
            let routes = try desk.live.routes(
                from: start,
                to: end,
                profile,
                isConfirmedOnly: question.isConfirmedOnly,
                at: moment,
                count: count ?? 1
            )
            return RouteAnswer(
                profile: .init(
                    name: profile.name,
                    title: profile.plainTitle[language]
                ),
                language: language.rawValue,
                revision: revision,
                openAt: moment.rfc3339,
                routes: routes.map { RouteBody($0, desk.map.planner, language: language) }
            )
        } catch let error as RoutingError {
            throw Problem.noWay(error.message)
        }
    }

    private static func place(_ name: String, _ words: String) throws -> GeoPoint {
        guard let place = GeoPoint(words: words) else {
            throw Problem.invalid([
                .init(
                    field: name,
                    message: Bilingual(
                        "위도,경도로 적어 주세요(예: 37.45,126.3).",
                        "Give latitude,longitude, such as 37.45,126.3."
                    )
                )
            ])
        }
        return place
    }

    /// What a question is made of.
    static let questionParameters: [Parameter] = [
        .query("from", .string(maximumLength: 60), isRequired: true),
        .query("to", .string(maximumLength: 60), isRequired: true),
        .query("profile", .oneOf(Profile.standard.map(\.name))),
        .query("known", .oneOf(["1"])),
        .query("step", .number), .query("slope", .number),
        .query("width", .integer(ProfileChoice.widthRange)),
        .query("stairs", .oneOf(ProfileChoice.Stairs.allCases.map(\.rawValue))),
        .query("day", .string(maximumLength: 10)), .query("time", .string(maximumLength: 5)),
    ]

    private static let parameters =
        questionParameters + [
            .query("alternatives", .integer(1...RoutePlanner.maximumAlternativeCount))
        ]
}
