import Basics
import City
import CityMap
import Footage
import Hosting
import Identity
import Store
import Vision
import Web

/// What every route of the service works with.
struct CamerasDesk: Sendable {
    let platform: Platform
    let board: LiveBoard
    let hub: WallHub

    var store: Store { platform.store }

    /// Whoever watches, and whoever answers for it.
    static let watchers = RouteAccess.anyRole([.cameraOperator, .cameraSupervisor])
    /// Whoever answers for the watching.
    static let supervisors = RouteAccess.role(.cameraSupervisor)

    /// The organization whose control room the actor works in.
    func organization(of actor: Actor) throws -> String {
        guard let id = actor.account?.organization,
            actor.may(.cameraOperator, in: id) || actor.may(.cameraSupervisor, in: id)
        else { throw Problem.refused }
        return id
    }

    /// The organization whose control room the actor answers for.
    func supervised(by actor: Actor) throws -> String {
        guard let id = actor.account?.organization, actor.may(.cameraSupervisor, in: id) else {
            throw Problem.refused
        }
        return id
    }

    /// The camera of the address, where it belongs to the actor's control room.
    func camera(_ incoming: Incoming) async throws -> Camera {
        let organizationID = try organization(of: incoming.actor)
        guard let number = UInt32(try incoming.pathParameter("number")),
            let camera = try await store.read({ try CameraRegister.find(number, in: $0) }),
            camera.asset.organizationID == organizationID
        else { throw Problem.notFound }
        return camera
    }

    /// The event of the address, where it belongs to the actor's control room.
    func event(_ incoming: Incoming) async throws -> CameraEvent {
        let organizationID = try organization(of: incoming.actor)
        guard let id = Int64(try incoming.pathParameter("id")),
            let event = try await store.read({ try CameraEvents.find(id, in: $0) }),
            event.organizationID == organizationID
        else { throw Problem.notFound }
        return event
    }

    /// Runs a change; what it refuses is handed to the page that shows it.
    func attempt(
        _ change: @escaping @Sendable (WriteTransaction) throws -> Void
    ) async throws -> Bilingual? {
        do {
            try await store.write(change)
            return nil
        } catch let error as any ExplainedError where !(error is StoreError) {
            return error.message
        }
    }
}

/// The ways of the service, for crumbs and tabs.
enum Ways {
    static let home = Link("/cameras")
    static let wall = Link("/cameras/wall")
    static let events = Link("/cameras/events")
    static let list = Link("/cameras/list")
    static let crowd = Link("/cameras/crowd")
    static let handover = Link("/cameras/handover")
    static let procedures = Link("/cameras/procedures")
    static let planner = Link("/cameras/planner")
    static let statistics = Link("/cameras/statistics")
    static let importing = Link("/cameras/import")

    static func event(_ id: Int64) -> Link { .path("cameras", "events", String(id)) }
    static func camera(_ number: UInt32) -> Link { .path("cameras", "list", String(number)) }
    static func rules(_ number: UInt32) -> Link {
        .path("cameras", "list", String(number), "rules")
    }
    static func still(_ number: UInt32) -> Link {
        .path("cameras", "live", String(number), "still")
    }
    static func stream(_ number: UInt32) -> Link {
        .path("cameras", "live", String(number), "stream")
    }
    static func frame(_ number: Int, of event: Int64) -> Link {
        .path("cameras", "events", String(event), "frames", String(number))
    }
    static func plan(_ id: String) -> Link { .path("cameras", "planner", id) }

    static func homeCrumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: CitySystem.cameras.title[context.language], link: home)
    }

    static func wallCrumbs(_ context: PageContext) -> [Breadcrumb] {
        [homeCrumb(context), Breadcrumb(title: context.text("관제", "Wall"), link: wall)]
    }

    /// The rooms of the control room, the current one marked.
    static func tabs(_ current: Link, _ context: PageContext) -> HTML {
        let all: [(Link, Bilingual)] = [
            (wall, Bilingual("관제", "Wall")), (events, Bilingual("이벤트", "Events")),
            (crowd, Bilingual("인파", "Crowds")), (list, Bilingual("카메라", "Cameras")),
            (handover, Bilingual("근무일지", "Handover")),
            (procedures, Bilingual("표준절차", "Procedures")),
            (planner, Bilingual("배치 계획", "Planner")),
            (statistics, Bilingual("통계", "Figures")),
        ]
        return tabLinks(
            all.map {
                TabLink(title: $0.1[context.language], link: $0.0, isCurrent: $0.0 == current)
            },
            label: context.text("관제실의 일", "Work of the control room")
        )
    }
}

extension CameraEvent.State {
    /// The state as a tag.
    func tag(_ context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .open: .attention
            case .acknowledged, .dispatched: .active
            case .closed: .done
            case .falseAlarm: .neutral
            case .missed: .refused
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}

extension CameraEvent {
    /// What happened, in a few words: `밀집(경계)`.
    func title(_ context: PageContext) -> String {
        let kind = kind.title[context.language]
        guard let level, let crowd = CrowdLevel(rawValue: level) else { return kind }
        return "\(kind)(\(crowd.title[context.language]))"
    }
}

/// What was refused, above a page.
func refusalBanner(_ message: Bilingual?, _ context: PageContext) -> HTML? {
    message.map { message in
        errorSummary(
            [FieldError(fieldID: nil, message: message[context.language])],
            in: context
        )
    }
}
