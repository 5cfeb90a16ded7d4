import Basics
import Cases
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The machines of whoever asks, and those they wait for.
struct MineListPage: Sendable {
    let places: [Allocation]
    let machines: [String: Asset]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내 PC", "My PC"),
            breadcrumbs: [Ways.homeCrumb(context)],
            main: places.isEmpty
                ? emptyState(
                    title: context.text("아직 승인된 신청이 없습니다", "No granted application yet"),
                    text: context.text(
                        "신청의 진행은 ‘내 신청’에서 볼 수 있습니다.",
                        "How an application goes is shown under “My applications”."
                    ),
                    actions: [
                        linkButton(context.text("내 신청", "My applications"), Link("/applications")),
                        linkButton(
                            context.text("신청하기", "Apply"),
                            .path("apply", SharedPCProcedures.person)
                        ),
                    ]
                )
                : section(
                    context.text("받았거나 기다리는 PC", "What you have or wait for"),
                    cards(context)
                )
        )
    }

    private func cards(_ context: PageContext) -> HTML {
        cardGrid(
            places.map { place in
                let asset = place.assetID.flatMap { machines[$0] }
                return Card(
                    title: asset?.name ?? place.wish.title[context.language],
                    link: Ways.mine(place.id),
                    text: asset.map { "\($0.specification(context))" },
                    facts: ["\(place.receiptNumber)", "\(place.state.title[context.language])"]
                )
            }
        )
    }
}

