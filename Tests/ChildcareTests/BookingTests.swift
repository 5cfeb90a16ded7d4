import Basics
import Cases
import City
import CityTesting
import Foundation
import Hosting
import Identity
import Programmes
import Store
import Testing

@testable import Childcare

/// The city as the portal needs it.
let city = CityComposition(
    modules: [CityRecords.self, CityProgrammes.self, CityCases.self],
    services: [Childcare.self]
)
/// A Wednesday morning.
let morning = Instant(LocalDate(iso: "2026-11-25") ?? .init(daysSinceEpoch: 0), hour: 9)
private let cafe = "sample-kidsCafe-11350-1"
private let thursday = "sample-kidsCafe-11350-1-2026-11-26-600"

@Suite struct `Booking a session` {
    private func child(_ name: String, _ born: String = "2020-05-05") throws -> BookingAttendee {
        BookingAttendee(name: name, birthDate: try day(born))
    }

    /// Books for an account that is only a name here.
    private func book(
        _ attendee: BookingAttendee,
        in session: String = thursday,
        for account: String,
        _ store: Store
    ) async throws -> Booking {
        let id = UUID().uuidString
        return try await store.write {
            try BookingKeeping(by: .anonymous)
                .book(attendee, in: session, for: account, id: id, in: $0)
        }
    }

