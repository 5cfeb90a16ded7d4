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
            let account = try Self.accountID(incoming)
            let reference = form["reference"] ?? ""
            guard let parts = ReferenceParts(reference) else { throw Problem.notFound }
            let follows = form["follow"] != "no"
            try await desk.store.write { tx in
                if follows {
                    try Follows.follow(reference, by: account, in: tx)
                } else {
                    try Follows.unfollow(reference, by: account, in: tx)
                }
            }
            return .other(
                .seeOther(
                    .path(
                        "procurement",
                        "projects",
                        String(parts.planYear),
                        parts.agencyID,
                        parts.key
                    )
                )
            )
        }
        table.submission("/procurement/searches", access: .signedIn) { incoming, form in
            let account = try Self.accountID(incoming)
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
            try await desk.store.write { try SavedSearches.save(search, in: $0) }
            return .other(.seeOther(Link("/procurement/mine")))
        }
        table.submission("/procurement/searches/remove", access: .signedIn) { incoming, form in
            let account = try Self.accountID(incoming)
            let id = form["search"] ?? ""
            try await desk.store.write { try SavedSearches.remove(id, of: account, in: $0) }
            return .other(.seeOther(Link("/procurement/mine")))
        }
        table.page("/procurement/mine", access: .signedIn) { incoming in
            let account = try Self.accountID(incoming)
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

    private static func accountID(_ incoming: Incoming) throws -> String {
        guard let id = incoming.actor.id else { throw Problem.needsSignIn }
        return id
    }
}

/// Tells followers and owners of saved searches what an edition changed.
enum PublicationNews {
    /// Reacts to every publication, once in effect.
    static let handler = EventHandler(
        "procurement.publicationNews",
        on: EditionPublished.self
    ) { event, context, tx in
        guard let edition = try Editions.find(event.editionID, in: tx) else { return }
        // A first edition adds all its projects: the new year's plans are what searches wait for.
        let difference = EditionDifference(
            from: try event.previousEditionID.map { try Editions.projects(of: $0, in: tx) } ?? [],
            to: try Editions.projects(of: edition.id, in: tx)
        )
        try tellFollowers(of: difference, context, tx)
        try tellSearchers(of: difference.added, edition, context, tx)
    }

    private static func tellFollowers(
        of difference: EditionDifference,
        _ context: EventContext,
        _ tx: WriteTransaction
    ) throws {
        var news: [String: (project: PlannedProject, title: Bilingual)] = [:]
        for change in difference.changed {
            news[change.before.reference] = (
                change.after,
                Bilingual(
                    "관심사업이 바뀌었습니다: \(change.after.title)",
                    "A project you follow has changed: \(change.after.title(.english))"
                )
            )
        }
        for project in difference.removed {
            news[project.reference] = (
                project,
                Bilingual(
                    "관심사업이 계획에서 빠졌습니다: \(project.title)",
                    "A project you follow has left the plan: \(project.title(.english))"
                )
            )
        }
        for follower in try Follows.followers(of: news.keys.sorted(), in: tx) {
            guard let (project, title) = news[follower.reference] else { continue }
            try Notices.send(
                Notice(
                    id: "procurement/\(context.id)/\(follower.accountID)/\(follower.reference)",
                    accountID: follower.accountID,
                    title: title,
                    body: Bilingual(
                        "\(project.agencyName) · \(project.budget.text(.korean))",
                        "\(project.agencyName) · \(project.budget.text(.english))"
                    ),
                    link: Places.project(project).target,
                    createdAt: tx.now
                ),
                in: tx
            )
        }
    }

