import Basics
import Identity
import Store

/// One order for several cases: what it would do, and what it did.
struct BulkWork: Sendable {
    /// The most cases of one order.
    static let maximumCount = 100

    /// What becomes of one case.
    struct Outcome: Sendable, Hashable {
        var id: String
        var receipt: String
        var applicantName: String
        var version: Int
        var state: CaseState
        /// The state it comes to.
        var next: CaseState
        /// Why nothing was done; nothing where it was.
        var refusal: Bilingual?
    }

    /// Undoes a rehearsal.
    private struct Rehearsed: Error {
        var outcomes: [Outcome]
    }

    let order: DeskOrder
    let actor: Actor

    /// What the order would do: it is done for real and taken back as a whole, so that no rule is
    /// written twice.
    func rehearse(_ ids: [String], in store: Store) async throws -> [Outcome] {
        do {
            try await store.write { tx in
                throw Rehearsed(outcomes: try run(ids.map { ($0, nil) }, in: tx))
            }
            return []
        } catch let rehearsed as Rehearsed {
            return rehearsed.outcomes
        }
    }

    /// Does it: each case wholly or not at all, and every one is told of.
    ///
    /// - Parameters:
    ///   - cases: The cases with the version in which the officer saw each.
    ///   - tx: The transaction.
    /// - Returns: What became of each.
    /// - Throws: `StoreError`; what cannot be done to a case stands in its outcome.
    func run(_ cases: [(id: String, version: Int?)], in tx: WriteTransaction) throws -> [Outcome] {
        try cases.prefix(Self.maximumCount).compactMap { id, version in
            guard let record = try Cases.find(id, in: tx), record.state != .draft,
                actor.reviewsCases(of: record.organizationID)
            else { return nil }
            var outcome = Outcome(
                id: id,
                receipt: record.receipt,
                applicantName: record.applicantName,
                version: record.version,
                state: record.state,
                next: record.state
            )
            do {
                var seen = record
                seen.version = version ?? record.version
                try tx.nested { try order.perform(on: seen, by: actor, in: tx) }
                outcome.next = try Cases.find(id, in: tx)?.state ?? record.state
            } catch let error as CaseError {
                outcome.refusal = error.message
            }
            return outcome
        }
    }
}
