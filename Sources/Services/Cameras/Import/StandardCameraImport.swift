import Basics
import City
import Footage
import Tabular

/// The standard data set of a city's cameras (전국CCTV표준데이터), read row by row: what can be taken in,
/// and what is wrong with the rest.
///
/// A row is a pole: its cameras (카메라대수) become one camera each, with the same place. The data set has
/// no numbers of its own; two rows with the same place, purpose and direction are the same pole twice.
struct StandardCameraImport: Sendable {
    /// The largest file, in bytes.
    static let maximumByteCount = 16 << 20
    /// The most rows of one file.
    static let maximumRowCount = 50_000
    /// The most cameras on one pole.
    static let maximumPoleCount = 30
    /// The faults that are shown; the rest are counted.
    static let shownFaultCount = 200

    /// Something wrong with a row.
    struct Fault: Sendable, Hashable {
        /// The kinds of faults, for the report.
        enum Kind: String, Sendable, Hashable, CaseIterable {
            case missing
            case wrong
            case swapped
            case outside
            case twice
            case known

            var title: Bilingual {
                switch self {
                case .missing: Bilingual("빠진 값", "Missing")
                case .wrong: Bilingual("잘못된 값", "Wrong value")
                case .swapped: Bilingual("위도와 경도가 바뀜", "Axes swapped")
                case .outside: Bilingual("이 도시 밖", "Outside the city")
                case .twice: Bilingual("파일 안에서 겹침", "Twice in the file")
                case .known: Bilingual("이미 등록됨", "Known already")
                }
            }
        }

        /// The row of the file, from 1.
        var row: Int
        /// The title of the column; empty where it is the row as a whole.
        var column: String
        var kind: Kind
        var message: Bilingual
    }

    /// The bounds of the city: what lies outside is refused.
    struct Bounds: Sendable, Hashable {
        var latitudes: ClosedRange<Double>
        var longitudes: ClosedRange<Double>

        func contains(_ place: CameraPlace) -> Bool {
            latitudes.contains(place.latitude) && longitudes.contains(place.longitude)
        }
    }

    /// The cameras that can be taken in, with the row each came from.
    private(set) var assets: [(row: Int, asset: Asset)] = []
    /// What is wrong, in the order of the file.
    private(set) var faults: [Fault] = []
    /// The rows that hold anything.
    private(set) var rowCount = 0
    /// The rows that cannot be taken in.
    private(set) var refusedRowCount = 0

    /// The titles of the columns, by their names.
    static let columns: [String: [String]] = [
        "id": ["관리번호", "번호"], "owner": ["관리기관명"], "roadAddress": ["소재지도로명주소"],
        "lotAddress": ["소재지지번주소"], "purpose": ["설치목적구분", "설치목적"],
        "count": ["카메라대수"], "pixels": ["카메라화소수"], "direction": ["촬영방면정보"],
        "days": ["보관일수"], "installed": ["설치연월", "설치년월"], "phone": ["관리기관전화번호"],
        "latitude": ["위도"], "longitude": ["경도"], "dated": ["데이터기준일자"],
    ]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: CSV or XLSX.
    ///   - fileName: What it is called.
    ///   - organizationID: Whose cameras they become.
    ///   - known: What is in the register already, as ``key(_:_:_:)`` and asset numbers.
    ///   - bounds: The city.
    ///   - now: When, for days that have not come yet.
    ///   - newID: Makes an identifier.
    /// - Throws: An explained error where it is no such table, or has too many rows.
    init(
        _ bytes: [UInt8],
        fileName: String,
        organizationID: String,
        known: Known,
        bounds: Bounds,
        at now: Instant,
        newID: () -> String
    ) throws {
        var reader = try TabularReader.open(bytes, fileName: fileName)
        let head = try reader.rows(upTo: HeaderFinder.maximumRowCount)
        guard let header = HeaderFinder(Self.columns).find(in: head),
            header.columns["latitude"] != nil, header.columns["longitude"] != nil,
            header.columns["purpose"] != nil
        else {
            throw CamerasError.badInput(
                "‘설치목적구분’, ‘위도’, ‘경도’ 열이 있는 표준데이터 표가 아닙니다.",
                "The table lacks the columns 설치목적구분, 위도 and 경도 of the standard data set."
            )
        }
        var seen = known
        func take(_ row: TabularRow) throws {
            guard !row.isBlank else { return }
            rowCount += 1
            guard rowCount <= Self.maximumRowCount else {
                throw CamerasError.badInput(
                    "한 번에 \(Self.maximumRowCount.grouped)줄까지 받습니다. 나누어 올려 주세요.",
                    "At most \(Self.maximumRowCount.grouped) rows at once. Divide the file."
                )
            }
            let values = header.columns.mapValues {
                row[$0].text.trimmingPrefix { $0.isWhitespace }
            }
            .mapValues { String($0) }
            var pole = PoleReader(values, row: row.number, bounds: bounds, today: now.date)
            let found = pole.faults + seen.faults(of: pole)
            faults += found
            guard found.isEmpty else {
                refusedRowCount += 1
                return
            }
            assets += pole.assets(of: organizationID, at: now, newID: newID).map {
                (row.number, $0)
            }
        }
        for row in head.dropFirst(header.rowsBeforeData) { try take(row) }
        var row = TabularRow()
        while try reader.next(&row) { try take(row) }
    }

