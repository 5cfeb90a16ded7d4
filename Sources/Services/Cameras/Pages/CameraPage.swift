import Basics
import City
import Footage
import Store
import Vision
import Web

/// One camera: its picture, what it sees on the map, its rules and its history.
struct CameraPage: Sendable {
    /// Events of its history that are shown.
    static let historyCount = 20

    let camera: Camera
    let status: LiveBoard.Status?
    let ring: [MapFrame.Position]
    let neighbours: [Neighbour]
    let history: [CameraEvent]
    let rules: RuleSets.Row?
    let steps: [EventKind: Int]
    let canKeep: Bool
    var refusal: Bilingual?

    func page(in context: PageContext) -> Page {
        Page(
            title: camera.name,
            breadcrumbs: Ways.wallCrumbs(context) + [
                Breadcrumb(title: context.text("카메라", "Cameras"), link: Ways.list)
            ],
            main: """
                \(picture(context))\(facts(context))\(map(context))\
                \(section(context.text("이웃 화면", "Views around"),
                    Neighbour.views(neighbours, context)))\
                \(ruled(context))\(events(context))\(stream(context))
                """,
            notification: refusalBanner(refusal, context),
            width: .wide,
            density: .operator,
            actions: buttonRow([
                linkButton(context.text("규칙", "Rules"), Ways.rules(camera.number)),
                linkButton(context.text("자산", "Asset"), .path("inventory", camera.asset.id)),
            ]),
            hasErrors: refusal != nil,
            styles: ["cameras.css"]
        )
    }

    private func picture(_ context: PageContext) -> HTML {
        let alt = context.text("\(camera.name), 움직이는 화면", "\(camera.name), moving")
        return """
            <div class="livepicture"><img src="\(Ways.stream(camera.number))" width="480" \
            height="270" alt="\(alt)"><p>\(CameraListPage.condition(status, context)) \
            \(people(context)) <small>\(context.text(
                "사람은 가려서 보여 줍니다. 소리는 없습니다.",
                "People are masked. There is no sound."))</small></p></div>
            """
    }

    private func people(_ context: PageContext) -> String {
        guard let count = status?.peopleCount, status?.condition == .running else { return "" }
        return context.text("보이는 사람 \(count)명", "\(count) people in sight")
    }

    private func facts(_ context: PageContext) -> HTML {
        func yes(_ value: Bool) -> HTML {
            value ? "\(context.text("있음", "Yes"))" : "\(context.text("없음", "No"))"
        }
        let place: HTML =
            camera.place.map { "\($0.latitude), \($0.longitude)" }
            ?? "\(context.text("위치 모름", "Place not known"))"
        let pixels: HTML = camera.megapixels.map { "\($0)" } ?? "–"
        let rows: [SummaryList.Row] = [
            .init(context.text("번호", "Number"), "\(camera.number)"),
            .init(context.text("설치목적", "Purpose"), "\(camera.purpose.title[context.language])"),
            .init(context.text("설치한 곳", "Where"), "\(camera.asset.spot.orDash)"),
            .init(context.text("행정동", "Neighbourhood"), "\(camera.area.orDash)"),
            .init(context.text("위도, 경도", "Latitude, longitude"), place),
            .init(
                context.text("방향·화각·거리", "Bearing, angle, range"),
                "\(Int(camera.bearingDegrees))° · \(Int(camera.fieldOfViewDegrees))° · \(Int(camera.rangeMeters))m"
            ),
            .init(context.text("설치 높이", "Height"), "\(camera.heightMeters)m"),
            .init(context.text("화소(백만)", "Megapixels"), pixels),
            .init(context.text("적외선", "Infrared"), yes(camera.hasInfrared)),
            .init(context.text("회전·줌", "Pan, tilt, zoom"), yes(camera.turns)),
            .init(
                context.text("설치일", "Installed on"),
                camera.installedOn.map { dateText($0, in: context) } ?? "–"
            ),
        ]
        return section(
            context.text("카메라", "Camera"),
            summaryList(SummaryList(rows), in: context)
        )
    }

