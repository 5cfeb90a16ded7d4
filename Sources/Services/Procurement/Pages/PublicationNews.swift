import Basics
import City
import Hosting
import Korean
import Store
import Web

/// Tells followers and owners of saved searches what an edition changed.
enum PublicationNews {
    /// Fields that one notice names; the project's page has them all.
    private static let maximumNamedFieldCount = 4

    /// Reacts to every publication, once in effect.
    static func handler(synonyms: SharedSynonyms) -> EventHandler {
        EventHandler(
            "procurement.publicationNews",
            on: EditionPublished.self
        ) { event, context, tx in
            try tell(of: event, synonyms.table, context, tx)
        }
    }

    private static func tell(
        of event: EditionPublished,
        _ synonyms: SynonymTable,
        _ context: EventContext,
        _ tx: WriteTransaction
    ) throws {
        // Comparing editions reads every project of both: only where somebody waits for news.
        guard try Follows.isAnybodyWaiting(in: tx),
            let edition = try Editions.find(event.editionID, in: tx)
        else { return }
        // A first edition adds all its projects: the new year's plans are what searches wait for.
        let difference = EditionDifference(
            from: try event.previousEditionID.map { try Editions.projects(of: $0, in: tx) } ?? [],
            to: try Editions.projects(of: edition.id, in: tx)
        )
        try tellFollowers(of: difference, context, tx)
        try tellSearchers(of: difference.added, edition, synonyms, context, tx)
    }

    private static func tellFollowers(
        of difference: EditionDifference,
        _ context: EventContext,
        _ tx: WriteTransaction
    ) throws {
        var news: [String: (project: PlannedProject, title: Bilingual, body: Bilingual)] = [:]
        for change in difference.changed {
            news[change.before.reference] = (
                change.after,
                Bilingual(
                    "관심사업이 바뀌었습니다: \(change.after.title)",
                    "A project you follow has changed: \(change.after.title(.english))"
                ), text(of: change)
            )
        }
        for project in difference.removed {
            news[project.reference] = (
                project,
                Bilingual(
                    "관심사업이 계획에서 빠졌습니다: \(project.title)",
                    "A project you follow has left the plan: \(project.title(.english))"
                ), Bilingual(same: project.agencyName)
            )
        }
        for follower in try Follows.followers(of: news.keys.sorted(), in: tx) {
            guard let (project, title, body) = news[follower.reference] else { continue }
            try Notices.send(
                Notice(
                    id: "procurement/\(context.id)/\(follower.accountID)/\(follower.reference)",
                    accountID: follower.accountID,
                    title: title,
                    body: body,
                    link: Places.project(project).target,
                    createdAt: tx.now
                ),
                in: tx
            )
        }
        for change in difference.changed where change.keyChanged {
            try Follows.move(from: change.before.reference, to: change.after.reference, in: tx)
        }
    }

    /// What changed, field by field: "사업비 1억원 → 2억원".
    private static func text(of change: EditionDifference.ProjectChange) -> Bilingual {
        func text(_ language: Language) -> String {
            var parts = change.changes.prefix(maximumNamedFieldCount).map { field in
                let (before, after) = (field.before[language], field.after[language])
                return before.count + after.count > 80
                    ? field.label[language]
                    : "\(field.label[language]) \(before.isEmpty ? "—" : before) → "
                        + (after.isEmpty ? "—" : after)
            }
            let more = change.changes.count - parts.count
            if more > 0 { parts.append(language == .korean ? "그 밖에 \(more)가지" : "\(more) more") }
            if change.keyChanged { parts.append(language == .korean ? "사업번호" : "Project number") }
            return ([change.after.agencyName] + parts).joined(separator: " · ")
        }
        return Bilingual(text(.korean), text(.english))
    }

    private static func tellSearchers(
        of added: [PlannedProject],
        _ edition: EditionRecord,
        _ synonyms: SynonymTable,
        _ context: EventContext,
        _ tx: WriteTransaction
    ) throws {
        guard !added.isEmpty else { return }
        try SavedSearches.forEach(in: tx) { search in
            let query = ProjectQuery(QueryItems(urlEncoded: search.query))
            let words: SubstringSearch?
            do {
                words =
                    query.text.isEmpty
                    ? nil : try SubstringSearch(TextQuery(query.text, synonyms: synonyms))
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
