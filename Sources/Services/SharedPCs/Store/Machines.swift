import Basics
import City
import Store

/// A machine with the asset that says what it is.
struct MachineRow: Sendable, Hashable {
    var machine: Machine
    var asset: Asset
}

/// The machines in the store.
enum Machines {
    /// Machines on one page of the board.
    static let pageSize = 50

    static func find(_ id: String, in db: ReadTransaction) throws -> Machine? {
        try db.first(
            "SELECT * FROM shared_pc_machine WHERE asset_id = \(id)",
            as: Machine.self
        )
    }

    /// A machine with its asset.
    static func row(_ id: String, in db: ReadTransaction) throws -> MachineRow {
        guard let machine = try find(id, in: db), let asset = try Assets.find(id, in: db) else {
            throw SharedPCError.notFound("machine \(id)")
        }
        return MachineRow(machine: machine, asset: asset)
    }

    /// The machine with a serial number, or nothing.
    static func find(serial: String, in db: ReadTransaction) throws -> MachineRow? {
        guard let asset = try Assets.find(serial: serial, kind: .computer, in: db),
            let machine = try find(asset.id, in: db)
        else { return nil }
        return MachineRow(machine: machine, asset: asset)
    }

    /// How many machines there are in each state.
    static func counts(in db: ReadTransaction) throws -> [MachineState: Int] {
        struct Row: Codable {
            var state: MachineState
            var count: Int
        }
        let rows = try db.rows(
            "SELECT state, COUNT(*) AS count FROM shared_pc_machine GROUP BY state",
            as: Row.self
        )
        return Dictionary(rows.map { ($0.state, $0.count) }, uniquingKeysWith: +)
    }

    /// A page of the machines of a state, or of a batch, or whose number or serial number has some
    /// words in it; those that wait longest first.
    static func page(
        _ number: Int,
        state: MachineState? = nil,
        batch: String? = nil,
        words: String = "",
        in db: ReadTransaction
    ) throws -> (rows: [MachineRow], total: Int) {
        var conditions: SQL = "1 = 1"
        if let state { conditions += " AND m.state = \(state)" }
        if let batch { conditions += " AND m.batch_id = \(batch)" }
        if !words.isEmpty {
            let number = SQL.containing(words, in: "a.number")
            let serial = SQL.containing(words, in: "a.serial")
            let model = SQL.containing(words, in: "a.model")
            conditions += " AND (\(number) OR \(serial) OR \(model))"
        }
        let source: SQL = """
            FROM shared_pc_machine m JOIN city_asset a ON a.id = m.asset_id WHERE \(conditions)
            """
        let total = try db.value("SELECT COUNT(*) \(source)", as: Int.self) ?? 0
        let machines = try db.rows(
            """
            SELECT m.* \(source) ORDER BY m.since, a.number
            LIMIT \(pageSize) OFFSET \((max(number, 1) - 1) * pageSize)
            """,
            as: Machine.self
        )
        return (try rows(machines, in: db), total)
    }

    /// The machines that are ready, the best grades first.
    static func ready(limit: Int, in db: ReadTransaction) throws -> [MachineRow] {
        let machines = try db.rows(
            """
            SELECT * FROM shared_pc_machine WHERE state = \(MachineState.ready)
            ORDER BY grade, since LIMIT \(limit)
            """,
            as: Machine.self
        )
        return try rows(machines, in: db)
    }

    private static func rows(
        _ machines: [Machine],
        in db: ReadTransaction
    ) throws -> [MachineRow] {
        try machines.compactMap { machine in
            try Assets.find(machine.assetID, in: db).map { MachineRow(machine: machine, asset: $0) }
        }
    }

    static func save(_ machine: Machine, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_machine (asset_id, batch_id, state, form, grade, disk_count,
                life_started_at, work, since, version)
            VALUES (\(machine.assetID), \(machine.batchID), \(machine.state), \(machine.form),
                \(machine.grade), \(machine.diskCount), \(machine.lifeStartedAt), \(machine.work),
                \(machine.since), \(machine.version))
            ON CONFLICT (asset_id) DO UPDATE SET state = excluded.state, grade = excluded.grade,
                disk_count = excluded.disk_count, life_started_at = excluded.life_started_at,
                work = excluded.work, since = excluded.since, version = excluded.version
            """
        )
    }

    /// The disks of a machine: those in it, then those taken out.
    static func disks(of assetID: String, in db: ReadTransaction) throws -> [Disk] {
        try db.rows(
            """
            SELECT * FROM shared_pc_disk WHERE asset_id = \(assetID)
            ORDER BY COALESCE(removed_at, 0), serial
            """,
            as: Disk.self
        )
    }

    static func disk(_ serial: String, in db: ReadTransaction) throws -> Disk? {
        try db.first("SELECT * FROM shared_pc_disk WHERE serial = \(serial)", as: Disk.self)
    }

    static func save(_ disk: Disk, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_disk (serial, asset_id, is_new, removed_at)
            VALUES (\(disk.serial), \(disk.assetID), \(disk.isNew), \(disk.removedAt))
            ON CONFLICT (serial) DO UPDATE SET removed_at = excluded.removed_at
            """
        )
    }
}

