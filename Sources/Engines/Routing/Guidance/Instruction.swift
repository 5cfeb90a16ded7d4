public import Basics

/// One thing to do on the way, for reading and for speaking.
public struct Instruction: Sendable, Hashable {
    /// What is done.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Set off.
        case depart
        /// Go on: the way changes its name or kind.
        case goOn
        /// Bear left.
        case slightLeft
        /// Turn left.
        case left
        /// Turn sharply left.
        case sharpLeft
        /// Bear right.
        case slightRight
        /// Turn right.
        case right
        /// Turn sharply right.
        case sharpRight
        /// Turn round.
        case turnRound
        /// Cross a street.
        case crossing
        /// Take steps.
        case steps
        /// Take an escalator.
        case escalator
        /// Take a lift.
        case lift
        /// Something to beware of.
        case warning
        /// The place is reached.
        case arrive
    }

    /// What is done.
    public var kind: Kind
    /// The whole sentence.
    public var text: Bilingual
    /// Metres from the start to where it is done.
    public var metresFromStart: Double
    /// Metres on to the next instruction that is not a warning.
    public var metresToNext: Double
    /// Where it is done.
    public var position: GeoPoint

    /// Creates an instruction.
    public init(
        kind: Kind,
        text: Bilingual,
        metresFromStart: Double,
        metresToNext: Double,
        position: GeoPoint
    ) {
        self.kind = kind
        self.text = text
        self.metresFromStart = metresFromStart
        self.metresToNext = metresToNext
        self.position = position
    }
}

/// The words of the instructions.
enum GuidanceText {
    static func depart(direction: Int, name: String) -> Bilingual {
        let korean = ["북쪽", "북동쪽", "동쪽", "남동쪽", "남쪽", "남서쪽", "서쪽", "북서쪽"][direction]
        let english = [
            "north", "north-east", "east", "south-east", "south", "south-west", "west",
            "north-west",
        ][direction]
        return name.isEmpty
            ? Bilingual("\(korean)으로 출발하세요.", "Set off to the \(english).")
            : Bilingual(
                "\(name)에서 \(korean)으로 출발하세요.",
                "Set off on \(name) to the \(english)."
            )
    }

    static func turn(_ kind: Instruction.Kind) -> Bilingual {
        switch kind {
        case .slightLeft: Bilingual("왼쪽 길로 비스듬히 가세요.", "Bear left.")
        case .left: Bilingual("왼쪽으로 도세요.", "Turn left.")
        case .sharpLeft: Bilingual("왼쪽으로 크게 꺾으세요.", "Turn sharply left.")
        case .slightRight: Bilingual("오른쪽 길로 비스듬히 가세요.", "Bear right.")
        case .right: Bilingual("오른쪽으로 도세요.", "Turn right.")
        case .sharpRight: Bilingual("오른쪽으로 크게 꺾으세요.", "Turn sharply right.")
        case .turnRound: Bilingual("뒤로 도세요.", "Turn round.")
        default: Bilingual("계속 가세요.", "Go on.")
        }
    }

    /// The sentence with the name of the way it leads onto.
    static func onto(_ text: Bilingual, _ name: String) -> Bilingual {
        guard !name.isEmpty else { return text }
        return Bilingual(
            "\(text.korean) \(name) 구간입니다.",
            "\(text.english) This is \(name)."
        )
    }

    /// The sentence with a landmark near the place.
    static func near(_ text: Bilingual, _ landmark: String?) -> Bilingual {
        guard let landmark else { return text }
        return Bilingual("\(landmark) 근처에서 \(text.korean)", "Near \(landmark): \(text.english)")
    }

    static func crossing(_ attributes: Attributes) -> Bilingual {
        switch attributes[.crossing]?.value {
        case .signals: signals(attributes[.soundSignal]?.value)
        case .marked:
            Bilingual("신호등 없는 횡단보도를 건너세요.", "Cross at the marked crossing; it has no signal.")
        case .unmarked:
            Bilingual("횡단보도 표시가 없는 곳을 건너세요.", "Cross the street; the place is not marked.")
        case nil: Bilingual("길을 건너세요.", "Cross the street.")
        }
    }

