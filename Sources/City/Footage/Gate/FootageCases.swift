public import Basics
public import Hosting
public import Identity
public import Store

/// The key of each case that looks into the archive: it seals what the case keeps, and it dies with
/// the case.
///
/// The keys lie beside the footage and in no backup, so a store that is restored from one brings back
/// neither a closed case nor its photos.
public struct FootageCases: Sendable {
    /// What the end of a case erased.
    public struct Erasure: Sendable, Hashable, Codable {
        /// Sightings the case had names for.
        public var sightingCount: Int
        /// Warrants that were still open.
        public var warrantCount: Int
    }

    private let room: FootageRoom

    /// The cases of a city.
    public init(_ platform: Platform) throws { room = try FootageRoom.of(platform) }

    /// Makes the key of a new case; its identifier has lower-case letters and digits.
    public func open(_ caseID: String) throws { try room.archive.makeCaseKey(caseID) }

    /// Whether the case has its key.
    public func isOpen(_ caseID: String) throws -> Bool {
        try room.archive.caseKey(caseID) != nil
    }

    /// Seals what a case keeps.
    ///
    /// - Parameters:
    ///   - bytes: What to seal.
    ///   - caseID: The case.
    ///   - label: What it is; nothing sealed as one thing opens as another.
    /// - Returns: The sealed bytes.
    /// - Throws: `FootageError` with code `.revoked` where the case has no key.
    public func seal(_ bytes: [UInt8], of caseID: String, as label: String) throws -> [UInt8] {
        try key(caseID).seal(bytes, for: "\(caseID) \(label)")
    }

    /// Opens what was sealed for the same case and as the same thing.
    public func unseal(_ sealed: [UInt8], of caseID: String, as label: String) throws -> [UInt8] {
        try key(caseID).open(sealed, for: "\(caseID) \(label)")
    }

    private func key(_ caseID: String) throws -> ArchiveKey {
        guard let key = try room.archive.caseKey(caseID) else {
            throw FootageError.revoked("no key of case \(caseID)")
        }
        return key
    }

    /// Ends a case: its warrants, the names it knew sightings by.
    ///
    /// ``shred(_:)`` follows the commit.
    public func close(
        _ caseID: String,
        by actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> Erasure {
        let warrants = try FootageWarrants.revoke(
            case: caseID,
            by: actor,
            purpose: purpose,
            in: tx
        )
        let sightings = try FootageShown.forget(case: caseID, in: tx)
        try tx.run(
            """
            INSERT INTO footage_closed_case (case_id, closed_at) VALUES (\(caseID), \(tx.now))
            ON CONFLICT (case_id) DO NOTHING
            """
        )
        return Erasure(sightingCount: sightings, warrantCount: warrants)
    }

    /// Destroys the key of a closed case; a crash before it is made good at the next start.
    public func shred(_ caseID: String) throws { try room.archive.shredCaseKey(caseID) }
}

extension FootageCases {
    /// Writes what the end of a case erased into the ledger of footage.
    public static func noteErasure(
        of caseNumber: String,
        count: Int,
        form: Bilingual,
        basis: Bilingual,
        purpose: Purpose,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try FootageLedger.add(
            FootageLedger.Entry(
                kind: .erasure,
                caseNumber: caseNumber,
                actorID: actor.auditName,
                actorName: actor.account?.displayName ?? "",
                purpose: purpose.text,
                basis: basis,
                form: form,
                itemCount: count
            ),
            in: tx
        )
    }
}
