import Basics
import Routing

/// Writes ways as the OSRM HTTP API does, with the voice and banner instructions of the Mapbox
/// Directions API v5 (https://docs.mapbox.com/api/navigation/directions/).
struct OSRMWriter {
    /// A corner of the overview that bends less than this is left out, in metres.
    static let simplifiedMetres = 3.0
    /// What comes is said so far before it, in metres.
    static let voiceMetres = 30.0

    let query: OSRMQuery
    let network: WalkingNetwork

    func waypoint(_ snap: Snap) -> [String: JSONValue] {
        [
            "name": .string(network.name(of: snap.segment)),
            "location": snap.position.json,
            "distance": .number(snap.metresAway.hundredths),
            "hint": .string(OSRMHint.text(snap, network)),
        ]
    }

    /// A route over several legs.
    func route(_ legs: [FoundRoute]) -> JSONValue {
        let lines = legs.map { GuidedLine($0, network) }
        var members: [String: JSONValue] = [
            "distance": .number(legs.reduce(0) { $0 + $1.route.metres }.hundredths),
            "duration": .number(legs.reduce(0) { $0 + $1.route.seconds }.hundredths),
            "weight": .number(weight(legs)), "weight_name": "accessibility",
            "legs": .array(zip(legs, lines).map { leg($0, $1) }),
        ]
        if query.voice {
            members["voiceLocale"] = .string(query.language == .korean ? "ko-KR" : "en-US")
        }
        if query.overview != .none {
            var points: [GeoPoint] = []
            for point in lines.joined(by: \.points) where point != points.last {
                points.append(point)
            }
            if query.overview == .simplified { points = points.simplified(Self.simplifiedMetres) }
            members["geometry"] = geometry(points)
        }
        return .object(members)
    }

    private func weight(_ legs: [FoundRoute]) -> Double {
        legs.reduce(0) { $0 + Double($1.route.costCentiseconds) / 100 }.hundredths
    }

    func geometry(_ points: [GeoPoint]) -> JSONValue {
        switch query.geometry {
        case .polyline: return .string(Polyline.encode(points, digits: 5))
        case .polyline6: return .string(Polyline.encode(points, digits: 6))
        case .geojson:
            let points = points.count == 1 ? points + points : points
            return ["type": "LineString", "coordinates": .array(points.map(\.json))]
        }
    }

    private func leg(_ found: FoundRoute, _ line: GuidedLine) -> JSONValue {
        var names: [String] = []
        for manoeuvre in line.manoeuvres where !manoeuvre.name.isEmpty {
            if !names.contains(manoeuvre.name) { names.append(manoeuvre.name) }
        }
        var members: [String: JSONValue] = [
            "distance": .number(found.route.metres.hundredths),
            "duration": .number(found.route.seconds.hundredths),
            "weight": .number(weight([found])),
            "summary": .string(query.steps ? names.prefix(2).joined(separator: ", ") : ""),
            "steps": query.steps
                ? .array(line.manoeuvres.indices.map { step($0, line) }) : .array([]),
            // Ours: what a client that knows it may say of the way.
            "barriers": .array(found.barriers.map(barrier)),
        ]
        if !query.annotations.isEmpty { members["annotation"] = annotation(line) }
        return .object(members)
    }

    private func barrier(_ barrier: FoundRoute.Barrier) -> JSONValue {
        [
            "kind": .string(barrier.kind.rawValue),
            "text": .string(barrier.text[query.language]),
            "distance": .number(barrier.metresFromStart.hundredths),
            "location": barrier.position.json, "confirmed": .boolean(barrier.isConfirmed),
        ]
    }

