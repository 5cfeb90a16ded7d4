import Basics
import Store

/// The wipes in the store.
enum Wipes {
    /// Wipes on one page.
    static let pageSize = 50

    static func find(_ number: String, in db: ReadTransaction) throws -> WipeRecord? {
        try db.first("SELECT * FROM shared_pc_wipe WHERE number = \(number)", as: WipeRecord.self)
    }

    /// The wipes of a machine, the newest first.
    static func of(_ assetID: String, in db: ReadTransaction) throws -> [WipeRecord] {
        try db.rows(
            """
            SELECT * FROM shared_pc_wipe WHERE asset_id = \(assetID)
            ORDER BY created_at DESC, number DESC
            """,
            as: WipeRecord.self
        )
    }

    static func page(
        _ page: Int,
        in db: ReadTransaction
    ) throws -> (records: [WipeRecord], total: Int) {
        let records = try db.rows(
            """
            SELECT * FROM shared_pc_wipe ORDER BY created_at DESC, number DESC
            LIMIT \(pageSize) OFFSET \((max(page, 1) - 1) * pageSize)
            """,
            as: WipeRecord.self
        )
        return (
            records,
            try db.value("SELECT COUNT(*) FROM shared_pc_wipe", as: Int.self) ?? 0
        )
    }

    /// The record of a disk in a log that was brought in before, or nothing.
    static func known(
        log digest: String,
        disk serial: String,
        finishedAt: Instant,
        in db: ReadTransaction
    ) throws -> WipeRecord? {
        try db.first(
            """
            SELECT * FROM shared_pc_wipe WHERE log_digest = \(digest) AND disk_serial = \(serial)
                AND finished_at = \(finishedAt)
            """,
            as: WipeRecord.self
        )
    }

    static func save(_ record: WipeRecord, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_wipe (number, asset_id, machine_serial, disk_serial, disk_model,
                capacity_byte_count, tool, method, level, verification, started_at, finished_at,
                operator_id, operator_name, log_digest, checksum, faults, created_at)
            VALUES (\(record.number), \(record.assetID), \(record.machineSerial),
                \(record.diskSerial), \(record.diskModel), \(record.capacityByteCount),
                \(record.tool), \(record.method), \(record.level), \(record.verification),
                \(record.startedAt), \(record.finishedAt), \(record.operatorID),
                \(record.operatorName), \(record.logDigest), \(record.checksum),
                \(record.faults), \(record.createdAt))
            """
        )
    }

    /// What keeps a machine from going on, because a disk of it is not proven wiped in this life of
    /// it; nothing where every one is.
    static func fault(of machine: Machine, in db: ReadTransaction) throws -> Bilingual? {
        let disks = try Machines.disks(of: machine.assetID, in: db)
        let proofs = try of(machine.assetID, in: db)
            .filter { $0.isProof && $0.finishedAt >= machine.lifeStartedAt }
        let proven = Set(proofs.map(\.diskSerial))
        let old = disks.filter { !$0.isNew }
        if let open = old.first(where: { $0.removedAt == nil && !proven.contains($0.serial) }) {
            return Bilingual(
                "디스크 \(open.serial)의 완전삭제 기록이 없습니다.",
                "No proof that disk \(open.serial) is wiped."
            )
        }
        guard old.count >= machine.diskCount else {
            return Bilingual(
                "디스크 \(machine.diskCount)개 가운데 \(old.count)개만 삭제 기록이 있습니다.",
                "Only \(old.count) of \(machine.diskCount) disks have a record of a wipe."
            )
        }
        return nil
    }
}

/// The workshop's stock of parts in the store.
enum Parts {
    static func all(in db: ReadTransaction) throws -> [Part] {
        try db.rows(
            "SELECT * FROM shared_pc_part ORDER BY title LIMIT \(Part.maximumKindCount)",
            as: Part.self
        )
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> Part? {
        try db.first("SELECT * FROM shared_pc_part WHERE id = \(id)", as: Part.self)
    }

    static func insert(_ part: Part, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_part (id, title, count, unit_cost, fact, fact_value)
            VALUES (\(part.id), \(part.title), \(part.count), \(part.unitCost), \(part.fact),
                \(part.factValue))
            ON CONFLICT (id) DO NOTHING
            """
        )
    }

    /// Puts parts in (a positive count) or takes some out; says whether there were enough.
    static func change(_ id: String, by count: Int, in tx: WriteTransaction) throws -> Bool {
        try tx.run(
            """
            UPDATE shared_pc_part SET count = count + \(count)
            WHERE id = \(id) AND count + \(count) BETWEEN 0 AND \(Part.maximumCount)
            """
        ) > 0
    }
}
