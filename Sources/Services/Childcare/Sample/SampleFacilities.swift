import Basics
import City
import Identity
import Store

/// Places for families that do not exist, around the office of every district, with their hours; the
/// kids' cafés take bookings.
enum SampleFacilities {
    private static let counts: [(kind: PlaceKind, count: Int)] = [
        (.kidsCafe, 2), (.kiumCenter, 2), (.childHealthCenter, 1), (.postpartumCenter, 1),
    ]
    /// How far from the district's office a made-up place stands at the most, in degrees.
    private static let spread = 0.012

    /// Tuesday to Sunday, three sessions of two hours.
    static let rules = BookingRules(
        slots: (2...7).flatMap { weekday in
            [600, 780, 930].map {
                BookingRules.Slot(weekday: weekday, startMinute: $0, endMinute: $0 + 120)
            }
        },
        capacity: 12,
        maximumWaitingCount: 5,
        minimumAge: 4,
        maximumAge: 9,
        daysAhead: 14,
        cancellationDaysBefore: 1,
        cancellationMinute: 1080,
        noShowLimit: 3,
        noShowDays: 90,
        blockDays: 30
    )

    /// Writes the places, their hours and their sessions down.
    static func make(in tx: WriteTransaction) throws {
        var random = SeededRandom(seed: 2026)
        let offices = try Places.all(of: [.districtOffice], in: tx)
        for office in offices {
            for (kind, count) in counts {
                for number in 1...count {
                    let place = place(kind, number, near: office, &random)
                    try Places.save(place, in: tx)
                    try OpeningTable.save(hours(kind), of: place.id, in: tx)
                    guard kind == .kidsCafe else { continue }
                    let facility = BookingFacility(
                        id: place.id,
                        organizationID: place.organizationID,
                        name: place.name,
                        nameEnglish: place.nameEnglish,
                        rules: rules
                    )
                    try Bookings.save(facility, in: tx)
                    try BookingKeeping(by: .anonymous).openSessions(of: facility, in: tx)
                }
            }
        }
    }

    private static func place(
        _ kind: PlaceKind,
        _ number: Int,
        near office: Place,
        _ random: inout SeededRandom
    ) -> Place {
        let district = District.named(office.district)?.name ?? Bilingual("", "")
        func near(_ degrees: Double) -> Double {
            ((degrees + (random.unit() * 2 - 1) * spread) * 10_000).rounded() / 10_000
        }
        return Place(
            id: "sample-\(kind.rawValue)-\(office.district)-\(number)",
            kind: kind,
            name: Bilingual(
                "\(district.korean) 표본\(kind.title.korean) \(number)호",
                "\(district.english) sample \(kind.title.english.lowercased()) no. \(number)"
            ),
            organizationID: office.organizationID,
            district: office.district,
            longitude: near(office.longitude),
            latitude: near(office.latitude),
            source: .sample
        )
    }

    private static func hours(_ kind: PlaceKind) -> OpeningHours {
        let (days, from, to) =
            switch kind {
            case .kidsCafe: (2...7, 600, 1050)
            case .kiumCenter: (1...5, 780, 1140)
            case .postpartumCenter: (1...7, 540, 1200)
            default: (1...5, 540, 1080)
            }
        return OpeningHours(
            days: days.map { .init(weekday: $0, fromMinute: from, toMinute: to) }
        )
    }
}
