import Basics
import Footage
import Glibc
import Web

/// The way of the person on the map: where they were seen, what is not known in between, where they may be
/// seen next.
struct RoutePage: Sendable {
    let file: CaseFile
    let route: CaseRoute
    let attribution: Bilingual

    /// How far from the way uncertainty is drawn: an hour nobody knows of would cover the whole city.
    private static let maximumDrawnMeters = 300.0

    func page(in context: PageContext) -> Page {
        let search = file.search
        return Page(
            title: context.text("동선", "Route"),
            breadcrumbs: Ways.crumbs(search, context: context),
            main: "\(Ways.tabs(search, "route", context))\(content(context))",
            source: PageSource(name: attribution[context.language]),
            width: .wide,
            density: .operator,
            actions: route.steps.isEmpty
                ? nil
                : buttonRow([
                    linkButton("GeoJSON", Ways.part(search.id, "route.geojson"))
                ])
        )
    }

    private func content(_ context: PageContext) -> HTML {
        guard !route.steps.isEmpty else {
            return emptyState(
                title: context.text("아직 동선이 없습니다", "No route yet"),
                text: context.text(
                    "찾기 화면에서 본인이 맞는 목격을 확인하면 여기에 이어집니다.",
                    "Confirm sightings in the search, and they are joined here."
                )
            )
        }
        let broken: HTML =
            route.isBroken
            ? notificationBanner(
                NotificationBanner(
                    kind: .warning,
                    title: context.text(
                        "걸어서 갈 수 없는 시간에 확인된 목격이 있습니다. 다시 살펴보세요.",
                        "A confirmed sighting cannot have been reached on foot. Look again."
                    )
                )
            ) : .empty
        return broken + map(context) + steps(context) + next(context)
    }

    private func map(_ context: PageContext) -> HTML {
        let seen = route.steps.compactMap { step in
            step.camera.place.map { place in
                MapFrame.Place(
                    name: step.camera.name,
                    position: MapFrame.Position(place),
                    link: Ways.sighting(file.search.id, step.mark.token),
                    note: dateText(step.mark.seenAt, in: context)
                )
            }
        }
        let ahead = route.next.compactMap { next in
            next.camera.place.map { place in
                MapFrame.Place(
                    name: context.text("다음? \(next.camera.name)", "Next? \(next.camera.name)"),
                    position: MapFrame.Position(place),
                    note: """
                        \(percent(next.probability)) · \(dateText(next.likelyAt, in: context))
                        """
                )
            }
        }
        return mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "route-map",
                    title: context.text("동선", "Route"),
                    summary: context.text(
                        "확인된 목격 \(seen.count)곳을 시각 순서로 이었습니다. 칠한 곳은 사이에 있었을 수 있는 범위입니다.",
                        "\(seen.count) confirmed sightings in order of time; filled is where they may have been between."
                    )
                ),
                nameTitle: context.text("카메라", "Camera"),
                noteTitle: context.text("시각", "When"),
                places: seen + ahead,
                areas: areas(context),
                levels: [
                    context.text("300m 넘게 모름", "more than 300 m unknown"),
                    context.text("300m까지", "up to 300 m"),
                    context.text("100m까지", "up to 100 m"),
                    context.text("30m까지", "up to 30 m"),
                ],
                featuresLink: Ways.part(file.search.id, "route.geojson")
            ),
            in: context
        )
    }

    /// What is not known between two sightings, as the ellipse in which somebody walks who has so much
    /// time.
    private func areas(_ context: PageContext) -> [MapFrame.Area] {
        zip(route.gaps, zip(route.steps, route.steps.dropFirst())).enumerated()
            .compactMap { index, pair in
                let (gap, ends) = pair
                guard let start = ends.0.camera.place, let end = ends.1.camera.place else {
                    return nil
                }
                let drawn = min(gap.uncertaintyMeters, Self.maximumDrawnMeters)
                let ring = UncertaintyShape.ring(start, end, asideMeters: drawn)
                let level =
                    switch gap.uncertaintyMeters {
                    case 300...: 0
                    case 100...: 1
                    case 30...: 2
                    default: 3
                    }
                return MapFrame.Area(
                    name: "\(index + 1)–\(index + 2)",
                    rings: [ring.map { MapFrame.Position($0) }],
                    level: level,
                    note: """
                        \(context.text(
                            "±\(Int(gap.uncertaintyMeters))m", "±\(Int(gap.uncertaintyMeters)) m"))
                        """
                )
            }
    }

    private func steps(_ context: PageContext) -> HTML {
        var events: [TimelineEvent] = []
        for (index, step) in route.steps.enumerated() {
            events.append(
                TimelineEvent(
                    title: step.camera.name,
                    time: dateText(step.mark.seenAt, in: context),
                    phase: index == route.steps.count - 1 ? .current : .past
                )
            )
            guard index < route.gaps.count else { continue }
            events[events.count - 1].body = gapText(route.gaps[index], context)
        }
        return section(context.text("시각 순서", "In order of time"), timeline(events, in: context))
    }

    private func gapText(_ gap: CaseRoute.Gap, _ context: PageContext) -> HTML {
        let minutes = { (seconds: Double) in Int((seconds / 60).rounded()) }
        let unseen = gap.unseenAt.map(\.name).joined(separator: ", ")
        return """
            <p>\(context.text(
                "다음 목격까지 \(minutes(gap.elapsedSeconds))분, 곧장 걸으면 \(minutes(gap.walkSeconds))분. 알 수 없는 \(minutes(gap.unknownSeconds))분, 길에서 \(Int(gap.uncertaintyMeters))m까지 벗어났을 수 있습니다.",
                "\(minutes(gap.elapsedSeconds)) min to the next, \(minutes(gap.walkSeconds)) min straight on foot. \(minutes(gap.unknownSeconds)) min are not accounted for: up to \(Int(gap.uncertaintyMeters)) m off the way."))\
            \(unseen.isEmpty ? "" : context.text(
                " 지나는 길의 \(unseen)에서는 보이지 않았습니다.", " Not seen on the way at \(unseen)."))</p>
            """
    }

    private func next(_ context: PageContext) -> HTML {
        titledTable(
            context.text("다음에 볼 카메라", "Cameras to watch next"),
            columns: [
                .init(context.text("카메라", "Camera"), isRowHeader: true),
                .init(context.text("가능성", "Probability"), isNumeric: true),
                .init(context.text("보통 걸음이면", "At the usual pace")),
            ],
            rows: route.next.map { next in
                [
                    "\(next.camera.number) · \(next.camera.name)", "\(percent(next.probability))",
                    dateText(next.likelyAt, in: context),
                ]
            },
            emptyText: context.text("가까운 카메라가 없습니다.", "No camera is near."),
            in: context
        )
    }
}

