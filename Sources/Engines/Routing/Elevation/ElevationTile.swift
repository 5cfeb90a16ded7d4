public import Packaging

/// One tile of heights in SRTM's HGT form (https://lpdaac.usgs.gov/documents/179/SRTM_User_Guide_V3.pdf):
/// a degree of latitude and longitude as a square of big-endian heights in metres, from the north-west.
public struct ElevationTile: Sendable {
    /// 1,201 heights a side (three seconds of arc) or 3,601 (one second).
    static let sideCounts = [1_201, 3_601]
    /// What stands where nothing was measured.
    static let void: Int16 = -32_768

    /// The southern edge in whole degrees.
    public let south: Int
    /// The western edge in whole degrees.
    public let west: Int
    private let side: Int
    private let grid: HeightGrid

    /// Reads a tile by the name that says where it is, such as `N37E126.hgt`.
    ///
    /// - Throws: `RoutingError` `badElevation`.
    public init(_ bytes: [UInt8], name: String) throws(RoutingError) {
        guard let corner = ElevationTile.corner(name) else { throw .badElevation(name) }
        guard let side = ElevationTile.sideCounts.first(where: { 2 * $0 * $0 == bytes.count })
        else {
            throw .badElevation("\(bytes.count) bytes")
        }
        (south, west) = corner
        self.side = side
        let metres = stride(from: 0, to: bytes.count, by: 2).map { place -> Float in
            let value = Int16(bitPattern: UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1]))
            return value == ElevationTile.void ? .nan : Float(value)
        }
        grid = HeightGrid(width: side, height: side, metres: metres)
    }

    /// Reads a tile file, plain or as the only tile of a ZIP archive.
    ///
    /// - Throws: `RoutingError` `badElevation`, or what the archive throws.
    public init(_ file: some RandomAccessBytes, fileName: String) throws {
        let largest = 2 * 3_601 * 3_601
        guard fileName.lowercased().hasSuffix(".zip") else {
            var source = SequentialSource(file)
            try self.init(try source.collect(maximumByteCount: largest), name: fileName)
            return
        }
        let name = String(fileName.dropLast(4))
        guard var part = try ZipArchive(file).part(String(name.split(separator: "/").last ?? ""))
        else { throw RoutingError.badElevation("no \(name) in the archive") }
        try self.init(try part.collect(maximumByteCount: largest), name: name)
    }

    /// The south-western corner that a name says: `N49E011`.
    private static func corner(_ name: String) -> (south: Int, west: Int)? {
        let name = (name.split(separator: "/").last ?? "").uppercased().prefix(7)
        let digits = Array(name)
        guard digits.count == 7, let latitude = Int(String(digits[1...2])),
            let longitude = Int(String(digits[4...6])), latitude <= 90, longitude <= 180,
            "NS".contains(digits[0]), "EW".contains(digits[3])
        else { return nil }
        return (digits[0] == "N" ? latitude : -latitude, digits[3] == "E" ? longitude : -longitude)
    }

    /// The height in metres between the four nearest measurements; nothing where one of them is void.
    public func metres(latitude: Double, longitude: Double) -> Double? {
        let row = (Double(south + 1) - latitude) * Double(side - 1)
        let column = (longitude - Double(west)) * Double(side - 1)
        return grid.metres(column: column, row: row)
    }
}
