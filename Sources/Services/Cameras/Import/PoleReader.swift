import Basics
import City
import Footage
import Tabular

/// Reads a row of the standard data set, and collects every fault.
struct PoleReader: Sendable {
    /// The longest direction, in characters.
    static let maximumDirectionCharacterCount = 200

    let row: Int
    /// The number the city keeps the pole under; the standard has none, some cities add one.
    private(set) var number = ""
    private(set) var purpose: CameraPurpose?
    private(set) var place: CameraPlace?
    private(set) var direction = ""
    private(set) var faults: [StandardCameraImport.Fault] = []
    private var name = ""
    private var address = ""
    private var count = 1
    private var facts: [String: String] = [:]

    init(
        _ values: [String: String],
        row: Int,
        bounds: StandardCameraImport.Bounds,
        today: LocalDate
    ) {
        self.row = row
        func text(_ name: String) -> String { values[name] ?? "" }
        number = String(text("id").prefix(Asset.maximumLineCharacterCount))
        address = text("roadAddress").isEmpty ? text("lotAddress") : text("roadAddress")
        address = String(address.prefix(Asset.maximumLineCharacterCount))
        direction = String(text("direction").prefix(Self.maximumDirectionCharacterCount))
        if address.isEmpty {
            refuse(.missing, "소재지도로명주소", Bilingual("주소가 없습니다.", "The address is missing."))
        }
        readPurpose(text("purpose"))
        readPlace(text("latitude"), text("longitude"), bounds)
        readNumbers(text("count"), pixels: text("pixels"), days: text("days"))
        readInstalled(text("installed"), today: today)
        name = "\(address) \(purpose?.title.korean ?? "")"
    }

    private mutating func refuse(
        _ kind: StandardCameraImport.Fault.Kind,
        _ column: String,
        _ message: Bilingual
    ) {
        faults.append(.init(row: row, column: column, kind: kind, message: message))
    }

    private mutating func readPurpose(_ word: String) {
        let plain = word.filter { !$0.isWhitespace && $0 != "·" }
        purpose = CameraPurpose.allCases.first {
            $0.title.korean.filter { $0 != "·" } == plain
        }
        guard purpose == nil else { return }
        if plain.isEmpty {
            refuse(.missing, "설치목적구분", Bilingual("설치목적이 없습니다.", "The purpose is missing."))
        } else {
            refuse(
                .wrong,
                "설치목적구분",
                Bilingual("모르는 설치목적입니다: \(word)", "An unknown purpose: \(word)")
            )
        }
    }

    private mutating func readPlace(
        _ latitude: String,
        _ longitude: String,
        _ bounds: StandardCameraImport.Bounds
    ) {
        guard !latitude.isEmpty, !longitude.isEmpty else {
            return refuse(.missing, "위도", Bilingual("위치가 없습니다.", "The place is missing."))
        }
        guard let north = Double(latitude), let east = Double(longitude), north.isFinite,
            east.isFinite
        else {
            return refuse(
                .wrong,
                "위도",
                Bilingual(
                    "숫자가 아닙니다: \(latitude), \(longitude)",
                    "Not numbers: \(latitude), \(longitude)"
                )
            )
        }
        let there = CameraPlace(latitude: north, longitude: east)
        guard bounds.contains(there) else {
            if bounds.contains(CameraPlace(latitude: east, longitude: north)) {
                return refuse(
                    .swapped,
                    "위도",
                    Bilingual("위도와 경도가 바뀌었습니다.", "Latitude and longitude are swapped.")
                )
            }
            return refuse(
                .outside,
                "위도",
                Bilingual(
                    "이 도시 밖입니다: \(latitude), \(longitude)",
                    "Outside the city: \(latitude), \(longitude)"
                )
            )
        }
        place = there
        facts["latitude"] = latitude
        facts["longitude"] = longitude
    }

    private mutating func readNumbers(_ cameras: String, pixels: String, days: String) {
        if !cameras.isEmpty {
            if let value = Int(cameras), (1...StandardCameraImport.maximumPoleCount).contains(value)
            {
                count = value
            } else {
                refuse(
                    .wrong,
                    "카메라대수",
                    Bilingual(
                        "1–\(StandardCameraImport.maximumPoleCount) 사이여야 합니다: \(cameras)",
                        "From 1 to \(StandardCameraImport.maximumPoleCount): \(cameras)"
                    )
                )
            }
        }
        if !pixels.isEmpty {
            // The standard asks for 만 화소: 200 is two million pixels.
            if let value = Double(pixels.filter { $0 != "," }), (1...20_000).contains(value) {
                facts["megapixels"] = "\(value / 100)"
            } else {
                refuse(
                    .wrong,
                    "카메라화소수",
                    Bilingual("만 화소 단위의 수여야 합니다: \(pixels)", "In 10,000 pixels: \(pixels)")
                )
            }
        }
        if !days.isEmpty {
            if let value = Int(days), (0...30).contains(value) {
                facts["keptDays"] = String(value)
            } else {
                refuse(
                    .wrong,
                    "보관일수",
                    Bilingual(
                        "30일까지 보관할 수 있습니다: \(days)",
                        "Pictures are kept for 30 days at most: \(days)"
                    )
                )
            }
        }
    }

    private mutating func readInstalled(_ text: String, today: LocalDate) {
        guard !text.isEmpty else { return }
        let digits = text.filter(\.isNumber)
        let day =
            LocalDate(tabularText: text)
            ?? (digits.count == 6
                ? Int(digits.prefix(4)).flatMap { year in
                    Int(digits.suffix(2)).flatMap { LocalDate(year: year, month: $0, day: 1) }
                } : nil)
        guard let day, day <= today else {
            return refuse(
                .wrong,
                "설치연월",
                Bilingual("설치연월이 맞지 않습니다: \(text)", "Not a month of installation: \(text)")
            )
        }
        facts["installedOn"] = day.iso
    }

    /// The cameras of the pole, one asset each.
    mutating func assets(
        of organizationID: String,
        at now: Instant,
        newID: () -> String
    ) -> [Asset] {
        facts["purpose"] = purpose?.rawValue
        return (1...count).map { place in
            let suffix = count == 1 ? "" : "-\(place)"
            return Asset(
                id: newID(),
                kind: .camera,
                number: number.isEmpty ? "" : number + suffix,
                name: String((name + suffix).prefix(Asset.maximumLineCharacterCount)),
                organizationID: organizationID,
                spot: address,
                state: .active,
                acquiredOn: facts["installedOn"].flatMap { LocalDate(iso: $0) },
                facts: facts,
                note: direction,
                at: now
            )
        }
    }
}
