public import Basics
public import Store

/// Something the city tells one person: in the application, by Atom, by e-mail, by web hook.
public struct Notice: Sendable, Hashable, Codable {
    /// The identifier; the sender makes it from what happened, so that the same event never tells
    /// twice.
    public var id: String
    /// Whom it is for.
    public var accountID: String
    /// What happened, in Korean.
    public var title: String
    /// What happened, in English.
    public var titleEnglish: String
    /// The details, in Korean.
    public var body: String
    /// The details, in English.
    public var bodyEnglish: String
    /// The path of the page it is about.
    public var link: String
    /// When it was sent.
    public var createdAt: Instant
    /// When the person read it.
    public var readAt: Instant?

    /// Creates a notice.
    public init(
        id: String,
        accountID: String,
        title: Bilingual,
        body: Bilingual,
        link: String,
        createdAt: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.title = title.korean
        titleEnglish = title.english
        self.body = body.korean
        bodyEnglish = body.english
        self.link = link
        self.createdAt = createdAt
    }

    /// What happened.
    public var heading: Bilingual { Bilingual(title, titleEnglish) }
    /// The details.
    public var details: Bilingual { Bilingual(body, bodyEnglish) }
}

/// Another way a person wants to be told.
public struct NoticeChannel: Sendable, Hashable, Codable {
    /// The ways.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// An e-mail, through the city's relay.
        case mail
        /// A JSON request to an address of the person's own system.
        case webHook
        /// A private Atom feed; the address is the secret in its link.
        case feed
    }

    /// The identifier.
    public var id: String
    /// Whose channel it is.
    public var accountID: String
    /// The way.
    public var kind: Kind
    /// The e-mail address, the URL, or the secret of the feed.
    public var address: String
    /// When it was set.
    public var createdAt: Instant
}

/// Delivers one notice over one channel.
struct NoticeDelivery: Job {
    static let name = "city.notice-delivery"
    var noticeID: String
    var channelID: String
}

/// The notices in the store.
public enum Notices {
    /// Notices on one page.
    public static let pageSize = 20
    /// Channels one account may set.
    public static let maximumChannelCount = 10

    /// Sends a notice; one with the same identifier was already sent and is left alone.
    public static func send(_ notice: Notice, in tx: WriteTransaction) throws {
        let isNew =
            try tx.run(
                """
                INSERT INTO city_notice (id, account_id, title, title_english, body, body_english,
                    link, created_at, read_at)
                VALUES (\(notice.id), \(notice.accountID), \(notice.title), \(notice.titleEnglish),
                    \(notice.body), \(notice.bodyEnglish), \(notice.link), \(notice.createdAt), NULL)
                ON CONFLICT (id) DO NOTHING
                """
            ) > 0
        guard isNew else { return }
        for channel in try channels(of: notice.accountID, in: tx) where channel.kind != .feed {
            try tx.enqueue(NoticeDelivery(noticeID: notice.id, channelID: channel.id))
        }
    }

    /// A page of a person's notices, the newest first.
    public static func page(
        _ page: Int,
        of accountID: String,
        in db: ReadTransaction
    ) throws -> (notices: [Notice], total: Int) {
        let total =
            try db.value(
                "SELECT count(*) FROM city_notice WHERE account_id = \(accountID)",
                as: Int.self
            )
            ?? 0
        let notices = try db.rows(
            """
            SELECT * FROM city_notice WHERE account_id = \(accountID)
            ORDER BY created_at DESC, id LIMIT \(pageSize) OFFSET \((page - 1) * pageSize)
            """,
            as: Notice.self
        )
        return (notices, total)
    }

    /// How many notices a person has not read.
    public static func unreadCount(of accountID: String, in db: ReadTransaction) throws -> Int {
        try db.value(
            """
            SELECT count(*) FROM city_notice WHERE account_id = \(accountID) AND read_at IS NULL
            """,
            as: Int.self
        ) ?? 0
    }

    /// Marks every notice of a person as read.
    public static func markRead(of accountID: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE city_notice SET read_at = \(tx.now)
            WHERE account_id = \(accountID) AND read_at IS NULL
            """
        )
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> Notice? {
        try db.first("SELECT * FROM city_notice WHERE id = \(id)", as: Notice.self)
    }

    static func channels(
        of accountID: String,
        in db: ReadTransaction
    ) throws -> [NoticeChannel] {
        try db.rows(
            """
            SELECT * FROM city_notice_channel WHERE account_id = \(accountID)
            ORDER BY created_at, id LIMIT \(maximumChannelCount)
            """,
            as: NoticeChannel.self
        )
    }

    static func channel(_ id: String, in db: ReadTransaction) throws -> NoticeChannel? {
        try db.first(
            "SELECT * FROM city_notice_channel WHERE id = \(id)",
            as: NoticeChannel.self
        )
    }

    static func channel(feed secret: String, in db: ReadTransaction) throws -> NoticeChannel? {
        try db.first(
            "SELECT * FROM city_notice_channel WHERE kind = 'feed' AND address = \(secret)",
            as: NoticeChannel.self
        )
    }

    static func add(_ channel: NoticeChannel, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_notice_channel (id, account_id, kind, address, created_at)
            SELECT \(channel.id), \(channel.accountID), \(channel.kind), \(channel.address),
                \(channel.createdAt)
            WHERE (SELECT count(*) FROM city_notice_channel
                WHERE account_id = \(channel.accountID)) < \(maximumChannelCount)
            ON CONFLICT (account_id, kind, address) DO NOTHING
            """
        )
    }

    static func remove(_ id: String, of accountID: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            DELETE FROM city_notice_channel WHERE id = \(id) AND account_id = \(accountID)
            """
        )
    }
}