/// One's own machine: where it is, what was done to it, repairs.
struct MinePage: Sendable {
    let place: Allocation
    let machine: MachineRow?
    let wipes: [WipeRecord]
    let tickets: [RepairTicket]
    var refusal: Bilingual?
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내 PC", "My PC"),
            breadcrumbs: [
                Ways.homeCrumb(context),
                Breadcrumb(title: context.text("내 PC", "My PC"), link: Ways.mine),
            ],
            lead: "\(place.receiptNumber) \(place.state.tag(context))",
            main: """
                \(progress(context))\(confirm(context))\(facts(context))\(proof(context))\
                \(repair(context))
                """,
            notification: refusalBanner(refusal, context),
            hasErrors: refusal != nil
        )
    }

    private func progress(_ context: PageContext) -> HTML {
        let delivery = place.delivery.value
        let text: String
        switch place.state {
        case .waiting:
            text = context.text(
                "승인되었습니다. 신청순으로 맞는 PC를 배정하고 알려 드립니다.",
                "Granted. A machine is set aside in the order of receipt; you will be told."
            )
        case .allocated:
            text = context.text(
                "PC가 배정되었습니다. 배송이나 방문 일정을 알려 드립니다.",
                "A machine is set aside. You will be told when it comes."
            )
        case .shipped where delivery.way == .visit:
            text = context.text(
                "\(delivery.visitOn?.iso ?? "") \(delivery.visitHours)에 찾아가 설치합니다.",
                "We come on \(delivery.visitOn?.iso ?? ""), \(delivery.visitHours)."
            )
        case .shipped:
            text = context.text(
                "\(delivery.courier) 송장번호 \(delivery.trackingNumber)(으)로 보냈습니다.",
                "Sent by \(delivery.courier), parcel \(delivery.trackingNumber)."
            )
        case .delivered:
            text = context.text("받으신 PC입니다.", "You have it.")
        case .returned:
            text = context.text("돌려주신 PC입니다.", "You gave it back.")
        case .withdrawn:
            text = context.text("취하한 신청입니다.", "You withdrew the application.")
        }
        return "<p>\(text)</p>"
    }

    private func confirm(_ context: PageContext) -> HTML {
        guard place.state == .shipped else { return .empty }
        let field = FormField(
            name: "signedName",
            label: context.text("받은 사람의 이름", "Name of who took it"),
            hint: context.text("이름을 적으면 서명을 대신합니다.", "The name stands for a signature."),
            isRequired: true,
            values: [typed.value("signedName")],
            autocomplete: "name",
            maximumLength: Delivery.maximumLineCharacterCount
        )
        return section(
            context.text("PC를 받으셨나요?", "Has it arrived?"),
            form(action: Ways.mine(place.id).appending("confirm"), context: context) {
                """
                \(formField(field, in: context))\
                \(buttonRow([button(context.text("잘 받았습니다", "I have it"))]))
                """
            }
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        guard let machine else { return .empty }
        let work = machine.machine.work.value
        var rows: [SummaryList.Row] = [
            .init(context.text("관리번호", "Number"), "\(machine.asset.number)"),
            .init(context.text("모델", "Model"), "\(machine.asset.name)"),
            .init(context.text("사양", "Specification"), "\(machine.asset.specification(context))"),
            .init(
                context.text("등급", "Grade"),
                machine.machine.grade.map {
                    "<strong>\($0.title)</strong> \($0.criteria[context.language])"
                } ?? "–"
            ),
            .init(context.text("운영체제", "Operating system"), "\(work.operatingSystem)"),
        ]
        if let day = place.warrantyUntil {
            rows.append(
                .init(
                    context.text("무상 수리", "Warranty until"),
                    dateText(day, style: .long, in: context)
                )
            )
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func proof(_ context: PageContext) -> HTML {
        guard !wipes.isEmpty else { return .empty }
        return section(
            context.text("앞 주인의 자료는 지워졌습니다", "What was on it before is gone"),
            """
            <ul>\(HTML(each: wipes) { record in
                let link = Link(
                    "/shared-pcs/certificates",
                    query: [("number", record.number), ("checksum", record.checksum)])
                return """
                    <li>\(dateText(record.finishedAt, in: context)) · \(record.method) · \
                    <a href="\(link)">\(record.number)</a></li>
                    """
            })</ul>
            """
        )
    }

    private func repair(_ context: PageContext) -> HTML {
        let rows: [[HTML]] = tickets.map { ticket in
            [
                dateText(ticket.openedAt, in: context), "\(ticket.problem)",
                "\(ticket.state.title[context.language])",
                "\(ticket.answer.isEmpty ? "–" : ticket.answer)",
            ]
        }
        let list: HTML =
            rows.isEmpty
            ? .empty
            : table(
                DataTable(
                    caption: context.text("맡긴 수리", "Your tickets"),
                    columns: [
                        .init(context.text("접수", "Opened"), isRowHeader: true),
                        .init(context.text("문제", "Problem"), isWide: true),
                        .init(context.text("상태", "State")),
                        .init(context.text("한 일", "Done"), isWide: true),
                    ],
                    rows: rows
                ),
                in: context
            )
        guard place.state == .delivered else { return list }
        let field = FormField(
            name: "problem",
            label: context.text("어떤 문제가 있나요?", "What is wrong?"),
            control: .textArea(rowCount: 4),
            hint: context.text(
                "언제부터 어떻게 안 되는지 적어 주세요. 비밀번호는 적지 마세요.",
                "Since when, and what happens. Never a password."
            ),
            isRequired: true,
            values: [typed.value("problem")],
            maximumLength: RepairTicket.maximumTextCharacterCount
        )
        return list
            + section(
                context.text("수리 맡기기", "Ask for a repair"),
                id: "repair",
                form(action: Ways.mine(place.id).appending("repairs"), context: context) {
                    """
                    \(formField(field, in: context))\
                    \(buttonRow([button(context.text("수리 접수", "Ask for a repair"))]))
                    """
                }
            )
    }
}

/// A recipient's own pages: nobody else's data is on them.
struct MineRoutes {
    let desk: SharedPCDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/mine", access: .signedIn) { incoming in
            let account = try incoming.accountID()
            return try await desk.store.read { db in
                let places = try Allocations.of(
                    account: account,
                    broughtIn: try Cases.broughtIn(
                        by: account,
                        procedures: SharedPCProcedures.all.sorted(),
                        in: db
                    ),
                    in: db
                )
                var machines: [String: Asset] = [:]
                for id in places.compactMap(\.assetID) {
                    machines[id] = try Assets.find(id, in: db)
                }
                return MineListPage(places: places, machines: machines)
            }.page(in: incoming.page)
        }
        table.page("/shared-pcs/mine/{id}", access: .signedIn) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        addChange("confirm", to: &table) { keeping, id, form, tx in
            let place = try keeping.confirm(
                id,
                signedName: form.text("signedName") ?? "",
                byRecipient: true,
                in: tx
            )
            try keeping.fulfilCase(of: place, in: tx)
        }
        addChange("repairs", to: &table) { keeping, id, form, tx in
            _ = try keeping.openRepair(
                of: id,
                problem: form.text("problem") ?? "",
                isByTelephone: false,
                ticketID: RandomName.make(byteCount: 10),
                in: tx
            )
        }
    }

    private func addChange(
        _ path: String,
        to table: inout RouteTable,
        _ change:
            @escaping @Sendable (
                SharedPCKeeping, String, FormFields, WriteTransaction
            ) throws -> Void
    ) {
        let desk = desk
        table.submission("/shared-pcs/mine/{id}/\(path)", access: .signedIn) { incoming, form in
            let id = try await Self.page(desk, incoming).place.id
            let keeping = SharedPCKeeping(by: incoming.actor)
            let refusal = try await desk.attempt { try change(keeping, id, form, $0) }
            var page = try await Self.page(desk, incoming)
            guard let refusal else { return .other(.seeOther(Ways.mine(page.place.id))) }
            page.refusal = refusal
            page.typed = Typed(form: form)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    /// The place of the address, where it is the person's own or they applied for its person.
    private static func page(_ desk: SharedPCDesk, _ incoming: Incoming) async throws -> MinePage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        return try await desk.store.write { tx in
            guard let place = try Allocations.find(id, in: tx) else { throw Problem.notFound }
            if place.accountID != actor.id {
                let record = try Cases.record(
                    place.caseID,
                    for: actor,
                    purpose: .caseApplication,
                    in: tx
                )
                guard let record, record.belongs(to: actor.id) else { throw Problem.notFound }
            }
            let machine = try place.assetID.map { try Machines.row($0, in: tx) }
            let life = machine?.machine.lifeStartedAt
            return MinePage(
                place: place,
                machine: machine,
                wipes: try machine.map { row in
                    try Wipes.of(row.asset.id, in: tx)
                        .filter { wipe in wipe.isProof && life.map { wipe.finishedAt >= $0 } ?? true
                        }
                } ?? [],
                tickets: try Repairs.of(allocation: id, in: tx)
            )
        }
    }
}
