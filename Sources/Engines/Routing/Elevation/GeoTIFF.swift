/// Heights in a GeoTIFF file (OGC 19-008r4): one band in strips or tiles, packed by nothing, LZW or
/// deflate, in degrees of WGS 84 or of a system that is the same within a metre.
public struct GeoTIFF: Sendable {
    /// The largest file that is read.
    public static let maximumFileByteCount = 1 << 30
    /// The most heights that are kept.
    public static let maximumPixelCount = 1 << 26

    /// Systems whose degrees are those of WGS 84 within a metre: WGS 84 itself, Korea 2000, ETRS 89.
    private static let knownSystems = [4_326, 4_737, 4_258]

    private let grid: HeightGrid
    /// Degrees east of the first pixel's centre, and per column.
    private let west: (origin: Double, step: Double)
    /// Degrees north of the first pixel's centre, and per row, which is negative.
    private let north: (origin: Double, step: Double)

    /// Reads a file.
    ///
    /// - Throws: `RoutingError` `badElevation` for a damaged file, `unsupportedFeature` for one that
    ///   is of another kind.
    public init(_ bytes: [UInt8]) throws(RoutingError) {
        let directory = try TIFFDirectory(bytes)
        let pixelIsArea = try GeoTIFF.checkSystem(directory)
        (west, north) = try GeoTIFF.axes(directory, pixelIsArea: pixelIsArea)
        grid = try GeoTIFFPixels(directory).grid()
    }

    /// The height in metres between the four nearest measurements; nothing where one of them is void.
    public func metres(latitude: Double, longitude: Double) -> Double? {
        grid.metres(
            column: (longitude - west.origin) / west.step,
            row: (latitude - north.origin) / north.step
        )
    }

    /// Refuses what is not in degrees of the world; says whether a pixel is an area or a point.
    private static func checkSystem(_ directory: TIFFDirectory) throws(RoutingError) -> Bool {
        let keys = try directory.integers(.geoKeyDirectory)
        guard keys.count >= 4 else { throw .badElevation("no GeoKeys") }
        var values: [Int: Int] = [:]
        for start in stride(from: 4, to: keys.count - 3, by: 4) where keys[start + 1] == 0 {
            values[keys[start]] = keys[start + 3]
        }
        // 1024 is the type of model: 2 means degrees. 2048 is the system by its EPSG number.
        guard values[1_024] == 2 else { throw .unsupportedFeature("GeoTIFF in metres") }
        let system = values[2_048] ?? 0
        guard knownSystems.contains(system) else {
            throw .unsupportedFeature("GeoTIFF in EPSG:\(system)")
        }
        return values[1_025] != 2
    }

    private static func axes(
        _ directory: TIFFDirectory,
        pixelIsArea: Bool
    ) throws(RoutingError) -> (west: (Double, Double), north: (Double, Double)) {
        let scale = try directory.doubles(.modelPixelScale)
        let tie = try directory.doubles(.modelTiepoint)
        let matrix = try directory.doubles(.modelTransformation)
        var west: (origin: Double, step: Double)
        var north: (origin: Double, step: Double)
        if scale.count >= 2, tie.count >= 6 {
            west = (tie[3] - tie[0] * scale[0], scale[0])
            north = (tie[4] + tie[1] * scale[1], -scale[1])
        } else if matrix.count == 16, matrix[1] == 0, matrix[4] == 0 {
            west = (matrix[3], matrix[0])
            north = (matrix[7], matrix[5])
        } else {
            throw .unsupportedFeature("GeoTIFF without a plain grid")
        }
        if pixelIsArea {
            west.origin += west.step / 2
            north.origin += north.step / 2
        }
        // The first comparison also refuses what is not a number.
        guard abs(west.origin) <= 360, abs(north.origin) <= 91, west.step > 1e-9, west.step < 10,
            north.step < -1e-9, north.step > -10
        else { throw .badElevation("grid \(west) \(north)") }
        return (west, north)
    }
}

/// The heights of a GeoTIFF file as its fields say they lie.
private struct GeoTIFFPixels {
    private let directory: TIFFDirectory
    private let width: Int
    private let height: Int
    private let pieceWidth: Int
    private let pieceHeight: Int
    private let offsets: [Int]
    private let byteCounts: [Int]
    private let sample: TIFFSample
    private let compression: TIFFCompression
    private let predictor: Int
    private let isTiled: Bool

