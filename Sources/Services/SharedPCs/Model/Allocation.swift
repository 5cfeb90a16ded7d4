import Basics
import Store

/// A place on the allocation list: one machine that an approved case waits for or has.
struct Allocation: Sendable, Hashable, Codable {
    /// Where it stands.
    enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case waiting
        case allocated
        case shipped
        case delivered
        case returned
        case withdrawn

        /// The state in words.
        var title: Bilingual {
            switch self {
            case .waiting: Bilingual("배정 대기", "Waiting")
            case .allocated: Bilingual("배정됨", "Allocated")
            case .shipped: Bilingual("배송 중", "On its way")
            case .delivered: Bilingual("수령 확인", "Received")
            case .returned: Bilingual("재수거", "Taken back")
            case .withdrawn: Bilingual("취하", "Withdrawn")
            }
        }
    }

    var id: String
    var caseID: String
    /// The number people call it by: `2026-PC-000123`.
    var receiptNumber: String
    /// The account of the applicant.
    var accountID: String
    /// Which of the machines of the case it is, from 1.
    var ordinal: Int
    /// A code of the household, so that one does not get two; empty for a corporation.
    ///
    /// It cannot be turned back into an address.
    var householdCode: String
    /// The form that was asked for.
    var wish: MachineForm
    /// Whether somebody is to install it.
    var wantsInstallation: Bool
    /// The district it goes to, for the statistics.
    var district: String
    /// Points, where the round goes by them; the order of receipt decides among equals.
    var points: Int
    /// When the case was submitted.
    var submittedAt: Instant
    var state: State
    /// The machine.
    var assetID: String?
    var delivery: JSONColumn<Delivery>
    /// The last day of the warranty.
    var warrantyUntil: LocalDate?
    var deliveredAt: Instant?
    var isSample: Bool
    var version: Int
}

/// How a machine comes to its person.
struct Delivery: Sendable, Hashable, Codable {
    /// The longest line, in characters.
    static let maximumLineCharacterCount = 80
    /// The warranty in years.
    static let warrantyYears = 1

    /// The ways.
    enum Way: String, Sendable, Hashable, Codable, CaseIterable {
        case courier
        case visit

        /// The way in words.
        var title: Bilingual {
            switch self {
            case .courier: Bilingual("택배", "Courier")
            case .visit: Bilingual("방문 설치", "Visit")
            }
        }
    }

    var way: Way?
    /// The name of the courier.
    var courier = ""
    /// The number of the parcel.
    var trackingNumber = ""
    /// The day of the visit.
    var visitOn: LocalDate?
    /// From when to when: `14:00–16:00`.
    var visitHours = ""
    /// The name that was signed at the hand-over.
    var signedName = ""
    /// Whether the recipient confirmed on the page; otherwise the visiting person did.
    var isSignedByRecipient = false
}

/// Something wrong with a machine that is in use, under warranty or after.
struct RepairTicket: Sendable, Hashable, Codable {
    /// The longest text, in characters.
    static let maximumTextCharacterCount = 1_000
    /// The most open tickets of a machine.
    static let maximumOpenCount = 3

    /// Where it stands.
    enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case open
        case working
        case done
        case replaced

        /// The state in words.
        var title: Bilingual {
            switch self {
            case .open: Bilingual("접수", "Opened")
            case .working: Bilingual("수리 중", "Being repaired")
            case .done: Bilingual("수리 완료", "Repaired")
            case .replaced: Bilingual("교체", "Replaced")
            }
        }
    }

    var id: String
    var allocationID: String
    var assetID: String
    var problem: String
    /// Whether it came by telephone, written down by the workshop.
    var isByTelephone: Bool
    var isUnderWarranty: Bool
    var state: State
    /// What was done.
    var answer: String
    var openedAt: Instant
    var closedAt: Instant?
}

extension LocalDate {
    /// The same day some years on; 29 February becomes the 28th.
    func adding(years: Int) -> LocalDate {
        LocalDate(year: year + years, month: month, day: day)
            ?? LocalDate(year: year + years, month: month, day: 28) ?? self
    }
}
