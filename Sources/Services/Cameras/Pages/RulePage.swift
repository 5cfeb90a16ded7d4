import Basics
import City
import Footage
import Store
import Vision
import Web

/// The rules of a camera: zones, lines and limits, drawn on a still picture, or written as numbers.
struct RulePage: Sendable {
    /// Empty zones and lines that a form offers without scripts.
    static let spareCount = 1

    let camera: Camera
    let rules: SceneRules
    let version: Int
    let canWrite: Bool
    var refusal: Bilingual?
    var typed: FormFields?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("\(camera.name)의 규칙", "Rules of \(camera.name)"),
            breadcrumbs: Ways.wallCrumbs(context) + [
                Breadcrumb(title: camera.name, link: Ways.camera(camera.number))
            ],
            lead: HTML(
                text: context.text(
                    "구역과 선은 화면의 비율(0–1)로 적습니다. 왼쪽 위가 0 0, 오른쪽 아래가 1 1입니다.",
                    "Zones and lines are shares of the picture: 0 0 is the upper left, 1 1 the lower right."
                )
            ),
            main: form(
                action: Ways.rules(camera.number),
                context: context,
                more: ["data-rules": ""]
            ) {
                """
                \(hiddenField("version", value("version", String(version))))\(drawing(context))\
                \(zones(context))\(lines(context))\(limits(context))\
                \(canWrite ? buttonRow([button(context.text("규칙 저장", "Save the rules"))]) : nil)
                """
            },
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil,
            scripts: ["rules.js"],
            styles: ["cameras.css"]
        )
    }

    /// The still picture with the zones over it; a script lets corners be moved.
    private func drawing(_ context: PageContext) -> HTML {
        let hint = context.text(
            "구역을 고르고 화면을 눌러 꼭짓점을 더합니다. 꼭짓점은 끌거나 화살표 키로 옮기고 Delete 키로 지웁니다.",
            "Choose a zone and press on the picture to add a corner. Corners are dragged, moved with the "
                + "arrow keys, and removed with Delete."
        )
        let shapes = HTML(each: rules.zones) { zone in
            let points = zone.polygon.map { "\($0.x),\($0.y)" }.joined(separator: " ")
            return "<polygon points=\"\(points)\" class=\"zone \(zone.kind.rawValue)\"/>"
        }
        let lines = HTML(each: rules.lines) { line in
            """
            <line x1="\(line.from.x)" y1="\(line.from.y)" x2="\(line.to.x)" y2="\(line.to.y)" \
            class="gate"/>
            """
        }
        return """
            <div class="rulepicture"><img src="\(Ways.still(camera.number))" width="480" \
            height="270" alt="\(context.text("규칙을 그리는 화면", "The picture the rules are drawn on"))">\
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" data-rule-shapes aria-hidden="true">\
            \(shapes)\(lines)</svg><div data-rule-handles \
            data-corner="\(context.text("꼭짓점", "Corner"))"></div></div>\
            <p class="hint" data-rule-hint hidden>\(hint)</p>
            """
    }

    private func value(_ name: String, _ otherwise: String) -> String {
        typed.map { $0[name] ?? "" } ?? otherwise
    }

    private func zones(_ context: PageContext) -> HTML {
        let shown = rules.zones.map(Optional.some) + Array(repeating: nil, count: Self.spareCount)
        let rows = shown.enumerated().map { place, zone in
            zoneRow(place, zone, context)
        }
        return section(
            context.text("구역", "Zones"),
            table(
                DataTable(
                    caption: context.text("구역", "Zones"),
                    hidesCaption: true,
                    columns: [
                        .init(context.text("이름", "Name"), isRowHeader: true),
                        .init(context.text("종류", "Kind")),
                        .init(
                            context.text("꼭짓점(x y, x y, …)", "Corners (x y, x y, …)"),
                            isWide: true
                        ),
                        .init(context.text("머무는 시간(초)", "Dwell (s)")),
                        .init(context.text("넓이(㎡)", "Area (m²)")),
                        .init(context.text("시간대", "Hours")),
                    ],
                    rows: rows
                ),
                in: context
            )
        )
    }

    /// A cell of the table that can be typed into.
    private func cell(
        _ name: String,
        _ label: String,
        _ text: String,
        _ more: Attributes = [:]
    ) -> HTML {
        var attributes: Attributes = ["name": name, "aria-label": label]
        attributes.append("value", value(name, text))
        attributes.append("readonly", if: !canWrite)
        return "<input type=\"text\" autocomplete=\"off\"\(attributes)\(more)>"
    }

    private func zoneRow(
        _ place: Int,
        _ zone: SceneRules.Zone?,
        _ context: PageContext
    ) -> [HTML] {
        let head = "zone.\(place)"
        let kind = value("\(head).kind", zone?.kind.rawValue ?? "")
        let options = HTML(each: SceneRules.ZoneKind.allCases) { one in
            let selected: HTML = one.rawValue == kind ? " selected" : .empty
            return
                "<option value=\"\(one.rawValue)\"\(selected)>\(one.title[context.language])</option>"
        }
        let number = place + 1
        func input(
            _ name: String,
            _ label: Bilingual,
            _ text: String,
            more: Attributes = [:]
        ) -> HTML {
            cell("\(head).\(name)", "\(label[context.language]) \(number)", text, more)
        }
        return [
            input(
                "name",
                Bilingual("구역 이름", "Zone name"),
                zone?.name ?? "",
                // On a narrow screen the cell that names its row has no heading of its own.
                more: ["placeholder": context.text("이름", "Name")]
            ),
            """
            <select name="\(head).kind" aria-label="\(context.text(
                "구역 종류 \(number)", "Zone kind \(number)"))">\(options)</select>
            """,
            input(
                "corners",
                Bilingual("꼭짓점", "Corners"),
                RuleReader.text(zone?.polygon ?? []),
                more: ["data-rule-corners": "zone"]
            ),
            input(
                "dwell",
                Bilingual("머무는 시간", "Dwell"),
                zone?.dwellSeconds.map { RuleReader.number($0) } ?? ""
            ),
            input(
                "area",
                Bilingual("넓이", "Area"),
                zone?.squareMetres.map { RuleReader.number($0) } ?? ""
            ),
            input(
                "hours",
                Bilingual("시간대", "Hours"),
                zone?.schedule.map { RuleReader.text($0) } ?? "",
                more: ["placeholder": "22:00-06:00"]
            ),
        ]
    }

    private func lines(_ context: PageContext) -> HTML {
        let shown = rules.lines.map(Optional.some) + Array(repeating: nil, count: Self.spareCount)
        let rows: [[HTML]] = shown.enumerated().map { place, line in
            let head = "line.\(place)"
            let number = place + 1
            return [
                cell(
                    "\(head).name",
                    context.text("선 이름 \(number)", "Line name \(number)"),
                    line?.name ?? ""
                ),
                cell(
                    "\(head).ends",
                    context.text("두 끝 \(number)", "Both ends \(number)"),
                    RuleReader.text(line.map { [$0.from, $0.to] } ?? []),
                    ["data-rule-corners": "line"]
                ),
            ]
        }
        return section(
            context.text("한 방향 선", "One-way lines"),
            table(
                DataTable(
                    caption: context.text("한 방향 선", "One-way lines"),
                    hidesCaption: true,
                    columns: [
                        .init(context.text("이름", "Name"), isRowHeader: true),
                        .init(
                            context.text(
                                "왼쪽 끝, 오른쪽 끝(바르게 가는 사람이 볼 때)",
                                "Left end, right end (as those see it who go the right way)"
                            ),
                            isWide: true
                        ),
                    ],
                    rows: rows
                ),
                in: context
            )
        )
    }

    private func limits(_ context: PageContext) -> HTML {
        let levels: [(String, CrowdLevel, Double)] = [
            ("attention", .attention, rules.crowd.attention),
            ("caution", .caution, rules.crowd.caution), ("alert", .alert, rules.crowd.alert),
            ("serious", .serious, rules.crowd.serious),
        ]
        let fields = levels.map { name, level, limit in
            FormField(
                name: "crowd.\(name)",
                label: level.title[context.language],
                control: .text(),
                isRequired: true,
                values: [value("crowd.\(name)", RuleReader.number(limit))],
                autocomplete: "off"
            )
        }
        return section(
            context.text("밀집 단계(1㎡에 몇 명부터)", "Crowd levels (people on a square metre)"),
            "<div class=\"entry even\">\(HTML(each: fields) { formField($0, in: context) })</div>"
        )
    }
}
