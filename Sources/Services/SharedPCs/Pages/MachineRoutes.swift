import Basics
import City
import HTTPTypes
import Identity
import Store
import Web

/// One machine: its page and what is done to it.
struct MachineRoutes {
    let desk: SharedPCDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/machines/{id}", access: SharedPCDesk.access) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        addChange("move", "move", to: &table) { keeping, id, form, tx in
            guard let to = form["to"].flatMap(MachineState.init), let reason = form.text("reason")
            else {
                throw SharedPCError.badInput(
                    "다음 단계와 까닭을 적어 주세요.",
                    "Give the next step and the reason."
                )
            }
            try keeping.move(id, to: to, reason: reason, in: tx)
        }
        addChange("disks/remove", "disks", to: &table) { keeping, id, form, tx in
            let serial = form.text("serial") ?? ""
            guard try Machines.disk(serial, in: tx)?.assetID == id else {
                throw SharedPCError.notFound("disk \(serial) of \(id)")
            }
            try keeping.removeDisk(serial, reason: form.text("reason") ?? "", in: tx)
        }
        addChange("parts", "parts", to: &table) { keeping, id, form, tx in
            try keeping.putIn(
                form["part"] ?? "",
                count: form.text("count").flatMap { Int($0) } ?? 0,
                of: id,
                in: tx
            )
        }
        addChange("work", "work", to: &table) { keeping, id, form, tx in
            try keeping.save(
                Self.work(form),
                of: id,
                version: form["version"].flatMap { Int($0) } ?? 0,
                in: tx
            )
        }
        addWipes(to: &table)
    }

    /// Adds a change of a machine: what is refused is shown above its page, with what was typed.
    private func addChange(
        _ path: String,
        _ fragment: String,
        to table: inout RouteTable,
        _ change:
            @escaping @Sendable (
                SharedPCKeeping, String, FormFields, WriteTransaction
            ) throws -> Void
    ) {
        let desk = desk
        table.submission("/shared-pcs/machines/{id}/\(path)", access: SharedPCDesk.access) {
            incoming,
            form in
            let id = try incoming.pathParameter("id")
            let keeping = SharedPCKeeping(by: incoming.actor)
            let refusal = try await desk.attempt { try change(keeping, id, form, $0) }
            guard let refusal else { return .other(.seeOther(Ways.machine(id).at(fragment))) }
            var page = try await Self.page(desk, incoming)
            page.refusal = refusal
            page.typed = Typed(form: form)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func addWipes(to table: inout RouteTable) {
        let desk = desk
        table.upload(
            "/shared-pcs/machines/{id}/wipes",
            access: SharedPCDesk.access,
            maximumFileByteCount: WipeLogReader.maximumByteCount
        ) { incoming, form in
            let id = try incoming.pathParameter("id")
            guard try await desk.store.read({ try Machines.find(id, in: $0) }) != nil else {
                throw Problem.notFound
            }
            let brought = try await WipeRoutes.bring(form.file("file"), on: id, desk, incoming)
            var page = try await Self.page(desk, incoming)
            switch brought {
            case .success(let intakes): page.intakes = intakes
            case .failure(let refusal): page.refusal = refusal.message
            }
            let isProof = page.refusal == nil && page.intakes.allSatisfy(\.isProof)
            return .page(page.page(in: incoming.page), isProof ? .ok : .unprocessableContent)
        }
    }

    private static func work(_ form: FormFields) -> Refurbishment {
        var work = Refurbishment()
        let passed = Set(form.all("check").compactMap(MachineCheck.init))
        for check in MachineCheck.allCases { work.checks[check] = passed.contains(check) }
        work.appearance = form["appearance"].flatMap(Refurbishment.Appearance.init)
        work.operatingSystem = String(
            (form.text("operatingSystem") ?? "").prefix(AssetField.maximumCharacterCount)
        )
        work.licence = form["licence"].flatMap(LicenceKind.init)
        work.note = String(
            (form.text("note") ?? "").prefix(Refurbishment.maximumNoteCharacterCount)
        )
        return work
    }

    private static func page(
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> MachinePage {
        let id = try incoming.pathParameter("id")
        return try await desk.store.read { db in
            guard try Machines.find(id, in: db) != nil else { throw Problem.notFound }
            let row = try Machines.row(id, in: db)
            guard let batch = try Intake.batch(row.machine.batchID, in: db),
                let donor = try Intake.donor(batch.donorID, in: db)
            else { throw Problem.notFound }
            return MachinePage(
                row: row,
                batch: batch,
                donor: donor,
                disks: try Machines.disks(of: id, in: db),
                wipes: try Wipes.of(id, in: db),
                history: try Assets.history(of: id, in: db),
                places: try Allocations.of(machine: id, in: db),
                parts: try Parts.all(in: db),
                wipeFault: try Wipes.fault(of: row.machine, in: db)
            )
        }
    }
}
