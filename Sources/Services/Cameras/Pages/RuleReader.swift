import Basics
import Vision
import Web

/// Reads the rules of a camera from a form of numbers.
struct RuleReader {
    /// The longest text of corners, in characters.
    static let maximumCornerCharacterCount = 4_000

    let form: FormFields

    /// The rules the form describes; the ground keeps what it was.
    ///
    /// - Throws: `CamerasError` `badInput` where a number is none, `VisionError` where the rules cannot
    ///   be followed.
    func rules(over old: SceneRules) throws -> SceneRules {
        var rules = SceneRules(homography: old.homography)
        for place in 0...SceneRules.maximumZoneCount {
            if let zone = try zone(place) { rules.zones.append(zone) }
        }
        for place in 0...SceneRules.maximumLineCount {
            if let line = try line(place) { rules.lines.append(line) }
        }
        rules.crowd.attention = try limit("attention")
        rules.crowd.caution = try limit("caution")
        rules.crowd.alert = try limit("alert")
        rules.crowd.serious = try limit("serious")
        rules.crowd.hysteresis = old.crowd.hysteresis
        try rules.check()
        return rules
    }

    /// A zone of the form; nothing where its row is empty.
    private func zone(_ place: Int) throws -> SceneRules.Zone? {
        let head = "zone.\(place)"
        let corners = form.text("\(head).corners") ?? ""
        let name = form.text("\(head).name") ?? ""
        guard !corners.isEmpty || !name.isEmpty else { return nil }
        guard let kind = form["\(head).kind"].flatMap(SceneRules.ZoneKind.init) else {
            throw CamerasError.badInput("구역의 종류를 골라 주세요.", "Choose the kind of the zone.")
        }
        return SceneRules.Zone(
            name: name,
            kind: kind,
            polygon: try points(corners),
            schedule: try form.text("\(head).hours").map(schedule),
            dwellSeconds: try form.text("\(head).dwell").map(number),
            squareMetres: try form.text("\(head).area").map(number)
        )
    }

    private func line(_ place: Int) throws -> SceneRules.Line? {
        let head = "line.\(place)"
        let ends = form.text("\(head).ends") ?? ""
        let name = form.text("\(head).name") ?? ""
        guard !ends.isEmpty || !name.isEmpty else { return nil }
        let points = try points(ends)
        guard points.count == 2 else {
            throw CamerasError.badInput(
                "선 ‘\(name)’에는 끝점이 둘 있어야 합니다.",
                "The line “\(name)” needs two ends."
            )
        }
        return SceneRules.Line(name: name, from: points[0], to: points[1])
    }

    private func limit(_ name: String) throws -> Double {
        try number(form.text("crowd.\(name)") ?? "")
    }

    private func points(_ text: String) throws -> [SceneRules.Point] {
        guard text.count <= Self.maximumCornerCharacterCount else {
            throw CamerasError.badInput("꼭짓점이 너무 많습니다.", "There are too many corners.")
        }
        return try text.split(separator: ",").map { pair in
            let numbers = pair.split(whereSeparator: \.isWhitespace)
            guard numbers.count == 2 else {
                throw CamerasError.badInput(
                    "꼭짓점은 ‘0.1 0.2, 0.5 0.2, …’처럼 적어 주세요: \(pair)",
                    "Write corners as “0.1 0.2, 0.5 0.2, …”: \(pair)"
                )
            }
            return SceneRules.Point(
                x: try number(String(numbers[0])),
                y: try number(String(numbers[1]))
            )
        }
    }

    private func number(_ text: String) throws -> Double {
        guard let value = Double(text), value.isFinite else {
            throw CamerasError.badInput("숫자가 아닙니다: \(text)", "Not a number: \(text)")
        }
        return value
    }

    private func schedule(_ text: String) throws -> SceneRules.Schedule {
        let parts = text.split(separator: "-").map { part in
            part.split(separator: ":").compactMap { Int($0.filter { !$0.isWhitespace }) }
        }
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && (0...59).contains($0[1]) }),
            parts.allSatisfy({ (0...24).contains($0[0]) })
        else {
            throw CamerasError.badInput(
                "시간대는 22:00-06:00처럼 적어 주세요: \(text)",
                "Write hours as 22:00-06:00: \(text)"
            )
        }
        return SceneRules.Schedule(
            fromMinute: parts[0][0] * 60 + parts[0][1],
            untilMinute: parts[1][0] * 60 + parts[1][1]
        )
    }

    // MARK: Writing

    /// Corners as the form shows them.
    static func text(_ points: [SceneRules.Point]) -> String {
        points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: ", ")
    }

    /// Hours as the form shows them.
    static func text(_ schedule: SceneRules.Schedule) -> String {
        func time(_ minute: Int) -> String {
            let (hours, minutes) = (String(minute / 60), String(minute % 60))
            return (hours.count < 2 ? "0" : "") + hours + ":" + (minutes.count < 2 ? "0" : "")
                + minutes
        }
        return "\(time(schedule.fromMinute))-\(time(schedule.untilMinute))"
    }

    /// A number with at most three digits behind the point.
    static func number(_ value: Double) -> String {
        let rounded = (value * 1000).rounded() / 1000
        return rounded == rounded.rounded() && abs(rounded) < 1e9
            ? String(Int(rounded)) : "\(rounded)"
    }
}