    /// How many faults there are of each kind.
    var faultCounts: [(kind: Fault.Kind, count: Int)] {
        Fault.Kind.allCases.compactMap { kind in
            let count = faults.count { $0.kind == kind }
            return count == 0 ? nil : (kind, count)
        }
    }

    /// What stands in the register already, and further up in the file.
    struct Known: Sendable {
        private var poles: Set<String>
        private var numbers: Set<String>
        private var rows: [String: Int] = [:]

        init(cameras: [Camera], assetNumbers: Set<String>) {
            poles = Set(
                cameras.compactMap { camera in
                    camera.place.map { Self.key($0, camera.purpose, camera.asset.note) }
                }
            )
            numbers = assetNumbers
        }

        /// A pole, to a metre.
        private static func key(
            _ place: CameraPlace,
            _ purpose: CameraPurpose,
            _ direction: String
        ) -> String {
            func rounded(_ degrees: Double) -> Int { Int((degrees * 100_000).rounded()) }
            return "\(rounded(place.latitude)) \(rounded(place.longitude)) \(purpose) \(direction)"
        }

        fileprivate mutating func faults(of pole: PoleReader) -> [Fault] {
            var faults: [Fault] = []
            func refuse(_ kind: Fault.Kind, _ column: String, _ message: Bilingual) {
                faults.append(Fault(row: pole.row, column: column, kind: kind, message: message))
            }
            if !pole.number.isEmpty {
                if numbers.contains(pole.number) {
                    refuse(
                        .known,
                        "관리번호",
                        Bilingual(
                            "이미 있는 번호입니다: \(pole.number)",
                            "The number \(pole.number) is taken."
                        )
                    )
                }
                if let first = rows["id \(pole.number)"] {
                    refuse(
                        .twice,
                        "관리번호",
                        Bilingual(
                            "\(first)줄과 같은 번호입니다: \(pole.number)",
                            "Row \(first) has the number \(pole.number) too."
                        )
                    )
                } else {
                    rows["id \(pole.number)"] = pole.row
                }
            }
            guard let place = pole.place, let purpose = pole.purpose else { return faults }
            let key = Self.key(place, purpose, pole.direction)
            if poles.contains(key) {
                refuse(
                    .known,
                    "",
                    Bilingual("같은 곳에 이미 등록된 카메라입니다.", "A camera stands there already.")
                )
            } else if let first = rows[key] {
                refuse(
                    .twice,
                    "",
                    Bilingual("\(first)줄과 같은 카메라입니다.", "Row \(first) is the same camera.")
                )
            } else {
                rows[key] = pole.row
            }
            return faults
        }
    }
}
