import Basics
import City
import Footage
import Store
import Vision
import Web

/// A tile of the wall with what it shows.
struct WallTile: Sendable {
    /// The number key that picks it, from 1.
    var key: Int
    var camera: Camera
    var event: CameraEvent?
    var condition: LiveBoard.Condition
}

/// What the wall shows at a moment, with the records behind it.
struct WallContent: Sendable {
    /// Events that wait for a tile or for somebody, shown beside the tiles.
    static let maximumWaitingCount = 8

    var tiles: [WallTile]
    var waiting: [(event: CameraEvent, camera: String)]
    var waitingCount: Int
    var eventTileCount: Int
    var promisedSeconds: Int
    /// That what cameras see is shown and not kept.
    var recordingFault: LiveBoard.RecordingFault?

    /// Reads the records behind a view of the wall.
    static func load(
        _ view: WallView,
        of organizationID: String,
        board: LiveBoard,
        in db: ReadTransaction
    ) throws -> WallContent {
        var tiles: [WallTile] = []
        for (place, tile) in view.tiles.enumerated() {
            guard let number = tile.camera, let camera = try CameraRegister.find(number, in: db)
            else { continue }
            let event = try tile.event.flatMap { try CameraEvents.find($0, in: db) }
            tiles.append(
                WallTile(
                    key: place + 1,
                    camera: camera,
                    event: event.flatMap { $0.state == .open ? $0 : nil },
                    condition: board.status(of: number)?.condition ?? .noSource
                )
            )
        }
        let open = try CameraEvents.page(
            1,
            of: EventQuery(state: .open),
            organizationID: organizationID,
            in: db
        )
        let shown = Set(tiles.compactMap(\.event?.id))
        let waiting = try open.events.filter { !shown.contains($0.id) }
            .prefix(maximumWaitingCount)
            .map { ($0, try CameraRegister.find($0.camera, in: db)?.name ?? "–") }
        return WallContent(
            tiles: tiles,
            waiting: waiting,
            waitingCount: max(0, open.total - shown.count),
            eventTileCount: view.eventTileCount,
            promisedSeconds: view.promisedSeconds,
            recordingFault: board.recordingFault
        )
    }
}

