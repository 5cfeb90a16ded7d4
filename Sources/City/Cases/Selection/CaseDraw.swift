import Basics
import Drawing
import Store
import Web

/// A draw of a round, from the first official's seal to the result (docs/draw.md).
struct CaseDraw: Codable, Sendable, Hashable {
    /// Where it is.
    enum State: String, Sendable, Hashable, Codable {
        /// Officials seal; nothing is published.
        case preparing
        /// Published before anybody can know the public values.
        case committed
        /// Drawn.
        case completed

        var title: Bilingual {
            switch self {
            case .preparing: Bilingual("준비 중", "Being prepared")
            case .committed: Bilingual("약속값 공개", "Committed")
            case .completed: Bilingual("추첨 완료", "Drawn")
            }
        }
    }

    /// An official who takes part in the seed.
    struct Official: Codable, Sendable, Hashable {
        var accountID: String
        var name: String
        /// The hash of the secret, handed in before.
        var commitment: HexBytes
        /// The secret, shown when the public values are known.
        var secret: HexBytes?
    }

    /// The officials a draw takes at least, so that no one of them knows the seed.
    static let minimumOfficialCount = 2
    /// The most applications of one draw.
    static let maximumEntrantCount = 20_000
    /// The largest file of a draw, in bytes.
    static let maximumByteCount = 16 << 20

    /// The identifier, a part of the commitment.
    var id: String
    var roundID: String
    var procedureID: String
    var organizationID: String
    var title: String
    var state: State
    var strata: JSONColumn<[DrawStratum]>
    var inputs: JSONColumn<[PublicInput]>
    var officials: JSONColumn<[Official]>
    /// The receipt numbers that take part, where not everybody of the round does.
    var entrants: JSONColumn<[String]>
    /// The blob of the committed draw.
    var committedDigest: String?
    /// What was published, in hexadecimal.
    var commitmentHash: String?
    var merkleRoot: String?
    /// The blob of the draw with its result.
    var completedDigest: String?
    var createdAt: Instant
    var committedAt: Instant?
    var completedAt: Instant?

    /// The public page.
    var link: Link { .path("draws", id) }
    /// The officers' page.
    var deskLink: Link { .path("desk", "draws", id) }

    /// The rule, as it is committed to.
    var rule: DrawRule {
        DrawRule(
            draw: id,
            title: title,
            strata: strata.value,
            leftover: strata.value.count > 1 ? .proportional : .lapse,
            onePerGroup: false,
            inputs: inputs.value,
            officials: officials.value.map {
                DrawOfficial(name: $0.name, commitment: $0.commitment)
            }
        )
    }

    /// The last day on which a public value appears.
    var lastInputDay: LocalDate? { inputs.value.map(\.publishedOn).max() }
}

/// What became of somebody in a selection.
struct SelectionPlace: Codable, Sendable, Hashable {
    /// The outcomes.
    enum Outcome: String, Sendable, Hashable, Codable {
        /// They have a place.
        case selected
        /// They stand on the waiting list.
        case waiting
        /// They have no place.
        case refused
        /// They had a place, or a place on the list, and gave it up.
        case gone
    }

    var roundID: String
    var caseID: String
    var stratum: String
    var outcome: Outcome
    /// The place among those with the same outcome, from 1.
    var place: Int
    var decidedAt: Instant
}

/// Draws and selections in the store.
enum CaseDraws {
    /// The draws of a round that are listed.
    static let maximumCount = 20

    static func find(_ id: String, in db: ReadTransaction) throws -> CaseDraw? {
        try db.first("SELECT * FROM case_draw WHERE id = \(id)", as: CaseDraw.self)
    }

    /// The draws of a round, the latest first.
    static func all(of roundID: String, in db: ReadTransaction) throws -> [CaseDraw] {
        try db.rows(
            """
            SELECT * FROM case_draw WHERE round_id = \(roundID) ORDER BY created_at DESC, id
            LIMIT \(maximumCount)
            """,
            as: CaseDraw.self
        )
    }

    /// The draws that everybody may see, the latest first.
    static func published(in db: ReadTransaction) throws -> [CaseDraw] {
        try db.rows(
            """
            SELECT * FROM case_draw WHERE committed_at IS NOT NULL
            ORDER BY committed_at DESC, id LIMIT \(maximumCount)
            """,
            as: CaseDraw.self
        )
    }

    static func save(_ draw: CaseDraw, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_draw (id, round_id, procedure_id, organization_id, title, state,
                strata, inputs, officials, entrants, committed_digest, commitment_hash,
                merkle_root, completed_digest, created_at, committed_at, completed_at)
            VALUES (\(draw.id), \(draw.roundID), \(draw.procedureID), \(draw.organizationID),
                \(draw.title), \(draw.state), \(draw.strata), \(draw.inputs), \(draw.officials),
                \(draw.entrants), \(draw.committedDigest), \(draw.commitmentHash),
                \(draw.merkleRoot), \(draw.completedDigest), \(draw.createdAt),
                \(draw.committedAt), \(draw.completedAt))
            ON CONFLICT (id) DO UPDATE SET state = excluded.state,
                officials = excluded.officials, entrants = excluded.entrants,
                committed_digest = excluded.committed_digest,
                commitment_hash = excluded.commitment_hash, merkle_root = excluded.merkle_root,
                completed_digest = excluded.completed_digest,
                committed_at = excluded.committed_at, completed_at = excluded.completed_at
            """
        )
    }

    // MARK: Places

    static func save(_ place: SelectionPlace, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_selection (round_id, case_id, stratum, outcome, place, decided_at)
            VALUES (\(place.roundID), \(place.caseID), \(place.stratum), \(place.outcome),
                \(place.place), \(place.decidedAt))
            ON CONFLICT (round_id, case_id) DO UPDATE SET outcome = excluded.outcome,
                place = excluded.place, decided_at = excluded.decided_at
            """
        )
    }

    static func place(of caseID: String, in db: ReadTransaction) throws -> SelectionPlace? {
        try db.first(
            """
            SELECT * FROM case_selection WHERE case_id = \(caseID)
            ORDER BY decided_at DESC LIMIT 1
            """,
            as: SelectionPlace.self
        )
    }

    /// Those on the waiting list of a stratum, the next first.
    static func waiting(
        _ roundID: String,
        stratum: String,
        limit: Int,
        in db: ReadTransaction
    ) throws -> [SelectionPlace] {
        try db.rows(
            """
            SELECT * FROM case_selection
            WHERE round_id = \(roundID) AND stratum = \(stratum)
                AND outcome = \(SelectionPlace.Outcome.waiting)
            ORDER BY place LIMIT \(limit)
            """,
            as: SelectionPlace.self
        )
    }

    /// How many of a round came out how.
    static func counts(
        of roundID: String,
        in db: ReadTransaction
    ) throws -> [SelectionPlace.Outcome: Int] {
        struct Row: Codable {
            var outcome: SelectionPlace.Outcome
            var count: Int
        }
        let rows = try db.rows(
            """
            SELECT outcome, COUNT(*) AS count FROM case_selection
            WHERE round_id = \(roundID) GROUP BY outcome
            """,
            as: Row.self
        )
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.outcome, $0.count) })
    }
}
