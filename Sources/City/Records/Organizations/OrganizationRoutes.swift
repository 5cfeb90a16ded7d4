import Basics
import HTTPTypes
import Hosting
import Store
import Web

/// The city's organizations as a page and as an endpoint.
struct OrganizationRoutes {
    let store: Store

    func add(to table: inout RouteTable) {
        let store = store
        table.page("/organizations") { incoming in
            let (organizations, people) = try await store.read { db in
                (
                    try Organizations.all(in: db),
                    try RowCount.rows("organization_id", of: "city_person", in: db)
                )
            }
            return Self.page(organizations, people: people, in: incoming.page)
        }
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/organizations",
                operationID: "listOrganizations",
                summary: "The city, its districts and its agencies.",
                tag: "city",
                parameters: [
                    .query("kind", .oneOf(Organization.Kind.allCases.map(\.rawValue)))
                ],
                response: .object([
                    "organizations": .array(
                        of: .object([
                            "id": .string(), "kind": .string(), "name": .string(),
                            "nameEnglish": .string(),
                        ])
                    )
                ])
            )
        ) { (input: KindInput, _) in
            let all = try await store.read { try Organizations.all(in: $0) }
            return OrganizationList(
                organizations: all.filter { input.kind == nil || $0.kind == input.kind }
            )
        }
    }

    private struct KindInput: Decodable, Sendable {
        var kind: Organization.Kind?
    }

    private struct OrganizationList: Encodable, Sendable {
        var organizations: [Organization]
    }

    private static func page(
        _ organizations: [Organization],
        people: [String: Int],
        in context: PageContext
    ) -> Page {
        let rows: [[HTML]] = organizations.map { organization in
            [
                "\(organization.title[context.language])",
                "\(kindName(organization.kind)[context.language])",
                "<code>\(organization.id)</code>",
                people[organization.id].map { count in
                    let link = Link("/people", query: [("organization", organization.id)])
                    return """
                        <a href="\(link)">\(context.text("\(count)명", "\(count) entries"))\
                        <span class="unseen"> \(organization.title[context.language])</span></a>
                        """
                } ?? "–",
            ]
        }
        return Page(
            title: context.text("기관", "Organizations"),
            main: organizations.isEmpty
                ? emptyState(
                    title: context.text("등록된 기관이 없습니다", "No organization yet"),
                    text: context.text(
                        "관리자가 기관을 등록하면 여기에 보입니다.",
                        "They appear here once the administrator adds them."
                    )
                )
                : table(
                    DataTable(
                        caption: context.text("기관 목록", "Organizations"),
                        hidesCaption: true,
                        columns: [
                            .init(context.text("이름", "Name"), isRowHeader: true),
                            .init(context.text("구분", "Kind")), .init(context.text("코드", "Code")),
                            .init(context.text("직원·업무 안내", "Staff directory")),
                        ],
                        rows: rows
                    ),
                    in: context
                ),
            width: .wide
        )
    }

    private static func kindName(_ kind: Organization.Kind) -> Bilingual {
        switch kind {
        case .city: Bilingual("시", "City")
        case .district: Bilingual("자치구", "District")
        case .invested: Bilingual("투자·출연기관", "Invested or funded agency")
        }
    }
}
