import Basics
import City
import Store
import Web

/// The workshop's board: the machines by state, dense, with moves of many at once.
struct BoardPage: Sendable {
    let state: MachineState?
    let words: String
    let rows: [MachineRow]
    let total: Int
    let number: Int
    let counts: [MachineState: Int]
    /// Machines that were moved just now.
    var movedCount: Int?
    /// What was refused, a line a machine.
    var refusals: [Bilingual] = []
    var typed = Typed()

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("정비소", "Workshop"),
            breadcrumbs: [Ways.homeCrumb(context)],
            main: """
                \(Ways.tabs(Ways.board, context))\(states(context))\(search(context))\
                \(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Machines.pageSize),
                    in: context))
                """,
            notification: notification(context),
            width: .wide,
            density: .operator,
            hasErrors: !refusals.isEmpty
        )
    }

    private func notification(_ context: PageContext) -> HTML? {
        guard refusals.isEmpty else {
            return errorSummary(
                refusals.map { FieldError(fieldID: nil, message: $0[context.language]) },
                in: context
            )
        }
        return movedCount.map { count in
            notificationBanner(
                NotificationBanner(
                    kind: .success,
                    title: context.text("\(count)대를 옮겼습니다.", "\(count) machines moved.")
                )
            )
        }
    }

    private func states(_ context: PageContext) -> HTML {
        let all = counts.values.reduce(0, +)
        var tabs = [
            TabLink(
                title: context.text("모두 \(all.grouped)", "All \(all.grouped)"),
                link: Ways.board,
                isCurrent: state == nil
            )
        ]
        tabs += MachineState.allCases.map { one in
            TabLink(
                title: "\(one.title[context.language]) \((counts[one] ?? 0).grouped)",
                link: Link("/shared-pcs/workshop", query: [("state", one.rawValue)]),
                isCurrent: one == state
            )
        }
        return tabLinks(tabs, label: context.text("상태", "State"))
    }

    private func search(_ context: PageContext) -> HTML {
        form(action: Ways.board, method: .get, context: context, more: ["class": "searchbox"]) {
            """
            \(state.map { hiddenField("state", $0.rawValue) })\
            <label for="board-q">\(context.text(
                "관리번호·일련번호·모델", "Number, serial number, model"))</label>\
            <div class="line"><input id="board-q" type="search" name="q" value="\(words)" \
            data-search enterkeyhint="search" autocomplete="off">\
            \(button(context.text("찾기", "Find"), style: .secondary))</div>
            """
        }
    }

    private func list(_ context: PageContext) -> HTML {
        guard !rows.isEmpty else {
            return emptyState(
                title: context.text("여기에 PC가 없습니다", "No machine here"),
                text: context.text("다른 상태를 보거나 찾는 말을 줄여 보세요.", "Look at another state."),
                actions: [linkButton(context.text("인수하기", "Take in"), Ways.batches)]
            )
        }
        let moves = state.map { $0.handMoves() } ?? []
        var columns: [DataTable.Column] = [
            .init(context.text("관리번호", "Number"), isRowHeader: true),
            .init(context.text("일련번호", "Serial number")), .init(context.text("모델", "Model")),
            .init(context.text("사양", "Specification")), .init(context.text("등급", "Grade")),
            .init(context.text("상태", "State")), .init(context.text("이 상태로", "Since")),
        ]
        if !moves.isEmpty { columns.insert(.init(context.text("고르기", "Choose")), at: 0) }
        let list = table(
            DataTable(
                caption: context.text("PC 목록", "Machines"),
                hidesCaption: true,
                columns: columns,
                rows: rows.map { cells($0, canMove: !moves.isEmpty, context) }
            ),
            in: context
        )
        guard !moves.isEmpty else { return list }
        return form(action: Link("/shared-pcs/workshop/move"), context: context) {
            """
            \(hiddenField("from", state?.rawValue ?? ""))\(list)\(move(moves, context))
            """
        }
    }

    private func cells(_ row: MachineRow, canMove: Bool, _ context: PageContext) -> [HTML] {
        let asset = row.asset
        let isChosen = typed.form?.all("machine").contains(asset.id) ?? false
        let box: HTML = """
            <input type="checkbox" name="machine" value="\(asset.id)" aria-label="\(context.text(
                "\(asset.number) 고르기", "Choose \(asset.number)"))"\
            \(isChosen ? " checked" as HTML : .empty)>
            """
        let cells: [HTML] = [
            "<a href=\"\(Ways.machine(asset.id))\">\(asset.number)</a>", "\(asset.serial)",
            "\(asset.name)", "\(asset.specification(context))",
            "\(row.machine.grade?.title ?? "–")", row.machine.state.tag(context),
            dateText(row.machine.since.date, in: context),
        ]
        return canMove ? [box] + cells : cells
    }

    private func move(_ moves: [MachineState], _ context: PageContext) -> HTML {
        section(
            context.text("한꺼번에 옮기기", "Move many"),
            MoveFields(moves: moves, typed: typed).content(
                to: context.text("고른 PC를 옮길 곳", "Move the chosen to"),
                in: context
            )
        )
    }
}
