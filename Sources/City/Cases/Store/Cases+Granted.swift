public import Identity
public import Store

// What was granted is carried out by the service of the procedure, whose people review nothing.
extension Cases {
    /// An application that was granted, for the service that carries the grant out; that it was
    /// looked at is written down.
    ///
    /// The service has asked whether the actor may: the officers of the procedure's organization do
    /// not include whoever sends a parcel.
    ///
    /// - Parameters:
    ///   - id: The application.
    ///   - procedures: The procedures of the service.
    ///   - actor: Who looks; the program itself where it reacts to a change.
    ///   - purpose: Why.
    ///   - tx: The transaction.
    /// - Returns: The application, or nothing where it was not granted or is of another procedure.
    /// - Throws: What the store throws.
    public static func granted(
        _ id: String,
        of procedures: Set<String>,
        by actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> Case? {
        guard let found = try find(id, in: tx), procedures.contains(found.procedureID),
            [.approved, .claimed, .fulfilled].contains(found.state)
        else { return nil }
        try tx.record(
            .read,
            on: .caseRecord(id),
            by: actor.id == nil ? AuditActor(kind: .system, id: "cases") : actor.auditActor,
            purpose: purpose,
            details: ["state": found.state.rawValue]
        )
        return found
    }
}
