import Basics
import CityMap
import Footage
import Hosting
import Identity
import Store
import Web

/// What every route of the service works with.
struct MissingDesk: Sendable {
    let platform: Platform
    let gate: FootageGate
    let cases: FootageCases
    /// Proposes where people are in a photo, where a model was added.
    let finder: PersonFinder

    init(platform: Platform) throws {
        self.platform = platform
        gate = try FootageGate(platform)
        cases = try FootageCases(platform)
        finder = PersonFinder.of(platform)
    }

    var store: Store { platform.store }

    /// Whoever searches or approves.
    static let access = RouteAccess.anyRole([.missingPersonSearcher, .missingPersonApprover])
    /// Whoever searches.
    static let searchers = RouteAccess.role(.missingPersonSearcher)
    /// Whoever approves.
    static let approvers = RouteAccess.role(.missingPersonApprover)

    func keeping(_ actor: Actor) -> SearchKeeping {
        SearchKeeping(actor: actor, cases: cases, accounts: platform.identity.accounts)
    }

    /// Runs a step; what it refuses is handed to the page that shows it.
    func attempt(_ step: () async throws -> Void) async throws -> Bilingual? {
        do {
            try await step()
            return nil
        } catch let error as MissingError {
            return error.message
        } catch let error as FootageError {
            return error.message
        }
    }
}

/// The ways of the service, for crumbs and links.
enum Ways {
    static let home = Link("/missing-persons")
    static let new = Link("/missing-persons/new")

    static func search(_ id: String) -> Link { .path("missing-persons", id) }

    static func part(
        _ id: String,
        _ name: String,
        query: [(name: String, value: String)] = []
    ) -> Link { .path("missing-persons", id, name, query: query) }

    static func sighting(_ id: String, _ token: String) -> Link {
        .path("missing-persons", id, "sightings", token)
    }

    static func picture(_ id: String, _ token: String, _ view: FootageView) -> Link {
        .path(
            "missing-persons",
            id,
            "sightings",
            token,
            "picture",
            query: [("view", view.rawValue)]
        )
    }

    static func photo(_ id: String, _ number: Int) -> Link {
        .path("missing-persons", id, "photos", String(number))
    }

    static func crumbs(_ search: SearchCase? = nil, context: PageContext) -> [Breadcrumb] {
        let home = Breadcrumb(title: context.text("실종자 수색", "Missing persons"), link: Self.home)
        guard let search else { return [home] }
        return [home, Breadcrumb(title: search.number, link: Self.search(search.id))]
    }

    /// The parts of an open case, the current one marked.
    static func tabs(_ search: SearchCase, _ current: String, _ context: PageContext) -> HTML {
        guard search.state == .open else { return .empty }
        let parts: [(String, Bilingual)] = [
            ("", Bilingual("사건", "Case")), ("search", Bilingual("찾기", "Search")),
            ("route", Bilingual("동선", "Route")), ("give", Bilingual("제공·종결", "Give and close")),
        ]
        return tabLinks(
            parts.map { name, title in
                TabLink(
                    title: title[context.language],
                    link: name.isEmpty ? Self.search(search.id) : part(search.id, name),
                    isCurrent: name == current
                )
            },
            label: context.text("사건의 화면", "Parts of the case")
        )
    }
}

/// A message of what could not be done, above a page.
func refusalBanner(_ message: Bilingual?, _ context: PageContext) -> HTML? {
    message.map { message in
        errorSummary(
            [FieldError(fieldID: nil, message: message[context.language])],
            in: context
        )
    }
}

extension SearchCase.State {
    func tag(_ context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .waiting: .attention
            case .open: .active
            case .refused: .refused
            case .closed: .done
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}
