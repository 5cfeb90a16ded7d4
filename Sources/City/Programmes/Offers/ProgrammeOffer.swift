public import Basics
public import Eligibility
public import Store
public import Web

/// That a programme can be applied for here: whoever takes the applications writes it.
public struct ProgrammeOffer: Codable, Sendable, Hashable {
    /// The programme.
    public var programme: String
    /// The path where the application starts.
    public var link: String
    /// The first day on which applications are taken; nil where none is set.
    public var opens: LocalDate?
    /// The last day; nil where none is set.
    public var closes: LocalDate?

    /// Creates an offer.
    public init(
        programme: String,
        link: String,
        opens: LocalDate? = nil,
        closes: LocalDate? = nil
    ) {
        self.programme = programme
        self.link = link
        self.opens = opens
        self.closes = closes
    }

    /// Whether applications are taken on a day.
    public func isOpen(on date: LocalDate) -> Bool {
        opens.map { $0 <= date } ?? true && closes.map { date <= $0 } ?? true
    }

    /// When applications are taken, as the rules say it.
    public func window(on date: LocalDate) -> Judgement.WindowState {
        if let opens, date < opens { return .opens(opens) }
        if let closes, closes < date { return .closed }
        return .open(until: closes)
    }

    /// Where the application starts.
    public var target: Link { Link(link) }
}

/// The offers in the store.
public enum ProgrammeOffers {
    /// Keeps the offer of a programme, in place of an earlier one.
    public static func set(_ offer: ProgrammeOffer, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO programmes_offer (programme, link, opens, closes)
            VALUES (\(offer.programme), \(offer.link), \(offer.opens), \(offer.closes))
            ON CONFLICT (programme) DO UPDATE SET link = excluded.link, opens = excluded.opens,
                closes = excluded.closes
            """
        )
    }

    /// Takes the offer of a programme away.
    public static func remove(programme: String, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM programmes_offer WHERE programme = \(programme)")
    }

    /// The offer of a programme, or nothing.
    public static func find(programme: String, in db: ReadTransaction) throws -> ProgrammeOffer? {
        try db.first(
            """
            SELECT programme, link, opens, closes FROM programmes_offer
            WHERE programme = \(programme)
            """,
            as: ProgrammeOffer.self
        )
    }

    /// Every offer, by programme.
    public static func all(in db: ReadTransaction) throws -> [String: ProgrammeOffer] {
        let rows = try db.rows(
            "SELECT programme, link, opens, closes FROM programmes_offer",
            as: ProgrammeOffer.self
        )
        return Dictionary(rows.map { ($0.programme, $0) }, uniquingKeysWith: { $1 })
    }
}