/// The live wall: tiles by what happens, the picked one large, what waits beside them.
struct WallPage: Sendable {
    let content: WallContent
    let settings: WallSettings
    /// The camera that is shown large.
    let picked: UInt32?
    let canSetUp: Bool
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("관제", "Wall"),
            breadcrumbs: [Ways.homeCrumb(context)],
            main: """
                \(Ways.tabs(Ways.wall, context))<div class="wall" \
                data-wall="\(Link("/cameras/wall/events"))"><p class="unseen" role="status" \
                data-wall-status></p>\(Self.tiles(content, context))<div class="wallside">\
                \(large(context))\(Self.waiting(content, context))\(keys(context))</div></div>\
                \(setUp(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            actions: linkButton(context.text("새로 고침", "Refresh"), Ways.wall),
            hasErrors: refusal != nil,
            scripts: ["wall.js"],
            styles: ["cameras.css"]
        )
    }

    /// The tiles, which events by server bring anew.
    static func tiles(_ content: WallContent, _ context: PageContext) -> HTML {
        guard !content.tiles.isEmpty else {
            return emptyState(
                title: context.text("볼 카메라가 없습니다", "There is no camera to watch"),
                text: context.text(
                    "카메라를 등록하면 여기에 나타납니다.",
                    "Cameras appear here when they are entered."
                ),
                actions: [linkButton(context.text("카메라", "Cameras"), Ways.list)]
            )
        }
        return """
            <ol class="walltiles" data-wall-tiles>\(HTML(each: content.tiles) { tile($0, context) })\
            </ol>
            """
    }

    private static func tile(_ tile: WallTile, _ context: PageContext) -> HTML {
        let number = tile.camera.number
        let name = tile.camera.name
        let alt = context.text("\(name), 지금 화면(사람은 가림)", "\(name) now, people masked")
        let marks: Attributes = [
            "class": tile.event == nil ? "walltile" : "walltile event",
            "data-camera": String(number), "data-event": tile.event.map { String($0.id) },
            "data-key": String(tile.key), "data-stream": Ways.stream(number).target,
            "data-name": name, "tabindex": "-1",
        ]
        let condition: HTML? =
            tile.condition == .running
            ? nil
            : statusTag(
                StatusTag(
                    tile.condition.title[context.language],
                    kind: tile.condition.isFault ? .attention : .neutral
                )
            )
        let pick = Link("/cameras/wall", query: [("camera", String(number))])
        return """
            <li\(marks)><img src="\(Ways.still(number))" alt="\(alt)" width="480" height="270" \
            data-still><p class="tilehead"><a href="\(pick)"><kbd>\(tile.key)</kbd> \(name)</a>\
            \(condition)</p>\(tile.event.map { event($0, context) })</li>
            """
    }

    private static func event(_ event: CameraEvent, _ context: PageContext) -> HTML {
        """
        <p class="tileevent"><a href="\(Ways.event(event.id))">\(event.title(context))</a> <small>\(event.raisedAt.minuteText.suffix(5))\
        \(event.zone.isEmpty ? "" : " · \(event.zone)")</small></p>\
        \(EventActions.quick(event, context))
        """
    }

    /// The picked camera, moving.
    private func large(_ context: PageContext) -> HTML {
        let tile = content.tiles.first { $0.camera.number == picked } ?? content.tiles.first
        guard let tile else { return .empty }
        let name = tile.camera.name
        return """
            <section class="walllarge"><h2 data-wall-name>\(name)</h2>\
            <img src="\(Ways.stream(tile.camera.number))" data-wall-large width="480" height="270" \
            alt="\(context.text("고른 카메라의 움직이는 화면", "The picked camera, moving"))">\
            <p><a href="\(Ways.camera(tile.camera.number))" data-wall-camera>\
            \(context.text("카메라 정보", "About the camera"))</a></p></section>
            """
    }

    /// What waits for a tile.
    static func waiting(_ content: WallContent, _ context: PageContext) -> HTML {
        let items = HTML(each: content.waiting) { event, camera in
            """
            <li><a href="\(Ways.event(event.id))">\(event.title(context))</a> \
            <small>\(camera) · \(event.raisedAt.minuteText.suffix(5))</small></li>
            """
        }
        let list: HTML =
            content.waiting.isEmpty
            ? "<p>\(context.text("없습니다.", "Nothing."))</p>" : "<ol>\(items)</ol>"
        let count = content.waitingCount.grouped
        return """
            <section class="wallwaiting" data-wall-waiting>\(notKept(content, context))<h2>\
            \(context.text("기다리는 이벤트 \(count)", "Waiting events: \(count)"))</h2>\(list)</section>
            """
    }

    /// That the wall goes on and nothing of it is kept.
    private static func notKept(_ content: WallContent, _ context: PageContext) -> HTML {
        guard let fault = content.recordingFault else { return .empty }
        let why = fault.message[context.language]
        let since = fault.since.minuteText.suffix(5)
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text(
                    "\(since)부터 이벤트와 영상이 저장되지 않습니다",
                    "Events and pictures are not kept since \(since)"
                ),
                body: HTML(
                    text: context.text(
                        "\(why) 화면을 직접 살피고 관리자에게 알려 주세요.",
                        "\(why) Watch the tiles yourself, and tell the administrator."
                    )
                )
            )
        )
    }

    private func keys(_ context: PageContext) -> HTML {
        let minutes = (content.promisedSeconds + 59) / 60
        return """
            <section><h2>\(context.text("키", "Keys"))</h2><p><kbd>1</kbd>–<kbd>9</kbd> \
            \(context.text("화면 고르기", "pick a tile")), <kbd>a</kbd> \
            \(context.text("확인", "acknowledge")), <kbd>d</kbd> \
            \(context.text("출동 요청", "dispatch")), <kbd>f</kbd> \
            \(context.text("오탐", "false alarm"))</p><p>\(context.text(
                "이벤트 화면 \(content.eventTileCount)개, 나머지는 순회합니다. "
                    + "어느 카메라도 \(minutes)분 넘게 안 보이지 않습니다.",
                "\(content.eventTileCount) tiles for events, the others go round. "
                    + "No camera stays unseen for more than \(minutes) minutes."))</p></section>
            """
    }

    private func setUp(_ context: PageContext) -> HTML {
        guard canSetUp else { return .empty }
        func field(_ name: String, _ title: Bilingual, _ value: Int, _ range: ClosedRange<Int>)
            -> FormField
        {
            FormField(
                name: name,
                label: title[context.language],
                control: .text(.number),
                hint: "\(range.lowerBound)–\(range.upperBound)",
                isRequired: true,
                values: [String(value)],
                autocomplete: "off"
            )
        }
        let fields = [
            field("tiles", Bilingual("화면 수", "Tiles"), settings.tileCount, WallSettings.tileCounts),
            field(
                "minutes",
                Bilingual("안 보여도 되는 시간(분)", "Unseen at most (minutes)"),
                settings.maximumUnseenMinutes,
                WallSettings.unseenMinutes
            ),
            field(
                "seconds",
                Bilingual("순회 화면 머무는 시간(초)", "Shown in rounds (seconds)"),
                settings.shownSeconds,
                WallSettings.shownSeconds
            ),
        ]
        return section(
            context.text("관제 화면 설정", "Set up the wall"),
            form(action: Link("/cameras/wall/settings"), context: context) {
                """
                <div class="entry even">\(HTML(each: fields) { formField($0, in: context) })</div>\
                \(buttonRow([button(context.text("저장", "Save"), style: .secondary)]))
                """
            }
        )
    }
}
