public import Basics

/// Why a map could not be drawn as tiles.
public struct CartographyError: ExplainedError, Hashable {
    /// The kind of failure, stable for programs.
    public enum Code: String, Sendable, Hashable, Codable {
        /// The tile lies outside its zoom level's grid.
        case badTile
        /// The map has more points than fit.
        case mapTooLarge
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong, for the person.
    public let message: Bilingual
    /// What the log needs.
    public let context: String
}

extension CartographyError {
    static func badTile(_ context: String) -> CartographyError {
        CartographyError(
            code: .badTile,
            message: Bilingual(
                "그런 지도 조각은 없습니다. 확대 단계는 0~\(TileAddress.maximumZoom)입니다.",
                "There is no such tile; zoom levels are 0 to \(TileAddress.maximumZoom)."
            ),
            context: context
        )
    }

    static func mapTooLarge(_ context: String) -> CartographyError {
        CartographyError(
            code: .mapTooLarge,
            message: Bilingual(
                "지도가 너무 큽니다. 더 작은 지역으로 나누어 주십시오.",
                "The map is too large; cut it into smaller regions."
            ),
            context: context
        )
    }
}
