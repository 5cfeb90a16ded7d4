import Packaging

/// How much a reader takes in before it refuses.
///
/// Every limit is checked while reading, so that a hostile file costs no more than its limit.
public struct TabularLimits: Sendable, Hashable {
    /// The most rows that a sheet of ECMA-376 can have.
    public static let maximumSheetRowCount = 1_048_576
    /// The most columns that a sheet of ECMA-376 can have.
    public static let maximumSheetColumnCount = 16_384
    /// The most characters (UTF-16 code units) that a cell of a workbook can have.
    public static let maximumSheetCellCharacterCount = 32_767

    /// The largest file that is opened, in bytes.
    public var maximumFileBytes = 2_147_483_648
    /// The most rows of a table.
    ///
    /// A workbook's sheet never has more than 1,048,576; a caller may allow more of a CSV file.
    public var maximumRowCount = TabularLimits.maximumSheetRowCount
    /// The most columns of a table.
    public var maximumColumnCount = TabularLimits.maximumSheetColumnCount
    /// The most cells of a sheet, counting the gaps that a sparse row leaves.
    public var maximumCellCount = 268_435_456
    /// The longest cell of a CSV file, in bytes of UTF-8.
    public var maximumCellBytes = 1_048_576
    /// The longest row of a CSV file, in bytes of UTF-8.
    public var maximumRowBytes = 16_777_216
    /// The most bytes that one part of a workbook may unpack to.
    public var maximumUncompressedBytes = 2_147_483_648
    /// How many times larger than its packed form a part may be.
    ///
    /// DEFLATE reaches 1,032; sheets stay below 100, the limit that Apache POI sets.
    public var maximumCompressionRatio = 200
    /// The most bytes that a part other than a sheet or the shared strings may unpack to.
    public var maximumMetadataBytes = 33_554_432
    /// The memory that the shared strings of a workbook may take, in bytes.
    public var maximumSharedStringBytes = 268_435_456
    /// The most faults of quoting that are kept for the report.
    public var maximumFaultCount = 100

    /// The limits of the archive that a workbook is.
    var zip: ZipLimits {
        var limits = ZipLimits()
        limits.maximumUncompressedBytes = maximumUncompressedBytes
        limits.maximumCompressionRatio = maximumCompressionRatio
        limits.maximumMetadataBytes = maximumMetadataBytes
        return limits
    }

    /// Creates the limits with their default values.
    public init() {}
}
