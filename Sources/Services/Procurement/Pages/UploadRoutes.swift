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

    /// Who may bring a plan in; for which agency is asked again at each step.
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
        table.upload(
            "/procurement/uploads",
            access: Self.access,
            maximumFileByteCount: PlanUpload.maximumByteCount
        ) { incoming, form in
            var page = try await Self.startPage(desk, incoming)
            page.fill(form)
            guard page.errors(incoming.language).isEmpty, let file = form.file("file"),
                let year = page.planYear, let kind = PlanEdition.Kind(rawValue: page.kind)
            else { return .page(page.page(in: incoming.page), .unprocessableContent) }
            try incoming.actor.require(.planOfficer, in: page.agencyID)
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
            let upload = PlanUpload(
                id: RandomName.make(byteCount: 12),
                accountID: try incoming.accountID(),
                agencyID: page.agencyID,
                planYear: year,
                kind: kind,
                fileName: String(file.fileName.suffix(200)),
                digest: try await desk.store.blobs.put(file.bytes).id.rawValue,
                unit: page.unit.isEmpty ? nil : page.unit,
                sheet: 0,
                corrections: JSONColumn([]),
                createdAt: incoming.now,
                editionID: nil
            )
            try await desk.store.write { try Uploads.save(upload, in: $0) }
            return .other(.seeOther(Places.upload(upload)))
        }
    }

    private func addDryRun(to table: inout RouteTable) {
        let desk = desk
        table.page("/procurement/uploads/{id}", access: Self.access) { incoming in
            let review = try await PlanReview(Self.upload(desk, incoming), in: desk.store)
            return DryRunPage(review: review).page(in: incoming.page)
        }
        table.submission("/procurement/uploads/{id}", access: Self.access) { incoming, form in
            var upload = try await Self.upload(desk, incoming)
            guard upload.editionID == nil else { return .other(.seeOther(Places.upload(upload))) }
            if let unit = form["unit"] {
                upload.unit = MoneyUnit(rawValue: unit)?.rawValue
            }
            if let sheet = form["sheet"].flatMap(Int.init), (0..<1000).contains(sheet) {
                upload.sheet = sheet
            }
            let typed = TypedCorrections(form)
            let left = typed.apply(to: &upload)
            let kept = upload
            try await desk.store.write { try Uploads.save(kept, in: $0) }
            guard left == 0 else {
                var page = DryRunPage(review: try await PlanReview(kept, in: desk.store))
                page.complaint = TypedCorrections.tooMany(left)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            return .other(.seeOther(Places.upload(upload)))
        }
    }

    private func addPublish(to table: inout RouteTable) {
        let desk = desk
        table.submission("/procurement/uploads/{id}/publish", access: Self.access) {
            incoming,
            form in
            let review = try await PlanReview(Self.upload(desk, incoming), in: desk.store)
            if let edition = review.upload.editionID {
                return .other(.seeOther(.path("procurement", "editions", String(edition))))
            }
            let obstacle = review.obstacle(
                leavesOutRefused: form["leaveOut"] == "yes",
                seenBasis: form["basis"].flatMap(Int64.init)
            )
            if let obstacle {
                var page = DryRunPage(review: review)
                page.complaint = obstacle.message
                return .page(
                    page.page(in: incoming.page),
                    obstacle == .outdated ? .conflict : .unprocessableContent
                )
            }
            let edition = try await Self.publish(review, by: incoming, in: desk.store)
            try await desk.catalogue.reload(from: desk.store)
            return .other(.seeOther(Places.edition(edition)))
        }
    }

    /// Publishes a reviewed plan; once, however often its button is pressed.
    private static func publish(
        _ review: PlanReview,
        by incoming: Incoming,
        in store: Store
    ) async throws -> EditionRecord {
        let draft = review.draft(publishedBy: try incoming.accountID())
        let actor = incoming.actor
        return try await store.write { tx in
            try tx.once(scope: "procurement.publish", key: review.upload.id) {
                let current = try Editions.current(
                    agencyID: draft.agency.id,
                    planYear: draft.planYear,
                    in: tx
                )
                guard current?.id == review.basisID else {
                    throw Problem.conflict(
                        PlanReview.Obstacle.outdated.message,
                        context: "upload \(review.upload.id)"
                    )
                }
                let edition = try Editions.publish(draft, in: tx)
                try tx.record(
                    .publishEdition,
                    on: AuditSubject(kind: "edition", id: String(edition.id)),
                    by: actor.auditActor,
                    purpose: .planPublication
                )
                var done = review.upload
                done.editionID = edition.id
                try Uploads.save(done, in: tx)
                return edition
            }.value
        }
    }

    private static func startPage(
        _ desk: PortalDesk,
        _ incoming: Incoming
    ) async throws -> UploadStartPage {
        let account = try incoming.accountID()
        let found = try await desk.store.read { db in
            (try Organizations.all(in: db), try Uploads.recent(of: account, in: db))
        }
        return UploadStartPage(
            organizations: found.0.filter { incoming.actor.may(.planOfficer, in: $0.id) },
            recent: found.1,
            year: String(incoming.now.date.year)
        )
    }

    /// The officer's own upload, while the officer is in charge of its agency.
    private static func upload(_ desk: PortalDesk, _ incoming: Incoming) async throws -> PlanUpload
    {
        let account = try incoming.accountID()
        let id = try incoming.pathParameter("id")
        let upload = try await desk.store.read { try Uploads.find(id, of: account, in: $0) }
        guard let upload else { throw Problem.notFound }
        try incoming.actor.require(.planOfficer, in: upload.agencyID)
        return upload
    }
}

/// The cells an officer typed anew on the dry run: `cell-12-3` for row 12, column 3, with what the
/// cell held when the page was made in `was-12-3`.
struct TypedCorrections: Sendable {
    private var changes: [CellCorrection] = []
    private let forgetsEarlier: Bool

    /// Reads the cells that differ from what they held.
    init(_ form: FormFields) {
        forgetsEarlier = form["forget"] == "yes"
        let items = form.items.items
        let before = Dictionary(items.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let limit = PlanImportOptions().maximumCellCharacterCount
        for item in items where item.name.hasPrefix("cell-") {
            let place = item.name.dropFirst("cell-".count)
            let numbers = place.split(separator: "-").compactMap { Int($0) }
            guard numbers.count == 2, before["was-\(place)"] != item.value else { continue }
            changes.append(
                CellCorrection(
                    row: numbers[0],
                    column: numbers[1],
                    value: String(item.value.prefix(limit))
                )
            )
        }
    }

    /// Puts the cells on top of those typed before; gives back how many found no room.
    func apply(to upload: inout PlanUpload) -> Int {
        var kept = forgetsEarlier ? [] : upload.corrections.value
        for var change in changes {
            change.sheet = upload.sheet
            kept.removeAll {
                $0.sheet == change.sheet && $0.row == change.row && $0.column == change.column
            }
            kept.append(change)
        }
        upload.corrections = JSONColumn(Array(kept.prefix(PlanUpload.maximumCorrectionCount)))
        return max(0, kept.count - PlanUpload.maximumCorrectionCount)
    }

    /// What to say of corrections past the limit.
    static func tooMany(_ count: Int) -> Bilingual {
        let limit = PlanUpload.maximumCorrectionCount
        return Bilingual(
            "화면에서는 \(limit)칸까지 고칠 수 있어 \(count)칸을 담지 못했습니다. 파일에서 고쳐 다시 올려 주세요.",
            "At most \(limit) cells can be corrected here; \(count) were not kept. "
                + "Correct them in the file and upload it again."
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
