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
}
