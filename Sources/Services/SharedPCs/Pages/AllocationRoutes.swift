import Basics
import Cases
import City
import Hosting
import Identity
import Store
import Web

/// The allocation list and the delivery.
struct AllocationRoutes {
    let desk: SharedPCDesk
    /// The ready machines that are looked through for a place.
    private static let maximumReadyCount = 500

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/allocations", access: SharedPCDesk.access) { incoming in
            let state =
                incoming.query["state"].flatMap(Allocation.State.init) ?? .waiting
            let number = incoming.query.pageNumber()
            return try await desk.store.read { db in
                let found = try Allocations.page(number, state: state, in: db)
                var machines: [String: String] = [:]
                for id in found.places.compactMap(\.assetID) {
                    machines[id] = try Assets.find(id, in: db)?.number
                }
                return AllocationListPage(
                    state: state,
                    places: found.places,
                    total: found.total,
                    number: number,
                    counts: try Allocations.counts(in: db),
                    machines: machines
                )
            }.page(in: incoming.page)
        }
        table.page("/shared-pcs/allocations/{id}", access: SharedPCDesk.access) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        addSteps(to: &table)
    }

    private func addSteps(to table: inout RouteTable) {
        addChange("allocate", to: &table) { keeping, id, form, tx in
            try keeping.allocate(
                form["machine"] ?? "",
                to: id,
                isOtherHousehold: form["other"] == "yes",
                reason: Self.line(form, "reason"),
                in: tx
            )
        }
        addChange("release", to: &table) { keeping, id, form, tx in
            try keeping.release(id, reason: try Self.reason(form, "release-reason"), in: tx)
        }
        addChange("ship", to: &table) { keeping, id, form, tx in
            try keeping.ship(id, Self.delivery(form), in: tx)
        }
        addChange("confirm", to: &table) { keeping, id, form, tx in
            let place = try keeping.confirm(
                id,
                signedName: form.text("signedName") ?? "",
                byRecipient: false,
                in: tx
            )
            try keeping.fulfilCase(of: place, in: tx)
        }
        addChange("take-back", to: &table) { keeping, id, form, tx in
            try keeping.takeBack(id, reason: try Self.reason(form, "take-back-reason"), in: tx)
        }
        addChange("repairs", to: &table) { keeping, id, form, tx in
            _ = try keeping.openRepair(
                of: id,
                problem: form.text("problem") ?? "",
                isByTelephone: true,
                ticketID: RandomName.make(byteCount: 10),
                in: tx
            )
        }
    }

    /// Adds a step of a place: what is refused is shown above its page, with what was typed.
    private func addChange(
        _ path: String,
        to table: inout RouteTable,
        _ change: @escaping SharedPCDesk.Change
    ) {
        desk.addChange(
            "/shared-pcs/allocations/{id}/\(path)",
            to: &table,
            back: Ways.allocation,
            page: Self.page,
            change
        )
    }

    private static func line(_ form: FormFields, _ name: String) -> String {
        String((form.text(name) ?? "").prefix(Delivery.maximumLineCharacterCount))
    }

    private static func reason(_ form: FormFields, _ name: String) throws -> String {
        guard let reason = form.text(name) else {
            throw SharedPCError.badInput("까닭을 적어 주세요.", "Give the reason.")
        }
        return reason
    }

    private static func delivery(_ form: FormFields) -> Delivery {
        var delivery = Delivery(way: form["way"].flatMap(Delivery.Way.init))
        switch delivery.way {
        case .courier:
            delivery.courier = line(form, "courier")
            delivery.trackingNumber = line(form, "trackingNumber")
        case .visit:
            delivery.visitOn = form["visitOn"].flatMap { LocalDate(iso: $0) }
            delivery.visitHours = line(form, "visitHours")
        case nil: break
        }
        return delivery
    }

    /// A place with the case behind it, through the access function: the look is audited.
    private static func page(
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> AllocationPage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let today = incoming.now.date
        return try await desk.store.write { tx in
            guard let place = try Allocations.find(id, in: tx) else { throw Problem.notFound }
            let record = try Cases.granted(
                place.caseID,
                of: SharedPCProcedures.all,
                by: actor,
                purpose: .sharedPCs,
                in: tx
            )
            let ready =
                place.state == .waiting
                ? try Machines.ready(limit: maximumReadyCount, in: tx) : []
            return AllocationPage(
                place: place,
                record: record,
                machine: try place.assetID.map { try Machines.row($0, in: tx) },
                suggestions: MachineSuggestion.of(ready, for: place.wish),
                tickets: try Repairs.of(allocation: id, in: tx),
                today: today
            )
        }
    }
}
