import Basics
import Facets
import Hosting
import Identity
import Store
import Web

/// Finding projects: the listing, one project, feeds.
struct SearchRoutes {
    let desk: PortalDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/procurement/projects") { incoming in
            try await Self.listing(ProjectQuery(incoming.query), desk, incoming)
                .page(in: incoming.page)
        }
        table.page("/procurement/projects/{year}/{agency}/{key}") { incoming in
            try await Self.project(desk, incoming).page(in: incoming.page)
        }
        table.file("/procurement/feed") { incoming in
            try await Self.feed(ProjectQuery(incoming.query), desk, incoming)
        }
        table.file("/procurement/calendar") { incoming in
            try await Self.calendar(ProjectQuery(incoming.query), desk, incoming)
        }
    }

    static func listing(
        _ query: ProjectQuery,
        _ desk: PortalDesk,
        _ incoming: Incoming
    ) async throws -> ListingPage {
        let result = try desk.catalogue.answer(query)
        let ids = result.ids
        let projects = try await desk.store.read { try Projects.rows(ids, in: $0) }
        return ListingPage(
            query: query,
            projects: projects,
            count: result.count,
            sum: result.sum,
            facets: FacetPanel(catalogue: desk.catalogue, language: incoming.language)
                .facets(result.facets, query: query),
            isSignedIn: incoming.actor.account != nil,
            updatedAt: result.updatedAt,
            order: result.order,
            search: result.search
        )
    }

    private static func project(
        _ desk: PortalDesk,
        _ incoming: Incoming
    ) async throws -> ProjectPage {
        let reference = [
            try incoming.pathParameter("year"), try incoming.pathParameter("agency"),
            try incoming.pathParameter("key"),
        ].joined(separator: "/")
        let account = incoming.actor.id
        let found = try await desk.store.read { db in
            (
                current: try Projects.current(reference, in: db),
                history: try Projects.history(reference, in: db),
                isFollowed: try account.map { try Follows.isFollowed(reference, by: $0, in: db) }
                    ?? false
            )
        }
        guard let project = found.current ?? found.history.first?.project else {
            throw Problem.notFound
        }
        return ProjectPage(
            project: project,
            history: found.history,
            isCurrent: found.current != nil,
            isFollowed: found.isFollowed,
            isSignedIn: account != nil,
            showsContact: incoming.actor.may(.planOfficer, in: project.agencyID)
        )
    }

    private static func feed(
        _ query: ProjectQuery,
        _ desk: PortalDesk,
        _ incoming: Incoming
    ) async throws -> Outgoing {
        let ids = try desk.catalogue.allIDs(query, limit: AtomFeed.maximumEntryCount)
        let language = incoming.language
        let projects = try await desk.store.read { try Projects.rows(ids, in: $0) }
        let updated = desk.catalogue.updatedAt ?? incoming.now
        return AtomFeed(
            title: incoming.text("정보화사업 발주정보", "Informatization projects"),
            selfLink: Link("/procurement/feed", query: query.conditionPairs),
            pageLink: Places.listing(query.conditionPairs),
            publicURL: desk.platform.publicURL,
            author: incoming.page.siteName[language],
            entries: projects.map { project in
                AtomFeed.Entry(
                    id: "project/\(Link.encoded(project.reference))",
                    title: project.title(language),
                    updated: updated,
                    link: Places.project(project),
                    summary: [
                        Places.agencyName(project, language), project.type.label[language],
                        project.budget.text(language), Places.orderText(project.order)[language],
                    ].joined(separator: " · ")
                )
            }
        ).outgoing(emptyAt: incoming.now)
    }

    /// The months in which projects are ordered; those ordered in the year before have none left.
    private static func calendar(
        _ query: ProjectQuery,
        _ desk: PortalDesk,
        _ incoming: Incoming
    ) async throws -> Outgoing {
        let ids = try desk.catalogue.allIDs(query, limit: CalendarFeed.maximumEventCount)
        let language = incoming.language
        let projects = try await desk.store.read { try Projects.rows(ids, in: $0) }
        let events = projects.compactMap { project -> CalendarFeed.Event? in
            guard let span = project.order.span else { return nil }
            return CalendarFeed.Event(
                id: Link.encoded(project.reference),
                start: span.lowerBound,
                end: span.upperBound,
                title: "\(project.title(language)) (\(project.budget.text(language)))",
                description: Places.agencyName(project, language),
                link: Places.project(project)
            )
        }
        return CalendarFeed(
            name: incoming.text("정보화사업 발주 일정", "Order dates of informatization projects"),
            publicURL: desk.platform.publicURL,
            events: events
        ).outgoing(stamp: desk.catalogue.updatedAt ?? incoming.now)
    }
}

extension OrderTime {
    /// The days in which the order is planned: the month, or the whole quarter; nil where it was
    /// ordered in the year before.
    var span: ClosedRange<LocalDate>? {
        guard timing != .orderedInPreviousYear else { return nil }
        guard let months = month.map({ $0...$0 }) ?? timing.months,
            let start = LocalDate(year: year, month: months.lowerBound, day: 1),
            let end = LocalDate(
                year: year,
                month: months.upperBound,
                day: LocalDate.days(inMonth: months.upperBound, of: year)
            )
        else { return nil }
        return start...end
    }
}

extension OrderTime {
    /// The year of the order.
    var wholeYear: ClosedRange<LocalDate>? {
        guard let start = LocalDate(year: year, month: 1, day: 1),
            let end = LocalDate(year: year, month: 12, day: 31)
        else { return nil }
        return start...end
    }
}

/// The facets of a result as the filter panel shows them.
struct FacetPanel {
    let catalogue: Catalogue
    let language: Language

    func facets(_ found: [Facet], query: ProjectQuery) -> [FilterPanel.Facet] {
        ProjectFacet.allCases.compactMap { facet in
            guard let values = found.first(where: { $0.name == facet.rawValue })?.values else {
                return nil
            }
            let chosen = Set(query.filters[facet] ?? [])
            let options = ordered(facet, values).filter { option in
                option.total.count > 0 || chosen.contains(option.label)
            }.map { option in
                FilterPanel.Option(
                    value: option.label,
                    label: name(option.label, facet),
                    count: option.total.count,
                    sum: Won(option.total.sum),
                    isSelected: chosen.contains(option.label)
                )
            }
            guard !options.isEmpty else { return nil }
            let isOpen = [.agencyKind, .type, .timing].contains(facet)
            return FilterPanel.Facet(
                name: facet.rawValue,
                title: facet.title[language],
                options: options,
                isOpen: isOpen
            )
        }
    }

    private func ordered(_ facet: ProjectFacet, _ values: [Facet.Value]) -> [Facet.Value] {
        guard let fixed = facet.fixedValues else {
            return facet == .year
                ? values.sorted { $0.label > $1.label }
                : values.sorted { ($1.total.count, $0.label) < ($0.total.count, $1.label) }
        }
        let places = Dictionary(uniqueKeysWithValues: fixed.enumerated().map { ($1.value, $0) })
        return values.sorted { places[$0.label] ?? 0 < places[$1.label] ?? 0 }
    }

    private func name(_ value: String, _ facet: ProjectFacet) -> String {
        switch facet {
        case .year: return language == .korean ? "\(value)년" : value
        case .agency: return catalogue.agencyName(value)?[language] ?? value
        default:
            return facet.fixedValues?.first { $0.value == value }?.label[language] ?? value
        }
    }
}