/// Donors and batches in the store.
enum Intake {
    /// Batches on one page.
    static let pageSize = 25

    static func donors(in db: ReadTransaction) throws -> [Donor] {
        try db.rows("SELECT * FROM shared_pc_donor ORDER BY name, id", as: Donor.self)
    }

    static func donor(_ id: String, in db: ReadTransaction) throws -> Donor? {
        try db.first("SELECT * FROM shared_pc_donor WHERE id = \(id)", as: Donor.self)
    }

    static func save(_ donor: Donor, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_donor (id, kind, name, is_sample, created_at)
            VALUES (\(donor.id), \(donor.kind), \(donor.name), \(donor.isSample),
                \(donor.createdAt))
            """
        )
    }

    static func batch(_ id: String, in db: ReadTransaction) throws -> Batch? {
        try db.first("SELECT * FROM shared_pc_batch WHERE id = \(id)", as: Batch.self)
    }

    static func batches(
        page: Int,
        in db: ReadTransaction
    ) throws -> (batches: [Batch], total: Int) {
        let batches = try db.rows(
            """
            SELECT * FROM shared_pc_batch ORDER BY received_on DESC, number DESC
            LIMIT \(pageSize) OFFSET \((max(page, 1) - 1) * pageSize)
            """,
            as: Batch.self
        )
        return (
            batches,
            try db.value("SELECT COUNT(*) FROM shared_pc_batch", as: Int.self) ?? 0
        )
    }

    /// How many machines some batches brought.
    static func machineCounts(of batches: [Batch], in db: ReadTransaction) throws -> [String: Int] {
        struct Row: Codable {
            var batchID: String
            var count: Int
        }
        guard !batches.isEmpty else { return [:] }
        let rows = try db.rows(
            """
            SELECT batch_id, COUNT(*) AS count FROM shared_pc_machine
            WHERE batch_id IN \(list: batches.map(\.id)) GROUP BY batch_id
            """,
            as: Row.self
        )
        return Dictionary(rows.map { ($0.batchID, $0.count) }, uniquingKeysWith: +)
    }

    static func save(_ batch: Batch, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_batch (id, number, donor_id, received_on, handed_over_by, note,
                received_by, received_by_name, is_sample, created_at)
            VALUES (\(batch.id), \(batch.number), \(batch.donorID), \(batch.receivedOn),
                \(batch.handedOverBy), \(batch.note), \(batch.receivedBy),
                \(batch.receivedByName), \(batch.isSample), \(batch.createdAt))
            """
        )
    }
}

/// A file of machines on its way: brought, looked over, not yet taken in.
struct IntakeFile: Codable, Sendable, Hashable {
    var id: String
    var batchID: String
    var accountID: String
    var fileName: String
    /// The blob that holds it.
    var digest: String
    var createdAt: Instant
    /// How many machines were taken in from it, once they were.
    var takenCount: Int?

    static func find(_ id: String, in db: ReadTransaction) throws -> IntakeFile? {
        try db.first(
            "SELECT * FROM shared_pc_intake_file WHERE id = \(id)",
            as: IntakeFile.self
        )
    }

    func save(in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO shared_pc_intake_file (id, batch_id, account_id, file_name, digest,
                created_at, taken_count)
            VALUES (\(id), \(batchID), \(accountID), \(fileName), \(digest), \(createdAt),
                \(takenCount))
            ON CONFLICT (id) DO UPDATE SET taken_count = excluded.taken_count
            """
        )
    }
}

extension KnownSerials {
    /// What is taken in the store.
    static func all(in db: ReadTransaction) throws -> KnownSerials {
        struct Row: Codable {
            var serial: String
            var number: String
        }
        let machines = try db.rows(
            """
            SELECT serial, number FROM city_asset
            WHERE kind = \(AssetKind.computer) AND serial <> ''
            """,
            as: Row.self
        )
        let disks = try db.rows(
            """
            SELECT d.serial AS serial, a.number AS number FROM shared_pc_disk d
            JOIN city_asset a ON a.id = d.asset_id
            """,
            as: Row.self
        )
        return KnownSerials(
            machines: Dictionary(machines.map { ($0.serial, $0.number) }) { first, _ in first },
            disks: Dictionary(disks.map { ($0.serial, $0.number) }) { first, _ in first }
        )
    }
}
