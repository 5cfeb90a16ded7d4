import Basics
import City
import Identity
import Store

extension Role {
    /// Keeps the sessions of an organization's facilities (예약 담당자).
    static let slotKeeper = Role(rawValue: "slotKeeper")
}

extension Purpose {
    /// A person books for themselves or their children.
    static let booking = Purpose(
        code: "booking.own",
        Bilingual("시설 예약", "Booking a facility")
    )
    /// The staff of a facility receive those who booked.
    static let attendance = Purpose(
        code: "booking.attendance",
        Bilingual("예약자 확인과 출석", "Receiving those who booked")
    )
}

extension Actor {
    /// Whether the actor keeps the sessions of an organization.
    func keepsSlots(of organizationID: String) -> Bool { may(.slotKeeper, in: organizationID) }
}

/// Writes bookings: every change with its audit record, and what follows from it, in one transaction.
///
/// Writes are serializable, so two who ask for the last place at once get it one after the other: the
/// second finds it taken and waits.
struct BookingKeeping: Sendable {
    /// The most bookings ahead of one account.
    static let maximumActiveCount = 20
    /// The most of one account's bookings that are looked through.
    static let maximumListedCount = 500
    /// The longest reason for closing, in characters.
    static let maximumReasonCharacterCount = 200

    private let actor: Actor

    /// Creates the hand of an actor; the caller has asked whether they may.
    init(by actor: Actor) { self.actor = actor }

    // MARK: Whoever books

    /// Books a place, or a place in the queue where all are taken.
    ///
    /// - Throws: `BookingError` with the reason.
    func book(
        _ attendee: BookingAttendee,
        in sessionID: String,
        for accountID: String,
        id: String,
        in tx: WriteTransaction
    ) throws -> Booking {
        guard let session = try Bookings.session(sessionID, in: tx),
            let facility = try Bookings.facility(session.facilityID, in: tx)
        else {
            throw BookingError(
                .unknownSession,
                Bilingual("그런 회차가 없습니다.", "There is no such session."),
                context: sessionID
            )
        }
        try checkOpen(session, facility.rules, now: tx.now)
        try check(attendee, session, facility.rules, today: tx.now.date)
        try checkOthers(of: accountID, attendee, session, facility, in: tx)
        let bookings = try Bookings.all(of: session.id, in: tx)
        let isFree = bookings.count { $0.state == .booked } < session.capacity
        let waiting = bookings.count { $0.state == .waiting }
        guard isFree || waiting < facility.rules.maximumWaitingCount else {
            throw BookingError(
                .full,
                Bilingual(
                    "자리와 대기가 모두 찼습니다. 다른 회차를 골라 주세요.",
                    "All places and the queue are taken. Choose another session."
                ),
                context: session.id
            )
        }
        let booking = Booking(
            id: id,
            sessionID: session.id,
            accountID: accountID,
            number: (bookings.last?.number ?? 0) + 1,
            attendeeName: attendee.name,
            attendeeBirthDate: attendee.birthDate,
            state: isFree ? .booked : .waiting,
            createdAt: tx.now,
            updatedAt: tx.now
        )
        try Bookings.save(booking, in: tx)
        try write(.create, booking, .booking, in: tx)
        return booking
    }

    /// Gives a place back; whoever waits first moves up and is told.
    ///
    /// - Throws: `BookingError` `tooLate` or `notActive`.
    func cancel(_ booked: BookedSession, in tx: WriteTransaction) throws {
        var booking = booked.booking
        guard booking.state.isActive else { throw notActive(booking) }
        let isWaiting = booking.state == .waiting
        let end =
            isWaiting
            ? booked.session.begins
            : booked.facility.rules.cancellationEnds(before: booked.session)
        guard tx.now <= end else {
            throw BookingError(
                .tooLate,
                Bilingual(
                    "취소할 수 있는 시각(\(end.minuteText))이 지났습니다. 시설에 알려 주세요.",
                    "Cancelling was possible until \(end.minuteText). Please tell the facility."
                ),
                context: booking.id
            )
        }
        booking.state = .cancelled
        booking.updatedAt = tx.now
        try Bookings.save(booking, in: tx)
        try write(.update, booking, .booking, in: tx)
        if !isWaiting { try moveUp(booked.session, booked.facility, in: tx) }
    }