    init(_ directory: TIFFDirectory) throws(RoutingError) {
        self.directory = directory
        width = try directory.integer(.imageWidth) ?? 0
        height = try directory.integer(.imageLength) ?? 0
        guard width > 1, height > 1, width <= GeoTIFF.maximumPixelCount,
            height <= GeoTIFF.maximumPixelCount / width
        else { throw .badElevation("\(width) × \(height)") }
        guard try directory.integer(.samplesPerPixel) ?? 1 == 1,
            let sample = TIFFSample(
                bits: try directory.integer(.bitsPerSample) ?? 1,
                format: try directory.integer(.sampleFormat) ?? 1
            )
        else { throw .unsupportedFeature("GeoTIFF that is a picture") }
        self.sample = sample
        let packing = try directory.integer(.compression) ?? 1
        guard let compression = TIFFCompression(rawValue: packing) else {
            throw .unsupportedFeature("TIFF compression \(packing)")
        }
        self.compression = compression
        predictor = try directory.integer(.predictor) ?? 1
        guard
            predictor == 1 || predictor == 2 && sample != .float32
                || predictor == 3 && sample == .float32
        else { throw .unsupportedFeature("TIFF predictor \(predictor)") }
        if let tileWidth = try directory.integer(.tileWidth) {
            isTiled = true
            pieceWidth = tileWidth
            pieceHeight = try directory.integer(.tileLength) ?? 0
            offsets = try directory.integers(.tileOffsets)
            byteCounts = try directory.integers(.tileByteCounts)
        } else {
            isTiled = false
            pieceWidth = width
            pieceHeight = min(try directory.integer(.rowsPerStrip) ?? height, height)
            offsets = try directory.integers(.stripOffsets)
            byteCounts = try directory.integers(.stripByteCounts)
        }
        // Tiles are at most a little larger than the picture.
        guard pieceWidth > 0, pieceHeight > 0, pieceWidth <= width + 65_536,
            pieceHeight <= height + 65_536,
            pieceWidth <= GeoTIFF.maximumPixelCount / pieceHeight
        else { throw .badElevation("pieces of \(pieceWidth) × \(pieceHeight)") }
        let across = (width + pieceWidth - 1) / pieceWidth
        let down = (height + pieceHeight - 1) / pieceHeight
        guard offsets.count == across * down, byteCounts.count == offsets.count else {
            throw .badElevation("\(offsets.count) pieces of \(across * down)")
        }
    }

    func grid() throws(RoutingError) -> HeightGrid {
        var metres = [Float](repeating: .nan, count: width * height)
        let across = (width + pieceWidth - 1) / pieceWidth
        let void = try directory.text(.noData).flatMap { Float($0.filter { $0 != " " }) }
        let rows = TIFFRows(
            sample: sample,
            width: pieceWidth,
            isLittleEndian: directory.isLittleEndian
        )
        for piece in offsets.indices {
            let top = piece / across * pieceHeight
            let left = piece % across * pieceWidth
            // The last strip ends with the picture; the last tiles are whole.
            let rowCount = isTiled ? pieceHeight : min(pieceHeight, height - top)
            let rowBytes = pieceWidth * sample.byteCount
            let bytes = try unpacked(piece, byteCount: rowCount * rowBytes)
            for row in 0..<min(rowCount, height - top) {
                let values = rows.values(
                    bytes[row * rowBytes..<(row + 1) * rowBytes],
                    predictor: predictor
                )
                let start = (top + row) * width + left
                for (column, value) in values.prefix(width - left).enumerated()
                where value != void && value > -32_767 && value < 32_767 {
                    metres[start + column] = value
                }
            }
        }
        return HeightGrid(width: width, height: height, metres: metres)
    }

    private func unpacked(_ piece: Int, byteCount: Int) throws(RoutingError) -> [UInt8] {
        let (offset, count) = (offsets[piece], byteCounts[piece])
        guard offset >= 0, count >= 0, offset <= directory.bytes.count,
            count <= directory.bytes.count - offset
        else { throw .badElevation("piece \(piece) lies outside") }
        return try compression.unpacked(
            directory.bytes[offset..<offset + count],
            byteCount: byteCount
        )
    }
}
