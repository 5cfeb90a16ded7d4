import Basics

/// Facilities of the sample city that do not exist, three of a kind in every district.
enum SamplePlaces {
    static let kinds: [PlaceKind] = [.library, .seniorCenter, .childcareCenter]
    static let countPerKind = 3
    /// How far from the district's office a made-up place stands at the most, in degrees.
    private static let spread = 0.012

    static let all: [Place] = {
        var random = SeededRandom(seed: 2023)
        return District.all.flatMap { district in
            let office = PublicOffices.all.first {
                $0.kind == .districtOffice && $0.district == district.code
            }
            guard let office else { return [Place]() }
            return kinds.flatMap { kind in
                (1...countPerKind).map { number in
                    Place(
                        id: "sample-\(kind.rawValue)-\(district.code)-\(number)",
                        kind: kind,
                        name: Bilingual(
                            "\(district.name.korean) 표본\(kind.title.korean) \(number)호",
                            "\(district.name.english) sample \(kind.title.english.lowercased()) "
                                + "no. \(number)"
                        ),
                        organizationID: district.organizationID,
                        district: district.code,
                        longitude: rounded(
                            office.longitude + (random.unit() * 2 - 1) * spread
                        ),
                        latitude: rounded(office.latitude + (random.unit() * 2 - 1) * spread),
                        source: .sample
                    )
                }
            }
        }
    }()

    private static func rounded(_ degrees: Double) -> Double {
        (degrees * 10_000).rounded() / 10_000
    }
}
