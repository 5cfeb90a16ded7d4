import Basics
import HTTPTypes
import Identity
import Web

/// A person's own access keys: made, listed, revoked.
struct KeyRoutes {
    let keys: AccessKeys
    /// What the rooms of the city take keys for.
    let titles: [KeyPurposeTitle]

    func add(to table: inout RouteTable) {
        let (keys, titles) = (keys, titles)
        table.page("/account/keys", access: .signedIn) { incoming in
            try await Self.page(keys, titles, incoming).page(in: incoming.page)
        }
        table.submission("/account/keys", access: .signedIn) { incoming, form in
            do {
                let made = try await keys.make(
                    named: form["name"] ?? "",
                    for: form.all("purpose").map(KeyPurpose.init(rawValue:)),
                    days: form["days"].flatMap(Int.init) ?? 0,
                    among: titles,
                    by: incoming.actor
                )
                return .page(NewKeyPage(key: made).page(in: incoming.page))
            } catch let error as IdentityError {
                var page = try await Self.page(keys, titles, incoming)
                page.name = form["name"] ?? ""
                page.error = error.message[incoming.language]
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
        }
        table.submission("/account/keys/revoke", access: .signedIn) { incoming, form in
            try await keys.revoke(form["key"] ?? "", by: incoming.actor)
            return .other(.seeOther(KeysPage.link))
        }
    }

    private static func page(
        _ keys: AccessKeys,
        _ titles: [KeyPurposeTitle],
        _ incoming: Incoming
    ) async throws -> KeysPage {
        KeysPage(
            keys: try await keys.list(of: incoming.actor),
            titles: titles,
            offered: titles.filter { $0.access.allows(incoming.actor) == .allowed }
        )
    }
}
