import Basics
import Hosting
import Identity
import Korean
import Store
import Web

/// A person's own applications in the city's search, by receipt number or by what was applied for.
struct CaseSearch: Sendable {
    /// The applications that are looked through; the latest of a person.
    static let maximumCaseCount = 200

    let store: Store

    var source: SearchSource {
        SearchSource("applications", Bilingual("내 신청", "My applications")) { request in
            try await find(request)
        }
    }

    private func find(_ request: SearchRequest) async throws -> SearchFound {
        let words = request.query.text.lowercased().filter { !$0.isWhitespace }
        guard let account = request.actor.id, !words.isEmpty else { return .nothing }
        let found = try await store.read { db in
            let titles = Dictionary(
                try CaseProcedures.all(in: db).map { ($0.id, $0.title) },
                uniquingKeysWith: { $1 }
            )
            return try db.rows(
                """
                SELECT \(Cases.columns) FROM case_record
                WHERE (account_id = \(account) OR proxy_account_id = \(account))
                    AND state <> \(CaseState.draft)
                ORDER BY updated_at DESC, id LIMIT \(Self.maximumCaseCount)
                """,
                as: Case.self
            ).compactMap { record -> (Case, Bilingual)? in
                let title = titles[record.procedureID] ?? Bilingual(same: record.procedureID)
                let text = "\(record.receipt)\n\(title.korean)\n\(title.english)".lowercased()
                return text.filter { $0 != " " }.contains(words) ? (record, title) : nil
            }
        }
        return SearchFound(
            count: found.count,
            results: request.window(of: found).map { record, title in
                SearchResult(
                    title: "\(title[request.language]) \(record.receipt)",
                    text: record.state.title[request.language],
                    link: .path("applications", record.id),
                    marks: { _ in [] }
                )
            },
            listing: Link("/applications")
        )
    }
}
