import Basics
import Identity
import Store

extension Purpose {
    /// Somebody asked to see footage of themself.
    static let footageRequest = Purpose(
        code: "footage.request",
        Bilingual("본인 영상 열람 청구", "A request for footage of oneself")
    )
}

/// A person's request to see footage of themself (개인정보 보호법 제35조): where and when, what they wore, and
/// what became of it within ten days (시행령 제41조제4항).
struct FootageRequest: Sendable, Hashable, Codable {
    /// The word under which the archive's warrants name such cases.
    static let caseKind = "footageRequest"
    /// Days within which a request is answered.
    static let dueDays = 10
    /// Days for which the pictures of an answer stay.
    static let replyDays = 10
    /// The longest time that one request looks at, in minutes.
    static let maximumMinutes = 60
    /// Requests that one person may have open.
    static let maximumOpenCount = 5
    /// The longest text, in characters.
    static let maximumCharacterCount = 500
    /// Pictures of one answer.
    static let maximumPictureCount = 20

    enum State: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable {
        case received
        case underReview
        case granted
        case refused

        var title: Bilingual {
            switch self {
            case .received: Bilingual("접수", "Received")
            case .underReview: Bilingual("검토 중", "Under review")
            case .granted: Bilingual("열람 결정", "Granted")
            case .refused: Bilingual("거절", "Refused")
            }
        }

        var isOpen: Bool { self == .received || self == .underReview }
    }

    var id: String
    var number: String
    var accountID: String
    var camera: Int64
    var startsAt: Instant
    var minutes: Int
    /// What the person wore and where they stood.
    var clothes: String
    var reason: String
    var state: State
    var reply: String
    var dueOn: LocalDate
    var decidedBy: String?
    var decidedAt: Instant?
    var createdAt: Instant

    var endsAt: Instant { startsAt.adding(seconds: minutes * 60) }
    var subject: AuditSubject { AuditSubject(kind: Self.caseKind, id: id) }

    /// Why a request may be refused (개인정보 보호법 제35조제4항), beside that the person is not to be seen.
    static let refusals: [Bilingual] = [
        Bilingual("청구한 영상에서 본인을 찾을 수 없음", "The person is not to be found in it"),
        Bilingual("보관 기간이 지나 파기됨", "It was erased when its time was over"),
        Bilingual(
            "다른 사람의 생명·신체를 해하거나 이익을 부당하게 침해할 우려",
            "It might harm somebody else or their interests"
        ),
        Bilingual("법률에 따라 열람이 금지되거나 제한됨", "A law forbids or limits it"),
    ]
}

/// The requests in the store.
enum FootageRequests {
    static let pageSize = 50

    private struct Picture: Codable {
        var sealed: [UInt8]
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> FootageRequest? {
        try db.first("SELECT * FROM footage_request WHERE id = \(id)", as: FootageRequest.self)
    }

    static func of(_ accountID: String, in db: ReadTransaction) throws -> [FootageRequest] {
        try db.rows(
            """
            SELECT * FROM footage_request WHERE account_id = \(accountID)
            ORDER BY created_at DESC, id LIMIT \(pageSize)
            """,
            as: FootageRequest.self
        )
    }

    /// What is due first stands first, then what was decided.
    static func page(
        _ page: Int,
        in db: ReadTransaction
    ) throws -> (requests: [FootageRequest], total: Int) {
        let requests = try db.rows(
            """
            SELECT * FROM footage_request
            ORDER BY CASE WHEN state IN ('received', 'underReview') THEN 0 ELSE 1 END, due_on, id
            LIMIT \(pageSize) OFFSET \((max(page, 1) - 1) * pageSize)
            """,
            as: FootageRequest.self
        )
        return (
            requests, try db.value("SELECT COUNT(*) FROM footage_request", as: Int.self) ?? 0
        )
    }

    static func nextNumber(year: Int, in db: ReadTransaction) throws -> String {
        let head = "열람-\(year)-"
        let count = try db.value(
            """
            SELECT COUNT(*) FROM footage_request
            WHERE substr(number, 1, CAST(\(head.unicodeScalars.count) AS INTEGER)) = \(head)
            """,
            as: Int.self
        )
        let digits = String((count ?? 0) + 1)
        return head + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    static func save(_ request: FootageRequest, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO footage_request (id, number, account_id, camera, starts_at, minutes, clothes,
                reason, state, reply, due_on, decided_by, decided_at, created_at)
            VALUES (\(request.id), \(request.number), \(request.accountID), \(request.camera),
                \(request.startsAt), \(request.minutes), \(request.clothes), \(request.reason),
                \(request.state), \(request.reply), \(request.dueOn), \(request.decidedBy),
                \(request.decidedAt), \(request.createdAt))
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, reply = excluded.reply,
                decided_by = excluded.decided_by, decided_at = excluded.decided_at
            """
        )
    }

    // MARK: The pictures of an answer, sealed with the key of the request

    static func save(
        _ sealed: [UInt8],
        number: Int,
        of id: String,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO footage_reply (request_id, number, sealed)
            VALUES (\(id), \(number), \(sealed))
            """
        )
    }

    static func pictureCount(of id: String, in db: ReadTransaction) throws -> Int {
        try db.value(
            "SELECT COUNT(*) FROM footage_reply WHERE request_id = \(id)",
            as: Int.self
        ) ?? 0
    }

    static func picture(_ number: Int, of id: String, in db: ReadTransaction) throws -> [UInt8]? {
        try db.first(
            "SELECT sealed FROM footage_reply WHERE request_id = \(id) AND number = \(number)",
            as: Picture.self
        )?.sealed
    }

    /// Answers whose pictures have stood long enough.
    static func over(at now: Instant, in db: ReadTransaction) throws -> [FootageRequest] {
        let before = now.adding(seconds: -FootageRequest.replyDays * 86_400)
        return try db.rows(
            """
            SELECT DISTINCT q.* FROM footage_request q
            JOIN footage_reply r ON r.request_id = q.id WHERE q.decided_at < \(before)
            """,
            as: FootageRequest.self
        )
    }

    static func removePictures(of id: String, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM footage_reply WHERE request_id = \(id)")
    }
}
