import Basics
import Routing
import Web

/// The addresses of the service, for crumbs, tabs and links.
enum WayLinks {
    static let home = Link("/wayfinding")
    static let report = Link("/wayfinding/report")
    static let status = Link("/wayfinding/status")
    static let mine = Link("/wayfinding/mine")
    static let lifts = Link("/wayfinding/lifts")
    static let statistics = Link("/wayfinding/statistics")
    static let desk = Link("/wayfinding/desk")

    static func status(_ number: String) -> Link {
        Link("/wayfinding/status", query: [("number", number)])
    }
    static func deskReport(_ number: String) -> Link { .path("wayfinding", "desk", number) }

    static func homeCrumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("길찾기", "Wayfinding"), link: home)
    }

    static func deskCrumbs(_ context: PageContext) -> [Breadcrumb] {
        [
            homeCrumb(context),
            Breadcrumb(title: context.text("보행환경 업무", "Walking environment"), link: desk),
        ]
    }

    /// The walking mode and the camera mode of a route: coordinates, so that nothing is looked up twice.
    static func walk(_ path: String, _ question: RouteQuestion, _ start: GeoPoint, _ end: GeoPoint)
        -> Link
    {
        var items = [
            (name: "from", value: start.words), ("to", end.words), ("toName", question.to.words),
        ]
        items += question.profile.query
        if question.isConfirmedOnly { items.append(("known", "1")) }
        items += question.timeItems
        return Link(path, query: items)
    }
}

extension Int {
    /// Metres as people say them.
    var metresText: String {
        guard self >= 1_000 else { return "\(self) m" }
        let tenths = (self + 50) / 100
        return "\(tenths / 10).\(tenths % 10) km"
    }
}

extension Double {
    /// Metres as people say them.
    var metresText: String { Int(rounded()).metresText }

    /// Seconds as whole minutes, at least one.
    var minutes: Int { Swift.max(1, Int((self / 60).rounded())) }
}
