import Basics
import City
import Identity
import Store
import Web

/// The repair tickets by state.
struct RepairListPage: Sendable {
    let state: RepairTicket.State
    let tickets: [RepairTicket]
    let total: Int
    let number: Int
    let counts: [RepairTicket.State: Int]

    func page(in context: PageContext) -> Page {
        let tabs = RepairTicket.State.allCases.map { one in
            TabLink(
                title: "\(one.title[context.language]) \((counts[one] ?? 0).grouped)",
                link: Link("/shared-pcs/repairs", query: [("state", one.rawValue)]),
                isCurrent: one == state
            )
        }
        return Page(
            title: context.text("수리", "Repairs"),
            breadcrumbs: Ways.boardCrumbs(context),
            main: """
                \(Ways.tabs(Ways.repairs, context))\
                \(tabLinks(tabs, label: context.text("상태", "State")))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Repairs.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("접수한 수리", "Tickets"),
            columns: [
                .init(context.text("접수", "Opened"), isRowHeader: true),
                .init(context.text("문제", "Problem"), isWide: true),
                .init(context.text("무상", "Warranty")), .init(context.text("어디서", "By")),
            ],
            rows: tickets.map { ticket in
                [
                    """
                    <a href="\(Ways.repair(ticket.id))">\(dateText(ticket.openedAt, in: context))</a>
                    """,
                    "\(ticket.problem)",
                    "\(ticket.isUnderWarranty ? context.text("예", "Yes") : context.text("지남", "Over"))",
                    """
                    \(ticket.isByTelephone
                        ? context.text("전화", "Telephone") : context.text("화면", "Page"))
                    """,
                ]
            },
            emptyText: context.text("없습니다.", "None."),
            in: context
        )
    }
}

/// One repair ticket.
struct RepairPage: RefusingPage {
    let ticket: RepairTicket
    let place: Allocation
    let machine: MachineRow
    let replacements: [MachineSuggestion]
    var refusal: Bilingual?
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        let facts = SummaryList([
            .init("PC", "<a href=\"\(Ways.machine(ticket.assetID))\">\(machine.asset.number)</a>"),
            .init(
                context.text("배정", "Allocation"),
                "<a href=\"\(Ways.allocation(place.id))\">\(place.receiptNumber)</a>"
            ),
            .init(context.text("접수", "Opened"), dateText(ticket.openedAt, in: context)),
            .init(
                context.text("무상 수리", "Warranty"),
                "\(ticket.isUnderWarranty ? context.text("기간 안", "In force") : context.text("지남", "Over"))"
            ),
            .init(context.text("문제", "Problem"), "\(ticket.problem)"),
            .init(context.text("한 일", "Done"), "\(ticket.answer.isEmpty ? "–" : ticket.answer)"),
        ])
        return Page(
            title: context.text("수리 접수", "Repair ticket"),
            breadcrumbs: Ways.boardCrumbs(context) + [
                Breadcrumb(title: context.text("수리", "Repairs"), link: Ways.repairs)
            ],
            lead: "\(ticket.state.title[context.language])",
            main: "\(summaryList(facts, in: context))\(next(context))",
            notification: refusalBanner(refusal, context),
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func next(_ context: PageContext) -> HTML {
        switch ticket.state {
        case .open:
            form(action: Ways.repair(ticket.id).appending("start"), context: context) {
                button(context.text("수리 시작", "Start the repair"))
            }
        case .working: end(context)
        case .done, .replaced: .empty
        }
    }

    private func end(_ context: PageContext) -> HTML {
        let same = FormField.Choice(
            value: "",
            label: context.text("고쳐서 돌려줌", "Mended and given back")
        )
        let fields = [
            FormField(
                name: "replacement",
                label: context.text("결과", "Outcome"),
                control: .select(
                    [same]
                        + replacements.map { suggestion in
                            .init(
                                value: suggestion.row.asset.id,
                                label: context.text(
                                    "\(suggestion.row.asset.number)(으)로 교체",
                                    "Replaced by \(suggestion.row.asset.number)"
                                )
                            )
                        }
                ),
                values: [typed.value("replacement")]
            ),
            FormField(
                name: "answer",
                label: context.text("한 일(신청한 사람에게 알립니다)", "What was done (the person is told)"),
                control: .textArea(rowCount: 3),
                isRequired: true,
                values: [typed.value("answer")],
                maximumLength: RepairTicket.maximumTextCharacterCount
            ),
        ]
        return form(action: Ways.repair(ticket.id).appending("end"), context: context) {
            """
            \(HTML(each: fields) { formField($0, in: context) })\
            \(buttonRow([button(context.text("수리 끝내기", "End the repair"))]))
            """
        }
    }
}

/// The workshop's repairs.
struct RepairRoutes {
    let desk: SharedPCDesk
    private static let maximumReadyCount = 200

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/repairs", access: SharedPCDesk.access) { incoming in
            let state = incoming.query["state"].flatMap(RepairTicket.State.init) ?? .open
            let number = incoming.query.pageNumber()
            return try await desk.store.read { db in
                let found = try Repairs.page(number, state: state, in: db)
                return RepairListPage(
                    state: state,
                    tickets: found.tickets,
                    total: found.total,
                    number: number,
                    counts: try Repairs.counts(in: db)
                )
            }.page(in: incoming.page)
        }
        table.page("/shared-pcs/repairs/{id}", access: SharedPCDesk.access) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        addChange("start", to: &table) { keeping, id, _, tx in
            try keeping.startRepair(id, in: tx)
        }
        addChange("end", to: &table) { keeping, id, form, tx in
            try keeping.endRepair(
                id,
                answer: form.text("answer") ?? "",
                replacement: form.text("replacement"),
                in: tx
            )
        }
    }

    private func addChange(
        _ path: String,
        to table: inout RouteTable,
        _ change: @escaping SharedPCDesk.Change
    ) {
        desk.addChange(
            "/shared-pcs/repairs/{id}/\(path)",
            to: &table,
            back: Ways.repair,
            page: Self.page,
            change
        )
    }

    private static func page(
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> RepairPage {
        let id = try incoming.pathParameter("id")
        return try await desk.store.read { db in
            guard let ticket = try Repairs.find(id, in: db),
                let place = try Allocations.find(ticket.allocationID, in: db)
            else { throw Problem.notFound }
            let machine = try Machines.row(ticket.assetID, in: db)
            let ready =
                ticket.state == .working
                ? try Machines.ready(limit: maximumReadyCount, in: db) : []
            return RepairPage(
                ticket: ticket,
                place: place,
                machine: machine,
                replacements: MachineSuggestion.of(ready, for: machine.machine.form)
            )
        }
    }
}
