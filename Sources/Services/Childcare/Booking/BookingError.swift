import Basics

/// A booking that cannot be made, changed or looked at.
struct BookingError: ExplainedError, Hashable {
    /// The kinds of refusal.
    enum Code: String, Sendable, Hashable {
        /// There is no such session.
        case unknownSession
        /// The session does not take place.
        case sessionClosed
        /// The session has begun, or lies too far ahead.
        case notOpen
        /// The attendee is not told, or cannot be.
        case wrongAttendee
        /// The attendee is too young or too old.
        case wrongAge
        /// The attendee has a place already, or waits.
        case alreadyBooked
        /// The attendee has another session at that time.
        case overlap
        /// Sessions were missed without a word.
        case blocked
        /// The queue is full.
        case full
        /// The account has as many bookings ahead as it may have.
        case tooMany
        /// It is too late to cancel.
        case tooLate
        /// The booking is not one that can be changed so.
        case notActive
    }

    let code: Code
    let message: Bilingual
    let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }
}