    /// Those who wait first take the places that are free, and are told.
    private func moveUp(
        _ session: BookingSession,
        _ facility: BookingFacility,
        in tx: WriteTransaction
    ) throws {
        let bookings = try Bookings.all(of: session.id, in: tx)
        let free = session.capacity - bookings.count { $0.state == .booked }
        guard free > 0 else { return }
        for var booking in bookings.filter({ $0.state == .waiting }).prefix(free) {
            booking.state = .booked
            booking.updatedAt = tx.now
            try Bookings.save(booking, in: tx)
            try write(.update, booking, .booking, in: tx)
            try tell(
                booking,
                session,
                facility,
                Bilingual("대기하던 예약이 확정되었습니다", "Your place on the waiting list is now a booking"),
                note: .init("", ""),
                in: tx
            )
        }
    }

    // MARK: The facility

    /// Opens the sessions of the days ahead; days that are closed stay so.
    func openSessions(of facility: BookingFacility, in tx: WriteTransaction) throws {
        let today = tx.now.date
        let closed = Set(
            try Bookings.closedDays(of: facility.id, from: today, in: tx).map(\.date)
        )
        for ahead in 0...facility.rules.daysAhead {
            let date = today.adding(days: ahead)
            guard !closed.contains(date) else { continue }
            for slot in facility.rules.slots where slot.weekday == date.weekday {
                try Bookings.open(BookingSession(slot, on: date, of: facility), in: tx)
            }
        }
    }

    /// Closes a day: its sessions do not take place, and whoever booked is told why.
    func close(_ day: ClosedDay, of facility: BookingFacility, in tx: WriteTransaction) throws {
        try Bookings.save(day, in: tx)
        let sessions = try Bookings.sessions(
            of: facility.id,
            from: day.date,
            through: day.date,
            in: tx
        )
        for session in sessions where session.closedFor == nil {
            try Bookings.close(session, for: day.reason, in: tx)
            for var booking in try Bookings.all(of: session.id, in: tx)
            where booking.state.isActive {
                booking.state = .closed
                booking.updatedAt = tx.now
                try Bookings.save(booking, in: tx)
                try write(.update, booking, .attendance, in: tx)
                try tell(
                    booking,
                    session,
                    facility,
                    Bilingual("휴관으로 예약이 취소되었습니다", "Your booking was cancelled by the facility"),
                    note: Bilingual(same: day.reason),
                    in: tx
                )
            }
        }
        try tx.record(
            .update,
            on: AuditSubject(kind: "bookingFacility", id: facility.id),
            by: actor.auditActor,
            purpose: .attendance,
            details: ["closedDay": day.date.iso]
        )
    }

    /// Writes down who came to a session that has begun.
    ///
    /// - Throws: `BookingError` `notOpen` before it begins, `notActive` for one that has no place.
    func mark(_ booked: BookedSession, came: Bool, in tx: WriteTransaction) throws {
        var booking = booked.booking
        guard tx.now >= booked.session.begins else {
            throw BookingError(
                .notOpen,
                Bilingual("회차가 시작된 뒤에 적습니다.", "The session has not begun."),
                context: booking.id
            )
        }
        guard [.booked, .attended, .missed].contains(booking.state) else {
            throw notActive(booking)
        }
        booking.state = came ? .attended : .missed
        booking.updatedAt = tx.now
        try Bookings.save(booking, in: tx)
        try write(.update, booking, .attendance, in: tx)
    }

    // MARK: Checks

    private func checkOpen(_ session: BookingSession, _ rules: BookingRules, now: Instant) throws {
        if let reason = session.closedFor {
            throw BookingError(
                .sessionClosed,
                Bilingual("열리지 않는 회차입니다: \(reason)", "It does not take place: \(reason)"),
                context: session.id
            )
        }
        guard now < session.begins else {
            throw BookingError(
                .notOpen,
                Bilingual("이미 시작된 회차입니다.", "The session has begun."),
                context: session.id
            )
        }
        guard session.date <= now.date.adding(days: rules.daysAhead) else {
            throw BookingError(
                .notOpen,
                Bilingual(
                    "\(rules.daysAhead)일 앞까지만 예약합니다.",
                    "Bookings are taken for the next \(rules.daysAhead) days."
                ),
                context: session.id
            )
        }
    }

