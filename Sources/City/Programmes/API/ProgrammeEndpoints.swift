import Basics
import Eligibility
import Hosting
import HTTPTypes
import Web

/// The programmes for programs, and judgements of a situation that is not kept.
struct ProgrammeEndpoints: Sendable {
    let platform: Platform
    let index: ProgrammeIndex

    private var rules: RulesInForce { index.rules }

    func add(to table: inout RouteTable) {
        addReading(to: &table)
        addJudging(to: &table)
    }

    private func addReading(to table: inout RouteTable) {
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/programmes",
                operationID: "searchProgrammes",
                summary: "Search the city's programmes by words, tag and provider.",
                tag: "programmes",
                parameters: [
                    .query("q", .string(maximumLength: SearchRequest.maximumTextLength)),
                    .query("tag", .array(of: .string(maximumLength: 64), maximumCount: 20)),
                    .query("provider", .array(of: .string(maximumLength: 100), maximumCount: 20)),
                    .query("page", .integer(1...QueryItems.maximumPageNumber)),
                ],
                response: .object([
                    "page": .integer(), "pageSize": .integer(), "total": .integer(),
                    "programmes": .array(of: ProgrammeItem.schema),
                ])
            )
        ) { (_: NoInput, incoming) in
            let query = ProgrammeQuery(incoming.query)
            let found = try query.find(in: index, synonyms: platform.synonyms.table)
            let size = ProgrammeQuery.pageSize
            let page = incoming.query.pageNumber()
            return ProgrammeItems(
                page: page,
                pageSize: size,
                total: found.count,
                programmes: found.dropFirst((page - 1) * size).prefix(size)
                    .map { ProgrammeItem($0, on: incoming.now.date) }
            )
        }
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/programmes/{name}",
                operationID: "readProgramme",
                summary: "One programme of the city as it is in force today.",
                tag: "programmes",
                parameters: [.path("name", .string(maximumLength: 100))],
                response: ProgrammeItem.schema
            )
        ) { (_: NoInput, incoming) in
            let name = try incoming.pathParameter("name")
            guard let programme = rules.programme(name) else { throw Problem.notFound }
            return ProgrammeItem(programme, on: incoming.now.date)
        }
    }

    private func addJudging(to table: inout RouteTable) {
        table.endpoint(
            EndpointDescription(
                .post,
                "/api/programmes/judgements",
                operationID: "judgeSituation",
                summary: "What the programmes say to a person; nothing is stored.",
                tag: "programmes",
                requestBody: SituationInput.schema,
                response: .object([
                    "date": .date, "judgements": .array(of: .any),
                ]).described("One judgement a programme, with every clause, in both languages."),
                maximumBodyByteCount: Self.maximumBodyByteCount
            )
        ) { (input: SituationInput, incoming) in
            try input.judgements(by: rules, today: incoming.now.date)
        }
    }

    /// A household of the largest size is a fraction of it.
    private static let maximumBodyByteCount = 128 << 10

    private struct NoInput: Decodable, Sendable {}

    private struct ProgrammeItems: Encodable, Sendable {
        var page: Int
        var pageSize: Int
        var total: Int
        var programmes: [ProgrammeItem]
    }
}

/// A programme in the API.
private struct ProgrammeItem: Encodable, Sendable {
    var name: String
    var title: Bilingual
    var summary: Bilingual
    var provider: Bilingual
    var tags: [String]
    var url: String?
    var supersededBy: String?
    var isInForce: Bool
    var validFrom: LocalDate?
    var validTo: LocalDate?
    var selection: Selection.Method?
    var documents: [Bilingual]
    var excludes: [String]

    init(_ programme: Programme, on date: LocalDate) {
        let version = programme.version(on: date)
        name = programme.name
        title = programme.title
        summary = programme.summary
        provider = programme.provider
        tags = programme.tags
        url = programme.url
        supersededBy = programme.supersededBy
        isInForce = version.map { $0.paused == nil } ?? false
        validFrom = version?.from
        validTo = version?.to
        selection = version?.selection.method
        documents = version?.documents.map(\.title) ?? []
        excludes = Set(version?.exclusions.map(\.programme) ?? []).sorted()
    }

    static let bilingual = Schema.object(["korean": .string(), "english": .string()])

    static let schema = Schema.object(
        [
            "name": .string(), "title": bilingual, "summary": bilingual, "provider": bilingual,
            "tags": .array(of: .string()), "isInForce": .boolean,
            "documents": .array(of: bilingual), "excludes": .array(of: .string()),
        ],
        optional: [
            "url": .string(), "supersededBy": .string(), "validFrom": .date, "validTo": .date,
            "selection": .oneOf(Selection.Method.allCases.map(\.rawValue)),
        ]
    )
}
