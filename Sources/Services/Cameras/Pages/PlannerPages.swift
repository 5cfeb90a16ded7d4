import Basics
import City
import Footage
import Hosting
import Store
import Web

/// The plans that were made, side by side, and the forms for the next.
struct PlannerPage: Sendable {
    let plans: [Plan]
    let total: Int
    let number: Int
    var refusals: [String: Bilingual] = [:]
    var typed: FormFields?

    func page(in context: PageContext) -> Page {
        let fields = placement(context) + replacement(context)
        return Page(
            title: context.text("배치 계획", "Planner"),
            breadcrumbs: Ways.wallCrumbs(context),
            lead: HTML(
                text: context.text(
                    "새 카메라를 어디에 달고 어느 카메라를 바꿀지, 예산 안에서 정하고 최선과의 차이를 함께 보여 줍니다.",
                    "Where the next cameras go and which are replaced, within a budget, with the proven "
                        + "distance from the best plan."
                )
            ),
            main: """
                \(Ways.tabs(Ways.planner, context))\(list(context))\
                \(section(context.text("새 설치 계획", "Plan placement"), id: "placement",
                    plan(.placement, placement(context), context)))\
                \(section(context.text("교체 계획", "Plan replacement"), id: "replacement",
                    plan(.replacement, replacement(context), context)))
                """,
            notification: refusals.isEmpty ? nil : errorSummary(of: fields, in: context),
            width: .wide,
            density: .operator,
            hasErrors: !refusals.isEmpty
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !plans.isEmpty else {
            return "<p>\(context.text("아직 계획이 없습니다.", "There is no plan yet."))</p>"
        }
        return table(
            DataTable(
                caption: context.text("계획 견주기", "Plans compared"),
                columns: [
                    .init(context.text("계획", "Plan"), isRowHeader: true),
                    .init(context.text("종류", "Kind")), .init(context.text("상태", "State")),
                    .init(context.text("예산", "Budget"), isNumeric: true),
                    .init(context.text("쓰는 돈", "Cost"), isNumeric: true),
                    .init(context.text("대수", "Cameras"), isNumeric: true),
                    .init(context.text("전 → 후", "Before → after"), isNumeric: true),
                    .init(context.text("최선과의 차이", "From the best"), isNumeric: true),
                    .init(context.text("만든 때", "Made")),
                ],
                rows: plans.map { row($0, context) }
            ),
            in: context
        )
            + pagination(
                Pagination(page: number, itemCount: total, pageSize: Plans.pageSize),
                in: context
            )
    }

    private func row(_ plan: Plan, _ context: PageContext) -> [HTML] {
        let result = plan.result?.value
        return [
            "<a href=\"\(Ways.plan(plan.id))\">\(plan.title)</a>",
            "\(plan.kind.title[context.language])", "\(plan.state.title[context.language])",
            money(plan.request.value.budget, in: context),
            result.map { money($0.cost, in: context) } ?? "–",
            "\(result.map { $0.sites.count.grouped } ?? "–")",
            "\(result.map { Self.change(plan.kind, $0) } ?? "–")",
            "\(result.map { "≤ \(Self.percent($0.gap, digits: 2))" } ?? "–")",
            dateText(plan.createdAt, in: context),
        ]
    }

    /// The share that is seen before and after, or the cameras that are due.
    static func change(_ kind: Plan.Kind, _ result: PlanResult) -> String {
        guard kind == .placement else {
            let due = Int(result.weight)
            return "\(due.grouped) → \((due - result.sites.count).grouped)"
        }
        let whole = max(result.weight, 1e-9)
        return
            "\(percent(result.servedBefore / whole)) → \(percent(result.served / whole))"
    }

    /// A share in percent, rounded up in its last digit.
    static func percent(_ share: Double, digits: Int = 1) -> String {
        let factor = digits == 2 ? 10_000.0 : 1_000.0
        let units = Int((share * factor - 1e-9).rounded(.up))
        let base = digits == 2 ? 100 : 10
        let rest = String(abs(units % base))
        let padding = String(repeating: "0", count: digits - rest.count)
        return "\(units / base).\(padding)\(rest)%"
    }

    private func plan(
        _ kind: Plan.Kind,
        _ fields: [FormField],
        _ context: PageContext
    ) -> HTML {
        form(
            action: Ways.planner,
            context: context,
            idempotencyKey: RandomName.make(byteCount: 12),
            more: ["class": "planform"]
        ) {
            """
            \(hiddenField("kind", kind.rawValue))<div class="entry">\
            \(HTML(each: fields) { formField($0, in: context) })</div>\
            \(buttonRow([button(context.text("계획 세우기", "Make the plan"))]))
            """
        }
    }

    private func field(
        _ kind: Plan.Kind,
        _ name: String,
        _ title: Bilingual,
        _ value: String,
        hint: String? = nil,
        isNumber: Bool = true,
        _ context: PageContext
    ) -> FormField {
        let isTyped = typed?["kind"] == kind.rawValue
        return FormField(
            name: "\(kind.rawValue).\(name)",
            label: title[context.language],
            control: .text(isNumber ? .number : .text),
            hint: hint,
            error: isTyped ? refusals[name]?[context.language] : nil,
            isRequired: true,
            values: [isTyped ? typed?["\(kind.rawValue).\(name)"] ?? "" : value],
            autocomplete: "off",
            maximumLength: Plan.maximumTitleCharacterCount
        )
    }

    private func placement(_ context: PageContext) -> [FormField] {
        let kind = Plan.Kind.placement
        let title = context.text("새 설치 계획", "Placement")
        return [
            field(kind, "title", Bilingual("이름", "Name"), title, isNumber: false, context),
            field(kind, "budget", Bilingual("예산(원)", "Budget (KRW)"), "100000000", context),
            field(kind, "unitCost", Bilingual("한 대 값(원)", "One camera (KRW)"), "9000000", context),
            field(kind, "range", Bilingual("식별 거리(m)", "Range (m)"), "50", context),
            field(
                kind,
                "floor",
                Bilingual("행정동마다 적어도(대)", "Each neighbourhood at least"),
                "1",
                context
            ),
            field(kind, "homes", Bilingual("집의 무게", "Weight of homes"), "1", hint: "0–10", context),
            field(
                kind,
                "schools",
                Bilingual("학교 둘레의 무게", "Weight of schools"),
                "3",
                hint: "0–10",
                context
            ),
            field(
                kind,
                "parks",
                Bilingual("공원의 무게", "Weight of parks"),
                "2",
                hint: "0–10",
                context
            ),
            field(
                kind,
                "stations",
                Bilingual("역의 무게", "Weight of stations"),
                "2",
                hint: "0–10",
                context
            ),
        ]
    }

    private func replacement(_ context: PageContext) -> [FormField] {
        let kind = Plan.Kind.replacement
        let title = context.text("교체 계획", "Replacement")
        return [
            field(kind, "title", Bilingual("이름", "Name"), title, isNumber: false, context),
            field(kind, "budget", Bilingual("예산(원)", "Budget (KRW)"), "10000000", context),
            field(kind, "unitCost", Bilingual("한 대 값(원)", "One camera (KRW)"), "1450000", context),
            field(
                kind,
                "equity",
                Bilingual("행정동에 먼저 나눌 몫(%)", "Shared among neighbourhoods (%)"),
                "50",
                hint: "0–100",
                context
            ),
        ]
    }
}

/// One plan: its bound, its map, its neighbourhoods before and after, its places.
struct PlanPage: Sendable {
    /// Places that are drawn and listed; the file has them all.
    static let shownSiteCount = 100

