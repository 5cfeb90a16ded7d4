public import Basics

/// Where the keys of the days are kept: one key of 32 bytes a day, on which all its files hang.
///
/// Destroying a key is what makes a day unreadable for good, also in copies of its files
/// (crypto-shredding), so the keys must never lie in the same backup as the files.
public protocol DayKeys: Sendable {
    /// The key of a day; nothing where it was never made or has been destroyed.
    func key(of day: LocalDate) throws -> [UInt8]?
    /// Makes the key of a day that has none and returns it.
    func makeKey(of day: LocalDate) throws -> [UInt8]
    /// Destroys the key of a day; nothing happens where there is none.
    func destroyKey(of day: LocalDate) throws
}