    private static func tellSearchers(
        of added: [PlannedProject],
        _ edition: EditionRecord,
        _ context: EventContext,
        _ tx: WriteTransaction
    ) throws {
        guard !added.isEmpty else { return }
        try SavedSearches.forEach(in: tx) { search in
            let query = ProjectQuery(QueryItems(urlEncoded: search.query))
            let words: SubstringQuery?
            do {
                words = query.text.isEmpty ? nil : try SubstringQuery(query.text)
            } catch {
                // One search that nobody can read keeps no news from the others.
                return
            }
            let hits = added.count { project in
                query.admits(project)
                    && (words?.matches(Catalogue.searchText(project)) ?? true)
            }
            guard hits > 0 else { return }
            try Notices.send(
                Notice(
                    id: "procurement/\(context.id)/search/\(search.id)",
                    accountID: search.accountID,
                    title: Bilingual(
                        "‘\(search.name)’에 새 사업 \(hits)건",
                        "\(hits) new projects for “\(search.name)”"
                    ),
                    body: edition.title,
                    link: Link("/procurement/projects?\(search.query)").target,
                    createdAt: tx.now
                ),
                in: tx
            )
        }
    }
}

/// A person's followed projects and saved searches.
struct MinePage: Sendable {
    var followed: [(String, PlannedProject?)]
    var searches: [(SavedSearch, Int)]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내 관심사업", "What I follow"),
            breadcrumbs: [Places.home(context)],
            main: "\(projects(context))\(saved(context))",
            width: .wide
        )
    }

    private func projects(_ context: PageContext) -> HTML {
        let title = context.text("관심사업", "Followed projects")
        guard !followed.isEmpty else {
            return """
                <section><h2>\(title)</h2>\
                \(emptyState(
                    title: context.text("관심사업이 없습니다", "Nothing followed yet"),
                    text: context.text(
                        "사업 화면에서 ‘관심사업 등록’을 누르면 바뀔 때 알려 드립니다.",
                        "Press Follow on a project's page to be told when it changes."),
                    actions: [
                        linkButton(context.text("사업 찾기", "Find projects"), Places.projects)
                    ]))</section>
                """
        }
        let rows: [[HTML]] = followed.map { reference, project in
            guard let project else {
                return [
                    "\(reference)", "", context.text("계획에서 빠짐", "No longer planned").html, "",
                ]
            }
            return [
                "<a href=\"\(Places.project(project))\">\(project.title(context.language))</a>",
                "\(Places.agencyName(project, context.language))",
                Places.statusTag(project.status, context.language),
                money(project.budget, in: context),
            ]
        }
        return """
            <section><h2>\(title)</h2>\
            \(table(
                DataTable(
                    caption: title, hidesCaption: true,
                    columns: [
                        .init(context.text("사업명", "Project"), isRowHeader: true),
                        .init(context.text("기관", "Agency")), .init(context.text("상태", "State")),
                        .init(context.text("사업비", "Budget"), isNumeric: true),
                    ], rows: rows), in: context))</section>
            """
    }

    private func saved(_ context: PageContext) -> HTML {
        let title = context.text("저장한 검색", "Saved searches")
        guard !searches.isEmpty else {
            return """
                <section><h2>\(title)</h2><p>\(context.text(
                    "저장한 검색이 없습니다. 목록 아래에서 저장할 수 있습니다.",
                    "None yet. Save one below a listing."))</p></section>
                """
        }
        let rows: [[HTML]] = searches.map { search, hits in
            let link = Link("/procurement/projects?\(search.query)")
            let remove = form(action: Link("/procurement/searches/remove"), context: context) {
                """
                \(hiddenField("search", search.id))\
                \(button(context.text("지우기", "Remove"), style: .quiet))
                """
            }
            return [
                "<a href=\"\(link)\">\(search.name)</a>", "\(hits.grouped)",
                "<a href=\"\(Link("/procurement/feed?\(search.query)"))\">Atom</a>", remove,
            ]
        }
        return """
            <section><h2>\(title)</h2>\
            \(table(
                DataTable(
                    caption: title, hidesCaption: true,
                    columns: [
                        .init(context.text("이름", "Name"), isRowHeader: true),
                        .init(context.text("사업 수", "Projects"), isNumeric: true),
                        .init(context.text("구독", "Feed")), .init(context.text("지우기", "Remove")),
                    ], rows: rows), in: context))</section>
            """
    }
}

extension String {
    /// The text, escaped, as a piece of a page.
    fileprivate var html: HTML { HTML(text: self) }
}
