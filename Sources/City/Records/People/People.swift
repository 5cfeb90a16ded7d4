import Basics
public import Identity
public import Store
public import Web

extension Role {
    /// Keeps the entries of an organization in the staff directory (직원안내 담당자).
    public static let directoryOfficer = Role(rawValue: "directoryOfficer")
}

extension Purpose {
    /// An officer keeps the staff directory.
    static let directoryKeeping = Purpose(
        code: "city.directoryKeeping",
        Bilingual("직원안내 관리", "Keeping of the staff directory")
    )
}

extension Actor {
    /// Whether the actor keeps the directory entries of an organization.
    ///
    /// An administrator of accounts does not by that role alone; they can give it to themself.
    func keepsDirectory(of organizationID: String) -> Bool {
        may(.directoryOfficer, in: organizationID)
    }
}

/// Whom somebody looks for in the staff directory.
public struct PeopleQuery: Sendable, Hashable {
    /// The longest text that is searched for, in characters.
    public static let maximumWordsCharacterCount = 100

    /// A part of a duty, a department, a position or a name; empty finds everybody.
    public var words: String
    /// Only these organizations; empty finds all.
    public var organizations: Set<String>
    /// The entries that the city's search found for the words, which then no longer count as a part.
    var found: [String]?

    /// Reads the query of an address: `q`, `organization`.
    public init(_ items: QueryItems) {
        words = String((items.text("q") ?? "").prefix(PeopleQuery.maximumWordsCharacterCount))
        organizations = Set(items.all("organization"))
    }

    fileprivate var wordsCondition: SQL {
        if let found { return "AND id IN \(list: found)" }
        guard !words.isEmpty else { return "" }
        let conditions = ["duty", "department", "position", "name"].map { (column: SQL) in
            SQL.containing(words, in: column)
        }
        return "AND (\(conditions.joined(separator: " OR ")))"
    }

    fileprivate var organizationCondition: SQL {
        organizations.isEmpty ? "" : "AND organization_id IN \(list: organizations.sorted())"
    }
}

/// A page of the staff directory, with what other organizations would leave.
public struct PeoplePage: Sendable, Hashable {
    /// The entries, by organization, department and name.
    public var people: [Person]
    /// The number of the page, from 1; the last one where a later one was asked for.
    public var number: Int
    /// How many entries the query finds.
    public var total: Int
    /// How many there are in each organization, whatever organizations the query names.
    public var organizationCounts: [String: Int]
}

/// The staff directory in the store.
public enum People {
    /// Entries on one page of a list.
    public static let pageSize = 25

    static let columns: SQL = """
        id, organization_id, department, position, name, duty, telephone, email, account_id,
        is_sample, updated_at
        """

    /// A page of the entries a query finds.
    public static func page(
        _ number: Int,
        of query: PeopleQuery,
        in db: ReadTransaction
    ) throws -> PeoplePage {
        let (words, organizations) = (query.wordsCondition, query.organizationCondition)
        let total =
            try db.value(
                "SELECT COUNT(*) FROM city_person WHERE 1 = 1 \(words) \(organizations)",
                as: Int.self
            ) ?? 0
        let number = min(max(number, 1), max(1, (total + pageSize - 1) / pageSize))
        return PeoplePage(
            people: try db.rows(
                """
                SELECT \(columns) FROM city_person WHERE 1 = 1 \(words) \(organizations)
                ORDER BY organization_id, department, name, id
                LIMIT \(pageSize) OFFSET \((number - 1) * pageSize)
                """,
                as: Person.self
            ),
            number: number,
            total: total,
            organizationCounts: try RowCount.rows(
                "organization_id",
                of: "city_person",
                where: words,
                in: db
            )
        )
    }

    /// Every entry, by organization, department and name.
    static func all(in db: ReadTransaction) throws -> [Person] {
        try db.rows(
            """
            SELECT \(columns) FROM city_person ORDER BY organization_id, department, name, id
            """,
            as: Person.self
        )
    }

    /// An entry, or nothing.
    public static func find(_ id: String, in db: ReadTransaction) throws -> Person? {
        try db.first("SELECT \(columns) FROM city_person WHERE id = \(id)", as: Person.self)
    }

    /// The entries of a department, by name.
    public static func members(
        of department: String,
        in organizationID: String,
        limit: Int,
        db: ReadTransaction
    ) throws -> [Person] {
        try db.rows(
            """
            SELECT \(columns) FROM city_person
            WHERE organization_id = \(organizationID) AND department = \(department)
            ORDER BY name, id LIMIT \(limit)
            """,
            as: Person.self
        )
    }

    /// The departments an organization's directory names, by name.
    public static func departments(
        of organizationID: String,
        in db: ReadTransaction
    ) throws -> [String] {
        try db.rows(
            """
            SELECT DISTINCT department FROM city_person WHERE organization_id = \(organizationID)
            ORDER BY department
            """,
            as: String.self
        )
    }

    /// The department of the person behind an account, by the entry that was last changed.
    static func department(
        ofAccount accountID: String,
        in db: ReadTransaction
    ) throws -> String? {
        try db.value(
            """
            SELECT department FROM city_person WHERE account_id = \(accountID)
            ORDER BY updated_at DESC, id LIMIT 1
            """,
            as: String.self
        )
    }

    /// Adds an entry or replaces it.
    public static func save(_ person: Person, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_person (\(columns))
            VALUES (\(person.id), \(person.organizationID), \(person.department),
                \(person.position), \(person.name), \(person.duty), \(person.telephone),
                \(person.email), \(person.accountID), \(person.isSample), \(person.updatedAt))
            ON CONFLICT (id) DO UPDATE SET organization_id = excluded.organization_id,
                department = excluded.department, position = excluded.position,
                name = excluded.name, duty = excluded.duty, telephone = excluded.telephone,
                email = excluded.email, account_id = excluded.account_id,
                is_sample = excluded.is_sample, updated_at = excluded.updated_at
            """
        )
        try RecordTable.people.markChanged(in: tx)
    }

    /// Removes an entry.
    public static func remove(_ id: String, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM city_person WHERE id = \(id)")
        try RecordTable.people.markChanged(in: tx)
    }
}
