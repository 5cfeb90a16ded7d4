import Basics

/// A photo as it was sent: what it is by its first bytes, whatever its name says.
struct ReportPhoto: Sendable {
    /// The largest photo, in bytes.
    static let maximumByteCount = 8 << 20
    /// The endings that the form names.
    static let endings = [".jpg", ".jpeg", ".png"]

    private static let kinds: [(magic: [UInt8], contentType: String)] = [
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
    ]

    let bytes: [UInt8]
    let contentType: String

    /// Looks at a file.
    ///
    /// - Throws: `WayfindingError` `badInput`.
    init(_ bytes: [UInt8]) throws {
        guard bytes.count <= Self.maximumByteCount else {
            throw WayfindingError(
                .badInput,
                "사진은 \(Self.maximumByteCount >> 20) MB까지 보낼 수 있습니다.",
                "A photo may have \(Self.maximumByteCount >> 20) MB."
            )
        }
        guard let kind = Self.kinds.first(where: { bytes.starts(with: $0.magic) }) else {
            throw WayfindingError(
                .badInput,
                "JPEG나 PNG 사진만 보낼 수 있습니다.",
                "Only JPEG and PNG photos are taken."
            )
        }
        self.bytes = bytes
        contentType = kind.contentType
    }
}
