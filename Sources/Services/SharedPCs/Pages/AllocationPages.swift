import Basics
import Cases
import City
import Store
import Web

/// The allocation list: who waits, in its order, with the machine that is suggested.
struct AllocationListPage: Sendable {
    let state: Allocation.State
    let places: [Allocation]
    let total: Int
    let number: Int
    let counts: [Allocation.State: Int]
    /// The number of the machine each has.
    let machines: [String: String]

    func page(in context: PageContext) -> Page {
        let tabs = Allocation.State.allCases.map { one in
            TabLink(
                title: "\(one.title[context.language]) \((counts[one] ?? 0).grouped)",
                link: Link("/shared-pcs/allocations", query: [("state", one.rawValue)]),
                isCurrent: one == state
            )
        }
        return Page(
            title: context.text("배정·배송", "Allocation and delivery"),
            breadcrumbs: Ways.boardCrumbs(context),
            lead: """
                \(context.text(
                    "신청순(점수가 있으면 점수순)입니다. 이름은 여기에 나오지 않습니다.",
                    "In the order of receipt, or of points. Names are not shown here."))
                """,
            main: """
                \(Ways.tabs(Ways.allocations, context))\
                \(tabLinks(tabs, label: context.text("상태", "State")))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Allocations.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !places.isEmpty else {
            return emptyState(
                title: context.text("여기에 아무것도 없습니다", "Nothing here"),
                text: context.text(
                    "승인된 신청이 신청순으로 들어옵니다.",
                    "Granted applications come in, in their order."
                )
            )
        }
        let names = Dictionary(District.all.map { ($0.code, $0.name) }) { first, _ in first }
        return table(
            DataTable(
                caption: context.text("배정 목록", "Places"),
                hidesCaption: true,
                columns: [
                    .init(context.text("접수번호", "Receipt"), isRowHeader: true),
                    .init(context.text("신청한 때", "Applied")),
                    .init(context.text("점수", "Points"), isNumeric: true),
                    .init(context.text("형태", "Form")), .init(context.text("설치", "Installation")),
                    .init(context.text("자치구", "District")), .init("PC"),
                    .init(context.text("상태", "State")),
                ],
                rows: places.map { place in
                    let suffix = place.ordinal > 1 ? "-\(place.ordinal)" : ""
                    return [
                        """
                        <a href="\(Ways.allocation(place.id))">\(place.receiptNumber)\(suffix)</a>
                        """,
                        dateText(place.submittedAt, in: context), "\(place.points)",
                        "\(place.wish.title[context.language])",
                        "\(place.wantsInstallation ? context.text("방문", "Visit") : "–")",
                        "\(names[place.district]?[context.language] ?? "–")",
                        "\(place.assetID.flatMap { machines[$0] } ?? "–")",
                        place.state.tag(context),
                    ]
                }
            ),
            in: context
        )
    }
}

/// One place on the list: who it is for, and its machine's way there.
struct AllocationPage: RefusingPage {
    let place: Allocation
    /// The case, as the access function gave it; nothing where it is no longer granted.
    let record: Case?
    let machine: MachineRow?
    let suggestions: [MachineSuggestion]
    let tickets: [RepairTicket]
    let today: LocalDate
    var refusal: Bilingual?
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("배정 \(place.receiptNumber)", "Allocation \(place.receiptNumber)"),
            breadcrumbs: Ways.boardCrumbs(context) + [
                Breadcrumb(title: context.text("배정·배송", "Allocation"), link: Ways.allocations)
            ],
            lead: place.state.tag(context),
            main: "\(facts(context))\(next(context))\(repairs(context))",
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let own = record?.answers.value.own ?? [:]
        func answer(_ name: String) -> String {
            guard let text = own[name], !text.isEmpty else { return "–" }
            return text
        }
        let why = own[SharedPCProcedures.Question.reason] ?? ""
        var rows: [SummaryList.Row] = [
            .init(context.text("받는 사람", "Recipient"), "\(record?.applicantName ?? "–")"),
            .init(
                context.text("받을 주소", "Address"),
                "\(answer(SharedPCProcedures.Question.address))"
            ),
            .init(
                context.text("전화", "Telephone"),
                "\(answer(SharedPCProcedures.Question.telephone))"
            ),
            .init(
                context.text("원하는 형태", "Wish"),
                """
                \(place.wish.title[context.language])\(why.isEmpty ? "" : " (\(why))")
                """
            ),
            .init(
                context.text("설치 도움", "Installation"),
                "\(place.wantsInstallation ? context.text("예", "Yes") : context.text("아니요", "No"))"
            ),
        ]
        if let machine {
            rows.append(
                .init(
                    "PC",
                    """
                    <a href="\(Ways.machine(machine.asset.id))">\(machine.asset.number)</a> \
                    \(machine.asset.specification(context)) · \
                    \(context.text("등급", "Grade")) \(machine.machine.grade?.title ?? "–")
                    """
                )
            )
        }
        rows += deliveryRows(context)
        return """
            \(summaryList(SummaryList(rows), in: context))\
            <p class="hint">\(context.text(
                "이 화면을 연 것이 감사 기록에 남고, 신청한 사람이 볼 수 있습니다.",
                "That you opened this page is recorded, and the applicant can see it."))</p>
            """
    }

    private func deliveryRows(_ context: PageContext) -> [SummaryList.Row] {
        let delivery = place.delivery.value
        guard let way = delivery.way else { return [] }
        let details =
            way == .courier
            ? "\(delivery.courier) \(delivery.trackingNumber)"
            : "\(delivery.visitOn?.iso ?? "") \(delivery.visitHours)"
        var rows: [SummaryList.Row] = [
            .init(way.title[context.language], "\(details)")
        ]
        if let at = place.deliveredAt {
            rows.append(
                .init(
                    context.text("수령 확인", "Received"),
                    """
                    \(dateText(at, in: context)) · \(delivery.signedName) \(
                        delivery.isSignedByRecipient
                            ? context.text("(본인 화면)", "(on their page)")
                            : context.text("(방문자)", "(by the visitor)"))
                    """
                )
            )
        }
        if let day = place.warrantyUntil {
            rows.append(
                .init(context.text("무상 수리", "Warranty until"), dateText(day, in: context))
            )
        }
        return rows
    }

    private func next(_ context: PageContext) -> HTML {
        switch place.state {
        case .waiting: allocate(context)
        case .allocated: ship(context) + release(context)
        case .shipped: confirm(context)
        case .delivered: telephoneRepair(context) + takeBack(context)
        case .returned, .withdrawn: .empty
        }
    }

    private func action(_ name: String) -> Link { Ways.allocation(place.id).appending(name) }

    private func allocate(_ context: PageContext) -> HTML {
        guard !suggestions.isEmpty else {
            return emptyState(
                title: context.text("맞는 PC가 아직 없습니다", "No fitting machine yet"),
                text: context.text(
                    "‘\(place.wish.title.korean)’이(가) 배정 가능해지면 여기에 나옵니다.",
                    "When a \(place.wish.title.english.lowercased()) is ready, it is shown here."
                ),
                actions: [linkButton(context.text("정비소", "Workshop"), Ways.board)]
            )
        }
        let first = suggestions[0].row.asset.id
        let fields = [
            FormField(
                name: "machine",
                label: context.text("배정할 PC", "Machine"),
                control: .radios(
                    suggestions.map { suggestion in
                        let asset = suggestion.row.asset
                        let grade = suggestion.row.machine.grade?.title ?? "–"
                        return .init(
                            value: asset.id,
                            label: "\(asset.number) · \(context.text("등급", "Grade")) \(grade) · "
                                + suggestion.row.machine.form.title[context.language],
                            hint: "\(asset.name) · \(asset.specification(context))"
                        )
                    }
                ),
                isRequired: true,
                values: [typed.value("machine", first)]
            ),
            FormField(
                name: "other",
                label: context.text("같은 주소로 이미 나갔다고 나올 때만", "Only where the address has one"),
                control: .checkboxes([
                    .init(
                        value: "yes",
                        label: context.text(
                            "다른 세대임을 확인했습니다(까닭 적기)",
                            "I found that it is another household (say why)"
                        )
                    )
                ]),
                values: [typed.value("other")]
            ),
            FormField(
                name: "reason",
                label: context.text("까닭", "Reason"),
                values: [typed.value("reason")],
                autocomplete: "off",
                maximumLength: SharedPCKeeping.maximumReasonCharacterCount
            ),
        ]
        return section(
            context.text("배정하기", "Allocate"),
            form(action: action("allocate"), context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("이 PC로 배정", "Allocate"))]))
                """
            }
        )
    }

    private func ship(_ context: PageContext) -> HTML {
        let way = place.wantsInstallation ? Delivery.Way.visit : .courier
        let fields = [
            FormField(
                name: "way",
                label: context.text("보내는 방법", "How it is sent"),
                control: .radios(
                    Delivery.Way.allCases.map {
                        .init(value: $0.rawValue, label: $0.title[context.language])
                    }
                ),
                isRequired: true,
                values: [typed.value("way", way.rawValue)]
            ),
            FormField(
                name: "courier",
                label: context.text("택배 회사", "Courier"),
                values: [typed.value("courier")],
                autocomplete: "off",
                maximumLength: Delivery.maximumLineCharacterCount
            ),
            FormField(
                name: "trackingNumber",
                label: context.text("송장번호", "Number of the parcel"),
                control: .text(.number),
                values: [typed.value("trackingNumber")],
                autocomplete: "off",
                maximumLength: Delivery.maximumLineCharacterCount
            ),
            FormField(
                name: "visitOn",
                label: context.text("방문 날짜", "Day of the visit"),
                control: .date(earliest: today),
                values: [typed.value("visitOn")]
            ),
            FormField(
                name: "visitHours",
                label: context.text("방문 시간", "Hours"),
                hint: context.text("예: 14:00–16:00", "As in 14:00–16:00"),
                values: [typed.value("visitHours")],
                autocomplete: "off",
                maximumLength: Delivery.maximumLineCharacterCount
            ),
        ]
        return section(
            context.text("보내기", "Send"),
            form(action: action("ship"), context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("보냄으로 적기", "Mark as sent"))]))
                """
            }
        )
    }

    private func release(_ context: PageContext) -> HTML {
        reasonForm(
            context.text("배정 풀기", "Take the machine back from the place"),
            context.text("배정 풀기", "Release"),
            "release",
            context
        )
    }

    private func takeBack(_ context: PageContext) -> HTML {
        reasonForm(
            context.text("재수거", "Take back"),
            context.text("재수거로 적기", "Taken back"),
            "take-back",
            context
        )
    }

    private func reasonForm(
        _ title: String,
        _ label: String,
        _ name: String,
        _ context: PageContext
    ) -> HTML {
        let field = FormField(
            name: "\(name)-reason",
            label: context.text("까닭", "Reason"),
            isRequired: true,
            values: [typed.value("\(name)-reason")],
            autocomplete: "off",
            maximumLength: SharedPCKeeping.maximumReasonCharacterCount
        )
        return section(
            title,
            form(action: action(name), context: context) {
                """
                \(formField(field, in: context))\
                \(buttonRow([button(label, style: .secondary)]))
                """
            }
        )
    }

    private func confirm(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "signedName",
            label: context.text("받은 사람의 이름(서명)", "Name of who took it (signature)"),
            isRequired: true,
            values: [typed.value("signedName")],
            autocomplete: "off",
            maximumLength: Delivery.maximumLineCharacterCount
        )
        return section(
            context.text("방문해서 건넸을 때", "Handed over on a visit"),
            form(action: action("confirm"), context: context) {
                """
                \(formField(field, in: context))\
                \(buttonRow([button(context.text("수령 확인", "Confirm"))]))
                """
            }
        )
    }

    private func telephoneRepair(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "problem",
            label: context.text("전화로 들은 문제", "The problem, as told by telephone"),
            control: .textArea(rowCount: 3),
            isRequired: true,
            values: [typed.value("problem")],
            maximumLength: RepairTicket.maximumTextCharacterCount
        )
        return section(
            context.text("수리 접수(전화)", "Repair by telephone"),
            form(action: action("repairs"), context: context) {
                """
                \(formField(field, in: context))\
                \(buttonRow([button(context.text("접수", "Open a ticket"), style: .secondary)]))
                """
            }
        )
    }

    private func repairs(_ context: PageContext) -> HTML {
        guard !tickets.isEmpty else { return .empty }
        return titledTable(
            context.text("수리", "Repairs"),
            columns: [
                .init(context.text("접수", "Opened"), isRowHeader: true),
                .init(context.text("문제", "Problem"), isWide: true),
                .init(context.text("상태", "State")),
            ],
            rows: tickets.map { ticket in
                [
                    """
                    <a href="\(Ways.repair(ticket.id))">\(dateText(ticket.openedAt, in: context))</a>
                    """,
                    "\(ticket.problem)", "\(ticket.state.title[context.language])",
                ]
            },
            in: context
        )
    }
}