    let plan: Plan

    func page(in context: PageContext) -> Page {
        Page(
            title: plan.title,
            breadcrumbs: Ways.wallCrumbs(context) + [
                Breadcrumb(title: context.text("배치 계획", "Planner"), link: Ways.planner)
            ],
            lead: """
                \(plan.kind.title[context.language]) · \(plan.madeByName) · \
                \(dateText(plan.createdAt, in: context))
                """,
            main: """
                \(Ways.tabs(Ways.planner, context))\
                \(plan.result.map { result($0.value, context) } ?? state(context))
                """,
            width: .wide,
            density: .operator,
            actions: plan.result == nil
                ? nil
                : linkButton(
                    context.text("CSV로 받기", "Download CSV"),
                    .path("cameras", "planner", plan.id, "sites.csv")
                )
        )
    }

    private func state(_ context: PageContext) -> HTML {
        emptyState(
            title: plan.state.title[context.language],
            text: plan.fault?.value[context.language]
                ?? context.text(
                    "큰 계획은 뒤에서 계산합니다. 잠시 뒤 새로 고쳐 주세요.",
                    "A large plan is computed in the background. Refresh in a moment."
                ),
            actions: [linkButton(context.text("새로 고침", "Refresh"), Ways.plan(plan.id))]
        )
    }

    private func result(_ result: PlanResult, _ context: PageContext) -> HTML {
        figures(result, context) + map(result, context) + areas(result, context)
            + sites(result, context)
    }

    private func figures(_ result: PlanResult, _ context: PageContext) -> HTML {
        let whole = max(result.weight, 1e-9)
        let bound =
            plan.kind == .placement
            ? PlannerPage.percent(result.upperBound / whole)
            : Int(result.upperBound).grouped
        let reached =
            plan.kind == .placement
            ? PlannerPage.percent(result.served / whole) : Int(result.served).grouped
        return keyFigures([
            KeyFigure(
                label: context.text("전 → 후", "Before → after"),
                value: PlannerPage.change(plan.kind, result)
            ),
            KeyFigure(
                label: context.text("최선과의 차이", "Distance from the best"),
                value: "≤ \(PlannerPage.percent(result.gap, digits: 2))",
                note: HTML(
                    text: context.text(
                        "이 예산으로 \(bound)을(를) 넘는 계획은 없음이 증명됩니다(이 계획 \(reached)).",
                        "No plan within the budget can exceed \(bound), proven; this one has \(reached)."
                    )
                )
            ),
            KeyFigure(
                label: context.text("대수", "Cameras"),
                value: result.sites.count.grouped,
                unit: context.text("대", "")
            ),
            KeyFigure(
                label: context.text("비용", "Cost"),
                value: (result.cost.amount / 10_000).grouped,
                unit: context.text("만원", "0,000 KRW")
            ),
            KeyFigure(
                label: context.text("수요 지점 · 후보", "Points · candidates"),
                value: "\(result.pointCount.grouped) · \(result.candidateCount.grouped)"
            ),
        ])
    }

