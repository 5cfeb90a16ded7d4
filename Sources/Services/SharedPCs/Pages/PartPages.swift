import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The stock of parts: what is there, what comes and goes.
struct PartListPage: Sendable {
    let parts: [Part]
    var refusal: Bilingual?
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("부품", "Parts"),
            breadcrumbs: Ways.boardCrumbs(context),
            main: "\(Ways.tabs(Ways.parts, context))\(list(context))\(newPart(context))",
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("재고", "Stock"),
            columns: [
                .init(context.text("부품", "Part"), isRowHeader: true),
                .init(context.text("재고", "Stock"), isNumeric: true),
                .init(context.text("값(원)", "Price (KRW)"), isNumeric: true),
                .init(context.text("더하고 빼기", "Add or take"), isWide: true),
            ],
            rows: parts.map { part in
                let id = "stock-\(part.id)"
                let change = form(
                    action: .path("shared-pcs", "parts", part.id, "stock"),
                    context: context
                ) {
                    """
                    <label class="unseen" for="\(id)">\(context.text(
                        "\(part.title) 더하거나 뺄 수", "Add or take: \(part.title)"))</label>\
                    <input class="narrow" id="\(id)" type="text" name="count" autocomplete="off" \
                    placeholder="+10"> \(button(context.text("바꾸기", "Change"), style: .quiet))
                    """
                }
                return [
                    "\(part.title)", "\(part.count.grouped)", "\(part.unitCost.amount.grouped)",
                    change,
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }

    private func newPart(_ context: PageContext) -> HTML {
        let kinds: [FormField.Choice] = [
            .init(value: "", label: context.text("그 밖의 부품", "Other")),
            .init(value: "memoryGB", label: context.text("메모리(GB)", "Memory (GB)")),
            .init(value: "storageGB", label: context.text("SSD(GB)", "SSD (GB)")),
        ]
        let fields = [
            FormField(
                name: "title",
                label: context.text("부품 이름", "Name"),
                isRequired: true,
                values: [typed.value("title")],
                autocomplete: "off",
                maximumLength: 80
            ),
            FormField(
                name: "fact",
                label: context.text("종류", "Kind"),
                control: .select(kinds),
                values: [typed.value("fact")]
            ),
            FormField(
                name: "factValue",
                label: context.text("용량(GB)", "Size (GB)"),
                control: .text(.number),
                values: [typed.value("factValue")],
                autocomplete: "off"
            ),
            FormField(
                name: "unitCost",
                label: context.text("값(원)", "Price (KRW)"),
                control: .text(.number),
                isRequired: true,
                values: [typed.value("unitCost")],
                autocomplete: "off"
            ),
            FormField(
                name: "count",
                label: context.text("개수", "How many"),
                control: .text(.number),
                isRequired: true,
                values: [typed.value("count")],
                autocomplete: "off"
            ),
        ]
        return section(
            context.text("새 부품", "A new part"),
            form(action: Ways.parts, context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("더하기", "Add"))]))
                """
            }
        )
    }
}

/// The stock of parts.
struct PartRoutes {
    let desk: SharedPCDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/parts", access: SharedPCDesk.access) { incoming in
            let parts = try await desk.store.read { try Parts.all(in: $0) }
            return PartListPage(parts: parts).page(in: incoming.page)
        }
        table.submission("/shared-pcs/parts", access: SharedPCDesk.access) { incoming, form in
            let id = RandomName.make(byteCount: 8)
            return try await Self.answer(desk, incoming, form) { tx in
                try Parts.insert(try Self.part(form, id: id), in: tx)
            }
        }
        table.submission("/shared-pcs/parts/{id}/stock", access: SharedPCDesk.access) {
            incoming,
            form in
            let id = try incoming.pathParameter("id")
            let keeping = SharedPCKeeping(by: incoming.actor)
            let text = form.text("count") ?? ""
            let count = Int(text.hasPrefix("+") ? String(text.dropFirst()) : text) ?? 0
            return try await Self.answer(desk, incoming, form) { tx in
                try keeping.stock(id, by: count, in: tx)
            }
        }
    }

    private static func part(_ form: FormFields, id: String) throws -> Part {
        func number(_ name: String, _ range: ClosedRange<Int>) -> Int? {
            form.text(name).flatMap { Int($0.filter { $0 != "," }) }
                .flatMap { range.contains($0) ? $0 : nil }
        }
        let most = Int(Refurbishment.maximumCost.amount)
        guard let title = form.text("title"), title.count <= 80,
            let count = number("count", 0...Part.maximumCount),
            let cost = number("unitCost", 0...most)
        else {
            throw SharedPCError.badInput(
                "이름과 값(\(most.grouped)원까지), 개수를 적어 주세요.",
                "Give the name, the price (at most \(most.grouped)) and the number."
            )
        }
        let fact = ["memoryGB", "storageGB"].contains(form["fact"] ?? "") ? form["fact"] ?? "" : ""
        return Part(
            id: id,
            title: title,
            count: count,
            unitCost: Won(Int64(cost)),
            fact: fact,
            factValue: fact.isEmpty ? 0 : number("factValue", 1...131_072) ?? 0
        )
    }

    private static func answer(
        _ desk: SharedPCDesk,
        _ incoming: Incoming,
        _ form: FormFields,
        _ change: @escaping @Sendable (WriteTransaction) throws -> Void
    ) async throws -> Answer {
        guard let refusal = try await desk.attempt(change) else {
            return .other(.seeOther(Ways.parts))
        }
        let parts = try await desk.store.read { try Parts.all(in: $0) }
        let page = PartListPage(parts: parts, refusal: refusal, typed: Typed(form: form))
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }
}
