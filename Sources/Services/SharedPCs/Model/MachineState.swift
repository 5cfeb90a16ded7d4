import Basics
import City

/// Where a machine is on its way from the donor to the person who uses it.
enum MachineState: String, Sendable, Hashable, Codable, CaseIterable {
    case received
    case wiping
    case wiped
    case refurbishing
    case ready
    case allocated
    case shipped
    case installed
    case inRepair
    case returned
    case recycled

    /// The states that may follow.
    var next: [MachineState] {
        switch self {
        case .received: [.wiping, .recycled]
        case .wiping: [.wiped, .recycled]
        case .wiped: [.refurbishing, .recycled]
        case .refurbishing: [.ready, .wiping, .recycled]
        case .ready: [.allocated, .refurbishing, .recycled]
        case .allocated: [.ready, .shipped]
        case .shipped: [.installed, .returned]
        case .installed: [.inRepair, .returned]
        case .inRepair: [.installed, .returned]
        case .returned: [.wiping, .recycled]
        case .recycled: []
        }
    }

    /// Whether somebody has to be named first: only the allocation list moves a machine here.
    var isOfARecipient: Bool {
        switch self {
        case .allocated, .shipped, .installed, .inRepair: true
        default: false
        }
    }

    /// Whether the workshop may move a machine from here by hand.
    func handMoves() -> [MachineState] {
        isOfARecipient ? [] : next.filter { !$0.isOfARecipient }
    }

    /// Whether every disk has to be proven wiped before a machine comes here.
    var needsWipe: Bool {
        switch self {
        case .wiped, .refurbishing, .ready, .allocated, .shipped, .recycled: true
        case .received, .wiping, .installed, .inRepair, .returned: false
        }
    }

    /// The state of the asset that goes with it; nothing where the asset stays as it is.
    var assetState: AssetState? {
        switch self {
        case .installed: .active
        case .inRepair: .faulty
        case .recycled: .retired
        default: nil
        }
    }

    /// The state in words.
    var title: Bilingual {
        switch self {
        case .received: Bilingual("입고", "Received")
        case .wiping: Bilingual("삭제 중", "Wiping")
        case .wiped: Bilingual("삭제 완료", "Wiped")
        case .refurbishing: Bilingual("정비 중", "Refurbishing")
        case .ready: Bilingual("배정 가능", "Ready")
        case .allocated: Bilingual("배정", "Allocated")
        case .shipped: Bilingual("배송 중", "On its way")
        case .installed: Bilingual("사용 중", "In use")
        case .inRepair: Bilingual("수리 중", "In repair")
        case .returned: Bilingual("재수거", "Taken back")
        case .recycled: Bilingual("재활용 처리", "Recycled")
        }
    }
}

/// What a machine looks like, a word of `AssetKindDescription.computer`.
enum MachineForm: String, Sendable, Hashable, Codable, CaseIterable {
    case desktop
    case laptop
    case allInOne

    /// The form in words.
    var title: Bilingual {
        switch self {
        case .desktop: Bilingual("데스크톱", "Desktop")
        case .laptop: Bilingual("노트북", "Laptop")
        case .allInOne: Bilingual("일체형", "All in one")
        }
    }
}
