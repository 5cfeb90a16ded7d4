import Basics
import City
import Hosting
import Identity
import Korean
import Store
import Web

/// What a person keeps an eye on: followed projects and saved searches.
struct FollowRoutes {
    let desk: PortalDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.submission("/procurement/follows", access: .signedIn) { incoming, form in
            let account = try incoming.accountID()
            let reference = form["reference"] ?? ""
            guard let parts = ReferenceParts(reference) else { throw Problem.notFound }
            if form["follow"] == "no" {
                try await desk.store.write {
                    try Follows.unfollow(reference, by: account, in: $0)
                }
            } else {
                try await desk.store.write { tx in
                    guard try Projects.current(reference, in: tx) != nil else {
                        throw Problem.notFound
                    }
                    guard try Follows.follow(reference, by: account, in: tx) else {
                        throw Self.full
                    }
                }
            }
            let back = form["from"] == "mine" ? Places.mine : Places.project(parts)
            return .other(.seeOther(back))
        }
        table.submission("/procurement/searches", access: .signedIn) { incoming, form in
            let account = try incoming.accountID()
            let text = String((form["query"] ?? "").drop { $0 == "?" }.prefix(4000))
            let query = ProjectQuery(QueryItems(urlEncoded: text))
            // Words that cannot be searched for are refused here, with the reason.
            _ = try SubstringQuery(query.text)
            let name = String(
                (form.text("name") ?? incoming.text("이름 없는 검색", "Unnamed search"))
                    .prefix(SavedSearch.maximumNameLength)
            )
            let search = SavedSearch(
                id: RandomName.make(byteCount: 12),
                accountID: account,
                name: name,
                query: String(Link("", query: query.conditionPairs).target.drop { $0 == "?" }),
                createdAt: incoming.now
            )
            let isKept = try await desk.store.write { try SavedSearches.save(search, in: $0) }
            guard isKept else { throw Self.full }
            return .other(.seeOther(Places.mine))
        }
        table.submission("/procurement/searches/remove", access: .signedIn) { incoming, form in
            let account = try incoming.accountID()
            let id = form["search"] ?? ""
            try await desk.store.write { try SavedSearches.remove(id, of: account, in: $0) }
            return .other(.seeOther(Places.mine))
        }
        table.page("/procurement/mine", access: .signedIn) { incoming in
            let account = try incoming.accountID()
            let found = try await desk.store.read { db in
                let references = try Follows.references(of: account, in: db)
                return (
                    followed: try references.map { ($0, try Projects.current($0, in: db)) },
                    searches: try SavedSearches.list(of: account, in: db)
                )
            }
            let hits = try found.searches.map { search in
                try desk.catalogue.answer(
                    ProjectQuery(QueryItems(urlEncoded: search.query))
                ).count
            }
            return MinePage(
                followed: found.followed,
                searches: Array(zip(found.searches, hits))
            ).page(in: incoming.page)
        }
    }

    private static let full = Problem.conflict(
        Bilingual(
            "관심사업과 저장한 검색은 각각 \(Follows.maximumCountPerAccount)개까지입니다. "
                + "내 관심사업에서 몇 개를 지우고 다시 해 주세요.",
            "At most \(Follows.maximumCountPerAccount) projects and as many searches can be kept. "
                + "Remove some on your page and try again."
        )
    )
}
