public import Store

extension Accounts {
    /// The id of an organization's active staff account with a login name, for an officer who refers
    /// to a colleague; a find is written to the colleague's audit trail.
    ///
    /// - Throws: `AccessError` where the actor is not staff; what they may refer a colleague from is
    ///   for the caller to decide before.
    public func colleague(
        loginName: String,
        in organization: String,
        by actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> String? {
        try actor.require(.kind([.staff]))
        let id = try tx.value(
            """
            SELECT id FROM identity_account
            WHERE login_name = \(Accounts.normalized(loginName: loginName))
                AND kind = \(AccountKind.staff.rawValue) AND organization = \(organization)
                AND state = \(AccountState.active.rawValue)
            """,
            as: String.self
        )
        if let id {
            try tx.record(.read, on: .account(id), by: actor.auditActor, purpose: purpose)
        }
        return id
    }

    /// Says in which department an account works, or that the directory names none any more; whoever
    /// keeps the directory of the account's organization decides that.
    ///
    /// What the account may read changes with it, so the trail keeps it. A session that is open sees it
    /// after `Sessions.maximumStalenessSeconds` at the latest.
    public func setDepartment(
        _ department: String?,
        of id: String,
        by actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws {
        let old = try tx.value(
            "SELECT department FROM identity_account WHERE id = \(id)",
            as: String.self
        )
        guard old != department else { return }
        try tx.run("UPDATE identity_account SET department = \(department) WHERE id = \(id)")
        try tx.record(
            .changeDepartment,
            on: .account(id),
            by: actor.auditActor,
            purpose: purpose,
            details: ["department": department ?? ""]
        )
    }

    /// The names of members of the staff, by their ids, for colleagues who work on the same record;
    /// who is no member of the staff is left out.
    ///
    /// - Throws: `AccessError` where the actor is not staff.
    public func colleagueNames(
        of ids: Set<String>,
        by actor: Actor,
        in db: ReadTransaction
    ) throws -> [String: String] {
        try actor.require(.kind([.staff]))
        struct Named: Decodable {
            var id: String
            var displayName: String
        }
        guard !ids.isEmpty else { return [:] }
        let rows = try db.rows(
            """
            SELECT id, display_name FROM identity_account
            WHERE id IN \(list: ids.sorted()) AND kind = \(AccountKind.staff.rawValue)
            """,
            as: Named.self
        )
        return Dictionary(rows.map { ($0.id, $0.displayName) }, uniquingKeysWith: { $1 })
    }

    /// The active staff accounts that hold a role for an organization, for news of what they keep.
    public func holders(
        of role: Role,
        in organization: String,
        limit: Int,
        in db: ReadTransaction
    ) throws -> [String] {
        try db.rows(
            """
            SELECT DISTINCT a.id FROM identity_account a
            JOIN identity_grant g ON g.account_id = a.id
            WHERE g.role = \(role.rawValue) AND g.organization IN ('', \(organization))
                AND a.state = \(AccountState.active.rawValue)
                AND a.kind = \(AccountKind.staff.rawValue)
            ORDER BY a.id LIMIT \(limit)
            """,
            as: String.self
        )
    }
}
