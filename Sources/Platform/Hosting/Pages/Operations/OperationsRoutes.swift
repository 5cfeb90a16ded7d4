import Basics
import Identity
import Store
import Web

/// What an administrator sees of the running city, and does about it.
struct OperationsRoutes {
    let platform: Platform
    let backups: Backups

    private var store: Store { platform.store }

    func add(to table: inout RouteTable) {
        table.page("/operations", access: .role(.administrator)) { incoming in
            let (backupJobs, schedules) = try await store.read { db in
                (try db.jobs(named: BackUp.name, limit: 5), try db.schedules())
            }
            return OperationsPage(
                statistics: try await store.statistics(),
                versionWarning: store.sqliteVersionWarning,
                backups: BackupSection(entries: try await backups.list(), jobs: backupJobs),
                schedules: schedules,
                done: incoming.query["done"].flatMap(OperationsDeed.init)
            ).page(in: incoming.page)
        }
        addBackups(to: &table)
        addSetAside(to: &table)
    }

    private func addBackups(to table: inout RouteTable) {
        table.submission("/operations/backups", access: .role(.administrator)) { incoming, _ in
            Self.back(try await backups.request(by: incoming.actor) ? .backUp : .nothing)
        }
        table.submission("/operations/backups/check", access: .role(.administrator)) { _, form in
            let isAsked = try await backups.requestCheck(of: form["backup"] ?? "")
            return Self.back(isAsked ? .check : .nothing)
        }
    }

    private func addSetAside(to table: inout RouteTable) {
        add(.retryJob, to: &table) { form, tx in try tx.retryDeadJob(form.id) }
        add(.discardJob, to: &table) { form, tx in try tx.discardDeadJob(form.id) }
        add(.retryEvent, to: &table) { form, tx in
            try tx.retryDeadDelivery(of: form.id, to: form.handler)
        }
        add(.discardEvent, to: &table) { form, tx in
            try tx.discardDeadDelivery(of: form.id, to: form.handler)
        }
    }

    private func add(
        _ deed: OperationsDeed,
        to table: inout RouteTable,
        _ work: @escaping @Sendable (SetAsideForm, WriteTransaction) throws -> Bool
    ) {
        table.submission(deed.path, access: .role(.administrator)) { incoming, form in
            let chosen = SetAsideForm(form)
            let isDone = try await store.write { tx in
                guard try work(chosen, tx) else { return false }
                try tx.record(
                    deed.auditAction,
                    on: AuditSubject(kind: "work", id: "\(chosen.handler) \(chosen.id)"),
                    by: incoming.actor.auditActor,
                    purpose: .operations
                )
                return true
            }
            return Self.back(isDone ? deed : .nothing)
        }
    }

    private static func back(_ deed: OperationsDeed) -> Answer {
        .other(
            .seeOther(Link(AdminPlaces.operations.target, query: [("done", deed.rawValue)]))
        )
    }
}

/// Which work that was set aside a form is about.
struct SetAsideForm: Sendable {
    let id: Int64
    let handler: String

    init(_ form: FormFields) {
        id = form["id"].flatMap(Int64.init) ?? 0
        handler = form["handler"] ?? ""
    }
}

/// What an administrator did on the operations page, and how the page says so.
enum OperationsDeed: String, Sendable, CaseIterable {
    case backUp, check, retryJob, discardJob, retryEvent, discardEvent, nothing

    /// What the audit trail keeps of it.
    var auditAction: AuditAction { AuditAction("store.\(rawValue)", auditTitle) }

    private var auditTitle: Bilingual {
        switch self {
        case .backUp: Bilingual("백업을 맡김", "Asked for a backup")
        case .check: Bilingual("백업 확인을 맡김", "Asked to check a backup")
        case .retryJob: Bilingual("작업을 다시 시도하게 함", "Let a job be tried again")
        case .discardJob: Bilingual("작업을 버림", "Discarded a job")
        case .retryEvent: Bilingual("소식을 다시 전하게 함", "Let an event be delivered again")
        case .discardEvent: Bilingual("소식을 버림", "Discarded an event")
        case .nothing: Bilingual("아무것도 하지 않음", "Did nothing")
        }
    }

    /// The address that takes it.
    var path: String {
        switch self {
        case .backUp: "/operations/backups"
        case .check: "/operations/backups/check"
        case .retryJob: "/operations/jobs/retry"
        case .discardJob: "/operations/jobs/discard"
        case .retryEvent: "/operations/events/retry"
        case .discardEvent: "/operations/events/discard"
        case .nothing: "/operations"
        }
    }

    /// What was done.
    var message: Bilingual {
        switch self {
        case .backUp:
            Bilingual("백업을 맡겼습니다. 새로 고치면 결과가 보입니다.", "A backup is on its way; reload to see it.")
        case .check:
            Bilingual("백업 확인을 맡겼습니다.", "The check of the backup is on its way.")
        case .retryJob, .retryEvent:
            Bilingual("다시 시도하도록 했습니다.", "It is tried again.")
        case .discardJob, .discardEvent: Bilingual("버렸습니다.", "It is discarded.")
        case .nothing:
            Bilingual(
                "바뀐 것이 없습니다. 이미 처리했거나 같은 일이 기다리고 있습니다.",
                "Nothing changed: it was settled already, or the same work is waiting."
            )
        }
    }
}

extension AuditAction {
    /// What administrators do on the operations page, and whoever keeps the synonyms.
    static let hosting = OperationsDeed.allCases.map(\.auditAction) + [saveSynonyms]
}
