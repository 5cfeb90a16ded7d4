/// What a full check of a store found.
public struct StoreCheck: Sendable, Hashable {
    /// What the engine finds wrong in its tables, indexes and references; empty where all is well.
    public var engineFaults: [String]
    /// Blobs that were read.
    public var blobCount: Int
    /// Blobs whose bytes are not those of their name.
    public var damagedBlobs: [BlobID]
    /// The chain of the audit.
    public var audit: AuditVerification
    /// What is wrong with the schema, or nothing.
    public var schemaFault: StoreError?

    /// Whether nothing was found.
    public var isSound: Bool {
        engineFaults.isEmpty && damagedBlobs.isEmpty && audit.isIntact && schemaFault == nil
    }
}

extension Store {
    /// Reads everything and compares it with itself: the engine's integrity, references, the schema,
    /// every blob, the audit chain.
    public func check() async throws -> StoreCheck {
        let faults = try await engine.integrityFaults()
        let applied = try await read { try Migrator.applied($0) }
        var schemaFault: StoreError?
        do {
            try migrator.check(applied)
        } catch let error as StoreError {
            schemaFault = error
        }
        let names = try await blobs.all()
        var damaged: [BlobID] = []
        for name in names where try await !blobs.check(name) { damaged.append(name) }
        return StoreCheck(
            engineFaults: faults,
            blobCount: names.count,
            damagedBlobs: damaged,
            audit: try await verifyAudit(),
            schemaFault: schemaFault
        )
    }
}
