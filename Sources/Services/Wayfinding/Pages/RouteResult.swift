import Basics
import CityMap
import Routing
import Web

/// A way that was found, as the page tells it.
struct RouteResult: Sendable {
    let question: RouteQuestion
    let start: GeoPoint
    let end: GeoPoint
    /// When it is walked: the hours of that time count.
    let moment: Instant
    let routes: [FoundRoute]
    let notes: [Bilingual]
    let planner: RoutePlanner
    /// Whether the way can be saved here: somebody has signed in.
    let canSave: Bool

    /// The way that is looked at.
    var chosen: FoundRoute { routes[min(question.way, routes.count - 1)] }

    func html(_ context: PageContext) -> HTML {
        """
        \(noteBanner(context))\(alternatives(context))\(figures(context))\(map(context))\
        \(instructions(context))\(lengths(context))\(heights(context))\(doings(context))
        """
    }

    private func noteBanner(_ context: PageContext) -> HTML {
        HTML(each: notes) { note in
            notificationBanner(
                NotificationBanner(kind: .information, title: note[context.language])
            )
        }
    }

    private func alternatives(_ context: PageContext) -> HTML {
        guard routes.count > 1 else { return .empty }
        let tabs = routes.enumerated().map { number, found in
            let name =
                number == 0
                ? context.text("추천", "Best") : context.text("다른 길 \(number)", "Other \(number)")
            let barriers = found.barriers.count
            return TabLink(
                title: "\(name): \(found.route.metres.metresText), "
                    + context.text(
                        "\(found.route.seconds.minutes)분, 장애물 \(barriers)곳",
                        "\(found.route.seconds.minutes) min, \(barriers) barriers"
                    ),
                link: question.with { $0.way = number }.link,
                isCurrent: number == min(question.way, routes.count - 1)
            )
        }
        return tabLinks(tabs, label: context.text("길 고르기", "Ways"))
    }

    private func figures(_ context: PageContext) -> HTML {
        let route = chosen.route
        let share = route.metres > 0 ? route.confirmedMetres / route.metres * 100 : 100
        return keyFigures([
            KeyFigure(label: context.text("길이", "Length"), value: route.metres.metresText),
            KeyFigure(
                label: context.text("시간", "Time"),
                value: String(route.seconds.minutes),
                unit: context.text("분", "min")
            ),
            KeyFigure(
                label: context.text("장애물", "Barriers"),
                value: String(chosen.barriers.count),
                unit: context.text("곳", ""),
                note: HTML(
                    text: chosen.barriers.isEmpty
                        ? context.text("알려진 장애물이 없습니다", "None is known")
                        : context.text("피할 수 없는 곳만 남겼습니다", "Those that no way avoids")
                )
            ),
            KeyFigure(
                label: context.text("확인된 길", "Confirmed"),
                value: String(Int(share.rounded())),
                unit: "%",
                note: HTML(
                    text: context.text(
                        "미확인 \(route.unknownMetres.metresText)",
                        "\(route.unknownMetres.metresText) unknown"
                    )
                )
            ),
        ])
    }

    /// The map, with every barrier in the table beside it.
    private func map(_ context: PageContext) -> HTML {
        let route = chosen.route
        let barriers = chosen.barriers.map { barrier in
            MapFrame.Place(
                name: barrier.text[context.language],
                position: barrier.position.mapPosition,
                note: barrier.note(context)
            )
        }
        let ends = (
            MapFrame.Place(
                name: context.text("출발: ", "Start: ") + question.from.words,
                position: route.start.position.mapPosition,
                note: "0 m"
            ),
            MapFrame.Place(
                name: context.text("도착: ", "Destination: ") + question.to.words,
                position: route.end.position.mapPosition,
                note: HTML(text: route.metres.metresText)
            )
        )
        let title = context.text("가는 길", "The way")
        let summary = chosen.summary[context.language]
        let drawing = RouteDrawing(chosen, planner, title: title, summary: summary)
        return section(
            context.text("지도와 장애물", "Map and barriers"),
            drawing.html
                + mapFrame(
                    MapFrame(
                        caption: ChartCaption(
                            id: "route-map",
                            title: title,
                            summary: summary
                        ),
                        nameTitle: context.text("곳", "Place"),
                        noteTitle: context.text("출발에서", "From the start"),
                        places: [ends.0] + barriers + [ends.1],
                        featuresLink: question.link("/wayfinding/route.geojson")
                    ),
                    in: context
                )
        )
    }

    private func instructions(_ context: PageContext) -> HTML {
        titledTable(
            context.text("길 안내", "Directions"),
            id: "directions",
            columns: [
                .init(context.text("출발에서", "From the start"), isNumeric: true),
                .init(context.text("할 일", "What to do"), isRowHeader: true, isWide: true),
                .init(context.text("다음까지", "To the next"), isNumeric: true),
            ],
            rows: chosen.instructions.map { instruction in
                [
                    HTML(text: instruction.metresFromStart.metresText),
                    instruction.kind == .warning
                        ? statusTag(
                            StatusTag(instruction.text[context.language], kind: .attention)
                        ) : HTML(text: instruction.text[context.language]),
                    instruction.kind == .arrive || instruction.kind == .warning
                        ? "–" : HTML(text: instruction.metresToNext.metresText),
                ]
            },
            in: context
        )
    }

