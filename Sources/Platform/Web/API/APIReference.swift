import Basics
import HTTPTypes

extension RouteTable {
    /// Adds the OpenAPI document of the routes so far and a page that shows it.
    public mutating func addAPIReference() {
        let endpoints = routes.filter { $0.kind == .endpoint }
        let document = OpenAPIDocument(self)
        file("/api/openapi.json") { _ in
            .text(try document.json(), contentType: "application/json")
        }
        page("/api") { incoming in APIReferencePage(endpoints: endpoints).page(in: incoming.page) }
    }
}

/// The endpoints for people who write programs.
struct APIReferencePage {
    let endpoints: [Route]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("열린 API", "Open API"),
            lead: HTML(
                text: context.text(
                    "화면에서 보는 모든 공개 자료를 프로그램으로도 받을 수 있습니다.",
                    "Everything public on these pages can be read by programs too."
                )
            ),
            main: """
                \(buttonRow([linkButton("OpenAPI 3.1", Link("/api/openapi.json"))]))\
                \(HTML(each: endpoints) { endpoint($0, context) })
                """
        )
    }

    private func endpoint(_ route: Route, _ context: PageContext) -> HTML {
        guard case .object(let operation)? = route.operation else { return .empty }
        var rows: [[HTML]] = []
        if case .array(let parameters)? = operation["parameters"] {
            rows = parameters.compactMap(Self.row)
        }
        let table =
            rows.isEmpty
            ? HTML.empty
            : Web.table(
                DataTable(
                    caption: context.text("매개변수", "Parameters"),
                    columns: [
                        .init(context.text("이름", "Name"), isRowHeader: true),
                        .init(context.text("곳", "In")), .init(context.text("형식", "Type")),
                    ],
                    rows: rows
                ),
                in: context
            )
        return """
            <section><h2><code>\(route.method.rawValue) \(route.path)</code></h2>\
            <p lang="en">\(Self.text(operation["summary"]))</p>\(table)</section>
            """
    }

    private static func row(_ parameter: JSONValue) -> [HTML]? {
        guard case .object(let members) = parameter, case .object(let schema)? = members["schema"]
        else { return nil }
        return [
            "<code>\(text(members["name"]))</code>", "\(text(members["in"]))",
            "\(text(schema["type"]))",
        ]
    }

    private static func text(_ value: JSONValue?) -> String {
        guard case .string(let text)? = value else { return "" }
        return text
    }
}
