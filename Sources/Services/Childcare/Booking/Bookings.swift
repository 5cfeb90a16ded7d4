import Basics
import Identity
import Store

/// Bookings in the store.
enum Bookings {
    /// Bookings on one page of a person's list.
    static let pageSize = 20
    /// How long a booking is kept after its session, in days: then it is deleted.
    static let keptDayCount = 180

    private static let columns: SQL = """
        id, session_id, account_id, number, attendee_name, attendee_birth_date, state, created_at,
        updated_at
        """
    private static let sessionColumns: SQL =
        "id, facility_id, date, start_minute, end_minute, capacity, closed_for"

    private struct FacilityRow: Codable {
        var id: String
        var organizationID: String
        var name: String
        var nameEnglish: String
        var rules: JSONColumn<BookingRules>

        var facility: BookingFacility {
            BookingFacility(
                id: id,
                organizationID: organizationID,
                name: name,
                nameEnglish: nameEnglish,
                rules: rules.value
            )
        }
    }

    // MARK: Facilities

    /// Every facility, by name.
    static func facilities(in db: ReadTransaction) throws -> [BookingFacility] {
        try db.rows(
            "SELECT id, organization_id, name, name_english, rules FROM booking_facility ORDER BY name, id",
            as: FacilityRow.self
        ).map(\.facility)
    }

    /// A facility, or nothing.
    static func facility(_ id: String, in db: ReadTransaction) throws -> BookingFacility? {
        try db.first(
            """
            SELECT id, organization_id, name, name_english, rules FROM booking_facility
            WHERE id = \(id)
            """,
            as: FacilityRow.self
        )?.facility
    }