/// Where somebody may have been between two sightings.
enum UncertaintyShape {
    private static let cornerCount = 24
    private static let metersPerDegree = 111_195.0

    /// An ellipse around two places whose half minor axis is given, in metres.
    static func ring(
        _ start: CameraPlace,
        _ end: CameraPlace,
        asideMeters: Double
    ) -> [MapPoint] {
        let middle = MapPoint(
            latitude: (start.latitude + end.latitude) / 2,
            longitude: (start.longitude + end.longitude) / 2
        )
        let narrowing = cosine(middle.latitude)
        let east = (end.longitude - start.longitude) * metersPerDegree * narrowing
        let north = (end.latitude - start.latitude) * metersPerDegree
        let half = (east * east + north * north).squareRoot() / 2
        let aside = max(asideMeters, 5)
        let along = (half * half + aside * aside).squareRoot()
        let (dx, dy) = half > 0 ? (east / 2 / half, north / 2 / half) : (1, 0)
        return (0...cornerCount).map { corner in
            let (c, s) = unit(Double(corner % cornerCount) / Double(cornerCount))
            let x = along * c * dx - aside * s * dy
            let y = along * c * dy + aside * s * dx
            return MapPoint(
                latitude: middle.latitude + y / metersPerDegree,
                longitude: middle.longitude + x / metersPerDegree / narrowing
            )
        }
    }

    private static func cosine(_ degrees: Double) -> Double { Glibc.cos(degrees * .pi / 180) }
    private static func unit(_ turn: Double) -> (Double, Double) {
        (Glibc.cos(turn * 2 * .pi), Glibc.sin(turn * 2 * .pi))
    }
}

extension MapFrame.Position {
    init(_ place: CameraPlace) {
        self.init(longitude: place.longitude, latitude: place.latitude)
    }

    init(_ point: MapPoint) {
        self.init(longitude: point.longitude, latitude: point.latitude)
    }
}
