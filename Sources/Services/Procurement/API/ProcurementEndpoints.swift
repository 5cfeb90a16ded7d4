import Basics
import Facets
import HTTPTypes
import Korean
import Store
import Web

/// The portal for programs.
struct ProcurementEndpoints {
    let desk: PortalDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/procurement/projects",
                operationID: "searchProjects",
                summary: "Search the current projects, with counts and sums of every facet.",
                tag: "procurement",
                parameters: Self.searchParameters,
                response: Self.searchSchema
            )
        ) { (_: NoInput, incoming) in
            try await Self.search(ProjectQuery(incoming.query), desk)
        }
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/procurement/report/{year}",
                operationID: "readReport",
                summary: "The figures of a year's plan, each with the query that yields it.",
                tag: "procurement",
                parameters: [
                    .path("year", .integer(1900...2999)),
                    .query("coefficient", .number),
                ],
                response: .object([
                    "year": .integer(), "total": .object(["count": .integer()]),
                ])
            )
        ) { (input: ReportInput, incoming) in
            try await ReportRoutes.report(
                input.year,
                coefficient: incoming.query["coefficient"],
                desk
            )
        }
    }

    private struct NoInput: Decodable, Sendable {}

    private struct ReportInput: Decodable, Sendable {
        var year: Int
    }

    private static let searchParameters: [Parameter] =
        [
            .query("q", .string(maximumLength: ProjectQuery.maximumTextLength)),
            .query("sort", .oneOf(ProjectOrder.allCases.map(\.rawValue))),
            .query("page", .integer(1...QueryItems.maximumPageNumber)),
        ]
        + ProjectFacet.allCases.map { facet in
            let values = facet.fixedValues.map { Schema.oneOf($0.map(\.value)) }
            return .query(
                facet.rawValue,
                .array(
                    of: values ?? .string(maximumLength: 100),
                    maximumCount: ProjectQuery.maximumValuesPerFacet
                )
            )
        }

    private static let searchSchema = Schema.object([
        "count": .integer().described("Projects found."),
        "sum": .integer().described("Their budgets, in won."), "page": .integer(),
        "pageSize": .integer(),
        "alternatives": .array(
            of: .object(["typed": .string(), "searched": .array(of: .string())])
        ).described("What was searched beside or instead of the typed words."),
        "projects": .array(
            of: .object(
                [
                    "reference": .string(), "title": .string(), "agencyID": .string(),
                    "agencyName": .string(), "department": .string(), "type": .string(),
                    "budget": .integer().described("Won."), "planYear": .integer(),
                    "timing": .string(), "status": .string(),
                    "technologies": .array(of: .string()), "url": .uriReference,
                ],
                optional: ["titleEnglish": .string(), "orderMonth": .integer(1...12)]
            )
        ),
        "facets": .array(
            of: .object([
                "name": .string(),
                "values": .array(
                    of: .object([
                        "value": .string(), "count": .integer(), "sum": .integer(),
                    ])
                ),
            ])
        ),
    ])

    private static func search(
        _ query: ProjectQuery,
        _ desk: PortalDesk
    ) async throws -> SearchAnswer {
        let result = try desk.catalogue.answer(query)
        let ids = result.ids
        let projects = try await desk.store.read { try Projects.rows(ids, in: $0) }
        return SearchAnswer(
            count: result.count,
            sum: result.sum,
            page: query.page,
            pageSize: ProjectQuery.pageSize,
            alternatives: (result.search?.alternatives ?? []).map {
                SearchAnswer.Alternative(typed: $0.typed, searched: $0.searched)
            },
            projects: projects.map(SearchAnswer.Project.init),
            facets: result.facets.map { facet in
                SearchAnswer.Facet(
                    name: facet.name,
                    values: facet.values.filter { $0.total.count > 0 }.map {
                        .init(value: $0.label, count: $0.total.count, sum: $0.total.sum)
                    }
                )
            }
        )
    }
}

/// What the search endpoint answers.
private struct SearchAnswer: Encodable, Sendable {
    struct Alternative: Encodable, Sendable {
        var typed: String
        var searched: [String]
    }

    struct Project: Encodable, Sendable {
        var reference: String
        var title: String
        var titleEnglish: String?
        var agencyID: String
        var agencyName: String
        var department: String
        var type: ProjectType
        var budget: Won
        var planYear: Int
        var timing: OrderTiming
        var orderMonth: Int?
        var status: ProjectStatus
        var technologies: [Technology]
        var url: String

        init(_ project: PlannedProject) {
            reference = project.reference
            title = project.title
            titleEnglish = project.titleEnglish
            agencyID = project.agencyID
            agencyName = project.agencyName
            department = project.department
            type = project.type
            budget = project.budget
            planYear = project.planYear
            timing = project.order.timing
            orderMonth = project.order.month
            status = project.status
            technologies = project.sortedTechnologies
            url = Places.project(project).target
        }
    }

    struct Facet: Encodable, Sendable {
        struct Value: Encodable, Sendable {
            var value: String
            var count: Int
            var sum: Int64
        }

        var name: String
        var values: [Value]
    }

    var count: Int
    var sum: Won
    var page: Int
    var pageSize: Int
    var alternatives: [Alternative]
    var projects: [Project]
    var facets: [Facet]
}
