import Basics
import Store

extension Accounts {
    /// Replaces what an account may do, and ends its sessions so that it begins anew.
    ///
    /// An administrator gives and takes only what lies within their own reach and keeps a grant to
    /// administrate themself, and somebody must be left who administrates everything. The session that
    /// changes its own account goes on, and reads the new grants with its next request.
    public func setGrants(_ grants: [Grant], of id: String, by actor: Actor) async throws {
        try await changeGrants(of: id, by: actor) { _ in Set(grants) }
    }

    func changeGrants(
        of id: String,
        by actor: Actor,
        _ change: @escaping @Sendable (Set<Grant>) -> Set<Grant>
    ) async throws {
        try await store.write { tx in
            _ = try Accounts.administered(id, by: actor, in: tx)
            let administratorCount = try Accounts.administratorCount(in: tx)
            let present = Set(try GrantRow.grants(of: id, in: tx))
            let wanted = change(present)
            guard wanted.count <= Accounts.maximumGrantCount else {
                throw IdentityError(
                    .unacceptableField,
                    Bilingual("권한이 너무 많습니다.", "There are too many grants."),
                    context: "grants"
                )
            }
            let (given, taken) = (wanted.subtracting(present), present.subtracting(wanted))
            guard !given.isEmpty || !taken.isEmpty else { return }
            try actor.requireGiving(Array(given) + Array(taken))
            if actor.id == id { try Accounts.requireOwnAdministration(in: wanted) }
            for grant in taken { try GrantRow.delete(grant, of: id, in: tx) }
            for grant in given { try GrantRow.insert(grant, of: id, in: tx) }
            try Accounts.requireAdministrator(before: administratorCount, in: tx)
            try Sessions.deleteAll(of: id, except: actor, in: tx)
            try tx.record(
                .changeGrants,
                on: .account(id),
                by: actor.auditActor,
                purpose: .accountKeeping,
                details: ["given": Grant.text(given), "taken": Grant.text(taken)]
            )
        }
        sessions.forget(accountID: id)
    }

    /// Suspends an account, which ends its sessions, or takes it into use again.
    public func setState(_ state: AccountState, of id: String, by actor: Actor) async throws {
        try await store.write { tx in
            _ = try Accounts.administered(id, by: actor, in: tx)
            let administratorCount = try Accounts.administratorCount(in: tx)
            if state == .suspended, actor.id == id {
                throw Accounts.ownAdministration()
            }
            try tx.run(
                "UPDATE identity_account SET state = \(state.rawValue) WHERE id = \(id)"
            )
            if state == .suspended {
                try Accounts.requireAdministrator(before: administratorCount, in: tx)
                try Sessions.deleteAll(of: id, in: tx)
            }
            try tx.record(
                state == .active ? .resumeAccount : .suspendAccount,
                on: .account(id),
                by: actor.auditActor,
                purpose: .accountKeeping
            )
        }
        sessions.forget(accountID: id)
    }

    /// The account, where the actor administrates it; otherwise there is none.
    static func administered(
        _ id: String,
        by actor: Actor,
        in db: ReadTransaction
    ) throws -> AccountRow {
        try actor.require(.role(.administrator))
        guard let row = try AccountRow.find(id, in: db),
            actor.may(.administrator, in: row.organization ?? "")
        else { throw AccessError(.notFound, context: "\(actor.auditName): account \(id)") }
        // An administrator of one district cannot take over somebody who reaches further than they do.
        try actor.requireGiving(try GrantRow.grants(of: id, in: db))
        return row
    }

    private static func requireOwnAdministration(in grants: Set<Grant>) throws(IdentityError) {
        guard grants.contains(where: { $0.role == .administrator }) else {
            throw ownAdministration()
        }
    }

    private static func ownAdministration() -> IdentityError {
        IdentityError(
            .lastAdministrator,
            Bilingual(
                "자기 자신의 마지막 관리자 권한은 없앨 수 없습니다. 다른 관리자에게 부탁해 주세요.",
                "You cannot end your own administration. Ask another administrator."
            ),
            context: "own administration"
        )
    }

    private static func requireAdministrator(
        before count: Int,
        in db: ReadTransaction
    ) throws {
        guard try count == 0 || administratorCount(in: db) > 0 else {
            throw IdentityError(
                .lastAdministrator,
                Bilingual(
                    "마지막 전체 관리자의 권한은 없앨 수 없습니다.",
                    "The last administrator cannot be removed."
                )
            )
        }
    }
}

extension Actor {
    /// Passes where the actor administrates everything that the grants reach.
    func requireGiving(_ grants: [Grant]) throws(AccessError) {
        let own = account?.grants.filter { $0.role == .administrator } ?? []
        for grant in grants {
            let isWithinReach = own.contains {
                ($0.organization == nil || $0.organization == grant.organization)
                    && ($0.service == nil || $0.service == grant.service)
            }
            guard isWithinReach else {
                throw AccessError(.refused, context: "\(auditName): giving \(grant)")
            }
        }
    }
}

extension Grant {
    /// Grants as the audit trail keeps them: `role/organization/service`, sorted.
    static func text(_ grants: Set<Grant>) -> String {
        grants.map { "\($0.role.rawValue)/\($0.organization ?? "*")/\($0.service ?? "*")" }
            .sorted().joined(separator: " ")
    }
}
