import Basics
import Store

/// What one shift tells the next (근무일지).
struct Handover: Sendable, Hashable, Codable {
    /// The longest note, in characters.
    static let maximumNoteCharacterCount = 4_000

    /// The part of the day.
    enum Shift: String, Sendable, Hashable, Codable, CaseIterable {
        case day
        case evening
        case night

        /// The shift in words.
        var title: Bilingual {
            switch self {
            case .day: Bilingual("주간(06–14시)", "Day (06–14)")
            case .evening: Bilingual("오후(14–22시)", "Evening (14–22)")
            case .night: Bilingual("야간(22–06시)", "Night (22–06)")
            }
        }

        /// The shift at a moment.
        static func at(_ now: Instant) -> Shift {
            switch now.timeOfDay.hour {
            case 6..<14: .day
            case 14..<22: .evening
            default: .night
            }
        }
    }

    var id: String
    var organizationID: String
    var shiftOn: LocalDate
    var shift: Shift
    /// What the next shift has to know.
    var note: String
    /// How many events of the shift there were in each state.
    var counts: JSONColumn<[String: Int]>
    /// Events that still ask for work.
    var openEventCount: Int
    var writtenBy: String
    var writtenByName: String
    var writtenAt: Instant
    /// Who took over; empty until somebody did.
    var takenBy: String
    var takenByName: String
    var takenAt: Instant?
}

/// The log of shifts in the store.
enum Handovers {
    /// Entries on one page.
    static let pageSize = 20

    static func page(
        _ number: Int,
        of organizationID: String,
        in db: ReadTransaction
    ) throws -> (entries: [Handover], total: Int) {
        let total =
            try db.value(
                "SELECT COUNT(*) FROM cameras_handover WHERE organization_id = \(organizationID)",
                as: Int.self
            ) ?? 0
        let entries = try db.rows(
            """
            SELECT * FROM cameras_handover WHERE organization_id = \(organizationID)
            ORDER BY written_at DESC, id
            LIMIT \(pageSize) OFFSET \((max(number, 1) - 1) * pageSize)
            """,
            as: Handover.self
        )
        return (entries, total)
    }

    static func insert(_ entry: Handover, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO cameras_handover (id, organization_id, shift_on, shift, note, counts,
                open_event_count, written_by, written_by_name, written_at, taken_by, taken_by_name,
                taken_at)
            VALUES (\(entry.id), \(entry.organizationID), \(entry.shiftOn), \(entry.shift),
                \(entry.note), \(entry.counts), \(entry.openEventCount), \(entry.writtenBy),
                \(entry.writtenByName), \(entry.writtenAt), \(entry.takenBy),
                \(entry.takenByName), \(entry.takenAt))
            """
        )
    }

    /// Signs for an entry of another; the first signature counts.
    ///
    /// - Returns: Whether it was signed now.
    static func take(
        _ id: String,
        of organizationID: String,
        by actorID: String,
        named name: String,
        in tx: WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE cameras_handover SET taken_by = \(actorID), taken_by_name = \(name),
                taken_at = \(tx.now)
            WHERE id = \(id) AND organization_id = \(organizationID) AND taken_at IS NULL
                AND written_by <> \(actorID)
            """
        ) == 1
    }
}
