import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The officer's way from a file to a published edition: upload, dry run, correct, publish.
struct UploadRoutes {
    let desk: PortalDesk

    /// Who may bring a plan in; for which agency is asked again at each upload.
    static let access = RouteAccess.anyRole([.planOfficer, .planPublisher])

    func add(to table: inout RouteTable) {
        addStart(to: &table)
        addDryRun(to: &table)
        addPublish(to: &table)
    }

    private func addStart(to table: inout RouteTable) {
        let desk = desk
        table.page("/procurement/uploads", access: Self.access) { incoming in
            try await Self.startPage(desk, incoming).page(in: incoming.page)
        }
        table.submission(
            "/procurement/uploads",
            access: Self.access,
            maximumBodyByteCount: PlanUpload.maximumByteCount
        ) { incoming, form in
            var page = try await Self.startPage(desk, incoming)
            page.fill(form)
            guard page.errors(incoming.language).isEmpty, let file = form.file("file"),
                let year = page.planYear, let kind = PlanEdition.Kind(rawValue: page.kind)
            else { return .page(page.page(in: incoming.page), .unprocessableContent) }
            try incoming.actor.require(.planOfficer, in: page.agencyID)
            let account = try Self.accountID(incoming)
            var upload = PlanUpload(
                id: RandomName.make(byteCount: 12),
                accountID: account,
                agencyID: page.agencyID,
                planYear: year,
                kind: kind,
                fileName: String(file.fileName.suffix(200)),
                digest: "",
                unit: page.unit.isEmpty ? nil : page.unit,
                sheet: 0,
                corrections: JSONColumn([]),
                createdAt: incoming.now,
                editionID: nil
            )
            // The file is read before it is kept: what is no table is refused with the reason.
            do {
                _ = try PlanFile.read(
                    file.bytes,
                    fileName: file.fileName,
                    options: PlanImportOptions()
                )
            } catch let error as any ExplainedError {
                page.fileError = error.message[incoming.language]
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            upload.digest = try await desk.store.blobs.put(file.bytes).id.rawValue
            let kept = upload
            try await desk.store.write { try Uploads.save(kept, in: $0) }
            return .other(.seeOther(.path("procurement", "uploads", upload.id)))
        }
    }

    private func addDryRun(to table: inout RouteTable) {
        let desk = desk
        table.page("/procurement/uploads/{id}", access: Self.access) { incoming in
            try await Self.dryRun(desk, incoming).page(in: incoming.page)
        }
        table.submission("/procurement/uploads/{id}", access: Self.access) { incoming, form in
            var upload = try await Self.upload(desk, incoming)
            if let unit = form["unit"] {
                upload.unit = MoneyUnit(rawValue: unit)?.rawValue
            }
            if let sheet = form["sheet"].flatMap(Int.init), (0..<1000).contains(sheet) {
                upload.sheet = sheet
            }
            upload.corrections = JSONColumn(
                Self.corrections(form, on: upload.corrections.value)
            )
            let kept = upload
            try await desk.store.write { try Uploads.save(kept, in: $0) }
            return .other(.seeOther(.path("procurement", "uploads", upload.id)))
        }
    }

    private func addPublish(to table: inout RouteTable) {
        let desk = desk
        table.submission("/procurement/uploads/{id}/publish", access: Self.access) {
            incoming,
            form in
            let run = try await Self.dryRun(desk, incoming)
            if let edition = run.upload.editionID {
                return .other(.seeOther(.path("procurement", "editions", String(edition))))
            }
            try incoming.actor.require(.planOfficer, in: run.upload.agencyID)
            guard run.mayPublish(leavingOut: form["leaveOut"] == "yes") else {
                var refused = run
                refused.needsConsent = true
                return .page(refused.page(in: incoming.page), .unprocessableContent)
            }
            let draft = EditionDraft(
                agency: run.agency,
                planYear: run.upload.planYear,
                kind: run.upload.kind,
                projects: run.file.plan.projects,
                sourceFile: run.upload.fileName,
                sourceDigest: run.upload.digest,
                publishedBy: try Self.accountID(incoming)
            )
            let actor = incoming.actor
            let upload = run.upload
            let edition = try await desk.store.write { tx in
                // An upload is published once, however often its button is pressed.
                try tx.once(scope: "procurement.publish", key: upload.id) {
                    let edition = try Editions.publish(draft, in: tx)
                    try tx.record(
                        "procurement.publish",
                        on: AuditSubject(kind: "edition", id: String(edition.id)),
                        by: actor.auditActor,
                        purpose: .planPublication
                    )
                    var done = upload
                    done.editionID = edition.id
                    try Uploads.save(done, in: tx)
                    return edition
                }.value
            }
            try await desk.catalogue.reload(from: desk.store)
            return .other(.seeOther(Places.edition(edition)))
        }
    }

    private static func accountID(_ incoming: Incoming) throws -> String {
        guard let id = incoming.actor.id else { throw Problem.needsSignIn }
        return id
    }

    private static func startPage(
        _ desk: PortalDesk,
        _ incoming: Incoming
    ) async throws -> UploadStartPage {
        let account = try accountID(incoming)
        let found = try await desk.store.read { db in
            (try Organizations.all(in: db), try Uploads.recent(of: account, in: db))
        }
        return UploadStartPage(
            organizations: found.0.filter { incoming.actor.may(.planOfficer, in: $0.id) },
            recent: found.1,
            year: String(incoming.now.date.year)
        )
    }

    private static func upload(_ desk: PortalDesk, _ incoming: Incoming) async throws -> PlanUpload
    {
        let account = try accountID(incoming)
        let id = try incoming.pathParameter("id")
        let upload = try await desk.store.read { try Uploads.find(id, of: account, in: $0) }
        guard let upload else { throw Problem.notFound }
        return upload
    }

    /// Reads the kept file again with what the officer chose and typed, and holds it against the
    /// agency's current edition.
    private static func dryRun(_ desk: PortalDesk, _ incoming: Incoming) async throws -> DryRunPage
    {
        let upload = try await upload(desk, incoming)
        let found = try await desk.store.read { db in
            let current = try Editions.current(
                agencyID: upload.agencyID,
                planYear: upload.planYear,
                in: db
            )
            return (
                organization: try Organizations.find(upload.agencyID, in: db),
                organizations: try Organizations.all(in: db),
                before: try current.map { try Editions.projects(of: $0.id, in: db) } ?? []
            )
        }
        guard let organization = found.organization else { throw Problem.notFound }
        let agency = PlanAgency(organization)
        var options = PlanImportOptions()
        options.planYear = upload.planYear
        options.agency = agency
        options.directory = AgencyDirectory(found.organizations.map { PlanAgency($0) })
        options.isOnePlan = true
        options.moneyUnit = upload.unit.flatMap(MoneyUnit.init)
        guard let blob = BlobID(rawValue: upload.digest) else { throw Problem.notFound }
        let bytes = try await desk.store.blobs.get(blob)
        let file = try PlanFile.read(
            bytes,
            fileName: upload.fileName,
            sheet: upload.sheet,
            options: options,
            corrections: upload.corrections.value
        )
        return DryRunPage(
            upload: upload,
            agency: agency,
            file: file,
            difference: EditionDifference(from: found.before, to: file.plan.projects)
        )
    }

    /// The typed cells, `cell-12-3` for row 12, column 3, on top of those typed before.
    private static func corrections(
        _ form: FormFields,
        on earlier: [CellCorrection]
    ) -> [CellCorrection] {
        var result = earlier
        for item in form.items.items where item.name.hasPrefix("cell-") {
            let parts = item.name.split(separator: "-").dropFirst().compactMap { Int($0) }
            guard parts.count == 2, !item.value.isEmpty else { continue }
            result.removeAll { $0.row == parts[0] && $0.column == parts[1] }
            result.append(
                CellCorrection(
                    row: parts[0],
                    column: parts[1],
                    value: String(item.value.prefix(PlanImportOptions().maximumCellCharacterCount))
                )
            )
        }
        return Array(result.suffix(PlanUpload.maximumCorrectionCount))
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

extension Purpose {
    /// A plan is published by the officer in charge.
    static let planPublication = Purpose(
        code: "procurement.publication",
        Bilingual("정보화사업 계획 발행", "Publishing a plan")
    )
}
