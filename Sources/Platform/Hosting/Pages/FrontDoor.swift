import Basics
import Web

/// The front page: every system of the programme with its state, and the ways into those that run.
struct FrontDoor {
    /// A service that runs, with its doors.
    struct OpenService: Sendable {
        var system: CitySystem
        var doors: [ServiceDoor]
    }

    var services: [OpenService]
    /// Ways to the records that every service shares.
    var cityDoors: [ServiceDoor] = []
    /// Whether a room of the city can be searched.
    var isSearchable = false

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text(
                "\(context.siteName.korean) 디지털 서비스",
                "Digital services of \(context.siteName.english)"
            ),
            lead: HTML(
                text: context.text(
                    "한 곳에서 찾고, 신청하고, 확인합니다.",
                    "Find, apply and follow, in one place."
                )
            ),
            main: """
                \(isSearchable ? CitySearchRoutes.box("", in: context) : .empty)\
                \(open(context))\(city(context))<section><h2>\(context.text("준비하고 있는 서비스", "Coming"))</h2>\
                \(cardGrid(coming(context)))</section>
                """,
            width: .wide
        )
    }

    private func open(_ context: PageContext) -> HTML {
        HTML(each: services) { service in
            """
            <section><h2>\(service.system.title[context.language]) \
            \(statusTag(StatusTag(context.text("운영 중", "Running"), kind: .active)))</h2>\
            <p>\(service.system.summary[context.language])</p>\
            \(cardGrid(
                service.doors.map { Card(title: $0.title[context.language], link: $0.link) }
            ))</section>
            """
        }
    }

    private func city(_ context: PageContext) -> HTML {
        guard !cityDoors.isEmpty else { return .empty }
        let cards = cityDoors.map { Card(title: $0.title[context.language], link: $0.link) }
        return """
            <section><h2>\(context.text("도시 안내", "About the city"))</h2>\
            \(cardGrid(cards))</section>
            """
    }

    private func coming(_ context: PageContext) -> [Card] {
        let running = Set(services.map(\.system))
        return CitySystem.allCases.filter { !running.contains($0) }.map { system in
            Card(
                title: system.title[context.language],
                text: HTML(text: system.summary[context.language]),
                status: StatusTag(context.text("준비 중", "Coming"), kind: .planned)
            )
        }
    }
}
