import Basics
import CityMap
import HTTPTypes
import Routing
import Web

/// openrouteservice's directions v2 as GeoJSON
/// (https://giscience.github.io/openrouteservice/api-reference/endpoints/directions/).
struct DirectionsEndpoint {
    let desk: WayDesk

    /// What went wrong, with openrouteservice's own code.
    private struct Refusal: Error {
        var code: Int
        var message: String
        var status = HTTPResponse.Status.badRequest
    }

    struct Question: Decodable, Sendable {
        struct Restrictions: Decodable, Sendable {
            /// Metres, or `any`.
            var maximumSlopedKerb: Limit?
            /// Percent, or `any`.
            var maximumIncline: Limit?
            /// Metres.
            var minimumWidth: Double?
            var smoothnessType: String?
            var surfaceType: String?

            enum CodingKeys: String, CodingKey {
                case maximumSlopedKerb = "maximum_sloped_kerb"
                case maximumIncline = "maximum_incline"
                case minimumWidth = "minimum_width"
                case smoothnessType = "smoothness_type"
                case surfaceType = "surface_type"
            }
        }
        struct Parameters: Decodable, Sendable {
            var restrictions: Restrictions?
            /// Whether only ways of known surface are wanted.
            var surfaceQualityKnown: Bool?

            enum CodingKeys: String, CodingKey {
                case restrictions
                case surfaceQualityKnown = "surface_quality_known"
            }
        }
        struct Options: Decodable, Sendable {
            var profileParameters: Parameters?
            var avoidFeatures: [String]?

            enum CodingKeys: String, CodingKey {
                case profileParameters = "profile_params"
                case avoidFeatures = "avoid_features"
            }
        }
        var coordinates: [[Double]]
        var options: Options?
        var extraInformation: [String]?
        var language: String?
        var instructions: Bool?
        var id: String?

        enum CodingKeys: String, CodingKey {
            case coordinates, options, language, instructions, id
            case extraInformation = "extra_info"
        }
    }

    /// A number or the word `any`.
    enum Limit: Decodable, Sendable {
        case number(Double)
        case any

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                let word = try container.decode(String.self)
                guard let number = Double(word) else {
                    guard word == "any" else {
                        throw DecodingError.dataCorruptedError(
                            in: container,
                            debugDescription: "a number or any"
                        )
                    }
                    self = .any
                    return
                }
                self = .number(number)
            }
        }

        var number: Double? {
            if case .number(let value) = self { value } else { nil }
        }
    }

    func add(to table: inout RouteTable) {
        let desk = desk
        table.endpoint(
            EndpointDescription(
                .post,
                "/ors/v2/directions/{profile}/geojson",
                operationID: "orsDirections",
                summary: "Walking routes as openrouteservice answers them, as GeoJSON.",
                tag: "wayfinding",
                parameters: [.path("profile", .string(maximumLength: 40))],
                requestBody: .object(["coordinates": .array(of: .array(of: .number))]),
                response: .object(["type": .string(), "features": .array(of: .any)]),
                problemForm: ProblemForm(
                    schema: .object(["error": .object(["code": .integer(), "message": .string()])])
                ) { problem, _, _ in
                    Self.refusal(Refusal(code: 2_003, message: problem.message.english))
                }
            ),
            answering: { (question: Question, incoming) in
                Self.answer(desk, try incoming.pathParameter("profile"), question, incoming)
            }
        )
    }

    private static func refusal(_ refusal: Refusal) -> JSONValue {
        ["error": ["code": .integer(refusal.code), "message": .string(refusal.message)]]
    }

    private static func answer(
        _ desk: WayDesk,
        _ name: String,
        _ question: Question,
        _ incoming: Incoming
    ) -> Outgoing {
        do {
            let value = try collection(desk, name, question, incoming)
            return Outgoing(contentType: "application/geo+json", body: .bytes(value.utf8))
        } catch {
            let refused = error as? Refusal ?? Refusal(code: 2_099, message: "Unknown error")
            return Outgoing(
                refused.status,
                contentType: "application/json",
                body: .bytes(refusal(refused).utf8)
            )
        }
    }

    private static func profile(_ name: String, _ question: Question) throws -> ProfileChoice {
        guard let base = Profile.called(name) else {
            throw Refusal(
                code: 2_003,
                message: "Parameter 'profile' has incorrect value or format."
            )
        }
        var choice = ProfileChoice(base: base)
        let restrictions = question.options?.profileParameters?.restrictions
        if let kerb = restrictions?.maximumSlopedKerb {
            // Theirs is the highest kerb that is passed, ours the lowest that is not.
            let centimetres = (kerb.number ?? 0.3) * 100 + 0.1
            choice.stepCentimetres = min(max(centimetres, 0.5), 30)
        }
        if let incline = restrictions?.maximumIncline {
            choice.slopePercent = min(max((incline.number ?? 40) + 0.1, 1), 40)
        }
        if let width = restrictions?.minimumWidth {
            choice.widthCentimetres = min(max(Int((width * 100).rounded()) - 1, 40), 400)
        }
        if question.options?.avoidFeatures?.contains("steps") == true { choice.stairs = .avoid }
        return choice
    }

    private static func snaps(_ pairs: [[Double]], _ desk: WayDesk) throws -> [Snap] {
        let places = try pairs.map { pair in
            guard pair.count >= 2,
                let place = try? GeoPoint(latitude: pair[1], longitude: pair[0])
            else {
                throw Refusal(code: 2_003, message: "Parameter 'coordinates' has incorrect value.")
            }
            return place
        }
        let snaps = try places.enumerated().map { number, place in
            guard let snap = try? desk.map.planner.snap(place) else {
                throw Refusal(
                    code: 2_010,
                    message: "Could not find routable point within a radius of "
                        + "\(Int(RoutePlanner.maximumSnapMetres)) meters of coordinate \(number).",
                    status: .notFound
                )
            }
            return snap
        }
        return desk.map.planner.connected(snaps, for: places)
    }

    private static func collection(
        _ desk: WayDesk,
        _ name: String,
        _ question: Question,
        _ incoming: Incoming
    ) throws -> JSONValue {
        let choice = try profile(name, question)
        guard question.coordinates.count >= 2 else {
            throw Refusal(code: 2_001, message: "Parameter 'coordinates' needs two places.")
        }
        guard question.coordinates.count <= OSRMQuery.maximumCoordinateCount else {
            throw Refusal(code: 2_004, message: "Too many coordinates.")
        }
        let snaps = try snaps(question.coordinates, desk)
        let isKnown = question.options?.profileParameters?.surfaceQualityKnown == true
        let legs: [FoundRoute]
        do {
            legs = try zip(snaps, snaps.dropFirst()).flatMap {
                try desk.live.routes(
                    from: $0,
                    to: $1,
                    choice.profile,
                    isConfirmedOnly: isKnown
                )
            }
        } catch is RoutingError {
            throw Refusal(
                code: 2_009,
                message: "Route could not be found between locations.",
                status: .notFound
            )
        }
        let writer = DirectionsWriter(
            network: desk.map.network,
            language: question.language.map { $0.hasPrefix("ko") ? .korean : .english }
                ?? incoming.language,
            question: question
        )
        return writer.collection(
            legs,
            profile: name,
            attribution: desk.map.attribution,
            incoming.now
        )
    }
}
