import Basics
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

/// Writes small GeoTIFF files of heights that grow by a rule.
struct GeoTIFFWriter {
    var width = 40
    var height = 30
    var isTiled = false
    var compression = 1
    var predictor = 1
    var isFloat = false
    var isLittleEndian = true
    var system = 4_326
    var noData: String?

    func metres(_ column: Int, _ row: Int) -> Int { 100 + 3 * column - 2 * row }

    private func number(_ value: Int, _ length: Int) -> [UInt8] {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isLittleEndian ? bytes : bytes.reversed()
    }

    private func row(_ row: Int, _ columns: Range<Int>) -> [UInt8] {
        var before = 0
        return columns.flatMap { column -> [UInt8] in
            let value = row < height && column < width ? metres(column, row) : 0
            guard isFloat else {
                defer { before = value }
                return number(predictor == 2 ? value - before : value, 2)
            }
            return number(Int(Float(value).bitPattern), 4)
        }
    }

    /// LZW without a table: each byte is a code of 9 bits, and the table starts anew in time.
    private static func lzw(_ bytes: [UInt8]) -> [UInt8] {
        var codes: [Int] = []
        for (place, byte) in bytes.enumerated() {
            if place % 200 == 0 { codes.append(256) }
            codes.append(Int(byte))
        }
        codes.append(257)
        var (packed, buffer, bits): ([UInt8], Int, Int) = ([], 0, 0)
        for code in codes {
            buffer = (buffer << 9 | code) & 0xFF_FFFF
            bits += 9
            while bits >= 8 {
                packed.append(UInt8(buffer >> (bits - 8) & 255))
                bits -= 8
            }
        }
        return packed + [UInt8(buffer << (8 - bits) & 255)]
    }

    /// Deflate in stored blocks (RFC 1950, RFC 1951).
    private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        let count = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8)]
        let sum = high << 16 | low
        return [0x78, 0x01, 1] + count + count.map { ~$0 } + bytes
            + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
    }

    private var pieces: [[UInt8]] {
        let side = isTiled ? (16, 16) : (width, 7)
        var pieces: [[UInt8]] = []
        for top in stride(from: 0, to: height, by: side.1) {
            for left in stride(from: 0, to: width, by: side.0) {
                let rows = isTiled ? top..<top + 16 : top..<min(top + 7, height)
                let bytes = rows.flatMap { row($0, left..<left + side.0) }
                switch compression {
                case 5: pieces.append(Self.lzw(bytes))
                case 8: pieces.append(Self.zlib(bytes))
                default: pieces.append(bytes)
                }
            }
        }
        return pieces
    }

    func file() -> [UInt8] {
        var data: [UInt8] = []
        var entries: [(tag: Int, type: Int, count: Int, bytes: [UInt8])] = []
        func add(_ tag: Int, _ type: Int, _ values: [Int]) {
            entries.append(
                (tag, type, values.count, values.flatMap { number($0, type == 3 ? 2 : 4) })
            )
        }
        func add(_ tag: Int, _ values: [Double]) {
            let bytes = values.flatMap { number(Int(bitPattern: UInt($0.bitPattern)), 8) }
            entries.append((tag, 12, values.count, bytes))
        }
        var offsets: [Int] = []
        let pieces = pieces
        for piece in pieces {
            offsets.append(8 + data.count)
            data += piece
        }
        add(256, 4, [width])
        add(257, 4, [height])
        add(258, 3, [isFloat ? 32 : 16])
        add(259, 3, [compression])
        add(277, 3, [1])
        if predictor != 1 { add(317, 3, [predictor]) }
        if isTiled {
            add(322, 3, [16])
            add(323, 3, [16])
        } else {
            add(278, 3, [7])
        }
        add(isTiled ? 324 : 273, 4, offsets)
        add(isTiled ? 325 : 279, 4, pieces.map(\.count))
        add(339, 3, [isFloat ? 3 : 2])
        add(33_550, [0.001, 0.001, 0])
        add(33_922, [0, 0, 0, 127, 37.5, 0])
        add(34_735, 3, [1, 1, 0, 3, 1_024, 0, 1, 2, 1_025, 0, 1, 1, 2_048, 0, 1, system])
        if let noData {
            entries.append((42_113, 2, noData.utf8.count + 1, Array(noData.utf8) + [0]))
        }
        var directory: [UInt8] = number(entries.count, 2)
        var outside: [UInt8] = []
        let end = 8 + data.count + 2 + 12 * entries.count + 4
        for entry in entries.sorted(by: { $0.tag < $1.tag }) {
            directory += number(entry.tag, 2) + number(entry.type, 2) + number(entry.count, 4)
            if entry.bytes.count <= 4 {
                directory += entry.bytes + [UInt8](repeating: 0, count: 4 - entry.bytes.count)
            } else {
                directory += number(end + outside.count, 4)
                outside += entry.bytes
            }
        }
        let mark: [UInt8] = isLittleEndian ? [0x49, 0x49] : [0x4D, 0x4D]
        return mark + number(42, 2) + number(8 + data.count, 4) + data + directory
            + number(0, 4) + outside
    }
}