    private func check(
        _ attendee: BookingAttendee,
        _ session: BookingSession,
        _ rules: BookingRules,
        today: LocalDate
    ) throws {
        let length = attendee.name.count
        guard !attendee.key.hasSuffix(" "), length <= BookingAttendee.maximumNameCharacterCount,
            attendee.birthDate <= today
        else {
            throw BookingError(
                .wrongAttendee,
                Bilingual(
                    "이름(\(BookingAttendee.maximumNameCharacterCount)자까지)과 오늘까지의 생년월일을 적어 주세요.",
                    "Give a name and a date of birth up to today."
                ),
                context: session.id
            )
        }
        let age = attendee.age(on: session.date)
        guard (rules.minimumAge...rules.maximumAge).contains(age) else {
            throw BookingError(
                .wrongAge,
                Bilingual(
                    "이용일에 만 \(rules.minimumAge)~\(rules.maximumAge)세여야 합니다. 그날 만 \(age)세입니다.",
                    "Open to ages \(rules.minimumAge) to \(rules.maximumAge) on the day, on which "
                        + "the child is \(age)."
                ),
                context: session.id
            )
        }
    }

    private func checkOthers(
        of accountID: String,
        _ attendee: BookingAttendee,
        _ session: BookingSession,
        _ facility: BookingFacility,
        in tx: WriteTransaction
    ) throws {
        let missed = try Bookings.missedDays(of: accountID, at: facility.id, in: tx)
        if let end = facility.rules.blockEnds(missed: missed), tx.now.date <= end {
            throw BookingError(
                .blocked,
                Bilingual(
                    "알리지 않고 오지 않은 일이 \(facility.rules.noShowLimit)번 있어 \(end)까지 예약할 수 없습니다.",
                    "After \(facility.rules.noShowLimit) sessions missed without a word, no booking "
                        + "is taken until \(end)."
                ),
                context: session.id
            )
        }
        let active = try Bookings.active(accountID, from: tx.now.date, in: tx)
        let own = active.filter { $0.booking.attendee.key == attendee.key }
        if own.contains(where: { $0.session.id == session.id }) {
            throw BookingError(
                .alreadyBooked,
                Bilingual("이 아이는 이 회차를 이미 예약했습니다.", "This child has this session already."),
                context: session.id
            )
        }
        let overlapping = own.first {
            $0.session.begins < session.ends && session.begins < $0.session.ends
        }
        if let overlapping {
            throw BookingError(
                .overlap,
                Bilingual(
                    "같은 시간에 다른 예약이 있습니다: \(overlapping.facility.name) \(overlapping.session.time)",
                    "There is another booking at that time: \(overlapping.facility.nameEnglish), "
                        + overlapping.session.time
                ),
                context: session.id
            )
        }
        guard active.count < Self.maximumActiveCount else {
            throw BookingError(
                .tooMany,
                Bilingual(
                    "앞으로의 예약은 \(Self.maximumActiveCount)개까지입니다.",
                    "At most \(Self.maximumActiveCount) bookings ahead."
                ),
                context: session.id
            )
        }
    }

    private func notActive(_ booking: Booking) -> BookingError {
        BookingError(
            .notActive,
            Bilingual(
                "바꿀 수 없는 예약입니다: \(booking.state.title.korean)",
                "This booking cannot be changed: \(booking.state.title.english)"
            ),
            context: booking.id
        )
    }

    // MARK: What follows

    private func write(
        _ action: AuditAction,
        _ booking: Booking,
        _ purpose: Purpose,
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: .account(booking.accountID),
            by: actor.auditActor,
            purpose: purpose,
            details: ["booking": booking.id, "state": booking.state.rawValue]
        )
    }

    private func tell(
        _ booking: Booking,
        _ session: BookingSession,
        _ facility: BookingFacility,
        _ title: Bilingual,
        note: Bilingual,
        in tx: WriteTransaction
    ) throws {
        let place = Bilingual(
            "\(facility.name) \(session.date.iso) \(session.time)",
            "\(facility.nameEnglish), \(session.date.iso) \(session.time)"
        )
        try Notices.send(
            Notice(
                id: "booking/\(booking.id)/\(booking.state.rawValue)",
                accountID: booking.accountID,
                title: title,
                body: Bilingual(
                    "\(place.korean) \(note.korean)",
                    "\(place.english) \(note.english)"
                ),
                link: "/childcare/bookings",
                createdAt: tx.now
            ),
            in: tx
        )
    }
}
