import Basics
import City
import Footage
import Testing

@testable import Cameras

@Suite struct `The city's open data of cameras` {
    private static let bounds = StandardCameraImport.Bounds(
        latitudes: 37.4...37.7,
        longitudes: 126.7...127.2
    )
    private static let now = Instant(millisecondsSinceEpoch: 1_674_572_400_000)
    private static let head = """
        관리번호,관리기관명,소재지도로명주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,보관일수,설치연월,위도,경도,데이터기준일자
        """

    private static func read(
        _ rows: String,
        known: [Camera] = [],
        numbers: Set<String> = []
    ) throws -> StandardCameraImport {
        var id = 0
        return try StandardCameraImport(
            Array("\(head)\n\(rows)".utf8),
            fileName: "표준데이터.csv",
            organizationID: "11350",
            known: .init(cameras: known, assetNumbers: numbers),
            bounds: bounds,
            at: now,
            newID: {
                id += 1
                return "new-\(id)"
            }
        )
    }

    @Test func `becomes one camera for each of a pole`() throws {
        let read = try Self.read(
            "N-1,노원구,노원로 1,생활방범,2,200,동쪽 방면,30,2019-05,37.65,127.06,2022-12-31"
        )
        #expect(read.faults.isEmpty)
        #expect(read.assets.map(\.asset.number) == ["N-1-1", "N-1-2"])
        let camera = Camera(number: 1, asset: read.assets[0].asset)
        #expect(camera.purpose == .crimePrevention)
        #expect(camera.place == CameraPlace(latitude: 37.65, longitude: 127.06))
        #expect(camera.megapixels == 2)
        #expect(camera.installedOn == LocalDate(year: 2019, month: 5, day: 1))
        #expect(camera.keptDays == 30)
    }

    @Test(arguments: [
        (
            "1,노원구,노원로 1,생활방범,1,200,,30,2019-05,127.06,37.65,",
            StandardCameraImport.Fault.Kind.swapped
        ),
        ("1,노원구,노원로 1,생활방범,1,200,,30,2019-05,35.1,129.0,", .outside),
        ("1,노원구,노원로 1,생활방범,1,200,,30,2019-05,,,", .missing),
        ("1,노원구,노원로 1,생활방범,1,200,,30,2019-05,nan,127.06,", .wrong),
        ("1,노원구,노원로 1,벌 치기,1,200,,30,2019-05,37.65,127.06,", .wrong),
        ("1,노원구,노원로 1,,1,200,,30,2019-05,37.65,127.06,", .missing),
        ("1,노원구,,생활방범,1,200,,30,2019-05,37.65,127.06,", .missing),
        ("1,노원구,노원로 1,생활방범,400,200,,30,2019-05,37.65,127.06,", .wrong),
        ("1,노원구,노원로 1,생활방범,1,많음,,30,2019-05,37.65,127.06,", .wrong),
        ("1,노원구,노원로 1,생활방범,1,200,,365,2019-05,37.65,127.06,", .wrong),
        ("1,노원구,노원로 1,생활방범,1,200,,30,2031-05,37.65,127.06,", .wrong),
    ])
    func `says of each row what is wrong with it`(
        _ row: String,
        _ kind: StandardCameraImport.Fault.Kind
    ) throws {
        let read = try Self.read(row)
        #expect(read.assets.isEmpty)
        #expect(read.refusedRowCount == 1)
        #expect(read.faults.map(\.kind) == [kind])
        #expect(read.faults.allSatisfy { $0.row == 2 && !$0.message.korean.isEmpty })
    }

    @Test func `holds two cameras of one number or one place for one`() throws {
        let row = "노원구,노원로 1,생활방범,1,200,동쪽,30,2019-05,37.65,127.06,"
        let twice = try Self.read(
            "A,\(row)\nA,노원구,노원로 9,공원,1,200,,30,2019-05,37.6,127.0,\nB,\(row)"
        )
        #expect(twice.assets.map(\.asset.number) == ["A"])
        #expect(twice.faults.map(\.kind) == [.wrong, .twice, .twice])
        let camera = Camera(number: 7, asset: try Self.read("A,\(row)").assets[0].asset)
        let known = try Self.read("C,\(row)", known: [camera], numbers: ["C"])
        #expect(known.faults.map(\.kind) == [.known, .known])
    }

    @Test(arguments: ["", "이름,값\nㄱ,1", "\u{0}\u{1}\u{2}", "위도,경도\n37,127"])
    func `is refused as a whole where it is another table`(_ text: String) {
        #expect(throws: (any Error).self) {
            try StandardCameraImport(
                Array(text.utf8),
                fileName: "a.csv",
                organizationID: "11350",
                known: .init(cameras: [], assetNumbers: []),
                bounds: Self.bounds,
                at: Self.now,
                newID: { "new" }
            )
        }
    }
}
