import Basics
import Routing

/// Writes ways as openrouteservice's GeoJSON.
struct DirectionsWriter {
    let network: WalkingNetwork
    let language: Language
    let question: DirectionsEndpoint.Question

    func collection(
        _ legs: [FoundRoute],
        profile: String,
        attribution: Bilingual,
        _ now: Instant
    ) -> JSONValue {
        let lines = legs.map { GuidedLine($0, network) }
        let points = lines.flatMap(\.points)
        let box = box(points)
        let summary: JSONValue = [
            "distance": .number(legs.reduce(0) { $0 + $1.route.metres }.hundredths),
            "duration": .number(legs.reduce(0) { $0 + $1.route.seconds }.hundredths),
        ]
        var ends = [0]
        for line in lines { ends.append((ends.last ?? 0) + line.points.count) }
        var properties: [String: JSONValue] = [
            "summary": summary,
            "way_points": .array(([0] + ends.dropFirst().map { $0 - 1 }).map(JSONValue.integer)),
            "segments": .array(
                zip(legs, zip(lines, ends)).map { segment($0, $1.0, from: $1.1) }
            ),
        ]
        if let extras = question.extraInformation {
            properties["extras"] = .object(self.extras(extras, lines, ends))
        }
        return [
            "type": "FeatureCollection", "bbox": box,
            "features": [
                [
                    "type": "Feature", "bbox": box, "properties": .object(properties),
                    "geometry": [
                        "type": "LineString", "coordinates": .array(points.map(\.json)),
                    ],
                ]
            ],
            "metadata": [
                "attribution": .string(attribution.english), "service": "routing",
                "timestamp": .integer(Int(now.millisecondsSinceEpoch)),
                "query": ["profile": .string(profile), "format": "geojson"],
                "engine": ["version": "haechi"],
            ],
        ]
    }

    private func box(_ points: [GeoPoint]) -> JSONValue {
        let (x, y) = (points.map(\.longitude), points.map(\.latitude))
        return .array(
            [x.min() ?? 0, y.min() ?? 0, x.max() ?? 0, y.max() ?? 0].map(JSONValue.number)
        )
    }

    private func segment(_ found: FoundRoute, _ line: GuidedLine, from first: Int) -> JSONValue {
        var members: [String: JSONValue] = [
            "distance": .number(found.route.metres.hundredths),
            "duration": .number(found.route.seconds.hundredths),
        ]
        if question.instructions != false {
            members["steps"] = .array(
                line.manoeuvres.map { manoeuvre in
                    [
                        "distance": .number(manoeuvre.metres.hundredths),
                        "duration": .number(manoeuvre.seconds.hundredths),
                        "type": .integer(manoeuvre.instruction.kind.directionsType),
                        "instruction": .string(manoeuvre.instruction.text[language]),
                        "name": .string(manoeuvre.name.isEmpty ? "-" : manoeuvre.name),
                        "way_points": [
                            .integer(first + manoeuvre.points.lowerBound),
                            .integer(first + manoeuvre.points.upperBound),
                        ],
                    ]
                }
            )
        }
        if !found.barriers.isEmpty {
            members["warnings"] = .array(
                found.barriers.map { ["code": 0, "message": .string($0.text[language])] }
            )
        }
        return .object(members)
    }

    private func extras(_ names: [String], _ lines: [GuidedLine], _ ends: [Int]) -> [String:
        JSONValue]
    {
        let kinds: [String: (GuidedLine.Piece) -> Int] = [
            "surface": { network.attributes(of: $0.segment)[.surface]?.value.directionsCode ?? 0 },
            "steepness": { steepness($0) },
            "waytype": { network.attributes(of: $0.segment)[.kind]?.value.directionsCode ?? 0 },
        ]
        var extras: [String: JSONValue] = [:]
        for name in names {
            guard let code = kinds[name] else { continue }
            // "waytype" is asked for in the singular and answered in the plural.
            extras[name == "waytype" ? "waytypes" : name] = extra(lines, ends, code)
        }
        return extras
    }

    private func steepness(_ piece: GuidedLine.Piece) -> Int {
        let attributes = network.attributes(of: piece.segment)
        guard let permille = attributes[.inclinePermille]?.value else { return 0 }
        let level: Int =
            switch abs(permille) {
            case ..<10: 0
            case ..<40: 1
            case ..<70: 2
            case ..<120: 3
            case ..<160: 4
            default: 5
            }
        return (permille > 0) == piece.isForward ? level : -level
    }

    /// Runs of one value over the points, and how much of the way each value takes.
    private func extra(
        _ lines: [GuidedLine],
        _ ends: [Int],
        _ code: (GuidedLine.Piece) -> Int
    ) -> JSONValue {
        var runs: [(first: Int, last: Int, value: Int)] = []
        var metres: [Int: Double] = [:]
        for (line, first) in zip(lines, ends) {
            for (at, piece) in line.pieces.enumerated() {
                let value = code(piece)
                metres[value, default: 0] += line.metres[at + 1] - line.metres[at]
                if let run = runs.last, run.value == value, run.last == first + at {
                    runs[runs.count - 1].last = first + at + 1
                } else {
                    runs.append((first + at, first + at + 1, value))
                }
            }
        }
        let total = metres.values.reduce(0, +)
        return [
            "values": .array(
                runs.map { [.integer($0.first), .integer($0.last), .integer($0.value)] }
            ),
            "summary": .array(
                metres.sorted { $0.value > $1.value }.map { value, length in
                    [
                        "value": .integer(value), "distance": .number(length.hundredths),
                        "amount": .number((total > 0 ? length / total * 100 : 0).hundredths),
                    ]
                }
            ),
        ]
    }
}

extension Instruction.Kind {
    /// The number of the instruction in openrouteservice.
    fileprivate var directionsType: Int {
        switch self {
        case .left: 0
        case .right: 1
        case .sharpLeft: 2
        case .sharpRight: 3
        case .slightLeft: 4
        case .slightRight: 5
        case .turnRound: 9
        case .arrive: 10
        case .depart: 11
        default: 6
        }
    }
}

extension Surface {
    /// The number of the surface in openrouteservice's `extra_info`.
    fileprivate var directionsCode: Int {
        switch self {
        case .paved: 1
        case .slabs, .cobbles: 14
        case .compacted: 8
        case .gravel: 10
        case .ground: 12
        case .loose: 15
        }
    }
}

extension PathKind {
    /// The number of the kind of way in openrouteservice's `extra_info`.
    fileprivate var directionsCode: Int {
        switch self {
        case .busyStreet: 2
        case .street, .livingStreet: 3
        case .path: 4
        case .track: 5
        case .cycleway: 6
        case .steps: 8
        default: 7
        }
    }
}
