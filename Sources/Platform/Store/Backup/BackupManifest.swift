public import Basics

/// What a backup holds, kept as `manifest.json` in its folder.
///
/// A backup is a folder that no engine owns: `tables/NAME.rows` for each table and `blobs/ab/cdef…`. It
/// is a copy of rows rather than of a database file because the same folder then restores onto either
/// engine: that is how a city moves from the embedded engine to PostgreSQL.
///
/// A `.rows` file is rows one after another, each the values of the manifest's columns in order. A value
/// is one byte for its kind and its content, all numbers big-endian: 0 NULL; 1 integer, 8 bytes; 2 real,
/// 8 bytes of IEEE 754; 3 text and 4 bytes, 4 bytes of length and the content.
public struct BackupManifest: Codable, Sendable, Hashable {
    /// One table of a backup.
    public struct Table: Codable, Sendable, Hashable {
        /// The table's name.
        public let name: String
        /// The names of its columns, in the order of the values.
        public let columns: [String]
        /// The number of rows.
        public let rowCount: Int
        /// SHA-256 of the file, in hexadecimal.
        public let sha256: String
    }

    /// The form of the archive, 1.
    public let format: Int
    /// When the state it holds was current.
    public let createdAt: Instant
    /// The engine it was taken from, `sqlite` or `postgres`.
    public let engine: String
    /// The schema it was taken from.
    public let migrations: [AppliedMigration]
    /// The tables; one comes after those it refers to.
    public let tables: [Table]
    /// The blobs, by name.
    public let blobs: [BlobID]

    /// The present form.
    public static let currentFormat = 1
    static let fileName = "manifest.json"
}