    private func lengths(_ context: PageContext) -> HTML {
        let route = chosen.route
        guard route.metres >= 1 else { return .empty }
        return stackedBarChart(
            StackedBarChart(
                caption: ChartCaption(
                    id: "route-known",
                    title: context.text("이 길을 얼마나 아나요", "How much is known"),
                    summary: context.text(
                        "확인됨 \(route.confirmedMetres.metresText), 미확인 "
                            + "\(route.unknownMetres.metresText), 장애물 구간 "
                            + "\(route.violatingMetres.metresText)",
                        "\(route.confirmedMetres.metresText) confirmed, "
                            + "\(route.unknownMetres.metresText) unknown, "
                            + "\(route.violatingMetres.metresText) with barriers"
                    )
                ),
                categoryTitle: context.text("길", "Way"),
                parts: [
                    context.text("확인됨", "Confirmed"), context.text("미확인", "Unknown"),
                    context.text("장애물 구간", "With barriers"),
                ],
                unit: .count(" m"),
                bars: [
                    .init(
                        label: context.text("이 길", "This way"),
                        values: [
                            route.confirmedMetres, route.unknownMetres, route.violatingMetres,
                        ]
                    )
                ]
            ),
            in: context
        )
    }

    private func heights(_ context: PageContext) -> HTML {
        guard let heights = HeightLine(chosen.route, planner.network) else { return .empty }
        return lineChart(
            LineChart(
                caption: ChartCaption(
                    id: "route-heights",
                    title: context.text("오르내림", "Up and down"),
                    summary: context.text(
                        "오르막 \(heights.climbMetres.metresText), 내리막 "
                            + "\(heights.descentMetres.metresText). 가장 낮은 곳에서 잰 높이입니다.",
                        "\(heights.climbMetres.metresText) up, "
                            + "\(heights.descentMetres.metresText) down; heights above the lowest point."
                    )
                ),
                timeTitle: context.text("출발에서", "From the start"),
                times: heights.points.map { $0.metres.metresText },
                unit: .count(" m"),
                series: [
                    .init(
                        name: context.text("높이", "Height"),
                        values: heights.points.map(\.height)
                    )
                ]
            ),
            in: context
        )
    }

    private func doings(_ context: PageContext) -> HTML {
        let reportLink = Link(
            "/wayfinding/report",
            query: [("at", chosen.route.end.position.words)]
        )
        return section(
            context.text("이 길로", "With this way"),
            id: "doings",
            """
            \(buttonRow([
                linkButton(
                    context.text("걷기 안내 시작", "Start walking"),
                    WayLinks.walk("/wayfinding/walk", question, start, end),
                    style: .primary
                ),
                linkButton(
                    context.text("카메라로 보기", "Through the camera"),
                    WayLinks.walk("/wayfinding/ar", question, start, end)
                ),
                linkButton(
                    context.text("돌아오는 길", "The way back"),
                    question.with { ($0.from, $0.to, $0.way) = ($0.to, $0.from, 0) }.link
                ),
                copyLinkButton(in: context),
            ]))\(save(context))\
            <p><a href="\(question.link("/wayfinding/route.gpx"))">\(context.text(
                "GPX로 받기", "Download GPX"))</a> · \
            <a href="\(question.link("/wayfinding/route.geojson"))">\(context.text(
                "GeoJSON으로 받기", "Download GeoJSON"))</a> · \
            <a href="\(reportLink)">\(context.text(
                "길이 다르면 알려 주세요", "Tell us where the way differs"))</a></p>
            """
        )
    }

    private func save(_ context: PageContext) -> HTML {
        guard canSave else {
            return """
                <p class="hint">\(context.text(
                    "로그인하면 이 길을 저장하고, 길에 문제가 생기면 알림을 받을 수 있습니다.",
                    "Sign in to save the way and to be told when something happens on it."))</p>
                """
        }
        return form(action: Link("/wayfinding/mine"), context: context) {
            """
            \(hiddenField("question", String(question.link.target.dropFirst("/wayfinding?".count))))\
            \(formField(
                FormField(
                    name: "consent",
                    label: context.text("내 길로 저장", "Save as my route"),
                    control: .checkboxes([
                        .init(
                            value: "1",
                            label: context.text(
                                "출발지·도착지·경로를 보관하고 알림에 쓰는 데 동의합니다",
                                "I agree that start, destination and way are kept for notices"
                            ),
                            hint: context.text(
                                "언제든 ‘내 길’에서 지울 수 있고, 지우면 바로 없어집니다.",
                                "Delete it under “My routes” at any time; it is gone at once."
                            )
                        )
                    ])
                ),
                in: context))\(buttonRow([
                    button(context.text("저장하고 알림 받기", "Save and be told"), style: .secondary)
                ]))
            """
        }
    }
}

extension FoundRoute {
    /// The way in a sentence.
    var summary: Bilingual {
        let first = barriers.first.map { barrier in
            Bilingual(
                " 첫 장애물: \(barrier.text.korean), \(barrier.metresFromStart.metresText) 앞.",
                " First barrier: \(barrier.text.english), \(barrier.metresFromStart.metresText) ahead."
            )
        }
        return Bilingual(
            "\(route.metres.metresText), 장애물 \(barriers.count)곳.\(first?.korean ?? "")",
            "\(route.metres.metresText), \(barriers.count) barriers.\(first?.english ?? "")"
        )
    }
}

extension FoundRoute.Barrier {
    /// Where it is, and whether somebody saw it: "120 m 앞 · 확인되지 않음".
    fileprivate func note(_ context: PageContext) -> HTML {
        let at = metresFromStart.metresText
        let length =
            lengthMetres >= 1
            ? context.text(", \(lengthMetres.metresText) 구간", ", for \(lengthMetres.metresText)")
            : ""
        let doubt = isConfirmed ? "" : context.text(" · 확인되지 않음", " · unconfirmed")
        return HTML(text: context.text("\(at) 앞", "\(at) ahead") + length + doubt)
    }
}

extension GeoPoint {
    /// The place on a map of the house.
    var mapPosition: MapFrame.Position { .init(longitude: longitude, latitude: latitude) }
}
