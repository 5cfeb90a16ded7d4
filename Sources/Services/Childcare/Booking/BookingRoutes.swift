import Basics
import HTTPTypes
import City
import Hosting
import Identity
import Store
import Web

/// Booking sessions, and what somebody booked.
struct BookingRoutes {
    let platform: Platform

    private var store: Store { platform.store }

    func add(to table: inout RouteTable) {
        table.page("/childcare/sessions/{id}", access: .signedIn) { incoming in
            try await sessionPage(incoming).page(in: incoming.page)
        }
        table.submission("/childcare/sessions/{id}", access: .signedIn) { incoming, fields in
            try await book(fields, incoming)
        }
        table.page("/childcare/bookings", access: .signedIn) { incoming in
            try await ownPage(incoming, refusal: nil).page(in: incoming.page)
        }
        table.submission("/childcare/bookings/{id}/cancel", access: .signedIn) { incoming, _ in
            let id = try incoming.pathParameter("id")
            do {
                try await store.write { tx in
                    let booked = try Bookings.record(
                        id,
                        for: incoming.actor,
                        purpose: .booking,
                        in: tx
                    )
                    try BookingKeeping(by: incoming.actor).cancel(booked, in: tx)
                }
            } catch let error as BookingError {
                let page = try await ownPage(incoming, refusal: error)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            return .other(.seeOther(OwnBookingsPage.link))
        }
        table.file("/childcare/bookings.ics", access: .signedIn) { incoming in
            let account = try incoming.accountID()
            let active = try await store.read {
                try Bookings.active(account, from: $0.now.date, in: $0)
            }
            return CalendarFeed(
                name: incoming.text("시설 예약", "Bookings"),
                publicURL: platform.publicURL,
                events: active.map { $0.event(in: incoming.language) }
            ).outgoing(stamp: incoming.now)
        }
    }

    private func sessionPage(_ incoming: Incoming) async throws -> SessionPage {
        let id = try incoming.pathParameter("id")
        let account = try incoming.accountID()
        let page = try await store.read { db -> SessionPage? in
            guard let session = try Bookings.session(id, in: db),
                let facility = try Bookings.facility(session.facilityID, in: db)
            else { return nil }
            var known: [BookingAttendee] = []
            for item in try Bookings.own(account, in: db).bookings
            where !known.contains(where: { $0.key == item.booking.attendee.key }) {
                known.append(item.booking.attendee)
            }
            return SessionPage(
                session: session,
                facility: facility,
                count: try Bookings.counts(of: [session], in: db)[session.id],
                known: known,
                idempotencyKey: RandomName.make(byteCount: 12)
            )
        }
        guard let page else { throw Problem.notFound }
        return page
    }

    private func book(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        let session = try incoming.pathParameter("id")
        let account = try incoming.accountID()
        let key = fields.text("_idempotency") ?? RandomName.make(byteCount: 12)
        let name = fields.text("name") ?? ""
        // A day that is no date is refused as one after today is.
        let born = fields["birthDate"].flatMap { LocalDate(iso: $0) }
        let attendee = BookingAttendee(
            name: name,
            birthDate: born ?? incoming.now.date.adding(days: 1)
        )
        let id = RandomName.make(byteCount: 12)
        do {
            let made = try await store.write { tx in
                try tx.once(scope: "childcare.booking \(account)", key: key) {
                    try BookingKeeping(by: incoming.actor)
                        .book(attendee, in: session, for: account, id: id, in: tx).id
                }.value
            }
            let link = Link("/childcare/bookings", query: [("made", made)])
            return .other(.seeOther(link))
        } catch let error as BookingError {
            guard error.code != .unknownSession else { throw Problem.notFound }
            var page = try await sessionPage(incoming)
            page.typed = fields
            page.refusal = error
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func ownPage(
        _ incoming: Incoming,
        refusal: BookingError?
    ) async throws -> OwnBookingsPage {
        let account = try incoming.accountID()
        let number = incoming.query.pageNumber()
        let made = incoming.query["made"]
        return try await store.read { db in
            let own = try Bookings.own(account, page: number, in: db)
            return OwnBookingsPage(
                bookings: own.bookings,
                total: own.total,
                number: number,
                made: own.bookings.first { $0.booking.id == made && $0.booking.state.isActive },
                refusal: refusal
            )
        }
    }
}

extension BookedSession {
    /// The session in a calendar.
    func event(in language: Language) -> CalendarFeed.Event {
        let state = booking.state.title[language]
        return CalendarFeed.Event(
            id: "booking-\(booking.id)",
            from: session.begins,
            to: session.ends,
            title: "\(facility.title[language]) (\(state))",
            description: booking.attendeeName,
            link: OwnBookingsPage.link
        )
    }
}