@Suite struct `Heights from GeoTIFF` {
    private static let forms: [GeoTIFFWriter] = [
        GeoTIFFWriter(), GeoTIFFWriter(isTiled: true), GeoTIFFWriter(compression: 5),
        GeoTIFFWriter(isTiled: true, compression: 8), GeoTIFFWriter(predictor: 2),
        GeoTIFFWriter(compression: 8, predictor: 2), GeoTIFFWriter(isFloat: true),
        GeoTIFFWriter(isTiled: true, compression: 5, isFloat: true),
        GeoTIFFWriter(isLittleEndian: false),
        GeoTIFFWriter(compression: 8, isFloat: true, isLittleEndian: false),
    ]

    @Test(arguments: 0..<forms.count)
    func `strips and tiles, packed or not, give the heights that were written`(_ form: Int) throws {
        let writer = Self.forms[form]
        let terrain = try TerrainFile.open(MemoryBytes(writer.file()), fileName: "heights.tif")
        for (column, row) in [(0, 0), (39, 29), (20, 13), (16, 16), (7, 6)] {
            // The pixel is an area: its height stands in its middle.
            let height = terrain.metres(
                latitude: 37.5 - (Double(row) + 0.5) * 0.001,
                longitude: 127 + (Double(column) + 0.5) * 0.001
            )
            #expect(abs((height ?? -999) - Double(writer.metres(column, row))) < 1e-3)
        }
        let between = terrain.metres(latitude: 37.499, longitude: 127.001)
        #expect(abs((between ?? 0) - 100.5) < 1e-3)
        #expect(terrain.metres(latitude: 37.51, longitude: 127.01) == nil)
        #expect(terrain.metres(latitude: 37.49, longitude: 127.05) == nil)
    }

    @Test func `a height that was not measured stays unknown`() throws {
        let terrain = try GeoTIFF(GeoTIFFWriter(noData: "100").file())
        #expect(terrain.metres(latitude: 37.4995, longitude: 127.0005) == nil)
        #expect(terrain.metres(latitude: 37.4905, longitude: 127.0205) != nil)
    }

    @Test func `Korea's own degrees are taken, metres and other systems are refused by name`()
        throws
    {
        _ = try GeoTIFF(GeoTIFFWriter(system: 4_737).file())
        #expect(
            errorCode { _ = try GeoTIFF(GeoTIFFWriter(system: 4_301).file()) }
                == .unsupportedFeature
        )
        var picture = GeoTIFFWriter()
        picture.compression = 7
        #expect(errorCode { _ = try GeoTIFF(picture.file()) } == .unsupportedFeature)
    }

    @Test(arguments: 0..<forms.count)
    func `no damage crashes the reader`(_ form: Int) {
        let whole = Self.forms[form].file()
        var random = SeededRandom(seed: UInt64(form))
        for cut in stride(from: 0, to: whole.count, by: 41) {
            _ = errorCode { _ = try GeoTIFF(Array(whole[..<cut])) }
        }
        for _ in 0..<150 {
            var changed = whole
            for _ in 0..<4 {
                // Most of what matters is in the directory, at the end.
                let place = whole.count - 1 - Int(random.next() % 420)
                changed[place] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = errorCode { _ = try GeoTIFF(changed) }
        }
    }

    @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
    func `Porto Alegre lies where its heights say`() throws {
        let terrain = try TerrainFile.open(
            SharedData.bytes("poa_elevation.tif"),
            fileName: "poa.tif"
        )
        let network = try WalkingNetwork(SharedData.map("poa_osm.pbf"))
        let heights = network.shapePoints.prefix(2_000).compactMap {
            terrain.metres(latitude: $0.latitude, longitude: $0.longitude)
        }
        #expect(heights.count > 1_900)
        #expect(heights.allSatisfy { (0...320).contains($0) })
        var sloped = network
        let count = sloped.inferInclines(from: [terrain])
        #expect(count > network.segments.count / 2)
    }
}
