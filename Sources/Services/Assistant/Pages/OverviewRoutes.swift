import Basics
import Hosting
import Identity
import Store
import Web

/// What an administrator reads on Monday morning.
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
