import Basics

/// What the workshop found and did.
struct Refurbishment: Sendable, Hashable, Codable {
    /// The longest remark, in characters.
    static let maximumNoteCharacterCount = 500
    /// The most a machine's work may cost.
    static let maximumCost = Won(5_000_000)

    /// The checks that were passed or failed.
    var checks: [MachineCheck: Bool] = [:]
    /// What its case and screen look like.
    var appearance: Appearance?
    /// The parts that were put in, by the title they had, with their number.
    var parts: [String: Int] = [:]
    /// What the parts cost.
    var partsCost = Won.zero
    /// The operating system that was installed; empty where none is.
    var operatingSystem = ""
    var licence: LicenceKind?
    /// A remark.
    var note = ""

    /// What its case and screen look like.
    enum Appearance: String, Sendable, Hashable, Codable, CaseIterable {
        case asNew
        case worn
        case damaged

        /// The looks in words.
        var title: Bilingual {
            switch self {
            case .asNew: Bilingual("흠집 거의 없음", "Hardly a scratch")
            case .worn: Bilingual("생활 흠집", "Signs of use")
            case .damaged: Bilingual("깨짐·변색 있음", "Cracks or stains")
            }
        }
    }

    /// What keeps the machine from being ready, or nothing.
    func fault(form: MachineForm) -> Bilingual? {
        let open = MachineCheck.needed(for: form).filter { checks[$0] != true }
        if let first = open.first {
            return Bilingual(
                "통과하지 않은 점검이 \(open.count)개 있습니다: \(first.title.korean)",
                "\(open.count) checks are not passed: \(first.title.english)"
            )
        }
        if appearance == nil {
            return Bilingual("겉모습을 적어 주세요.", "Say what it looks like.")
        }
        if operatingSystem.isEmpty || licence == nil {
            return Bilingual(
                "운영체제와 사용권을 적어 주세요.",
                "Give the operating system and its licence."
            )
        }
        return nil
    }
}

/// A check of the workshop.
enum MachineCheck: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    case startsUp
    case memoryTest
    case diskHealth
    case display
    case keyboardAndPointer
    case network
    case ports
    case cleaned
    case battery

    /// The checks of a form: only a notebook has a battery.
    static func needed(for form: MachineForm) -> [MachineCheck] {
        allCases.filter { $0 != .battery || form == .laptop }
    }

    /// The check in words.
    var title: Bilingual {
        switch self {
        case .startsUp: Bilingual("전원·부팅", "Starts up")
        case .memoryTest: Bilingual("메모리 검사", "Memory test")
        case .diskHealth: Bilingual("디스크 상태(SMART)", "Disk health (SMART)")
        case .display: Bilingual("화면", "Display")
        case .keyboardAndPointer: Bilingual("자판·마우스", "Keyboard and pointer")
        case .network: Bilingual("유선·무선 인터넷", "Network")
        case .ports: Bilingual("USB·소리 단자", "Ports")
        case .cleaned: Bilingual("청소·소독", "Cleaned")
        case .battery: Bilingual("배터리(1시간 이상)", "Battery (an hour or more)")
        }
    }
}

/// The right by which the operating system is used.
enum LicenceKind: String, Sendable, Hashable, Codable, CaseIterable {
    case refurbisher
    case original
    case free

    /// The licence in words.
    var title: Bilingual {
        switch self {
        case .refurbisher: Bilingual("재생 PC용 사용권", "Refurbisher licence")
        case .original: Bilingual("처음부터 딸린 사용권", "Licence it came with")
        case .free: Bilingual("자유 소프트웨어", "Free software")
        }
    }
}

/// How good a machine is, by criteria that are written down.
enum MachineGrade: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case a
    case b
    case c

    /// The memory that a grade needs at least, in GB.
    static let memoryGB = (a: 8, b: 4)
    /// The storage that a grade needs at least, in GB.
    static let storageGB = (a: 240, b: 120)

    /// Grades a machine; the lowest criterion decides.
    ///
    /// - Parameters:
    ///   - facts: The facts of its asset.
    ///   - appearance: What it looks like.
    init(facts: [String: String], appearance: Refurbishment.Appearance) {
        let memory = facts["memoryGB"].flatMap { Int($0) } ?? 0
        let size = facts["storageGB"].flatMap { Int($0) } ?? 0
        let isSSD = facts["storage"] == "ssd"
        let good = memory >= Self.memoryGB.a && isSSD && size >= Self.storageGB.a
        let fair = memory >= Self.memoryGB.b && isSSD && size >= Self.storageGB.b
        if good, appearance == .asNew {
            self = .a
        } else if fair, appearance != .damaged {
            self = .b
        } else {
            self = .c
        }
    }

    /// The letter.
    var title: String { rawValue.uppercased() }

    /// The criteria in words.
    var criteria: Bilingual {
        switch self {
        case .a:
            Bilingual(
                "메모리 8GB 이상, SSD 240GB 이상, 흠집 거의 없음",
                "8 GB of memory, SSD of 240 GB, hardly a scratch"
            )
        case .b:
            Bilingual(
                "메모리 4GB 이상, SSD 120GB 이상, 생활 흠집까지",
                "4 GB of memory, SSD of 120 GB, signs of use"
            )
        case .c: Bilingual("그 밖에 점검을 모두 통과한 것", "Whatever else passed every check")
        }
    }

    static func < (left: MachineGrade, right: MachineGrade) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A kind of part in the workshop's stock; its count never goes below zero.
struct Part: Sendable, Hashable, Codable {
    /// The most of one part.
    static let maximumCount = 100_000
    /// The most kinds of parts.
    static let maximumKindCount = 200

    var id: String
    var title: String
    var count: Int
    var unitCost: Won
    /// What of the machine's facts it changes: `memoryGB`, `storageGB`; empty where none.
    var fact: String
    /// By how much, or to what.
    var factValue: Int
}
