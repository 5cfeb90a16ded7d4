import Basics
import Hosting
import Identity
import Store

/// Saves an entry of the staff directory and writes down who did it.
struct PersonKeeping: Sendable {
    let actor: Actor
    let accounts: Accounts
    let form: PersonForm

    /// Saves the form, as a new entry once for its key, or over the entry that is there.
    ///
    /// - Returns: The identifier, or nothing where the account to link is not one of the organization.
    func save(over old: Person?, key: String, in tx: WriteTransaction) throws -> String? {
        var accountID = form.unlinks ? nil : old?.accountID
        if !form.login.isEmpty {
            accountID = try accounts.colleague(
                loginName: form.login,
                in: form.organization,
                by: actor,
                purpose: .directoryKeeping,
                in: tx
            )
            guard accountID != nil else { return nil }
        }
        let linked = accountID
        func save(_ id: String, _ action: AuditAction) throws -> String {
            let person = form.person(
                id: id,
                accountID: linked,
                isSample: old?.isSample ?? false,
                at: tx.now
            )
            try People.save(person, in: tx)
            try Self.record(action, person, by: actor, in: tx)
            for account in Set([old?.accountID, linked].compactMap { $0 }) {
                try Self.carryDepartment(to: account, by: actor, accounts, in: tx)
            }
            return id
        }
        if let old { return try save(old.id, .update) }
        return try tx.once(scope: "city.person \(actor.auditName)", key: key) {
            try save(RandomName.make(byteCount: 12), .create)
        }.value
    }

    /// Brings an account's department up to what the directory says of the person behind it.
    static func carryDepartment(
        to accountID: String,
        by actor: Actor,
        _ accounts: Accounts,
        in tx: WriteTransaction
    ) throws {
        try accounts.setDepartment(
            try People.department(ofAccount: accountID, in: tx),
            of: accountID,
            by: actor,
            purpose: .directoryKeeping,
            in: tx
        )
    }

    static func record(
        _ action: AuditAction,
        _ person: Person,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: AuditSubject(kind: "person", id: person.id),
            by: actor.auditActor,
            purpose: .directoryKeeping,
            details: ["organization": person.organizationID]
        )
    }
}
