import Basics
import HTTPTypes
import Identity
import Web

/// Accounts and their grants, for administrators.
///
/// What an administrator may do to which account is decided by `Accounts`, in the transaction that
/// does it; a page only offers what would be allowed.
struct AdministrationRoutes {
    let platform: Platform
    let rooms: [any CityModule]

    private var accounts: Accounts { platform.identity.accounts }

    func add(to table: inout RouteTable) {
        addList(to: &table)
        addAccount(to: &table)
        addDeeds(to: &table)
    }

    private func addList(to table: inout RouteTable) {
        table.page("/admin/accounts", access: .role(.administrator)) { incoming in
            let query = AccountListPage.query(incoming.query)
            let found = try await accounts.page(
                incoming.query.pageNumber(),
                count: AccountListPage.pageSize,
                of: query,
                by: incoming.actor
            )
            return AccountListPage(
                query: query,
                found: found,
                words: try await AccountWords.collect(from: rooms)
            ).page(in: incoming.page)
        }
        table.page("/admin/accounts/new", access: .role(.administrator)) { incoming in
            NewAccountPage(
                actor: incoming.actor,
                words: try await AccountWords.collect(from: rooms)
            ).page(in: incoming.page)
        }
        table.submission("/admin/accounts", access: .role(.administrator)) { incoming, form in
            var page = NewAccountPage(
                actor: incoming.actor,
                words: try await AccountWords.collect(from: rooms)
            )
            page.fill(form)
            if page.errors.isEmpty {
                do {
                    let handed = try await accounts.create(page.account, by: incoming.actor)
                    return .page(
                        HandedAccountPage(handed: handed, isNew: true).page(in: incoming.page)
                    )
                } catch let error as IdentityError {
                    page.refuse(error)
                }
            }
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func addAccount(to table: inout RouteTable) {
        table.page("/admin/accounts/{id}", access: .role(.administrator)) { incoming in
            var page = try await page(incoming)
            page.done = incoming.query["done"].flatMap(AccountDeed.init)
            return page.page(in: incoming.page)
        }
        table.submission("/admin/accounts/{id}/grants", access: .role(.administrator)) {
            incoming,
            form in
            var page = try await page(incoming)
            page.grantForm.fill(form)
            guard page.grantForm.errors.isEmpty else {
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let grant = page.grantForm.grant
            return try await perform(.given, incoming) {
                try await accounts.give(grant, to: $0, by: incoming.actor)
            }
        }
    }

    private func addDeeds(to table: inout RouteTable) {
        add(.taken, to: &table) { id, actor, form in
            try await accounts.take(GrantForm.named(form), from: id, by: actor)
        }
        add(.suspended, to: &table) { id, actor, _ in
            try await accounts.setState(.suspended, of: id, by: actor)
        }
        add(.resumed, to: &table) { id, actor, _ in
            try await accounts.setState(.active, of: id, by: actor)
        }
        add(.sessionsEnded, to: &table) { id, actor, _ in
            try await accounts.endSessions(of: id, by: actor)
        }
        add(.secondFactorReset, to: &table) { id, actor, _ in
            try await accounts.resetSecondFactor(of: id, by: actor)
        }
        table.submission(
            "/admin/accounts/{id}/\(AccountDeed.passwordReset.path)",
            access: .role(.administrator)
        ) { incoming, _ in
            let id = try incoming.pathParameter("id")
            let handed = try await accounts.resetPassword(of: id, by: incoming.actor)
            return .page(HandedAccountPage(handed: handed, isNew: false).page(in: incoming.page))
        }
    }

    private func add(
        _ deed: AccountDeed,
        to table: inout RouteTable,
        _ work: @escaping @Sendable (String, Actor, FormFields) async throws -> Void
    ) {
        table.submission("/admin/accounts/{id}/\(deed.path)", access: .role(.administrator)) {
            incoming,
            form in
            try await perform(deed, incoming) { try await work($0, incoming.actor, form) }
        }
    }

    /// Does something to the account of the address, and leads back to its page.
    private func perform(
        _ deed: AccountDeed,
        _ incoming: Incoming,
        _ work: (String) async throws -> Void
    ) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        do {
            try await work(id)
        } catch let error as IdentityError {
            var page = try await page(incoming)
            page.refusal = error.message[incoming.language]
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let link = AdminPlaces.account(id).target
        return .other(.seeOther(Link(link, query: [("done", deed.rawValue)])))
    }

    private func page(_ incoming: Incoming) async throws -> AdministeredAccountPage {
        let account = try await accounts.administered(
            try incoming.pathParameter("id"),
            by: incoming.actor
        )
        let words = try await AccountWords.collect(from: rooms)
        return AdministeredAccountPage(
            account: account,
            words: words,
            grantForm: GrantForm(actor: incoming.actor, words: words)
        )
    }
}
