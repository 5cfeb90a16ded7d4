import Basics
import Identity
import Store
import Web

/// What changed between two plans, in tables with a named limit.
struct DifferenceView: Sendable {
    /// Projects listed of each kind; all are counted.
    static let maximumListedCount = 100

    var difference: EditionDifference

    func html(in context: PageContext) -> HTML {
        let before = difference.totalsBefore
        let after = difference.totalsAfter
        return """
            \(summaryList(
                SummaryList([
                    .init(
                        context.text("사업 수", "Projects"),
                        "\(before.count.grouped) → \(after.count.grouped)"),
                    .init(
                        context.text("사업비", "Budget"),
                        "\(money(before.budget, in: context)) → \(money(after.budget, in: context))"),
                    .init(
                        context.text("그대로", "Unchanged"), "\(difference.unchangedCount.grouped)"),
                ]), in: context))\
            \(list(context.text("더해진 사업", "Added"), difference.added, context))\
            \(list(context.text("빠진 사업", "Removed"), difference.removed, context))\
            \(changed(context))
            """
    }

    private func list(
        _ title: String,
        _ projects: [PlannedProject],
        _ context: PageContext
    ) -> HTML {
        guard !projects.isEmpty else { return .empty }
        return """
            <h3>\(title) (\(projects.count.grouped))</h3>\
            <ul>\(HTML(each: projects.prefix(Self.maximumListedCount)) { project in
                "<li>\(project.title(context.language)) · \(money(project.budget, in: context))</li>"
            })</ul>
            """
    }

    private func changed(_ context: PageContext) -> HTML {
        guard !difference.changed.isEmpty else { return .empty }
        return """
            <h3>\(context.text("바뀐 사업", "Changed")) (\(difference.changed.count.grouped))</h3>\
            <ul>\(HTML(each: difference.changed.prefix(Self.maximumListedCount)) { change in
                """
                <li><a href="\(Places.project(change.after))">\
                \(change.after.title(context.language))</a>\
                <ul>\(HTML(each: change.changes) { Places.change($0, context) })</ul></li>
                """
            })</ul>
            """
    }
}

/// The published editions, and what each changed.
struct EditionRoutes {
    let desk: PortalDesk

    func add(to table: inout RouteTable) {
        let store = desk.store
        table.page("/procurement/editions") { incoming in
            let number = incoming.query.pageNumber()
            let found = try await store.read { try Editions.page(number, in: $0) }
            return Self.list(found.editions, total: found.total, number, incoming.page)
        }
        table.page("/procurement/editions/{id}") { incoming in
            guard let id = Int64(try incoming.pathParameter("id")) else { throw Problem.notFound }
            let found = try await store.read { db -> (EditionRecord, EditionDifference)? in
                guard let edition = try Editions.find(id, in: db) else { return nil }
                let previous = try Editions.previous(of: edition, in: db)
                let before = try previous.map { try Editions.projects(of: $0.id, in: db) } ?? []
                let after = try Editions.projects(of: id, in: db)
                return (edition, EditionDifference(from: before, to: after))
            }
            guard let (edition, difference) = found else { throw Problem.notFound }
            let mayReadSource =
                !edition.sourceDigest.isEmpty
                && incoming.actor.may(.planOfficer, in: edition.agencyID)
            return Self.one(edition, difference, mayReadSource: mayReadSource, incoming.page)
        }
        // A plan's file may name people and hold notes that are no part of the edition: only the
        // agency's officers get it.
        table.file("/procurement/editions/{id}/source", access: UploadRoutes.access) { incoming in
            guard let id = Int64(try incoming.pathParameter("id")),
                let edition = try await store.read({ try Editions.find(id, in: $0) }),
                let blob = BlobID(rawValue: edition.sourceDigest)
            else { throw Problem.notFound }
            try incoming.actor.require(.planOfficer, in: edition.agencyID)
            let actor = incoming.actor
            try await store.write { tx in
                try tx.record(
                    .readSource,
                    on: AuditSubject(kind: "edition", id: String(edition.id)),
                    by: actor.auditActor,
                    purpose: .planPublication
                )
            }
            var outgoing = Outgoing.download(
                fileName: edition.sourceFile,
                contentType: "application/octet-stream",
                body: .bytes(try await store.blobs.get(blob))
            )
            outgoing.cache = .never
            return outgoing
        }
    }

    private static func list(
        _ editions: [EditionRecord],
        total: Int,
        _ number: Int,
        _ context: PageContext
    ) -> Page {
        let rows: [[HTML]] = editions.map { edition in
            [
                "<a href=\"\(Places.edition(edition))\">\(edition.title[context.language])</a>",
                "\(edition.projectCount.grouped)", money(edition.budget, in: context),
                dateText(edition.publishedAt, in: context),
                edition.isCurrent
                    ? statusTag(StatusTag(context.text("지금 계획", "Current"), kind: .active)) : "",
            ]
        }
        let title = context.text("계획 발행 내역", "Published plans")
        return Page(
            title: title,
            breadcrumbs: [Places.home(context)],
            main: editions.isEmpty
                ? emptyState(
                    title: context.text("발행된 계획이 없습니다", "No plan has been published"),
                    text: context.text(
                        "기관의 담당자가 발행하면 여기에 보입니다.",
                        "Plans appear once an officer publishes one."
                    )
                )
                : """
                \(table(
                    DataTable(
                        caption: title, hidesCaption: true,
                        columns: [
                            .init(context.text("계획", "Edition"), isRowHeader: true),
                            .init(context.text("사업 수", "Projects"), isNumeric: true),
                            .init(context.text("사업비", "Budget"), isNumeric: true),
                            .init(context.text("발행한 때", "Published")),
                            .init(context.text("상태", "State")),
                        ], rows: rows), in: context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Editions.pageSize),
                    in: context))
                """,
            width: .wide
        )
    }

    private static func one(
        _ edition: EditionRecord,
        _ difference: EditionDifference,
        mayReadSource: Bool,
        _ context: PageContext
    ) -> Page {
        let sourceLink: Link = .path("procurement", "editions", String(edition.id), "source")
        let source: HTML =
            mayReadSource
            ? "<a href=\"\(sourceLink)\" download>\(edition.sourceFile)</a>"
            : "\(edition.sourceFile)"
        return Page(
            title: edition.title[context.language],
            breadcrumbs: [
                Places.home(context),
                Breadcrumb(
                    title: context.text("계획 발행 내역", "Published plans"),
                    link: Link("/procurement/editions")
                ),
            ],
            main: """
                \(summaryList(
                    SummaryList([
                        .init(
                            context.text("발행한 때", "Published"),
                            dateText(edition.publishedAt, in: context)),
                        .init(context.text("원본 파일", "Source file"), source),
                        .init(
                            context.text("사업", "Projects"),
                            "\(edition.projectCount.grouped) · \(money(edition.budget, in: context))"),
                    ]), in: context))\
                \(section(
                    context.text("앞 계획과 달라진 것", "What changed"),
                    DifferenceView(difference: difference).html(in: context)))
                """,
            width: .wide
        )
    }
}
