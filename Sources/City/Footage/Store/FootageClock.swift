import Basics
import Store

/// The latest time that the room has ever seen.
///
/// Footage ages by this clock and not by the machine's: a clock that is set back makes nothing
/// younger, and keeps no day longer.
enum FootageClock {
    /// How far the machine's clock may be behind before footage is no longer taken, in seconds.
    static let maximumLagSeconds = 600

    /// The later of the machine's clock and the latest time seen.
    static func effective(in db: ReadTransaction) throws -> Instant {
        max(db.now, try latest(in: db) ?? db.now)
    }

    /// The latest time seen, or nothing in a new store.
    static func latest(in db: ReadTransaction) throws -> Instant? {
        try db.first("SELECT latest FROM footage_clock WHERE id = 1", as: Instant.self)
    }

    /// Moves on to the machine's time, or to what the archive's own mark says; never back.
    static func advance(to mark: Instant?, in tx: WriteTransaction) throws -> Instant {
        let time = max(try effective(in: tx), mark ?? tx.now)
        try set(time, in: tx)
        return time
    }

    /// Puts the clock where it is said to be: only where nothing is kept any more that it could age.
    static func set(_ time: Instant, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO footage_clock (id, latest) VALUES (1, \(time))
            ON CONFLICT (id) DO UPDATE SET latest = excluded.latest
            """
        )
    }
}
