public import Basics
import Store

/// Which accounts an administrator looks for.
public struct AccountQuery: Sendable, Hashable {
    /// The longest text that is searched for, in characters.
    public static let maximumWordsCharacterCount = 100

    /// A part of a name, a login name or a mail address; empty finds everybody.
    public var words: String
    /// Only these kinds; empty finds all.
    public var kinds: Set<AccountKind>
    /// Only these states; empty finds all.
    public var states: Set<AccountState>

    /// Creates a query; long words are cut.
    public init(
        words: String = "",
        kinds: Set<AccountKind> = [],
        states: Set<AccountState> = []
    ) {
        self.words = String(words.prefix(AccountQuery.maximumWordsCharacterCount))
        self.kinds = kinds
        self.states = states
    }

    fileprivate var wordsCondition: SQL {
        guard !words.isEmpty else { return "" }
        return """
            AND (\(SQL.containing(words, in: "display_name"))
                OR \(SQL.containing(words, in: "login_name"))
                OR \(SQL.containing(words, in: "COALESCE(email, '')")))
            """
    }

    fileprivate var kindCondition: SQL {
        kinds.isEmpty ? "" : "AND kind IN \(list: kinds.map(\.rawValue).sorted())"
    }

    fileprivate var stateCondition: SQL {
        states.isEmpty ? "" : "AND state IN \(list: states.map(\.rawValue).sorted())"
    }
}

/// An account in a list: enough to find it, with the person behind it masked.
public struct AccountSummary: Sendable, Hashable {
    /// The account's id.
    public let id: String
    /// What the account stands for.
    public let kind: AccountKind
    /// The login name, masked: `ki***@seoul.example`.
    public let maskedLoginName: String
    /// The name, masked: `김*수`.
    public let maskedDisplayName: String
    /// The organization the account belongs to.
    public let organization: String?
    /// Whether the account is in use.
    public let state: AccountState
    /// When it last signed in.
    public let lastSignInAt: Instant?
}

/// A page of accounts, with what other choices of the query would leave.
public struct AccountPage: Sendable, Hashable {
    /// The accounts, by login name.
    public let accounts: [AccountSummary]
    /// The number of the page, from 1; the last one where a later one was asked for.
    public let number: Int
    /// How many accounts the query finds.
    public let total: Int
    /// How many there are of each kind, whatever kinds the query names.
    public let kindCounts: [AccountKind: Int]
    /// How many there are in each state, whatever states the query names.
    public let stateCounts: [AccountState: Int]
}

extension Accounts {
    /// The most accounts of one page.
    public static let maximumPageCount = 100

    /// A page of the accounts that an administrator keeps; the look is written to the audit trail.
    ///
    /// The trail keeps the kinds and the number of accounts found, not the words: they may be
    /// somebody's name, and a line of the trail cannot be taken back.
    ///
    /// - Parameters:
    ///   - number: The page, from 1.
    ///   - count: The accounts of a page, 1 to `maximumPageCount`.
    ///   - query: Which accounts.
    ///   - actor: An administrator, of every organization or of some.
    /// - Returns: The page, people masked.
    /// - Throws: `AccessError` where the actor is no administrator.
    public func page(
        _ number: Int = 1,
        count: Int = 50,
        of query: AccountQuery = AccountQuery(),
        by actor: Actor
    ) async throws -> AccountPage {
        try actor.require(.role(.administrator))
        let count = min(max(count, 1), Accounts.maximumPageCount)
        let organizations = actor.organizations(for: .administrator)
        let scope: SQL = organizations.map { "AND organization IN \(list: $0.sorted())" } ?? ""
        return try await store.write { tx in
            let (words, kinds, states) = (
                query.wordsCondition, query.kindCondition, query.stateCondition
            )
            let total =
                try tx.value(
                    """
                    SELECT COUNT(*) FROM identity_account
                    WHERE 1 = 1 \(scope) \(words) \(kinds) \(states)
                    """,
                    as: Int.self
                ) ?? 0
            let number = min(max(number, 1), max(1, (total + count - 1) / count))
            let rows = try tx.rows(
                """
                SELECT \(AccountRow.columns) FROM identity_account
                WHERE 1 = 1 \(scope) \(words) \(kinds) \(states)
                ORDER BY login_name LIMIT \(count) OFFSET \((number - 1) * count)
                """,
                as: AccountRow.self
            )
            try tx.record(
                .listAccounts,
                on: AuditSubject(kind: "accounts", id: "list"),
                by: actor.auditActor,
                purpose: .accountKeeping,
                details: [
                    "found": "\(total)", "page": "\(number)",
                    "kinds": query.kinds.map(\.rawValue).sorted().joined(separator: " "),
                    "searched": query.words.isEmpty ? "no" : "yes",
                ]
            )
            return AccountPage(
                accounts: rows.map(\.summary),
                number: number,
                total: total,
                kindCounts: try Accounts.counts(
                    "kind",
                    where: "\(scope) \(words) \(states)",
                    in: tx
                ),
                stateCounts: try Accounts.counts(
                    "state",
                    where: "\(scope) \(words) \(kinds)",
                    in: tx
                )
            )
        }
    }

    private static func counts<Value: RawRepresentable & Hashable>(
        _ column: SQL,
        where conditions: SQL,
        in db: ReadTransaction
    ) throws -> [Value: Int] where Value.RawValue == String {
        let rows = try db.rows(
            """
            SELECT \(column) AS value, COUNT(*) AS count FROM identity_account
            WHERE 1 = 1 \(conditions) GROUP BY \(column)
            """,
            as: AccountCount.self
        )
        return Dictionary(
            rows.compactMap { row in Value(rawValue: row.value).map { ($0, row.count) } },
            uniquingKeysWith: +
        )
    }
}

private struct AccountCount: Codable {
    let value: String
    let count: Int
}

extension AccountRow {
    fileprivate var summary: AccountSummary {
        AccountSummary(
            id: id,
            kind: kind,
            maskedLoginName: Masking.loginName(loginName),
            maskedDisplayName: Masking.name(displayName),
            organization: organization,
            state: state,
            lastSignInAt: lastSignInAt
        )
    }
}

/// Personal fields as lists show them.
enum Masking {
    /// The first and the last character of a name, the rest as stars; of two characters the first.
    static func name(_ name: String) -> String {
        guard let first = name.first else { return "" }
        guard name.count > 2, let last = name.last else { return "\(first)*" }
        return "\(first)\(String(repeating: "*", count: name.count - 2))\(last)"
    }

    /// The first two characters before the `@`, three stars, and the domain.
    static func loginName(_ name: String) -> String {
        let parts = name.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return "***" }
        return "\(parts[0].prefix(min(2, parts[0].count - 1)))***@\(parts[1])"
    }
}
