import Basics
import Identity
import Store
import Synchronization

/// A backup as the operations page shows it.
struct BackupEntry: Sendable, Hashable {
    /// What a check of its files found.
    enum Check: Sendable, Hashable {
        case never
        case sound(at: Instant)
        case damaged(String, at: Instant)
    }

    let summary: BackupSummary
    let check: Check
}

/// Writes a backup into the configured folder and checks it.
struct BackUp: Job {
    static let name = "hosting.backUp"
    static let maximumAttempts = 3
    /// The name of the folder to make, fixed when it was asked for, so that a repeat makes no second.
    var folderName: String
}

/// Reads a backup and compares its files with its manifest.
struct CheckBackup: Job {
    static let name = "hosting.checkBackup"
    static let maximumAttempts = 3
    /// The name of its folder.
    var folderName: String
}

/// The backups in the configured folder: asked for on the operations page, made by jobs.
final class Backups: Sendable {
    private struct CheckRow: Codable {
        let name: String
        let checkedAt: Instant
        let fault: String?
    }

    /// A backup of that name is being written by this process.
    private struct UnderWay: Error {}

    private let store: Store
    private let folder: String
    private let running = Mutex<Set<String>>([])

    init(_ platform: Platform) {
        store = platform.store
        let set = platform.settings["backupFolder"]
        folder = set.isEmpty ? "\(platform.settings["data"])/backups" : set
    }

    /// What does the jobs.
    var handlers: [JobHandler] {
        [
            JobHandler(BackUp.self) { try await self.make($0.folderName) },
            JobHandler(CheckBackup.self) { try await self.check($0.folderName) },
        ]
    }

    /// The backups, the latest first.
    func list() async throws -> [BackupEntry] {
        let summaries = try await Store.backups(in: folder)
        let rows = try await store.read { db in
            try db.rows(
                "SELECT name, checked_at, fault FROM hosting_backup_check",
                as: CheckRow.self
            )
        }
        let checks = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return summaries.map { summary in
            guard summary.isComplete, let row = checks[summary.name] else {
                return BackupEntry(summary: summary, check: .never)
            }
            return BackupEntry(
                summary: summary,
                check: row.fault.map { .damaged($0, at: row.checkedAt) }
                    ?? .sound(at: row.checkedAt)
            )
        }
    }

    /// Asks for a backup; where one is asked for already, nothing is added.
    func request(by actor: Actor) async throws -> Bool {
        try await store.write { tx in
            let time = tx.now.timeOfDay
            let digits = [time.hour, time.minute, time.second].map { $0 < 10 ? "0\($0)" : "\($0)" }
            let name = "haechi-\(tx.now.date.iso)-\(digits.joined())"
            try tx.record(
                OperationsDeed.backUp.auditAction,
                on: AuditSubject(kind: "backup", id: name),
                by: actor.auditActor,
                purpose: .operations
            )
            return try tx.enqueue(BackUp(folderName: name), uniqueKey: "backup")
        }
    }

    /// Asks for a check of a backup that is there.
    func requestCheck(of name: String) async throws -> Bool {
        let isThere = try await Store.backups(in: folder).contains {
            $0.name == name && $0.isComplete
        }
        guard isThere else { return false }
        return try await store.write {
            try $0.enqueue(CheckBackup(folderName: name), uniqueKey: name)
        }
    }

    private func make(_ name: String) async throws {
        // A backup that outlives its lease is offered again; the first one goes on undisturbed.
        guard running.withLock({ $0.insert(name).inserted }) else { throw UnderWay() }
        defer { running.withLock { _ = $0.remove(name) } }
        let isMade = try await Store.backups(in: folder).contains {
            $0.name == name && $0.isComplete
        }
        if !isMade { try await store.backUp(to: "\(folder)/\(name)") }
        try await check(name)
    }

    private func check(_ name: String) async throws {
        var fault: String?
        do {
            _ = try await Store.checkBackup("\(folder)/\(name)")
        } catch let error as StoreError where error.code == .badArchive || error.code == .notFound {
            fault = error.context
        }
        let found = fault
        try await store.write { tx in
            try tx.run(
                """
                INSERT INTO hosting_backup_check (name, checked_at, fault)
                VALUES (\(name), \(tx.now), \(found))
                ON CONFLICT (name) DO UPDATE SET checked_at = excluded.checked_at,
                    fault = excluded.fault
                """
            )
        }
    }
}

extension Purpose {
    /// An administrator runs the city's program.
    static let operations = Purpose(code: "operations", Bilingual("운영 관리", "Operations"))
}
