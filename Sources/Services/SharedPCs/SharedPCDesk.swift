import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// What every route of the service works with.
struct SharedPCDesk: Sendable {
    let platform: Platform

    var store: Store { platform.store }

    /// Whoever works in the workshop.
    static let access = RouteAccess.role(.pcWorkshop)

    /// The organization whose assets the actor's machines become.
    func organization(of actor: Actor) throws -> String {
        guard let id = actor.account?.organization, actor.may(.pcWorkshop, in: id) else {
            throw Problem.refused
        }
        return id
    }

    /// Runs a change; what it refuses is handed to the page that shows it.
    func attempt(
        _ change: @escaping @Sendable (WriteTransaction) throws -> Void
    ) async throws -> Bilingual? {
        do {
            try await store.write(change)
            return nil
        } catch let error as SharedPCError where error.code != .notFound {
            return error.message
        } catch let error as AssetError {
            return error.message
        }
    }
}

/// A page that shows above itself what was refused, with what was typed.
protocol RefusingPage: Sendable {
    var refusal: Bilingual? { get set }
    var typed: Typed { get set }
    func page(in context: PageContext) -> Page
}

extension SharedPCDesk {
    /// What a form changes: the hand that changes it, the record of the address, what was typed.
    typealias Change =
        @Sendable (SharedPCKeeping, String, FormFields, WriteTransaction) throws -> Void

    /// Adds a change of the record `{id}`: what is refused is shown above its page.
    ///
    /// - Parameters:
    ///   - path: The address of the form.
    ///   - table: The routes.
    ///   - back: Where the change leads.
    ///   - page: The record's page.
    ///   - change: The change.
    func addChange<Shown: RefusingPage>(
        _ path: String,
        to table: inout RouteTable,
        back: @escaping @Sendable (String) -> Link,
        page: @escaping @Sendable (SharedPCDesk, Incoming) async throws -> Shown,
        _ change: @escaping Change
    ) {
        let desk = self
        table.submission(path, access: Self.access) { incoming, form in
            let id = try incoming.pathParameter("id")
            let keeping = SharedPCKeeping(by: incoming.actor)
            let refusal = try await desk.attempt { try change(keeping, id, form, $0) }
            guard let refusal else { return .other(.seeOther(back(id))) }
            var shown = try await page(desk, incoming)
            shown.refusal = refusal
            shown.typed = Typed(form: form)
            return .page(shown.page(in: incoming.page), .unprocessableContent)
        }
    }
}

/// What was typed into a form, so that a refused one forgets nothing.
struct Typed: Sendable {
    var form: FormFields?

    /// What was typed, or what stands there otherwise.
    func value(_ name: String, _ otherwise: String = "") -> String {
        form.map { $0[name] ?? "" } ?? otherwise
    }
}

/// The ways of the service, for crumbs and tabs.
enum Ways {
    static let home = Link("/shared-pcs")
    static let board = Link("/shared-pcs/workshop")
    static let batches = Link("/shared-pcs/batches")
    static let wipes = Link("/shared-pcs/wipes")
    static let parts = Link("/shared-pcs/parts")
    static let allocations = Link("/shared-pcs/allocations")
    static let repairs = Link("/shared-pcs/repairs")
    static let certificates = Link("/shared-pcs/certificates")
    static let statistics = Link("/shared-pcs/statistics")
    static let mine = Link("/shared-pcs/mine")

    static func machine(_ id: String) -> Link { .path("shared-pcs", "machines", id) }
    static func batch(_ id: String) -> Link { .path("shared-pcs", "batches", id) }
    static func wipe(_ number: String) -> Link { .path("shared-pcs", "wipes", number) }
    static func allocation(_ id: String) -> Link { .path("shared-pcs", "allocations", id) }
    static func repair(_ id: String) -> Link { .path("shared-pcs", "repairs", id) }
    static func mine(_ id: String) -> Link { .path("shared-pcs", "mine", id) }

    static func homeCrumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("사랑의 PC", "Shared PCs"), link: home)
    }

    static func boardCrumbs(_ context: PageContext) -> [Breadcrumb] {
        [
            homeCrumb(context),
            Breadcrumb(title: context.text("정비소", "Workshop"), link: board),
        ]
    }

    /// The rooms of the workshop, the current one marked.
    static func tabs(_ current: Link, _ context: PageContext) -> HTML {
        let all: [(Link, Bilingual)] = [
            (board, Bilingual("PC", "Machines")), (batches, Bilingual("인수", "Intake")),
            (wipes, Bilingual("완전삭제", "Wipes")), (parts, Bilingual("부품", "Parts")),
            (allocations, Bilingual("배정·배송", "Allocation")),
            (repairs, Bilingual("수리", "Repairs")),
        ]
        return tabLinks(
            all.map {
                TabLink(title: $0.1[context.language], link: $0.0, isCurrent: $0.0 == current)
            },
            label: context.text("정비소의 일", "Work of the workshop")
        )
    }
}

extension MachineState {
    /// The state as a tag.
    func tag(_ context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .received: .planned
            case .wiping, .refurbishing, .shipped, .allocated: .active
            case .wiped, .ready, .installed: .done
            case .inRepair, .returned: .attention
            case .recycled: .neutral
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}

extension Allocation.State {
    /// The state as a tag.
    func tag(_ context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .waiting: .planned
            case .allocated, .shipped: .active
            case .delivered: .done
            case .returned: .neutral
            case .withdrawn: .refused
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
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

extension Asset {
    /// What the machine is, in a line: `i5-8500 · 8GB · SSD 256GB`.
    func specification(_ context: PageContext) -> String {
        let facts = facts.value
        var parts: [String] = []
        if let processor = facts["processor"] { parts.append(processor) }
        if let memory = facts["memoryGB"] { parts.append("\(memory)GB") }
        if let size = facts["storageGB"] {
            let kind = facts["storage"] == "hdd" ? "HDD" : "SSD"
            parts.append("\(kind) \(size)GB")
        }
        if let inches = facts["displayInch"] {
            parts.append(context.text("\(inches)인치", "\(inches) in"))
        }
        return parts.isEmpty ? "–" : parts.joined(separator: " · ")
    }
}
