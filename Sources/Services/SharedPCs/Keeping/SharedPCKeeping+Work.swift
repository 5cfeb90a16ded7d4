import Basics
import City
import Identity
import Store

extension SharedPCKeeping {
    /// Writes down what the workshop found and installed; parts are added by ``putIn(_:count:of:in:)``.
    func save(
        _ work: Refurbishment,
        of assetID: String,
        version: Int,
        in tx: WriteTransaction
    ) throws {
        var row = try current(assetID, version: version, in: tx)
        guard row.machine.state == .refurbishing else {
            throw SharedPCError(
                .impossibleState,
                Bilingual(
                    "‘정비 중’인 PC에만 정비 내용을 적습니다.",
                    "Only a machine that is being refurbished has its work written down."
                ),
                context: assetID
            )
        }
        var kept = work
        kept.parts = row.machine.work.value.parts
        kept.partsCost = row.machine.work.value.partsCost
        row.machine.work = JSONColumn(kept)
        row.machine.version += 1
        try Machines.save(row.machine, in: tx)
        if row.asset.facts.value["operatingSystem"] != kept.operatingSystem {
            row.asset.facts.value["operatingSystem"] = kept.operatingSystem
            try assets.correct(row.asset, in: tx)
            row = try Machines.row(assetID, in: tx)
        }
        let passed = kept.checks.count { $0.value }
        let needed = MachineCheck.needed(for: row.machine.form).count
        try assets.note(
            .work,
            Bilingual(
                "점검 \(passed)/\(needed) 통과",
                "\(passed) of \(needed) checks passed"
            ),
            note: kept.note,
            of: row.asset,
            in: tx
        )
    }

    /// Takes parts out of the stock and puts them into a machine.
    ///
    /// - Throws: `SharedPCError` with `.outOfStock` where there are not as many; nothing changes then.
    func putIn(
        _ partID: String,
        count: Int,
        of assetID: String,
        in tx: WriteTransaction
    ) throws {
        guard let part = try Parts.find(partID, in: tx), (1...16).contains(count) else {
            throw SharedPCError.badInput("부품과 수량을 골라 주세요.", "Choose a part and a number.")
        }
        var row = try Machines.row(assetID, in: tx)
        guard [.refurbishing, .inRepair].contains(row.machine.state) else {
            throw SharedPCError.badInput(
                "정비 중이거나 수리 중인 PC에만 부품을 넣습니다.",
                "Parts go into machines that are refurbished or repaired."
            )
        }
        guard try Parts.change(partID, by: -count, in: tx) else {
            throw SharedPCError(
                .outOfStock,
                Bilingual(
                    "‘\(part.title)’ 재고가 \(part.count)개뿐입니다.",
                    "There are only \(part.count) of “\(part.title)”."
                ),
                context: partID
            )
        }
        row.machine.work.value.parts[part.title, default: 0] += count
        row.machine.work.value.partsCost =
            row.machine.work.value.partsCost + Won(part.unitCost.amount * Int64(count))
        row.machine.version += 1
        try Machines.save(row.machine, in: tx)
        if let value = factValue(of: part, count, row.asset) {
            row.asset.facts.value[part.fact] = value
            if part.fact == "storageGB" { row.asset.facts.value["storage"] = "ssd" }
            try assets.correct(row.asset, in: tx)
            row = try Machines.row(assetID, in: tx)
        }
        try assets.note(
            .work,
            Bilingual("부품 \(part.title) \(count)개", "Part \(part.title), \(count)"),
            of: row.asset,
            in: tx
        )
    }

    /// What a part makes of the machine's fact: memory is added, a disk takes the old one's place.
    private func factValue(of part: Part, _ count: Int, _ asset: Asset) -> String? {
        let old = asset.facts.value[part.fact].flatMap { Int($0) } ?? 0
        switch part.fact {
        case "memoryGB": return String(old + part.factValue * count)
        case "storageGB": return String(part.factValue)
        default: return nil
        }
    }

    /// Changes the stock of a part by a count.
    func stock(_ partID: String, by count: Int, in tx: WriteTransaction) throws {
        guard let part = try Parts.find(partID, in: tx) else {
            throw SharedPCError.notFound("part \(partID)")
        }
        guard count != 0, try Parts.change(partID, by: count, in: tx) else {
            throw SharedPCError(
                .outOfStock,
                Bilingual(
                    "‘\(part.title)’ 재고는 0개에서 \(Part.maximumCount.grouped)개 사이여야 합니다"
                        + "(지금 \(part.count)개).",
                    "The stock of “\(part.title)” stays between 0 and "
                        + "\(Part.maximumCount.grouped) (now \(part.count))."
                ),
                context: partID
            )
        }
        try tx.record(
            .update,
            on: AuditSubject(kind: "sharedPCPart", id: partID),
            by: actor.auditActor,
            purpose: .sharedPCs,
            details: ["count": String(count)]
        )
    }

    /// The machine as it is now, where nobody changed it since it was read.
    private func current(
        _ assetID: String,
        version: Int,
        in tx: WriteTransaction
    ) throws -> MachineRow {
        let row = try Machines.row(assetID, in: tx)
        guard row.machine.version == version else {
            throw SharedPCError(
                .outdated,
                Bilingual(
                    "그 사이 다른 사람이 이 PC를 고쳤습니다. 새로 열어 확인해 주세요.",
                    "Somebody else changed this machine meanwhile. Open it again."
                ),
                context: assetID
            )
        }
        return row
    }
}
