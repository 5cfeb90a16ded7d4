/// How much an archive may unpack to before it is refused.
///
/// Sizes are checked as stated and again as they come out, since a header may lie.
public struct ZipLimits: Sendable, Hashable {
    /// The most bytes that one part may unpack to.
    public var maximumUncompressedBytes = 2_147_483_648
    /// How many times larger than its packed form a part may be.
    ///
    /// DEFLATE reaches 1,032; office documents stay below 100, the limit that Apache POI sets.
    public var maximumCompressionRatio = 200
    /// The most bytes that a part that only describes others may unpack to.
    public var maximumMetadataBytes = 33_554_432

    /// Creates the limits with their default values.
    public init() {}
}
