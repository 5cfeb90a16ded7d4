import Basics
import HTTPTypes
import City
import Hosting
import Identity
import Store
import Web

/// The sessions of facilities for whoever keeps them.
struct KeepingRoutes {
    let platform: Platform

    private var store: Store { platform.store }
    static let keepers = RouteAccess.anyRole([.slotKeeper])

    func add(to table: inout RouteTable) {
        table.page("/childcare/keeping", access: Self.keepers) { incoming in
            let facilities = try await store.read { try Bookings.facilities(in: $0) }
            return KeptFacilitiesPage(
                facilities: facilities.filter { incoming.actor.keepsSlots(of: $0.organizationID) }
            ).page(in: incoming.page)
        }
        table.page("/childcare/keeping/{facility}", access: Self.keepers) { incoming in
            try await facilityPage(incoming).page(in: incoming.page)
        }
        table.submission("/childcare/keeping/{facility}/closed-days", access: Self.keepers) {
            incoming,
            fields in
            try await close(fields, incoming)
        }
        table.page("/childcare/keeping/sessions/{id}", access: Self.keepers) { incoming in
            let id = try incoming.pathParameter("id")
            return try await attendance(id, incoming).page(in: incoming.page)
        }
        table.submission("/childcare/keeping/bookings/{id}", access: Self.keepers) {
            incoming,
            fields in
            try await mark(fields, incoming)
        }
    }

    private func facilityPage(_ incoming: Incoming) async throws -> KeptFacilityPage {
        let id = try incoming.pathParameter("facility")
        let actor = incoming.actor
        let page = try await store.read { db -> KeptFacilityPage? in
            guard let facility = try Bookings.facility(id, in: db),
                actor.keepsSlots(of: facility.organizationID)
            else { return nil }
            return KeptFacilityPage(
                facility: facility,
                week: try SessionWeek.read(facility, incoming.query, in: db) {
                    .path("childcare", "keeping", "sessions", $0.id)
                },
                closedDays: try Bookings.closedDays(of: id, from: db.now.date, in: db)
            )
        }
        guard let page else { throw Problem.notFound }
        return page
    }

    private func close(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        var page = try await facilityPage(incoming)
        let facility = page.facility
        let date = fields["date"].flatMap { LocalDate(iso: $0) }
        let reason = fields.text("reason") ?? ""
        guard let date, date >= incoming.now.date, !reason.isEmpty else {
            page.typed = fields
            page.fault = Bilingual(
                "오늘부터의 날짜와 까닭을 적어 주세요.",
                "Give a day from today on, and the reason."
            )
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let day = ClosedDay(
            facilityID: facility.id,
            date: date,
            reason: String(reason.prefix(BookingKeeping.maximumReasonCharacterCount))
        )
        try await store.write { tx in
            try BookingKeeping(by: incoming.actor).close(day, of: facility, in: tx)
        }
        return .other(.seeOther(.path("childcare", "keeping", facility.id)))
    }

    private func attendance(_ id: String, _ incoming: Incoming) async throws -> AttendancePage {
        let actor = incoming.actor
        let page = try await store.write { tx -> AttendancePage? in
            guard let session = try Bookings.session(id, in: tx),
                let facility = try Bookings.facility(session.facilityID, in: tx)
            else { return nil }
            let bookings = try Bookings.attendance(
                of: session,
                for: actor,
                purpose: .attendance,
                in: tx
            )
            return AttendancePage(session: session, facility: facility, bookings: bookings)
        }
        guard let page else { throw Problem.notFound }
        return page
    }

    private func mark(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let came = fields["came"] == "yes"
        let (session, refusal) = try await store.write { tx -> (String, BookingError?) in
            let booked = try Bookings.record(id, for: actor, purpose: .attendance, in: tx)
            // Whoever booked may keep another facility: marking takes the keeper of this one.
            guard actor.keepsSlots(of: booked.facility.organizationID) else {
                throw Problem.notFound
            }
            do {
                try BookingKeeping(by: actor).mark(booked, came: came, in: tx)
            } catch let error as BookingError {
                return (booked.session.id, error)
            }
            return (booked.session.id, nil)
        }
        if let refusal {
            var page = try await attendance(session, incoming)
            page.fault = refusal.message
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return .other(.seeOther(.path("childcare", "keeping", "sessions", session)))
    }
}

extension SessionWeek {
    /// The week that an address asks for, or this one.
    static func read(
        _ facility: BookingFacility,
        _ query: QueryItems,
        in db: ReadTransaction,
        sessionLink: @escaping @Sendable (BookingSession) -> Link
    ) throws -> SessionWeek {
        let asked = query["week"].flatMap { LocalDate(iso: $0) }
        let monday = monday(of: asked ?? db.now.date)
        let sessions = try Bookings.sessions(
            of: facility.id,
            from: monday,
            through: monday.adding(days: 6),
            in: db
        )
        return SessionWeek(
            facility: facility,
            monday: monday,
            sessions: sessions,
            counts: try Bookings.counts(of: sessions, in: db),
            sessionLink: sessionLink
        )
    }

    /// The week as the facility's keeper sees it: every session leads to its attendance.
    func keptHTML(in context: PageContext) -> HTML {
        html(in: context) { session, context in
            let taken = counts[session.id]?.taken ?? 0
            let waiting = counts[session.id]?.waiting ?? 0
            let words =
                session.closedFor.map { context.text("휴관: \($0)", "closed: \($0)") }
                ?? context.text(
                    "\(taken)/\(session.capacity), 대기 \(waiting)",
                    "\(taken)/\(session.capacity), \(waiting) waiting"
                )
            return "<a href=\"\(sessionLink(session))\">\(session.time)</a> \(words)"
        }
    }
}
