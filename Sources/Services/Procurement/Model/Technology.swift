import Basics

/// The new technologies that the programme counts (신기술).
///
/// A project may use several; sums over technologies therefore exceed the number of projects.
enum Technology: String, PlanTerm, Comparable {
    /// Artificial intelligence.
    case artificialIntelligence
    /// Big data.
    case bigData
    /// Internet of things.
    case internetOfThings
    /// Blockchain.
    case blockchain
    /// Metaverse.
    case metaverse
    /// Digital twin.
    case digitalTwin
    /// Cloud computing.
    case cloud
    /// Robots.
    case robot
    /// Augmented and virtual reality.
    case extendedReality

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .artificialIntelligence: Bilingual("AI", "AI")
        case .bigData: Bilingual("빅데이터", "Big data")
        case .internetOfThings: Bilingual("IoT", "IoT")
        case .blockchain: Bilingual("블록체인", "Blockchain")
        case .metaverse: Bilingual("메타버스", "Metaverse")
        case .digitalTwin: Bilingual("디지털트윈", "Digital twin")
        case .cloud: Bilingual("클라우드", "Cloud")
        case .robot: Bilingual("로봇", "Robots")
        case .extendedReality: Bilingual("AR·VR", "AR and VR")
        }
    }

    /// Other spellings in plans.
    var synonyms: [String] {
        switch self {
        case .artificialIntelligence: ["인공지능", "머신러닝", "딥러닝", "챗봇", "지능형"]
        case .bigData: ["빅 데이타", "데이터분석", "bigdata"]
        case .internetOfThings: ["사물인터넷", "센서"]
        case .blockchain: ["블록 체인", "분산원장", "DID"]
        case .metaverse: ["메타 버스", "가상세계"]
        case .digitalTwin: ["디지털 트윈", "3D 공간정보", "버추얼서울", "S-Map"]
        case .cloud: ["클라우드 컴퓨팅", "SaaS", "가상화", "VDI"]
        case .robot: ["로보틱스", "휴머노이드", "RPA"]
        case .extendedReality: ["AR", "VR", "XR", "증강현실", "가상현실", "확장현실"]
        }
    }

    /// Only whole words count: `AI` is inside `AIR`.
    static let reader = TermReader<Technology>(matchesInside: false)

    /// Orders technologies the way the programme lists them.
    static func < (left: Technology, right: Technology) -> Bool { left.rank < right.rank }

    /// Reads a list such as `AI, 빅데이터/클라우드`; words that are no technology come back too.
    static func list(korean text: String) -> (technologies: Set<Technology>, unknown: [String]) {
        var technologies: Set<Technology> = []
        var unknown: [String] = []
        if let whole = Technology(korean: text) { return ([whole], []) }
        let separators: Set<Character> = [",", "/", ";", "·", "ㆍ", "、", "|", "+", "\n", "(", ")"]
        for part in text.split(whereSeparator: { separators.contains($0) }) {
            let word = MatchingText.trimmed(part)
            if word.isEmpty || noneWords.contains(MatchingText.form(of: word)) { continue }
            if let technology = Technology(korean: word) {
                technologies.insert(technology)
            } else {
                unknown.append(word)
            }
        }
        return (technologies, unknown)
    }

    private static let noneWords: Set<String> = ["", "없음", "해당없음", "미적용", "n", "x", "none", "no"]

    private var rank: Int { Technology.allCases.firstIndex(of: self) ?? 0 }
}
