import Basics
import CityMap
import FoundationEssentials
import HTTPTypes
import Routing
import Web

/// Valhalla's `/route` (https://valhalla.github.io/valhalla/api/turn-by-turn/api-reference/): by POST, or
/// by GET with the same JSON in `json`.
struct ValhallaEndpoint {
    let desk: WayDesk

    /// What went wrong, with Valhalla's own code.
    private struct Refusal: Error {
        var code: Int
        var message: String
    }

    private struct Question: Decodable, Sendable {
        struct Location: Decodable, Sendable {
            var lat: Double
            var lon: Double
            var radius: Double?
        }
        struct Pedestrian: Decodable, Sendable {
            var type: String?
            /// Percent.
            var maxGrade: Double?

            enum CodingKeys: String, CodingKey {
                case type
                case maxGrade = "max_grade"
            }
        }
        struct Options: Decodable, Sendable {
            var pedestrian: Pedestrian?
        }
        var locations: [Location]?
        var costing: String?
        var costingOptions: Options?
        var language: String?
        var units: String?
        var alternates: Int?
        var id: String?

        enum CodingKeys: String, CodingKey {
            case locations, costing, language, units, alternates, id
            case costingOptions = "costing_options"
        }
    }

    private struct GetInput: Decodable, Sendable {
        var json: String
    }

    func add(to table: inout RouteTable) {
        let desk = desk
        table.endpoint(
            Self.description(
                .get,
                "valhallaRouteByGet",
                [
                    .query(
                        "json",
                        .string(maximumLength: AddressLimit.maximumCharacterCount),
                        isRequired: true
                    )
                ],
                nil
            ),
            answering: { (input: GetInput, incoming) in
                Self.answer(desk, incoming.language) {
                    guard
                        let question = try? JSONDecoder().decode(
                            Question.self,
                            from: Data(input.json.utf8)
                        )
                    else {
                        throw Refusal(code: 100, message: "Failed to parse json request")
                    }
                    return question
                }
            }
        )
        table.endpoint(
            Self.description(.post, "valhallaRoute", [], .object([:])),
            answering: { (question: Question, incoming) in
                Self.answer(desk, incoming.language) { question }
            }
        )
    }

    private static func description(
        _ method: HTTPRequest.Method,
        _ operationID: String,
        _ parameters: [Parameter],
        _ body: Schema?
    ) -> EndpointDescription {
        EndpointDescription(
            method,
            "/valhalla/route",
            operationID: operationID,
            summary: "Walking routes as Valhalla answers them.",
            tag: "wayfinding",
            parameters: parameters,
            requestBody: body,
            response: .any,
            problemForm: ProblemForm(
                schema: .object(["error_code": .integer(), "error": .string()])
            ) { problem, _, _ in
                refusal(
                    Refusal(code: 100, message: problem.message.english),
                    status: problem.status.code
                )
            }
        )
    }

    private static func refusal(_ refusal: Refusal, status: Int = 400) -> JSONValue {
        [
            "error_code": .integer(refusal.code), "error": .string(refusal.message),
            "status_code": .integer(status), "status": status == 400 ? "Bad Request" : "Error",
        ]
    }

    private static func answer(
        _ desk: WayDesk,
        _ language: Language,
        _ read: () throws -> Question
    ) -> Outgoing {
        do {
            let value = try trip(try read(), desk, language)
            return Outgoing(contentType: "application/json", body: .bytes(value.utf8))
        } catch {
            let refused = error as? Refusal ?? Refusal(code: 499, message: "Unknown")
            return Outgoing(
                .badRequest,
                contentType: "application/json",
                body: .bytes(refusal(refused).utf8)
            )
        }
    }

    private static func profile(_ question: Question) throws -> Profile {
        guard let costing = question.costing else {
            throw Refusal(code: 124, message: "No edge/node costing provided")
        }
        guard costing == "pedestrian" else {
            throw Refusal(code: 125, message: "No costing method found: '\(costing.prefix(40))'")
        }
        let options = question.costingOptions?.pedestrian
        var choice = ProfileChoice()
        switch options?.type {
        case "wheelchair": choice.base = .manualWheelchair
        case "blind": choice.base = .blind
        default: choice.base = .foot
        }
        if let grade = options?.maxGrade, ProfileChoice.slopeRange.contains(grade) {
            choice.slopePercent = grade
        }
        return choice.profile
    }

    private static func snaps(_ locations: [Question.Location], _ desk: WayDesk) throws -> [Snap] {
        let places = try locations.map { location in
            guard let place = try? GeoPoint(latitude: location.lat, longitude: location.lon) else {
                throw Refusal(code: 130, message: "Failed to parse location")
            }
            return place
        }
        let snaps = try places.map { place in
            guard let snap = try? desk.map.planner.snap(place) else {
                throw Refusal(code: 171, message: "No suitable edges near location")
            }
            return snap
        }
        return desk.map.planner.connected(snaps, for: places)
    }