    private func map(_ result: PlanResult, _ context: PageContext) -> HTML {
        let places = result.sites.prefix(Self.shownSiteCount).map { site in
            MapFrame.Place(
                name: site.name,
                position: .init(longitude: site.longitude, latitude: site.latitude),
                link: site.camera.map { Ways.camera($0) },
                note: "\(gain(site.gain, context))"
            )
        }
        return section(
            context.text("지도", "Map"),
            mapFrame(
                MapFrame(
                    caption: ChartCaption(
                        id: "plan-map",
                        title: plan.title,
                        summary: context.text(
                            "\(result.sites.count.grouped)곳 가운데 \(places.count)곳을 그렸습니다.",
                            "\(places.count) of \(result.sites.count.grouped) places are drawn."
                        )
                    ),
                    nameTitle: context.text("곳", "Place"),
                    noteTitle: plan.kind == .placement
                        ? context.text("더하는 수요", "Adds") : context.text("햇수", "Age"),
                    places: Array(places)
                ),
                in: context
            )
        )
    }

    private func gain(_ value: Double, _ context: PageContext) -> String {
        plan.kind == .placement
            ? "+\(value.oneDecimal)"
            : context.text("\(value.oneDecimal)년", "\(value.oneDecimal) years")
    }

    private func areas(_ result: PlanResult, _ context: PageContext) -> HTML {
        let isPlacement = plan.kind == .placement
        func share(_ part: Double, _ whole: Double) -> HTML {
            isPlacement
                ? "\(PlannerPage.percent(part / max(whole, 1e-9)))" : "\(Int(part).grouped)"
        }
        return titledTable(
            context.text("행정동마다 전과 후", "Neighbourhoods before and after"),
            id: "areas",
            columns: [
                .init(context.text("행정동", "Neighbourhood"), isRowHeader: true),
                .init(
                    isPlacement
                        ? context.text("수요", "Demand") : context.text("바꿀 때 된 카메라", "Due"),
                    isNumeric: true
                ), .init(context.text("전", "Before"), isNumeric: true),
                .init(context.text("후", "After"), isNumeric: true),
                .init(
                    isPlacement
                        ? context.text("새 카메라", "New") : context.text("바꾸는 카메라", "Replaced"),
                    isNumeric: true
                ),
            ],
            rows: result.areas.map { area in
                [
                    "\(area.name.orNone(context))", "\(Int(area.weight.rounded()).grouped)",
                    share(area.before, area.weight), share(area.after, area.weight),
                    "\(area.count.grouped)",
                ]
            },
            emptyText: context.text("바꿀 때가 된 카메라가 없습니다.", "No camera is due."),
            in: context
        )
    }

    private func sites(_ result: PlanResult, _ context: PageContext) -> HTML {
        titledTable(
            context.text("차례", "In order"),
            columns: [
                .init(context.text("곳", "Place"), isRowHeader: true),
                .init(context.text("행정동", "Neighbourhood")),
                .init(context.text("위도", "Latitude"), isNumeric: true),
                .init(context.text("경도", "Longitude"), isNumeric: true),
                .init(
                    plan.kind == .placement
                        ? context.text("더하는 수요", "Adds") : context.text("햇수", "Age"),
                    isNumeric: true
                ),
            ],
            rows: result.sites.prefix(Self.shownSiteCount).map { site in
                [
                    "\(site.name)", "\(site.area.orNone(context))", "\(site.latitude.sixDigits)",
                    "\(site.longitude.sixDigits)", "\(gain(site.gain, context))",
                ]
            },
            emptyText: context.text("고른 곳이 없습니다.", "No place was chosen."),
            in: context
        )
    }
}

extension String {
    /// The name of a neighbourhood, or that it has none.
    func orNone(_ context: PageContext) -> String {
        isEmpty ? context.text("행정동 없음", "No neighbourhood") : self
    }
}

extension Double {
    /// The number with six digits behind the point: a place to a decimetre.
    var sixDigits: String {
        let units = Int64((self * 1_000_000).rounded())
        let rest = String(abs(units % 1_000_000))
        let sign = units < 0 && units > -1_000_000 ? "-" : ""
        return
            "\(sign)\(units / 1_000_000).\(String(repeating: "0", count: 6 - rest.count))\(rest)"
    }
}
