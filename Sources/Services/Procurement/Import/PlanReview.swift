import Basics
import City
import Store
import Web

/// A dry run: an uploaded file read again with what the officer chose and typed, held against the
/// plan that is current now.
struct PlanReview: Sendable {
    /// Why a plan cannot be published as it stands.
    enum Obstacle: Sendable, Hashable {
        /// No row can be imported.
        case nothingToPublish
        /// Some rows cannot be imported, and nobody said to leave them out.
        case refusedRows
        /// The current plan already says the same.
        case unchanged
        /// Another edition was published since the officer saw the comparison.
        case outdated
    }

    /// What was uploaded.
    var upload: PlanUpload
    /// Whose plan it is.
    var agency: PlanAgency
    /// The file as it reads now.
    var file: PlanFile
    /// The edition it is compared with; nothing where the agency has no plan of the year yet.
    var basisID: Int64?
    /// What would change.
    var difference: EditionDifference

    /// Reads an upload again.
    ///
    /// Throws `Problem.notFound` where its agency or its file is gone.
    init(_ upload: PlanUpload, in store: Store) async throws {
        let found = try await store.read { db in
            let current = try Editions.current(
                agencyID: upload.agencyID,
                planYear: upload.planYear,
                in: db
            )
            return (
                organizations: try Organizations.all(in: db).map { PlanAgency($0) },
                basis: current,
                before: try current.map { try Editions.projects(of: $0.id, in: db) } ?? []
            )
        }
        guard let agency = found.organizations.first(where: { $0.id == upload.agencyID }),
            let blob = BlobID(rawValue: upload.digest)
        else { throw Problem.notFound }
        var options = PlanImportOptions()
        options.planYear = upload.planYear
        options.agency = agency
        options.directory = AgencyDirectory(found.organizations)
        options.isOnePlan = true
        options.moneyUnit = upload.unit.flatMap(MoneyUnit.init)
        file = try PlanFile.read(
            try await store.blobs.get(blob),
            fileName: upload.fileName,
            sheet: upload.sheet == 0 ? nil : upload.sheet,
            options: options,
            corrections: upload.corrections.value
        )
        self.upload = upload
        self.agency = agency
        basisID = found.basis?.id
        difference = EditionDifference(from: found.before, to: file.plan.projects)
    }

    /// What stands in the way of publishing, the first of it.
    ///
    /// - Parameters:
    ///   - leavesOutRefused: Whether the officer said to leave out the rows that cannot be read.
    ///   - seenBasis: The edition that the comparison on the officer's screen was made with.
    /// - Returns: The obstacle, or nothing.
    func obstacle(leavesOutRefused: Bool, seenBasis: Int64?) -> Obstacle? {
        if file.plan.projects.isEmpty { return .nothingToPublish }
        if seenBasis != basisID { return .outdated }
        if file.plan.refusedRowCount > 0 && !leavesOutRefused { return .refusedRows }
        if basisID != nil && difference.isEmpty { return .unchanged }
        return nil
    }

    /// The plan as an edition to publish.
    func draft(publishedBy accountID: String) -> EditionDraft {
        EditionDraft(
            agency: agency,
            planYear: upload.planYear,
            kind: upload.kind,
            projects: file.plan.projects,
            sourceFile: upload.fileName,
            sourceDigest: upload.digest,
            publishedBy: accountID
        )
    }
}

extension PlanReview.Obstacle {
    /// What is in the way and what to do.
    var message: Bilingual {
        switch self {
        case .nothingToPublish:
            Bilingual("발행할 수 있는 사업이 없습니다.", "There is no project to publish.")
        case .refusedRows:
            Bilingual(
                "오류가 있는 행을 고치거나, 빼고 발행한다고 표시해 주세요.",
                "Correct the rows with errors, or say that they are to be left out."
            )
        case .unchanged:
            Bilingual(
                "지금 계획과 다른 것이 없어 새로 발행하지 않았습니다.",
                "Nothing differs from the current plan, so no edition was published."
            )
        case .outdated:
            Bilingual(
                "그사이 다른 계획이 발행되었습니다. 아래 비교를 다시 보고 발행해 주세요.",
                "Another edition was published meanwhile. Look at the comparison again, then publish."
            )
        }
    }
}

extension PlanAgency {
    /// An organization of the city as the agency of a plan.
    init(_ organization: Organization) {
        let kind: AgencyKind =
            switch organization.kind {
            case .city: .city
            case .district: .district
            case .invested: .invested
            }
        self.init(
            id: organization.id,
            name: organization.name,
            nameEnglish: organization.nameEnglish,
            kind: kind
        )
    }
}