    private static func trip(
        _ question: Question,
        _ desk: WayDesk,
        _ language: Language
    ) throws -> JSONValue {
        guard let locations = question.locations, locations.count >= 2 else {
            throw Refusal(
                code: 112,
                message: "Insufficiently specified required parameter 'locations'"
            )
        }
        guard locations.count <= OSRMQuery.maximumCoordinateCount else {
            throw Refusal(
                code: 150,
                message: "Exceeded max locations: \(OSRMQuery.maximumCoordinateCount)"
            )
        }
        let profile = try profile(question)
        let language =
            question.language.map { $0.hasPrefix("ko") ? Language.korean : .english } ?? language
        let snaps = try snaps(locations, desk)
        let count = snaps.count == 2 ? min(max(question.alternates ?? 0, 0), 4) + 1 : 1
        var trips: [[FoundRoute]] = []
        do {
            if snaps.count == 2 {
                trips = try desk.live.routes(from: snaps[0], to: snaps[1], profile, count: count)
                    .map { [$0] }
            } else {
                trips = [
                    try zip(snaps, snaps.dropFirst()).flatMap {
                        try desk.live.routes(from: $0, to: $1, profile)
                    }
                ]
            }
        } catch is RoutingError {
            throw Refusal(code: 442, message: "No path could be found for input")
        }
        let writer = ValhallaWriter(
            network: desk.map.network,
            language: language,
            isMiles: question.units == "miles",
            travelType: profile.name == "foot"
                ? "foot" : question.costingOptions?.pedestrian?.type ?? "foot"
        )
        var members: [String: JSONValue] = [
            "trip": writer.trip(trips[0], locations.map { ($0.lat, $0.lon) })
        ]
        if trips.count > 1 {
            members["alternates"] = .array(
                trips.dropFirst().map {
                    ["trip": writer.trip($0, locations.map { ($0.lat, $0.lon) })]
                }
            )
        }
        if let id = question.id { members["id"] = .string(id) }
        return .object(members)
    }
}

/// Writes ways as Valhalla's turn-by-turn service does.
private struct ValhallaWriter {
    let network: WalkingNetwork
    let language: Language
    let isMiles: Bool
    let travelType: String

    func trip(_ legs: [FoundRoute], _ places: [(Double, Double)]) -> JSONValue {
        [
            "locations": .array(
                places.enumerated().map { number, place in
                    [
                        "type": "break", "lat": .number(place.0), "lon": .number(place.1),
                        "original_index": .integer(number),
                    ]
                }
            ),
            "legs": .array(legs.map(leg)), "summary": summary(legs),
            "status_message": "Found route between points", "status": 0,
            "units": isMiles ? "miles" : "kilometers",
            "language": .string(language == .korean ? "ko-KR" : "en-US"),
        ]
    }

    private func length(_ metres: Double) -> JSONValue {
        let long = metres / (isMiles ? 1_609.344 : 1_000)
        return .number((long * 1_000).rounded() / 1_000)
    }

    private func summary(_ legs: [FoundRoute]) -> JSONValue {
        let points = legs.flatMap(\.route.shape)
        let latitudes = points.map(\.latitude)
        let longitudes = points.map(\.longitude)
        return [
            "has_time_restrictions": false, "has_toll": false, "has_highway": false,
            "has_ferry": false,
            "min_lat": .number(latitudes.min() ?? 0), "max_lat": .number(latitudes.max() ?? 0),
            "min_lon": .number(longitudes.min() ?? 0), "max_lon": .number(longitudes.max() ?? 0),
            "time": .number(legs.reduce(0) { $0 + $1.route.seconds }.hundredths),
            "length": length(legs.reduce(0) { $0 + $1.route.metres }),
            "cost": .number(
                legs.reduce(0) { $0 + Double($1.route.costCentiseconds) / 100 }.hundredths
            ),
        ]
    }

    private func leg(_ found: FoundRoute) -> JSONValue {
        let line = GuidedLine(found, network)
        return [
            "shape": .string(Polyline.encode(line.points, digits: 6)), "summary": summary([found]),
            "maneuvers": .array(line.manoeuvres.indices.map { maneuver($0, line) }),
        ]
    }

    private func maneuver(_ number: Int, _ line: GuidedLine) -> JSONValue {
        let manoeuvre = line.manoeuvres[number]
        let text = manoeuvre.instruction.text[language]
        var members: [String: JSONValue] = [
            "type": .integer(manoeuvre.instruction.kind.valhallaType),
            "instruction": .string(text), "verbal_pre_transition_instruction": .string(text),
            "verbal_succinct_transition_instruction": .string(text),
            "time": .number(manoeuvre.seconds.hundredths), "length": length(manoeuvre.metres),
            "cost": .number(manoeuvre.seconds.hundredths),
            "begin_shape_index": .integer(manoeuvre.points.lowerBound),
            "end_shape_index": .integer(manoeuvre.points.upperBound),
            "travel_mode": "pedestrian", "travel_type": .string(travelType),
        ]
        if number > 0 { members["verbal_transition_alert_instruction"] = .string(text) }
        if !manoeuvre.name.isEmpty { members["street_names"] = [.string(manoeuvre.name)] }
        if number < line.manoeuvres.count - 1 {
            let ahead = Bilingual(
                "\(manoeuvre.metres.metresText) 계속 가세요.",
                "Continue for \(manoeuvre.metres.metresText)."
            )
            let warnings = manoeuvre.warnings.map { $0.text[language] }
            members["verbal_post_transition_instruction"] = .string(
                ([ahead[language]] + warnings).joined(separator: " ")
            )
        }
        return .object(members)
    }
}

extension Instruction.Kind {
    /// The number of the manoeuvre in Valhalla's `DirectionsLeg.Maneuver.Type`.
    fileprivate var valhallaType: Int {
        switch self {
        case .depart: 1
        case .arrive: 4
        case .goOn, .crossing, .warning: 8
        case .slightRight: 9
        case .right: 10
        case .sharpRight: 11
        case .turnRound: 13
        case .sharpLeft: 14
        case .left: 15
        case .slightLeft: 16
        case .lift: 39
        case .steps: 40
        case .escalator: 41
        }
    }
}
