public import Basics

/// What a way has that a person cannot or should not pass.
public enum ViolationKind: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable
{
    /// A kerb or step of a height in millimetres.
    case kerb
    /// A climb in thousandths.
    case uphill
    /// A descent in thousandths.
    case downhill
    /// A narrow place; its width in centimetres.
    case width
    /// Steps; their number, where it is known.
    case steps
    /// An escalator.
    case escalator
    /// An uneven way.
    case smoothness
    /// A surface that wheels or feet do not hold on.
    case surface
    /// The map says outright that wheelchairs do not pass.
    case wheelchair
    /// A gate, a turnstile or posts.
    case barrier
    /// Under construction.
    case construction
    /// A lift or an escalator out of service.
    case outOfService
    /// A crossing whose signal cannot be heard.
    case silentCrossing
    /// A crossing without signal or marking.
    case unmarkedCrossing
    /// A busy street without pavement.
    case busyStreet
    /// Something that the profile needs to know is unknown or unconfirmed (only where asked for).
    case unconfirmed
    /// Closed by a report or an officer.
    case closed
}

/// One violation, with its measure and whether somebody confirmed it.
public struct Violation: Sendable, Hashable {
    /// What it is.
    public var kind: ViolationKind
    /// Its measure in the unit of its kind, where there is one.
    public var measure: Int?
    /// Whether the attribute behind it is confirmed.
    public var isConfirmed: Bool

    /// Creates a violation.
    public init(_ kind: ViolationKind, _ measure: Int? = nil, isConfirmed: Bool) {
        self.kind = kind
        self.measure = measure
        self.isConfirmed = isConfirmed
    }

    /// What it is, for people: "단차 4 cm".
    public var text: Bilingual {
        let name = kind.title
        guard let measure else { return name }
        let amount: Bilingual =
            switch kind {
            case .kerb: Bilingual(same: "\(Violation.tenths(measure)) cm")
            case .uphill, .downhill: Bilingual(same: "\(Violation.tenths(measure))%")
            case .width: Bilingual(same: "\(measure) cm")
            case .steps: Bilingual("\(measure)단", "\(measure)")
            default: Bilingual(same: "\(measure)")
            }
        return Bilingual("\(name.korean) \(amount.korean)", "\(name.english) \(amount.english)")
    }

    /// A number of tenths without a superfluous ".0".
    private static func tenths(_ value: Int) -> String {
        let size = value.magnitude
        let sign = value < 0 ? "-" : ""
        return size % 10 == 0 ? "\(sign)\(size / 10)" : "\(sign)\(size / 10).\(size % 10)"
    }
}

extension ViolationKind {
    /// What it is called.
    public var title: Bilingual {
        switch self {
        case .kerb: Bilingual("단차", "Kerb")
        case .uphill: Bilingual("오르막", "Climb")
        case .downhill: Bilingual("내리막", "Descent")
        case .width: Bilingual("좁은 보도", "Narrow")
        case .steps: Bilingual("계단", "Steps")
        case .escalator: Bilingual("에스컬레이터", "Escalator")
        case .smoothness: Bilingual("고르지 않은 길", "Uneven")
        case .surface: Bilingual("다니기 어려운 노면", "Difficult surface")
        case .wheelchair: Bilingual("휠체어 통행 불가", "Not for wheelchairs")
        case .barrier: Bilingual("통행 장애물", "Barrier")
        case .construction: Bilingual("공사 구간", "Construction")
        case .outOfService: Bilingual("승강기 고장", "Lift out of service")
        case .silentCrossing: Bilingual("음향신호기 없는 횡단보도", "Crossing without sound signal")
        case .unmarkedCrossing: Bilingual("표시 없는 횡단 구간", "Unmarked crossing")
        case .busyStreet: Bilingual("보도 없는 큰길", "Busy street without pavement")
        case .unconfirmed: Bilingual("확인되지 않은 구간", "Unconfirmed")
        case .closed: Bilingual("통행 금지 구간", "Closed")
        }
    }
}