    private func step(_ number: Int, _ line: GuidedLine) -> JSONValue {
        let manoeuvre = line.manoeuvres[number]
        let isLast = number == line.manoeuvres.count - 1
        var points = Array(line.points[manoeuvre.points])
        // The step of arriving is a line of one place twice.
        if points.count == 1 { points += points }
        let location = line.points[manoeuvre.points.lowerBound]
        var members: [String: JSONValue] = [
            "distance": .number(manoeuvre.metres.hundredths),
            "duration": .number(manoeuvre.seconds.hundredths),
            "weight": .number(manoeuvre.seconds.hundredths),
            "geometry": geometry(points), "name": .string(manoeuvre.name), "mode": "walking",
            "driving_side": "right",
            "intersections": [intersection(manoeuvre, location, isFirst: number == 0, isLast)],
            "maneuver": maneuver(manoeuvre, location, isFirst: number == 0, isLast),
        ]
        if query.voice {
            members["voiceInstructions"] = .array(isLast ? [] : announcements(number, line))
        }
        if query.banner {
            members["bannerInstructions"] = .array(isLast ? [] : banners(number, line))
        }
        return .object(members)
    }

    private func maneuver(
        _ manoeuvre: GuidedLine.Manoeuvre,
        _ location: GeoPoint,
        isFirst: Bool,
        _ isLast: Bool
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "location": location.json,
            "bearing_before": .integer(isFirst ? 0 : manoeuvre.bearings.before),
            "bearing_after": .integer(isLast ? 0 : manoeuvre.bearings.after),
            "type": .string(manoeuvre.instruction.kind.osrmType),
            "instruction": .string(manoeuvre.instruction.text[query.language]),
        ]
        if let modifier = manoeuvre.instruction.kind.osrmModifier {
            members["modifier"] = .string(modifier)
        }
        return .object(members)
    }

    /// The place of the manoeuvre as an intersection: where one comes from and where one goes on.
    private func intersection(
        _ manoeuvre: GuidedLine.Manoeuvre,
        _ location: GeoPoint,
        isFirst: Bool,
        _ isLast: Bool
    ) -> JSONValue {
        let back = (manoeuvre.bearings.before + 180) % 360
        let on = manoeuvre.bearings.after
        var members: [String: JSONValue] = ["location": location.json]
        if isFirst {
            members["bearings"] = [.integer(on)]
            members["entry"] = [true]
            members["out"] = 0
        } else if isLast {
            members["bearings"] = [.integer(back)]
            members["entry"] = [true]
            members["in"] = 0
        } else {
            // Bearings come in ascending order; the way back may not be entered.
            let isBackFirst = back <= on
            members["bearings"] = .array([min(back, on), max(back, on)].map(JSONValue.integer))
            members["entry"] = .array([!isBackFirst, isBackFirst].map(JSONValue.boolean))
            members["in"] = .integer(isBackFirst ? 0 : 1)
            members["out"] = .integer(isBackFirst ? 1 : 0)
        }
        return .object(members)
    }

    private func annotation(_ line: GuidedLine) -> JSONValue {
        func differences(_ values: [Double]) -> [Double] {
            zip(values, values.dropFirst()).map { ($1 - $0).hundredths }
        }
        let (lengths, times) = (differences(line.metres), differences(line.seconds))
        var members: [String: JSONValue] = [:]
        func list(_ name: String, _ values: [Double]) {
            guard query.annotations.contains(name) else { return }
            members[name] = .array(values.map(JSONValue.number))
        }
        list("distance", lengths)
        list("duration", times)
        list("weight", times)
        list("speed", zip(lengths, times).map { $1 > 0 ? ($0 / $1 * 10).rounded() / 10 : 0 })
        if query.annotations.contains("nodes") {
            members["nodes"] = .array(nodes(line).map(JSONValue.integer))
        }
        if query.annotations.contains("datasources") {
            members["datasources"] = .array(lengths.map { _ in 0 })
            members["metadata"] = ["datasource_names": ["haechi"]]
        }
        return .object(members)
    }

    /// For each point the node of the network that it is or that lies behind it.
    private func nodes(_ line: GuidedLine) -> [Int] {
        let starts = line.pieces.map { piece in
            let segment = network.segments[piece.segment]
            return Int(piece.isForward ? segment.tail : segment.head)
        }
        guard let last = line.pieces.last else { return [] }
        let end = network.segments[last.segment]
        return starts + [Int(last.isForward ? end.head : end.tail)]
    }
}