    private func code(_ body: () async throws -> Void) async -> BookingError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? BookingError)?.code
        }
    }

    @Test func `thirty at once get the twelve places and the five of the queue, each once`()
        async throws
    {
        try await CityClient.with(city, now: morning) { client in
            let store = client.city.platform.store
            let attendees = try (0..<30).map { try child("아이 \($0)") }
            let states = await withTaskGroup(of: String.self) { group in
                for (index, attendee) in attendees.enumerated() {
                    group.addTask {
                        do {
                            return try await book(attendee, for: "account-\(index)", store)
                                .state.rawValue
                        } catch {
                            return (error as? BookingError)?.code.rawValue ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(states == ["booked": 12, "waiting": 5, "full": 13])
            let numbers = try await store.read { try Bookings.all(of: thursday, in: $0) }
                .map(\.number)
            #expect(numbers == Array(1...17))
        }
    }

    @Test func `one child books a session once, however often it is asked at once`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let store = client.city.platform.store
            let names = ["견본 아이", "견본아이", " 견본 아이 "]
            let results = await withTaskGroup(of: BookingError.Code?.self) { group in
                for index in 0..<9 {
                    group.addTask {
                        await code {
                            _ = try await book(try child(names[index % 3]), for: "a", store)
                        }
                    }
                }
                return await group.reduce(into: [BookingError.Code?]()) { $0.append($1) }
            }
            #expect(results.count { $0 == nil } == 1)
            #expect(results.count { $0 == .alreadyBooked } == 8)
        }
    }

    @Test func `who waits first moves up when a place is given back, and is told`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let store = client.city.platform.store
            let resident = try await client.signedIn(as: "resident@sample.example")
            let first = try await resident.submit(
                "/childcare/sessions/\(thursday)",
                from: "/childcare/sessions/\(thursday)",
                ["name": "견본 아이", "birthDate": "2020-05-05", "_idempotency": "k1"]
            )
            #expect(first.status == 303)
            for index in 0..<13 {
                _ = try await book(try child("다른 아이 \(index)"), for: "other-\(index)", store)
            }
            let mine = try await store.read { try Bookings.all(of: thursday, in: $0)[0] }
            let cancelled = try await resident.submit(
                "/childcare/bookings/\(mine.id)/cancel",
                from: "/childcare/bookings",
                [:]
            )
            #expect(cancelled.status == 303)
            let all = try await store.read { try Bookings.all(of: thursday, in: $0) }
            #expect(all.map(\.state).count { $0 == .booked } == 12)
            #expect(all[12].state == .booked)
            #expect(all[13].state == .waiting)
            let notices = try await store.read { try Notices.unreadCount(of: "other-11", in: $0) }
            #expect(notices == 1)
        }
    }

    @Test func `the same submission twice is one booking`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let resident = try await client.signedIn(as: "resident@sample.example")
            for _ in 0..<2 {
                let sent = try await resident.submit(
                    "/childcare/sessions/\(thursday)",
                    from: "/childcare/sessions/\(thursday)",
                    ["name": "견본 아이", "birthDate": "2020-05-05", "_idempotency": "same"]
                )
                #expect(sent.status == 303)
            }
            let all = try await client.city.platform.store.read {
                try Bookings.all(of: thursday, in: $0)
            }
            #expect(all.count == 1)
            let page = try await resident.get("/childcare/bookings?made=\(all[0].id)")
            #expect(page.body.contains("예약했습니다"))
            let calendar = try await resident.get("/childcare/bookings.ics").body
            #expect(calendar.contains("DTSTART:20261126T010000Z"))
            #expect(calendar.contains("DTEND:20261126T030000Z"))
        }
    }

    @Test(arguments: [
        ("2023-11-27", BookingError.Code.wrongAge), ("2016-11-26", .wrongAge),
        ("2026-11-26", .wrongAttendee),
    ])
    func `a child that is too young, too old or not born is refused`(
        born: String,
        expected: BookingError.Code
    ) async throws {
        try await CityClient.with(city, now: morning) { client in
            let found = await code {
                _ = try await book(try child("아이", born), for: "a", client.city.platform.store)
            }
            #expect(found == expected)
        }
    }

    @Test func `the birthday itself counts`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let store = client.city.platform.store
            // Four on the day of the session; nine until the day before the tenth birthday.
            for born in ["2022-11-26", "2016-11-27"] {
                let booking = try await book(try child("아이 \(born)", born), for: born, store)
                #expect(booking.state == .booked)
            }
        }
    }

    @Test func `two sessions at one time, a past one and one too far ahead are refused`()
        async throws
    {
        try await CityClient.with(city, now: morning) { client in
            let store = client.city.platform.store
            _ = try await book(try child("아이"), for: "a", store)
            let elsewhere = "sample-kidsCafe-11350-2-2026-11-26-600"
            let overlap = await code {
                _ = try await book(try child("아이"), in: elsewhere, for: "a", store)
            }
            #expect(overlap == .overlap)
            let unknown = await code {
                _ = try await book(try child("아이"), in: "\(cafe)-2026-12-30-600", for: "a", store)
            }
            #expect(unknown == .unknownSession)
        }
    }

    @Test func `a booking is given back until the named time, and not after it`() async throws {
        let clock = MovingClock(morning)
        try await CityClient.with(city, time: clock.source) { client in
            let store = client.city.platform.store
            let booking = try await book(try child("아이"), for: "a", store)
            let session = try #require(
                await store.read { try Bookings.session(booking.sessionID, in: $0) }
            )
            let facility = try #require(
                await store.read { try Bookings.facility(session.facilityID, in: $0) }
            )
            let booked = BookedSession(booking: booking, session: session, facility: facility)
            // The day before at 18:00, and a second later.
            clock.advance(seconds: 9 * 3600 + 1)
            let late = await code {
                try await store.write { try BookingKeeping(by: .anonymous).cancel(booked, in: $0) }
            }
            #expect(late == .tooLate)
        }
    }

    @Test func `three sessions missed without a word stop bookings for thirty days`() throws {
        let rules = SampleFacilities.rules
        let days = try ["2026-09-01", "2026-10-01", "2026-11-20"].map(day)
        #expect(rules.blockEnds(missed: days)?.iso == "2026-12-20")
        #expect(rules.blockEnds(missed: Array(days.dropFirst())) == nil)
        let apart = try ["2026-06-01", "2026-10-01", "2026-11-20"].map(day)
        #expect(rules.blockEnds(missed: apart) == nil)
    }

    @Test func `a keeper marks who came, and each look at the children is in their trail`()
        async throws
    {
        let clock = MovingClock(morning)
        try await CityClient.with(city, time: clock.source) { client in
            let store = client.city.platform.store
            let resident = try await client.signedIn(as: "resident@sample.example")
            _ = try await resident.submit(
                "/childcare/sessions/\(thursday)",
                from: "/childcare/sessions/\(thursday)",
                ["name": "견본 아이", "birthDate": "2020-05-05", "_idempotency": "k"]
            )
            let keeper = try await client.signedIn(as: "kidscafe@sample.example")
            let page = "/childcare/keeping/sessions/\(thursday)"
            #expect(try await keeper.get(page).body.contains("견본 아이"))
            let booking = try await store.read { try Bookings.all(of: thursday, in: $0)[0] }
            let mark = "/childcare/keeping/bookings/\(booking.id)"
            let early = try await keeper.submit(mark, from: page, ["came": "no"])
            #expect(early.status == 422)
            clock.advance(seconds: 26 * 3600)
            let later = try await client.signedIn(as: "kidscafe@sample.example")
            let marked = try await later.submit(mark, from: page, ["came": "no"])
            #expect(marked.status == 303)
            let missed = try await store.read {
                try Bookings.missedDays(of: booking.accountID, at: cafe, in: $0)
            }
            #expect(missed.map(\.iso) == ["2026-11-26"])
            let owner = try await client.signedIn(as: "resident@sample.example")
            #expect(try await owner.get("/account").body.contains("예약자 확인과 출석"))
        }
    }

    @Test func `whoever keeps another organization's sessions sees none of these`() async throws {
        try await CityClient.with(city, now: morning) { client in
            let other = "sample-kidsCafe-11680-1"
            let keeper = try await client.signedIn(as: "kidscafe@sample.example")
            for path in ["/\(other)", "/sessions/\(other)-2026-11-26-600"] {
                #expect(try await keeper.get("/childcare/keeping\(path)").status == 404)
            }
            let resident = try await client.signedIn(as: "resident@sample.example")
            #expect(try await resident.get("/childcare/keeping/\(cafe)").status == 403)
        }
    }

    @Test func `a closed day cancels its bookings with the reason, and stays closed`() async throws
    {
        try await CityClient.with(city, now: morning) { client in
            let store = client.city.platform.store
            _ = try await book(try child("아이"), for: "a", store)
            let keeper = try await client.signedIn(as: "kidscafe@sample.example")
            let page = "/childcare/keeping/\(cafe)"
            let wrong = try await keeper.submit(
                "\(page)/closed-days",
                from: page,
                ["date": "2026-11-24", "reason": "점검"]
            )
            #expect(wrong.status == 422)
            let closed = try await keeper.submit(
                "\(page)/closed-days",
                from: page,
                ["date": "2026-11-26", "reason": "시설 점검"]
            )
            #expect(closed.status == 303)
            let state = try await store.read { try Bookings.all(of: thursday, in: $0)[0].state }
            #expect(state == .closed)
            #expect(try await store.read { try Notices.unreadCount(of: "a", in: $0) } == 1)
            try await BookingUpkeep.run(on: store)
            let refused = await code { _ = try await book(try child("둘째"), for: "a", store) }
            #expect(refused == .sessionClosed)
        }
    }
}
