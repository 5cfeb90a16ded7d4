import Basics
import Routing

/// The profile that a person chose, with the thresholds that they changed.
struct ProfileChoice: Sendable, Hashable {
    /// What a person says about stairs.
    enum Stairs: String, Sendable, Hashable, CaseIterable {
        case avoid
        case allow
    }

    /// Steps and kerbs that can be asked for, in centimetres.
    static let stepRange = 0.5...30.0
    /// Slopes that can be asked for, in percent.
    static let slopeRange = 1.0...40.0
    /// Widths that can be asked for, in centimetres.
    static let widthRange = 40...400

    /// The profile of the house that it begins with.
    var base = Profile.foot
    /// Steps of so many centimetres or more are barriers.
    var stepCentimetres: Double?
    /// Climbs and descents of so many percent or more are barriers.
    var slopePercent: Double?
    /// Places of so many centimetres or less are barriers.
    var widthCentimetres: Int?
    /// What was said about stairs.
    var stairs: Stairs?

    /// Whether anything differs from the profile of the house.
    var isEdited: Bool { profile != base }

    /// The profile with the changes.
    ///
    /// A threshold that the profile does not know costs what it costs a wheelchair.
    var profile: Profile {
        var profile = base
        let wheels = Profile.manualWheelchair.penalties
        func mind(_ kinds: ViolationKind...) {
            for kind in kinds where profile.penalties[kind] == nil {
                profile.penalties[kind] = wheels[kind]
            }
        }
        if let stepCentimetres {
            profile.thresholds.kerbMillimetres = Int((stepCentimetres * 10).rounded())
            mind(.kerb)
        }
        if let slopePercent {
            let permille = Int((slopePercent * 10).rounded())
            profile.thresholds.uphillPermille = permille
            profile.thresholds.downhillPermille = permille
            mind(.uphill, .downhill)
        }
        if let widthCentimetres {
            profile.thresholds.widthCentimetres = widthCentimetres
            mind(.width)
        }
        switch stairs {
        case .avoid: profile.penalties[.steps] = wheels[.steps]
        case .allow: profile.penalties[.steps] = nil
        case nil: break
        }
        return profile
    }
}

extension ProfileChoice {
    /// What is typed into the fields of thresholds; what is out of range or no number is a fault.
    ///
    /// A field that says what the profile says anyway changes nothing.
    init(
        base: Profile,
        step: String?,
        slope: String?,
        width: String?,
        stairs: String?,
        faults: inout [String: Bilingual]
    ) {
        self.base = base
        if let step {
            if let value = Double(step), Self.stepRange.contains(value) {
                stepCentimetres = value
            } else {
                faults["step"] = Bilingual(
                    "단차는 0.5~30 cm로 적어 주세요.",
                    "Give a step of 0.5 to 30 cm."
                )
            }
        }
        if let slope {
            if let value = Double(slope), Self.slopeRange.contains(value) {
                slopePercent = value
            } else {
                faults["slope"] = Bilingual(
                    "경사는 1~40 %로 적어 주세요.",
                    "Give a slope of 1 to 40 %."
                )
            }
        }
        if let width {
            if let value = Int(width), Self.widthRange.contains(value) {
                widthCentimetres = value
            } else {
                faults["width"] = Bilingual(
                    "폭은 40~400 cm로 적어 주세요.",
                    "Give a width of 40 to 400 cm."
                )
            }
        }
        self.stairs = stairs.flatMap(Stairs.init)
    }

    /// The parts of an address that say the choice.
    var query: [(name: String, value: String)] {
        var items = [(name: "profile", value: base.name)]
        if let stepCentimetres { items.append(("step", stepCentimetres.short)) }
        if let slopePercent { items.append(("slope", slopePercent.short)) }
        if let widthCentimetres { items.append(("width", String(widthCentimetres))) }
        if let stairs { items.append(("stairs", stairs.rawValue)) }
        return items
    }
}

extension Double {
    /// The number without a superfluous ".0".
    var short: String { self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self) }
}

extension Profile {
    /// What it is called where people choose it.
    var plainTitle: Bilingual {
        switch name {
        case "foot": Bilingual("걷기", "On foot")
        case "blind": Bilingual("시각장애", "Blind")
        case "stroller": Bilingual("유아차", "Pushchair")
        case "elderly": Bilingual("어르신", "Older person")
        case "pregnant": Bilingual("임신부", "Pregnant")
        default: title
        }
    }

    /// What it cares for, in people's words.
    var plainHint: Bilingual {
        switch name {
        case "manualWheelchair":
            Bilingual(
                "2 cm 단차, 1/8 경사, 1.2 m보다 좁은 길과 계단을 피해요",
                "Avoids steps of 2 cm, slopes of 1/8, widths below 1.2 m"
            )
        case "poweredWheelchair":
            Bilingual("단차·계단·좁은 길을 피하고 오르막은 덜 가려요", "Avoids steps and narrow ways; climbs well")
        case "blind":
            Bilingual("점자블록과 음향신호기가 있는 길로", "Along tactile paving and signals that can be heard")
        case "lowVision":
            Bilingual("건너기 쉬운 횡단보도와 보도가 있는 길로", "Along pavements and clear crossings")
        case "stroller": Bilingual("계단과 높은 턱, 거친 길을 피해요", "Avoids stairs, high kerbs, rough ground")
        case "elderly": Bilingual("계단과 가파른 길을 피하고 천천히", "Avoids stairs and steep ways; slowly")
        case "pregnant": Bilingual("계단과 가파른 길을 줄여요", "Fewer stairs and steep ways")
        default: Bilingual("가장 빠른 걷는 길", "The quickest way on foot")
        }
    }
}