extension OSRMWriter {
    /// What is said on a step: its warnings shortly before each, and what comes at its end.
    private func announcements(_ number: Int, _ line: GuidedLine) -> [JSONValue] {
        let (step, next) = (line.manoeuvres[number], line.manoeuvres[number + 1])
        var said: [(left: Double, text: String)] = []
        if number == 0 { said.append((step.metres, step.instruction.text[query.language])) }
        for warning in step.warnings {
            let along = warning.metresFromStart - step.instruction.metresFromStart
            let left = step.metres - along + Self.voiceMetres
            said.append((min(max(left, 0), step.metres), warning.text[query.language]))
        }
        let words = next.instruction.text[query.language]
        if step.metres > 4 * Self.voiceMetres {
            let metres = Int(step.metres.rounded())
            let ahead = Bilingual("\(metres)미터 앞: \(words)", "In \(metres) metres: \(words)")
            said.append((step.metres, ahead[query.language]))
        }
        said.append((min(Self.voiceMetres, step.metres), words))
        return said.sorted { $0.left > $1.left }.map { left, text in
            [
                "distanceAlongGeometry": .number(left.hundredths), "announcement": .string(text),
                "ssmlAnnouncement": .string(
                    "<speak>\(text.replacing("&", with: "&amp;").replacing("<", with: "&lt;"))</speak>"
                ),
            ]
        }
    }

    private func banners(_ number: Int, _ line: GuidedLine) -> [JSONValue] {
        let (step, next) = (line.manoeuvres[number], line.manoeuvres[number + 1])
        let text = JSONValue.string(next.instruction.text[query.language])
        var primary: [String: JSONValue] = [
            "text": text, "type": .string(next.instruction.kind.osrmType),
            "components": [["text": text, "type": "text"]],
        ]
        if let modifier = next.instruction.kind.osrmModifier {
            primary["modifier"] = .string(modifier)
        }
        return [
            [
                "distanceAlongGeometry": .number(step.metres.hundredths),
                "primary": .object(primary), "secondary": .null, "sub": .null,
            ]
        ]
    }
}

extension Instruction.Kind {
    /// The type of the manoeuvre; what is no turn but a change on the way is a notification.
    var osrmType: String {
        switch self {
        case .depart: "depart"
        case .arrive: "arrive"
        case .goOn: "new name"
        case .crossing, .steps, .escalator, .lift, .warning: "notification"
        default: "turn"
        }
    }

    /// The direction of the manoeuvre.
    var osrmModifier: String? {
        switch self {
        case .slightLeft: "slight left"
        case .left: "left"
        case .sharpLeft: "sharp left"
        case .slightRight: "slight right"
        case .right: "right"
        case .sharpRight: "sharp right"
        case .turnRound: "uturn"
        case .depart, .arrive: nil
        default: "straight"
        }
    }
}

extension [GuidedLine] {
    fileprivate func joined(by path: KeyPath<GuidedLine, [GeoPoint]>) -> [GeoPoint] {
        flatMap { $0[keyPath: path] }
    }
}

extension [GeoPoint] {
    /// The line without the points that lie so near to it (Douglas and Peucker, 1973).
    func simplified(_ metres: Double) -> [GeoPoint] {
        guard count > 2 else { return self }
        var kept = [Bool](repeating: false, count: count)
        kept[0] = true
        kept[count - 1] = true
        var open = [(0, count - 1)]
        while let (first, last) = open.popLast() {
            guard last - first > 1 else { continue }
            let chord = [self[first], self[last]]
            var far = (metres: -1.0, at: first)
            for at in first + 1..<last {
                let away = chord.metres(to: self[at])
                if away > far.metres { far = (away, at) }
            }
            guard far.metres > metres else { continue }
            kept[far.at] = true
            open += [(first, far.at), (far.at, last)]
        }
        return zip(self, kept).filter(\.1).map(\.0)
    }
}
