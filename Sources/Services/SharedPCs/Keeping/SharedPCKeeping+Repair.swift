import Basics
import City
import Identity
import Store

extension SharedPCKeeping {
    /// Opens a repair ticket for a machine in use.
    func openRepair(
        of id: String,
        problem: String,
        isByTelephone: Bool,
        ticketID: String,
        in tx: WriteTransaction
    ) throws -> RepairTicket {
        let place = try place(id, in: tx)
        guard place.state == .delivered, let assetID = place.assetID else {
            throw SharedPCError.badInput(
                "받은 PC만 수리를 맡길 수 있습니다.",
                "Only a machine that was received is repaired."
            )
        }
        let problem = problem.trimming()
        guard !problem.isEmpty, problem.count <= RepairTicket.maximumTextCharacterCount else {
            throw SharedPCError.badInput(
                "어떤 문제인지 \(RepairTicket.maximumTextCharacterCount.grouped)자 안으로 적어 주세요.",
                "Say what is wrong, in at most "
                    + "\(RepairTicket.maximumTextCharacterCount.grouped) characters."
            )
        }
        let open = try Repairs.of(allocation: id, in: tx)
            .filter { [.open, .working].contains($0.state) }
        guard open.count < RepairTicket.maximumOpenCount else {
            throw SharedPCError.badInput(
                "끝나지 않은 수리 접수가 \(open.count)건 있습니다. 정비소가 연락드립니다.",
                "There are \(open.count) open tickets already. The workshop will be in touch."
            )
        }
        let ticket = RepairTicket(
            id: ticketID,
            allocationID: id,
            assetID: assetID,
            problem: problem,
            isByTelephone: isByTelephone,
            isUnderWarranty: place.warrantyUntil.map { tx.now.date <= $0 } ?? false,
            state: .open,
            answer: "",
            openedAt: tx.now
        )
        try Repairs.save(ticket, in: tx)
        try assets.note(
            .repair,
            Bilingual("수리 접수", "Repair asked for"),
            of: try Machines.row(assetID, in: tx).asset,
            in: tx
        )
        return ticket
    }

    /// Takes a machine in for a repair.
    func startRepair(_ ticketID: String, in tx: WriteTransaction) throws {
        var ticket = try ticket(ticketID, in: .open, tx)
        let row = try Machines.row(ticket.assetID, in: tx)
        if row.machine.state == .installed {
            try step(row, to: .inRepair, reason: "수리 시작", kind: .repair, in: tx)
        }
        ticket.state = .working
        try Repairs.save(ticket, in: tx)
    }

    /// Ends a repair: the machine goes back to its person, or another takes its place.
    ///
    /// - Parameters:
    ///   - ticketID: The ticket.
    ///   - answer: What was done.
    ///   - replacement: The ready machine that takes its place, or nothing where it was mended.
    ///   - tx: The transaction.
    /// - Throws: `SharedPCError` where the ticket is not being worked on, nothing is said of what was
    ///   done, or the other machine is not ready.
    func endRepair(
        _ ticketID: String,
        answer: String,
        replacement: String? = nil,
        in tx: WriteTransaction
    ) throws {
        var ticket = try ticket(ticketID, in: .working, tx)
        let answer = answer.trimming()
        guard !answer.isEmpty, answer.count <= RepairTicket.maximumTextCharacterCount else {
            throw SharedPCError.badInput("무엇을 했는지 적어 주세요.", "Say what was done.")
        }
        let row = try Machines.row(ticket.assetID, in: tx)
        if let replacement {
            try replace(row, by: replacement, for: ticket, reason: answer, in: tx)
        } else if row.machine.state == .inRepair {
            try step(row, to: .installed, reason: answer, kind: .repair, in: tx)
        }
        ticket.state = replacement == nil ? .done : .replaced
        ticket.answer = answer
        ticket.closedAt = tx.now
        try Repairs.save(ticket, in: tx)
        let place = try place(ticket.allocationID, in: tx)
        try tell(place, "수리가 끝났습니다", "The repair is done", answer, answer, in: tx)
    }

    /// Puts a ready machine in the place of one that cannot be mended.
    private func replace(
        _ row: MachineRow,
        by replacement: String,
        for ticket: RepairTicket,
        reason: String,
        in tx: WriteTransaction
    ) throws {
        var place = try place(ticket.allocationID, in: tx)
        let new = try Machines.row(replacement, in: tx)
        guard new.machine.state == .ready else {
            throw SharedPCError(
                .alreadyAllocated,
                Bilingual(
                    "\(new.asset.number)은(는) 배정할 수 있는 PC가 아닙니다.",
                    "\(new.asset.number) is not ready to be given."
                ),
                context: replacement
            )
        }
        try step(row, to: .returned, reason: "교체: \(reason)", kind: .repair, in: tx)
        place.state = .allocated
        place.assetID = replacement
        place.delivery = JSONColumn(Delivery())
        try step(
            new,
            to: .allocated,
            reason: "\(place.receiptNumber): \(row.asset.number) 대신",
            kind: .allocated,
            in: tx
        )
        try Allocations.update(place, in: tx)
    }

    private func ticket(
        _ id: String,
        in state: RepairTicket.State,
        _ db: ReadTransaction
    ) throws -> RepairTicket {
        guard let ticket = try Repairs.find(id, in: db) else {
            throw SharedPCError.notFound("repair \(id)")
        }
        guard ticket.state == state else {
            throw SharedPCError(
                .impossibleState,
                Bilingual(
                    "‘\(ticket.state.title.korean)’인 접수입니다. 새로 열어 확인해 주세요.",
                    "The ticket is “\(ticket.state.title.english)”. Open it again."
                ),
                context: id
            )
        }
        return ticket
    }
}