    private func map(_ context: PageContext) -> HTML {
        guard let place = camera.place, !ring.isEmpty else { return .empty }
        let position = MapFrame.Position(longitude: place.longitude, latitude: place.latitude)
        return section(
            context.text("보이는 곳", "What it sees"),
            mapFrame(
                MapFrame(
                    caption: ChartCaption(
                        id: "view",
                        title: context.text("건물에 가린 곳을 뺀 시야", "Its view, cut by buildings"),
                        summary: context.text(
                            "방향 \(Int(camera.bearingDegrees))°, 화각 \(Int(camera.fieldOfViewDegrees))°, "
                                + "\(Int(camera.rangeMeters))m까지입니다.",
                            "Bearing \(Int(camera.bearingDegrees))°, "
                                + "\(Int(camera.fieldOfViewDegrees))° wide, "
                                + "\(Int(camera.rangeMeters)) m far."
                        )
                    ),
                    nameTitle: context.text("곳", "Place"),
                    noteTitle: context.text("내용", "Notes"),
                    places: [MapFrame.Place(name: camera.name, position: position)],
                    areas: [
                        MapFrame.Area(
                            name: context.text("시야", "View"),
                            rings: [ring],
                            level: 1
                        )
                    ]
                ),
                in: context
            )
        )
    }

    private func ruled(_ context: PageContext) -> HTML {
        let zones = rules?.rules.value.zones ?? []
        let words =
            rules == nil
            ? context.text("아직 그린 규칙이 없습니다.", "No rules were drawn yet.")
            : context.text(
                "구역 \(zones.count)곳, 선 \(rules?.rules.value.lines.count ?? 0)개",
                "\(zones.count) zones, \(rules?.rules.value.lines.count ?? 0) lines"
            )
        let rows = steps.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
            let percent = Int((Thresholds.confidence(steps: count) * 100).rounded())
            let reset: HTML =
                canKeep
                ? form(
                    action: .path("cameras", "list", String(camera.number), "threshold"),
                    context: context
                ) {
                    hiddenField("kind", kind.rawValue)
                        + button(context.text("되돌리기", "Reset"), style: .quiet)
                } : "–"
            return ["\(kind.title[context.language])", "\(count)", "\(percent)%", reset]
        }
        let thresholds = titledTable(
            context.text("오탐으로 오른 기준", "Thresholds raised by false alarms"),
            id: "thresholds",
            columns: [
                .init(context.text("종류", "Kind"), isRowHeader: true),
                .init(context.text("단계", "Steps"), isNumeric: true),
                .init(context.text("기준", "Threshold"), isNumeric: true),
                .init(context.text("되돌리기", "Reset")),
            ],
            rows: rows,
            emptyText: context.text("오른 기준이 없습니다.", "None was raised."),
            in: context
        )
        return section(context.text("규칙", "Rules"), "<p>\(words)</p>") + thresholds
    }

    private func events(_ context: PageContext) -> HTML {
        titledTable(
            context.text("이벤트 이력", "History of events"),
            columns: [
                .init(context.text("이벤트", "Event"), isRowHeader: true),
                .init(context.text("시각", "When")), .init(context.text("상태", "State")),
                .init(context.text("누가", "By")),
            ],
            rows: history.map { event in
                [
                    "<a href=\"\(Ways.event(event.id))\">\(event.title(context))</a>",
                    dateText(event.raisedAt, in: context), event.state.tag(context),
                    "\(event.settledByName.orDash)",
                ]
            },
            emptyText: context.text("이벤트가 없었습니다.", "There were none."),
            in: context
        )
    }

    private func stream(_ context: PageContext) -> HTML {
        guard canKeep else { return .empty }
        let field = FormField(
            name: "address",
            label: context.text("실제 영상 주소", "Address of the picture"),
            hint: context.text(
                "rtsp:// 또는 http(s)://. 잠가서 보관하며 다시 보여 주지 않습니다. 비우면 지웁니다.",
                "rtsp:// or http(s)://. Kept sealed and never shown again; empty removes it."
            ),
            autocomplete: "off",
            maximumLength: StreamAddress.maximumCharacterCount
        )
        let state: HTML =
            camera.hasStream ? "<p>\(context.text("주소가 있습니다.", "An address is set."))</p>" : .empty
        return section(
            context.text("영상 연결", "Connection"),
            """
            \(state)\(form(
                action: .path("cameras", "list", String(camera.number), "stream"),
                context: context
            ) {
                formField(field, in: context)
                    + buttonRow([button(context.text("저장", "Save"), style: .secondary)])
            })
            """
        )
    }
}
