import Basics
import HTTPTypes
import Hosting
import Identity
import Korean
import Store
import Web

/// What an administrator reads on Monday morning, and the words that mean the same.
struct OverviewRoutes {
    let desk: AssistantDesk

    static let access = RouteAccess.anyRole(readers)
    /// Whose organizations' questions a person reads about.
    private static let readers: Set<Role> = [.knowledgeKeeper, .assistantAgent, .administrator]

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/overview", access: Self.access) { incoming in
            OverviewPage(report: try await Self.report(desk, incoming)).page(in: incoming.page)
        }
        table.file("/assistant/overview/file", access: Self.access) { incoming in
            guard let kind = incoming.query["table"].flatMap(ReportTable.Kind.init) else {
                throw Problem.notFound
            }
            let report = try await Self.report(desk, incoming)
            var outgoing = Outgoing.download(
                fileName: "assistant-\(kind.rawValue)-\(incoming.now.date.iso).csv",
                contentType: "text/csv; charset=utf-8",
                body: .bytes(try ReportTable(kind: kind, report: report).csv())
            )
            outgoing.cache = .never
            return outgoing
        }
        table.page("/assistant/synonyms", access: .role(.knowledgeKeeper)) { incoming in
            let text = try await desk.store.read { try Knowledge.synonyms(in: $0) }
            return SynonymsPage(text: text ?? "").page(in: incoming.page)
        }
        table.submission(
            "/assistant/synonyms",
            access: .role(.knowledgeKeeper),
            maximumBodyByteCount: SynonymsPage.maximumByteCount * 3
        ) { incoming, form in
            let text = form["text"] ?? ""
            do {
                guard text.utf8.count <= SynonymsPage.maximumByteCount else {
                    throw Problem.tooLarge(maximumByteCount: SynonymsPage.maximumByteCount)
                }
                _ = try SynonymTable(text: text)
            } catch let error as KoreanError {
                let page = SynonymsPage(text: text, error: error.message[incoming.language])
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let account = try incoming.accountID()
            let actor = incoming.actor
            try await desk.store.write { tx in
                try Knowledge.saveSynonyms(text, by: account, in: tx)
                try tx.record(
                    .saveSynonyms,
                    on: AuditSubject(kind: "synonyms", id: "1"),
                    by: actor.auditActor,
                    purpose: .knowledgeKeeping
                )
            }
            try await desk.index.updateSynonyms(from: desk.store)
            return .other(.seeOther(Link("/assistant/synonyms")))
        }
    }

    /// The report of the organizations that the person keeps, answers for or administrates.
    private static func report(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> AssistantReport {
        let asked = incoming.query["days"].flatMap(Int.init)
        let days = AssistantReport.dayCounts.first { $0 == asked } ?? AssistantReport.dayCounts[0]
        var organizations: Set<String>? = []
        for role in readers {
            guard let more = incoming.actor.organizations(for: role) else {
                organizations = nil
                break
            }
            organizations?.formUnion(more)
        }
        let (scope, documents) = (organizations, desk.index.snapshot.documents)
        return try await desk.store.read {
            try AssistantReport(days: days, of: scope, documents, in: $0)
        }
    }
}
