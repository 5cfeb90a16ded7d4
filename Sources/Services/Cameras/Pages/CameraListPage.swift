import Basics
import City
import Footage
import Web

/// The cameras of the control room, with how each is doing.
struct CameraListPage: Sendable {
    /// Cameras on one page.
    static let pageSize = 50

    /// A camera and what the board knows of it.
    struct Row: Sendable {
        var camera: Camera
        var status: LiveBoard.Status?
    }

    let words: String
    let onlyFaults: Bool
    let rows: [Row]
    let total: Int
    let number: Int
    let faultCount: Int
    let unnumberedCount: Int
    let canKeep: Bool

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("카메라", "Cameras"),
            breadcrumbs: Ways.wallCrumbs(context),
            main: """
                \(Ways.tabs(Ways.list, context))\(unnumbered(context))\(views(context))\
                \(search(context))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Self.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator,
            actions: canKeep
                ? linkButton(context.text("파일로 등록", "Import a file"), Ways.importing) : nil
        )
    }

    private func unnumbered(_ context: PageContext) -> HTML {
        guard unnumberedCount > 0, canKeep else { return .empty }
        let words = context.text(
            "자산으로 등록됐지만 관제 번호가 없는 카메라가 \(unnumberedCount.grouped)대 있습니다.",
            "\(unnumberedCount.grouped) cameras among the assets have no number yet."
        )
        return """
            <div class="panel"><p>\(words)</p>\(form(
                action: Link("/cameras/list/numbers"), context: context
            ) { button(context.text("번호 붙이기", "Give numbers"), style: .secondary) })</div>
            """
    }

    private func views(_ context: PageContext) -> HTML {
        tabLinks(
            [
                TabLink(
                    title: context.text("모두", "All"),
                    link: Ways.list,
                    isCurrent: !onlyFaults
                ),
                TabLink(
                    title: context.text("확인 필요 \(faultCount)", "To be checked: \(faultCount)"),
                    link: Link("/cameras/list", query: [("health", "faults")]),
                    isCurrent: onlyFaults
                ),
            ],
            label: context.text("상태", "Health")
        )
    }

    private func search(_ context: PageContext) -> HTML {
        form(action: Ways.list, method: .get, context: context, more: ["class": "searchbox"]) {
            """
            <label for="camera-q">\(context.text(
                "이름·번호·주소", "Name, number, address"))</label>\
            <div class="line"><input id="camera-q" type="search" name="q" value="\(words)" \
            data-search enterkeyhint="search" autocomplete="off">\
            \(button(context.text("찾기", "Find"), style: .secondary))</div>
            """
        }
    }

    private func list(_ context: PageContext) -> HTML {
        guard !rows.isEmpty else {
            return emptyState(
                title: context.text("카메라가 없습니다", "No camera"),
                text: context.text("찾는 말을 줄여 보세요.", "Search for less.")
            )
        }
        return table(
            DataTable(
                caption: context.text("카메라 목록", "Cameras"),
                hidesCaption: true,
                columns: [
                    .init(context.text("카메라", "Camera"), isRowHeader: true),
                    .init(context.text("번호", "No."), isNumeric: true),
                    .init(context.text("관리번호", "Asset")),
                    .init(context.text("설치목적", "Purpose")),
                    .init(context.text("행정동", "Neighbourhood")),
                    .init(context.text("화소(백만)", "Megapixels"), isNumeric: true),
                    .init(context.text("설치일", "Installed")),
                    .init(context.text("영상", "Picture")),
                    .init(context.text("자산 상태", "Asset")),
                ],
                rows: rows.map { cells($0, context) }
            ),
            in: context
        )
    }

    private func cells(_ row: Row, _ context: PageContext) -> [HTML] {
        let camera = row.camera
        return [
            "<a href=\"\(Ways.camera(camera.number))\">\(camera.name)</a>", "\(camera.number)",
            "\(camera.asset.number)", "\(camera.purpose.title[context.language])",
            "\(camera.area.orDash)", "\(camera.megapixels.map { "\($0)" } ?? "–")",
            camera.installedOn.map { dateText($0, in: context) } ?? "–",
            Self.condition(row.status, context),
            "\(camera.asset.state.title[context.language])",
        ]
    }

    /// How a picture is doing, as a tag.
    static func condition(_ status: LiveBoard.Status?, _ context: PageContext) -> HTML {
        let condition = status?.condition ?? .noSource
        return statusTag(
            StatusTag(
                condition.title[context.language],
                kind: condition.isFault
                    ? .attention
                    : condition == .running ? .done : condition == .starting ? .active : .neutral
            )
        )
    }
}
