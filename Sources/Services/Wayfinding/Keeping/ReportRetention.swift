import Basics
import Hosting
import Identity
import Store

/// Every night: reports that were closed or rejected long ago lose what is personal in them.
///
/// The photo, the words, the account, the code of a guest and what the office told the reporter go; kind, place
/// and history stay for the statistics.
struct ReportRetention: Job {
    static let name = "wayfinding.report-retention"
    static let recurrence = Recurrence.daily(hour: 3, minute: 50)
    /// Days after the last change of a closed or rejected report.
    static let keptDayCount = 180
    /// The most reports of one night; the rest follow on the next.
    static let maximumReportCount = 500

    /// Does the night's work.
    ///
    /// - Returns: How many reports lost what was personal.
    @discardableResult
    static func run(on store: Store, now: Instant) async throws -> Int {
        let before = Instant(now.date.adding(days: -keptDayCount))
        let due = try await store.read { db in
            try Reports.ended(before: before, limit: maximumReportCount, in: db)
        }
        for report in due {
            // The bytes go first: a crash in between leaves a row that the next night finds again.
            if let blob = report.photo.flatMap(BlobID.init) {
                let isShared = try await store.read { db in
                    try Reports.isPhotoOfAnother(report, in: db)
                }
                if !isShared { try await store.blobs.remove(blob) }
            }
            try await store.write { tx in try WayKeeping(actor: .anonymous).erase(report, in: tx) }
        }
        return due.count
    }
}

extension WayKeeping {
    /// Takes out of a report what is personal in it.
    func erase(_ report: BarrierReport, in tx: WriteTransaction) throws {
        try Reports.erase(report.number, in: tx)
        try tx.record(
            .delete,
            on: Self.subject(report),
            by: actor.auditActor,
            purpose: .walkingEnvironment,
            details: ["erased": "personal"]
        )
    }
}