    private static func signals(_ sounds: Bool?) -> Bilingual {
        switch sounds {
        case true:
            Bilingual("음향신호기가 있는 횡단보도를 건너세요.", "Cross at the signal; it can be heard.")
        case false:
            Bilingual("음향신호기가 없는 횡단보도를 건너세요.", "Cross at the signal; it cannot be heard.")
        case nil:
            Bilingual(
                "신호등이 있는 횡단보도를 건너세요. 음향신호기는 확인되지 않았습니다.",
                "Cross at the signal; whether it can be heard is not known."
            )
        }
    }

    static func steps(count: Int?, isUp: Bool?, handrail: Bool?) -> Bilingual {
        let number = count.map { Bilingual(" \($0)단", " \($0)") } ?? Bilingual(same: "")
        let verb: Bilingual =
            switch isUp {
            case true: Bilingual("을 올라가세요.", "up")
            case false: Bilingual("을 내려가세요.", "down")
            case nil: Bilingual("을 지나가세요.", "along")
            }
        let rail: Bilingual =
            switch handrail {
            case true: Bilingual(" 난간이 있습니다.", " There is a handrail.")
            case false: Bilingual(" 난간이 없습니다.", " There is no handrail.")
            case nil: Bilingual(same: "")
            }
        return Bilingual(
            "계단\(number.korean)\(verb.korean)\(rail.korean)",
            "Take the\(number.english) steps \(verb.english).\(rail.english)"
        )
    }

    static func escalator(isUp: Bool?) -> Bilingual {
        switch isUp {
        case true: Bilingual("에스컬레이터로 올라가세요.", "Take the escalator up.")
        case false: Bilingual("에스컬레이터로 내려가세요.", "Take the escalator down.")
        case nil: Bilingual("에스컬레이터를 타세요.", "Take the escalator.")
        }
    }

    static func lift(from: Int?, to: Int?) -> Bilingual {
        guard let to, from != to else {
            return Bilingual("승강기를 타세요.", "Take the lift.")
        }
        let floor = storey(tenths: to)
        return Bilingual(
            "승강기를 타고 \(floor.korean)으로 가세요.",
            "Take the lift to \(floor.english)."
        )
    }

    /// A level of OpenStreetMap, in which 0 is the ground: 1층 in Korean.
    static func storey(tenths: Int) -> Bilingual {
        guard tenths % 10 == 0 else {
            let whole = Double(tenths) / 10
            return Bilingual("중간층(\(whole))", "the mezzanine (\(whole))")
        }
        let level = tenths / 10
        return level < 0
            ? Bilingual("지하 \(-level)층", "level \(level)")
            : Bilingual("\(level + 1)층", level == 0 ? "the ground floor" : "level \(level)")
    }

    static func warning(_ obstacle: Route.Obstacle) -> Bilingual {
        let what = obstacle.violation.text
        let extent =
            obstacle.lengthMetres >= 1
            ? Bilingual(
                "\(Int(obstacle.lengthMetres.rounded())) m 구간",
                "for \(Int(obstacle.lengthMetres.rounded())) m"
            ) : Bilingual(same: "")
        let doubt =
            obstacle.violation.isConfirmed
            ? Bilingual(same: "") : Bilingual(" (확인되지 않음)", " (unconfirmed)")
        return Bilingual(
            "주의: \(what.korean)\(extent.korean.isEmpty ? "" : ", \(extent.korean)")\(doubt.korean)",
            "Beware: \(what.english)\(extent.english.isEmpty ? "" : " \(extent.english)")\(doubt.english)"
        )
    }

    static let arrive = Bilingual("목적지에 도착했습니다.", "You have arrived.")
}