    /// Adds a facility or corrects it.
    static func save(_ facility: BookingFacility, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO booking_facility (id, organization_id, name, name_english, rules)
            VALUES (\(facility.id), \(facility.organizationID), \(facility.name),
                \(facility.nameEnglish), \(JSONColumn(facility.rules)))
            ON CONFLICT (id) DO UPDATE SET organization_id = excluded.organization_id,
                name = excluded.name, name_english = excluded.name_english, rules = excluded.rules
            """
        )
    }

    // MARK: Sessions

    /// A session, or nothing.
    static func session(_ id: String, in db: ReadTransaction) throws -> BookingSession? {
        try db.first(
            "SELECT \(sessionColumns) FROM booking_session WHERE id = \(id)",
            as: BookingSession.self
        )
    }

    /// The sessions of a facility between two days, in their order.
    static func sessions(
        of facilityID: String,
        from first: LocalDate,
        through last: LocalDate,
        in db: ReadTransaction
    ) throws -> [BookingSession] {
        try db.rows(
            """
            SELECT \(sessionColumns) FROM booking_session
            WHERE facility_id = \(facilityID) AND date >= \(first.iso) AND date <= \(last.iso)
            ORDER BY date, start_minute
            """,
            as: BookingSession.self
        )
    }

    /// How full sessions are, by session; one without bookings is not there.
    static func counts(
        of sessions: [BookingSession],
        in db: ReadTransaction
    ) throws -> [String: SessionCount] {
        guard !sessions.isEmpty else { return [:] }
        let rows = try db.rows(
            """
            SELECT session_id AS id,
                SUM(CASE WHEN state IN ('booked', 'attended', 'missed') THEN 1 ELSE 0 END) AS taken,
                SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting
            FROM booking WHERE session_id IN \(list: sessions.map(\.id)) GROUP BY session_id
            """,
            as: SessionCount.self
        )
        return Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Opens a session; one that is there stays as it is.
    static func open(_ session: BookingSession, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO booking_session (\(sessionColumns))
            VALUES (\(session.id), \(session.facilityID), \(session.date.iso),
                \(session.startMinute), \(session.endMinute), \(session.capacity),
                \(session.closedFor))
            ON CONFLICT (id) DO NOTHING
            """
        )
    }

    /// Marks a session as one that does not take place.
    static func close(_ session: BookingSession, for reason: String, in tx: WriteTransaction) throws
    {
        try tx.run(
            "UPDATE booking_session SET closed_for = \(reason) WHERE id = \(session.id)"
        )
    }

    /// The days on which a facility is closed, with the reason.
    static func closedDays(
        of facilityID: String,
        from first: LocalDate,
        in db: ReadTransaction
    ) throws -> [ClosedDay] {
        try db.rows(
            """
            SELECT facility_id, date, reason FROM booking_closed_day
            WHERE facility_id = \(facilityID) AND date >= \(first.iso) ORDER BY date
            """,
            as: ClosedDay.self
        )
    }

    /// The facilities that are closed on a day.
    static func closedDays(on date: LocalDate, in db: ReadTransaction) throws -> [ClosedDay] {
        try db.rows(
            "SELECT facility_id, date, reason FROM booking_closed_day WHERE date = \(date.iso)",
            as: ClosedDay.self
        )
    }

    /// Keeps a day closed.
    static func save(_ day: ClosedDay, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO booking_closed_day (facility_id, date, reason)
            VALUES (\(day.facilityID), \(day.date.iso), \(day.reason))
            ON CONFLICT (facility_id, date) DO UPDATE SET reason = excluded.reason
            """
        )
    }

    // MARK: Bookings

    /// Adds a booking or changes its state.
    static func save(_ booking: Booking, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO booking (id, session_id, account_id, number, attendee_name,
                attendee_birth_date, attendee_key, state, created_at, updated_at)
            VALUES (\(booking.id), \(booking.sessionID), \(booking.accountID), \(booking.number),
                \(booking.attendeeName), \(booking.attendeeBirthDate.iso),
                \(booking.attendee.key), \(booking.state), \(booking.createdAt),
                \(booking.updatedAt))
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
            """
        )
    }

    /// A booking for an actor: its owner, or a slot keeper of the facility's organization, whose look
    /// is written down.
    ///
    /// - Throws: `AccessError` `notFound` for everybody else, as if there were none.
    static func record(
        _ id: String,
        for actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> BookedSession {
        let hidden = AccessError(.notFound, context: "\(actor.auditName): booking \(id)")
        let row = try tx.first("SELECT \(columns) FROM booking WHERE id = \(id)", as: Booking.self)
        guard let row, let booked = try detail(row, in: tx) else { throw hidden }
        if actor.id == row.accountID { return booked }
        guard actor.keepsSlots(of: booked.facility.organizationID) else { throw hidden }
        try recordLook(at: [row], by: actor, purpose: purpose, in: tx)
        return booked
    }

    /// Who comes to a session, for its keeper; each look is written down for each person.
    ///
    /// - Throws: `AccessError` `notFound` for whoever keeps no slots of the facility.
    static func attendance(
        of session: BookingSession,
        for actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> [Booking] {
        guard let facility = try facility(session.facilityID, in: tx),
            actor.keepsSlots(of: facility.organizationID)
        else { throw AccessError(.notFound, context: "\(actor.auditName): \(session.id)") }
        let bookings = try all(of: session.id, in: tx).filter { $0.state != .cancelled }
        try recordLook(at: bookings, by: actor, purpose: purpose, in: tx)
        return bookings
    }

    private static func recordLook(
        at bookings: [Booking],
        by actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws {
        for account in Set(bookings.map(\.accountID)).sorted() {
            let seen = bookings.filter { $0.accountID == account }
            try tx.record(
                .read,
                on: .account(account),
                by: actor.auditActor,
                purpose: purpose,
                details: ["bookings": seen.map(\.id).joined(separator: " ")]
            )
        }
    }

    /// Every booking of a session, in the order in which they came.
    static func all(of sessionID: String, in db: ReadTransaction) throws -> [Booking] {
        try db.rows(
            "SELECT \(columns) FROM booking WHERE session_id = \(sessionID) ORDER BY number",
            as: Booking.self
        )
    }

    /// What an account's holder booked, the latest session first.
    static func own(
        _ accountID: String,
        page: Int = 1,
        size: Int = pageSize,
        in db: ReadTransaction
    ) throws -> (bookings: [BookedSession], total: Int) {
        let total =
            try db.value(
                "SELECT COUNT(*) FROM booking WHERE account_id = \(accountID)",
                as: Int.self
            ) ?? 0
        let names: SQL = """
            b.id, b.session_id, b.account_id, b.number, b.attendee_name, b.attendee_birth_date,
            b.state, b.created_at, b.updated_at
            """
        let rows = try db.rows(
            """
            SELECT \(names) FROM booking b JOIN booking_session s ON s.id = b.session_id
            WHERE b.account_id = \(accountID) ORDER BY s.date DESC, s.start_minute DESC, b.id
            LIMIT \(size) OFFSET \((max(1, page) - 1) * size)
            """,
            as: Booking.self
        )
        return (try rows.compactMap { try detail($0, in: db) }, total)
    }

    /// What an account's holder booked on a day and has not given back.
    static func active(
        _ accountID: String,
        from first: LocalDate,
        in db: ReadTransaction
    ) throws -> [BookedSession] {
        let own = try own(accountID, size: BookingKeeping.maximumListedCount, in: db)
        return own.bookings.filter { $0.booking.state.isActive && $0.session.date >= first }
    }

    /// The days of the sessions of one facility that an account's attendees missed.
    static func missedDays(
        of accountID: String,
        at facilityID: String,
        in db: ReadTransaction
    ) throws -> [LocalDate] {
        struct Day: Codable { var date: LocalDate }
        return try db.rows(
            """
            SELECT s.date AS date FROM booking b JOIN booking_session s ON s.id = b.session_id
            WHERE b.account_id = \(accountID) AND b.state = 'missed'
                AND s.facility_id = \(facilityID)
            ORDER BY s.date
            """,
            as: Day.self
        ).map(\.date)
    }

    /// Deletes bookings of sessions before a day.
    static func forget(before day: LocalDate, in tx: WriteTransaction) throws {
        try tx.run(
            """
            DELETE FROM booking WHERE session_id IN (
                SELECT id FROM booking_session WHERE date < \(day.iso))
            """
        )
    }

    private static func detail(_ booking: Booking, in db: ReadTransaction) throws -> BookedSession?
    {
        guard let session = try session(booking.sessionID, in: db),
            let facility = try facility(session.facilityID, in: db)
        else { return nil }
        return BookedSession(booking: booking, session: session, facility: facility)
    }
}

/// A day on which a facility is closed.
struct ClosedDay: Sendable, Hashable, Codable {
    /// The facility.
    var facilityID: String
    /// The day.
    var date: LocalDate
    /// Why, for those who had booked.
    var reason: String
}
