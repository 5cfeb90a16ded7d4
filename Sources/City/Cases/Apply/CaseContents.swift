import Store
import Web

/// What the store keeps of one application: the record, its procedure, its files and consents.
struct CaseContents: Sendable {
    let record: Case
    let procedure: CaseProcedure
    let documents: [CaseDocument]
    let consents: [CaseConsent]

    /// Reads what belongs to a record.
    ///
    /// - Throws: `Problem` where its procedure is gone, or where the store cannot be read.
    init(_ record: Case, in db: ReadTransaction) throws {
        guard let procedure = try CaseProcedures.find(record.procedureID, in: db) else {
            throw Problem.notFound
        }
        self.record = record
        self.procedure = procedure
        documents = try Cases.documents(of: record.id, in: db)
        consents = try Cases.consents(of: record.id, in: db)
    }

    /// Whether a consent is in force.
    func holds(_ kind: CaseConsent.Kind) -> Bool {
        consents.contains { $0.kind == kind && $0.isInForce }
    }

    /// Whether the office looks a document up, so that nothing has to be sent.
    func isLookedUp(_ requirement: CaseDocumentRequirement) -> Bool {
        requirement.canBeLookedUp && holds(.lookUp)
    }

    /// The files under a requirement.
    func files(_ requirement: String) -> [CaseDocument] {
        documents.filter { $0.requirement == requirement }
    }
}
