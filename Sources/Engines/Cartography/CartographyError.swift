public import Basics

/// Why a map could not be drawn as tiles.
public struct CartographyError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// The tile lies outside its zoom level's grid.
        case badTile
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String
}
