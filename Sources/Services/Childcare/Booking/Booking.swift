import Basics

/// Where a booking stands.
enum BookingState: String, Sendable, Hashable, Codable, CaseIterable {
    /// A place is kept.
    case booked
    /// All places are taken; the first who wait move up.
    case waiting
    /// Given back.
    case cancelled
    /// The session does not take place.
    case closed
    /// Came.
    case attended
    /// Did not come, without a word.
    case missed

    /// The state in words.
    var title: Bilingual {
        switch self {
        case .booked: Bilingual("예약됨", "Booked")
        case .waiting: Bilingual("대기 중", "Waiting")
        case .cancelled: Bilingual("취소함", "Cancelled")
        case .closed: Bilingual("휴관으로 취소됨", "Cancelled by the facility")
        case .attended: Bilingual("이용함", "Came")
        case .missed: Bilingual("오지 않음", "Missed")
        }
    }

    /// Whether it takes a place or waits for one.
    var isActive: Bool { self == .booked || self == .waiting }
}

/// Who comes: a child of an account, or whoever else a facility is for.
struct BookingAttendee: Sendable, Hashable, Codable {
    /// The longest name, in characters.
    static let maximumNameCharacterCount = 40

    /// The name.
    var name: String
    /// The date of birth.
    var birthDate: LocalDate

    /// Tells attendees of one account apart, however the name is spaced.
    var key: String { birthDate.iso + " " + name.filter { !$0.isWhitespace }.lowercased() }

    /// Full years on a day (만 나이).
    func age(on date: LocalDate) -> Int {
        let (born, day) = (birthDate.components, date.components)
        let isBefore = (day.month, day.day) < (born.month, born.day)
        return day.year - born.year - (isBefore ? 1 : 0)
    }
}

/// A place in a session, or in its queue.
struct Booking: Sendable, Hashable, Codable {
    /// The identifier.
    var id: String
    /// The session.
    var sessionID: String
    /// Whose booking it is.
    var accountID: String
    /// The order in which bookings of the session came, from 1.
    var number: Int
    /// Who comes.
    var attendeeName: String
    /// The attendee's date of birth.
    var attendeeBirthDate: LocalDate
    /// Where it stands.
    var state: BookingState
    /// When it was made.
    var createdAt: Instant
    /// When its state last changed.
    var updatedAt: Instant

    /// Who comes.
    var attendee: BookingAttendee {
        BookingAttendee(name: attendeeName, birthDate: attendeeBirthDate)
    }
}

/// A booking with what it is for.
struct BookedSession: Sendable, Hashable {
    var booking: Booking
    var session: BookingSession
    var facility: BookingFacility
}
