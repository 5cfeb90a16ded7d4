import Basics
import City
import Store
import Web

/// A place for families with its hours, and whether it takes bookings.
struct ChildcarePlace: Sendable, Hashable {
    /// The kinds of place a family looks for, in the order they are offered.
    static let kinds: [PlaceKind] = [
        .kidsCafe, .kiumCenter, .childHealthCenter, .postpartumCenter, .childcareCenter,
    ]

    /// The place.
    var place: Place
    /// When it is open; nil where it has not told.
    var hours: OpeningHours?
    /// Whether it takes bookings.
    var isBookable: Bool
    /// Why it is closed today; nil where it is not.
    var closedToday: String?

    /// Whether it is open at a moment.
    func isOpen(at now: Instant) -> Bool {
        closedToday == nil && hours?.isOpen(at: now) == true
    }

    /// Its page.
    var link: Link { .path("childcare", "places", place.id) }

    /// Every place for families.
    static func all(in db: ReadTransaction) throws -> [ChildcarePlace] {
        let hours = try OpeningTable.all(in: db)
        let facilities = Set(try Bookings.facilities(in: db).map(\.id))
        let closed = try closedReasons(on: db.now.date, in: db)
        return try Places.all(of: Set(kinds), in: db).map {
            ChildcarePlace(
                place: $0,
                hours: hours[$0.id],
                isBookable: facilities.contains($0.id),
                closedToday: closed[$0.id]
            )
        }
    }

    /// One place for families, or nothing.
    static func find(_ id: String, in db: ReadTransaction) throws -> ChildcarePlace? {
        guard let place = try Places.find(id, in: db), kinds.contains(place.kind) else {
            return nil
        }
        return ChildcarePlace(
            place: place,
            hours: try OpeningTable.all(in: db)[id],
            isBookable: try Bookings.facility(id, in: db) != nil,
            closedToday: try closedReasons(on: db.now.date, in: db)[id]
        )
    }

    private static func closedReasons(
        on date: LocalDate,
        in db: ReadTransaction
    ) throws -> [String: String] {
        let days = try Bookings.closedDays(on: date, in: db)
        return Dictionary(days.map { ($0.facilityID, $0.reason) }) { first, _ in first }
    }
}

/// Which places a family looks for.
struct ChildcarePlaceQuery: Sendable, Hashable {
    /// Places on one page, so many as a map shows well.
    static let pageSize = 20

    /// Only these kinds; empty finds all.
    var kinds: Set<PlaceKind>
    /// Only these districts, by code; empty finds all.
    var districts: Set<String>
    /// Only those open now.
    var isOpenNow: Bool

    /// Reads the query of an address: `kind`, `district`, `open`.
    init(_ items: QueryItems) {
        kinds = Set(items.all("kind").map(PlaceKind.init))
        districts = Set(items.all("district"))
        isOpenNow = items["open"] == "now"
    }

    /// Whether a place is one of them; `without` leaves one condition aside, for the counts beside it.
    func finds(_ place: ChildcarePlace, at now: Instant, without: String? = nil) -> Bool {
        (without == "kind" || kinds.isEmpty || kinds.contains(place.place.kind))
            && (without == "district" || districts.isEmpty
                || districts.contains(place.place.district))
            && (without == "open" || !isOpenNow || place.isOpen(at: now))
    }
}
