public import Packaging

/// A model of the ground that knows heights.
public protocol Terrain: Sendable {
    /// The height in metres between the four nearest measurements; nothing outside of the model, and
    /// where one of them is void.
    func metres(latitude: Double, longitude: Double) -> Double?
}

extension ElevationTile: Terrain {}
extension GeoTIFF: Terrain {}

/// A file of heights, of whatever form.
public enum TerrainFile {
    /// Opens a file: GeoTIFF by its content, else an SRTM tile by its name, plain or in a ZIP archive.
    ///
    /// - Throws: `RoutingError` `badElevation` or `unsupportedFeature`, or what the bytes throw.
    public static func open(
        _ file: some RandomAccessBytes,
        fileName: String
    ) throws -> any Terrain {
        let start = try file.bytes(at: 0, count: 2)
        guard start == [0x49, 0x49] || start == [0x4D, 0x4D] else {
            return try ElevationTile(file, fileName: fileName)
        }
        guard file.size <= GeoTIFF.maximumFileByteCount else {
            throw RoutingError.badElevation("\(file.size) bytes")
        }
        return try GeoTIFF(try file.bytes(at: 0, count: file.size))
    }
}

/// Heights in rows from the north-west, a value between two of them by their four neighbours.
struct HeightGrid: Sendable {
    let width: Int
    let height: Int
    /// Row by row; what is not a number was not measured.
    let metres: [Float]

    /// The height at a place counted in columns and rows; nothing outside, and beside a void.
    func metres(column: Double, row: Double) -> Double? {
        let (lastRow, lastColumn) = (Double(height - 1), Double(width - 1))
        // Degrees have their rounding: a place on the edge is not outside.
        guard row >= -1e-6, column >= -1e-6, row <= lastRow + 1e-6, column <= lastColumn + 1e-6,
            width > 1, height > 1
        else { return nil }
        let (row, column) = (min(max(row, 0), lastRow), min(max(column, 0), lastColumn))
        let (r, c) = (min(Int(row), height - 2), min(Int(column), width - 2))
        let (down, right) = (row - Double(r), column - Double(c))
        var sum = 0.0
        for (dr, rowShare) in [(0, 1 - down), (1, down)] {
            for (dc, columnShare) in [(0, 1 - right), (1, right)] {
                let height = metres[(r + dr) * width + c + dc]
                if height.isNaN { return nil }
                sum += Double(height) * rowShare * columnShare
            }
        }
        return sum
    }
}
