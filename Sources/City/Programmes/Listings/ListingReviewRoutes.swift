import Basics
import City
import Eligibility
import HTTPTypes
import Hosting
import Identity
import Store
import Synchronization
import Web

/// The catalogues as pages: everybody reads a listing, editors bring editions and decide about what
/// is doubtful in them.
struct ListingReviewRoutes {
    let platform: Platform

    private var store: Store { platform.store }
    static let editors = RouteAccess.anyRole([.programmeEditor])
    static let link = Link("/programmes/listings")

    func add(to table: inout RouteTable) {
        addReading(to: &table)
        addDeciding(to: &table)
        addImport(to: &table)
    }

    private func addReading(to table: inout RouteTable) {
        table.page("/programmes/listings", access: Self.editors) { incoming in
            let listings = try await store.read { try Listings.all(in: $0) }
            return ListingReviewPage(
                report: try await report(incoming),
                editions: try await store.read { try Listings.editions(in: $0) },
                listings: listings,
                kind: incoming.query["kind"].flatMap(ListingFinding.Kind.init),
                pageNumber: incoming.query.pageNumber()
            ).page(in: incoming.page)
        }
        table.page("/programmes/listings/{id}") { incoming in
            let kept = try await listing(incoming)
            return try await store.read { db in
                ListingPage(
                    kept: kept,
                    into: try kept.decision.mergedInto.flatMap { try Listings.find($0, in: db) },
                    successor: try kept.decision.supersededBy.flatMap {
                        try successor($0, in: db)
                    },
                    rule: kept.decision.sameAs.flatMap(RulesInForce.of(platform).programme),
                    isEditor: Self.editors.allows(incoming.actor) == .allowed
                )
            }.page(in: incoming.page)
        }
    }

    private func addDeciding(to table: inout RouteTable) {
        table.page("/programmes/listings/{id}/review", access: Self.editors) { incoming in
            let kept = try await listing(incoming)
            return try await decisionPage(kept, incoming).page(in: incoming.page)
        }
        table.submission("/programmes/listings/{id}/review", access: Self.editors) {
            incoming,
            fields in
            let kept = try await listing(incoming)
            let decision = ListingDecisionForm(fields).decision(over: kept)
            let rules = RulesInForce.of(platform)
            do {
                try await store.write { tx in
                    try ListingKeeping(by: incoming.actor).decide(
                        decision,
                        about: kept.listing.id,
                        version: fields["version"].flatMap(Int.init) ?? 0,
                        rules: Set(rules.catalogue.programmes.map(\.name)),
                        in: tx
                    )
                }
                return .other(.seeOther(kept.link))
            } catch let error as ListingError {
                var page = try await decisionPage(try await listing(incoming), incoming)
                page.form = ListingDecisionForm(fields)
                page.complaint = error.message
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
        }
    }

    private func addImport(to table: inout RouteTable) {
        table.page("/programmes/listings/import", access: Self.editors) { incoming in
            ListingImportPage().page(in: incoming.page)
        }
        table.upload(
            "/programmes/listings/import",
            access: Self.editors,
            maximumFileByteCount: ListingFile.maximumByteCount
        ) { incoming, fields in
            let account = try incoming.accountID()
            guard let sent = fields.file("file"), !sent.bytes.isEmpty else {
                let page = ListingImportPage(fault: Bilingual("파일을 골라 주세요.", "Choose a file."))
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            do {
                _ = try ListingFile(sent.bytes, fileName: sent.fileName)
            } catch let error as any ExplainedError {
                let page = ListingImportPage(fault: error.message)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let upload = ListingUpload(
                id: RandomName.make(byteCount: 12),
                accountID: account,
                fileName: String(sent.fileName.suffix(200)),
                digest: try await store.blobs.put(sent.bytes).id.rawValue,
                createdAt: incoming.now
            )
            try await store.write { try upload.save(in: $0) }
            return .other(.seeOther(upload.link))
        }
        table.page("/programmes/listings/import/{id}", access: Self.editors) { incoming in
            let upload = try await upload(incoming)
            let file = try await read(upload)
            let kept = try await store.read { try Listings.all(of: file.source, in: $0) }
            return ListingDryRunPage(
                upload: upload,
                file: file,
                changes: ListingChanges(file.listings, over: kept),
                report: ListingReport([file], rules: digests(incoming), on: incoming.now.date)
            ).page(in: incoming.page)
        }
        table.submission("/programmes/listings/import/{id}", access: Self.editors) { incoming, _ in
            let upload = try await upload(incoming)
            let file = try await read(upload)
            try await store.write { tx in
                guard var now = try ListingUpload.find(upload.id, in: tx),
                    now.editionNumber == nil
                else { return }
                let edition = try ListingKeeping(by: incoming.actor)
                    .publish(file, fileName: now.fileName, digest: now.digest, in: tx)
                now.editionNumber = edition.number
                try now.save(in: tx)
            }
            return .other(.seeOther(upload.link))
        }
    }

    // MARK: Reading

    private func listing(_ incoming: Incoming) async throws -> KeptListing {
        let id = try incoming.pathParameter("id")
        guard let kept = try await store.read({ try Listings.find(id, in: $0) }) else {
            throw Problem.notFound
        }
        return kept
    }

    private func upload(_ incoming: Incoming) async throws -> ListingUpload {
        let id = try incoming.pathParameter("id")
        let account = try incoming.accountID()
        let upload = try await store.read { try ListingUpload.find(id, in: $0) }
        guard let upload, upload.accountID == account else { throw Problem.notFound }
        return upload
    }

    private func read(_ upload: ListingUpload) async throws -> ListingFile {
        guard let blob = BlobID(rawValue: upload.digest) else { throw Problem.notFound }
        let bytes = try await store.blobs.get(blob, maximumSize: ListingFile.maximumByteCount)
        return try ListingFile(bytes, fileName: upload.fileName)
    }

    private func successor(_ name: String, in db: ReadTransaction) throws -> (Bilingual, Link)? {
        if let programme = RulesInForce.of(platform).programme(name) {
            return (programme.title, programme.link)
        }
        return try Listings.find(name, in: db).map { (Bilingual(same: $0.shown.title), $0.link) }
    }

    private func decisionPage(
        _ kept: KeptListing,
        _ incoming: Incoming
    ) async throws -> ListingDecisionPage {
        let findings = try await report(incoming).findings
        return ListingDecisionPage(
            kept: kept,
            findings: findings.filter { $0.listing == kept.listing.id },
            twins: findings.filter { $0.isOfTwins && $0.other == kept.listing.id },
            programmes: RulesInForce.of(platform).catalogue.programmes.map { ($0.name, $0.title) },
            form: ListingDecisionForm(kept)
        )
    }

    // MARK: The report

    private func digests(_ incoming: Incoming) -> [RuleDigest] {
        RuleDigest.all(of: RulesInForce.of(platform).compiled, on: incoming.now.date)
    }

    /// The findings about everything that is kept; made anew where a listing or the day changed.
    private func report(_ incoming: Incoming) async throws -> ListingReport {
        let kept = try await store.read { try Listings.all(in: $0) }.filter { !$0.isGone }
        let cache = platform.shared.value(ListingReports.self) { ListingReports() }
        let rules = digests(incoming)
        return cache.report(of: kept, rules: rules, on: incoming.now.date)
    }
}

/// The last report about all listings.
final class ListingReports: Sendable {
    private struct Known: Sendable {
        var listings: [Listing]
        var rules: [RuleDigest]
        var day: LocalDate
        var report: ListingReport
    }

    private let known = Mutex<Known?>(nil)

    /// The report about listings, with what their readers found and what officers corrected.
    func report(
        of kept: [KeptListing],
        rules: [RuleDigest],
        on day: LocalDate
    ) -> ListingReport {
        let listings = kept.map(\.listing)
        let last = known.withLock { $0 }
        var report: ListingReport
        if let last, last.day == day, last.rules == rules, last.listings == listings {
            report = last.report
        } else {
            report = ListingReport(
                listings,
                known: kept.flatMap(\.known),
                rules: rules,
                on: day
            )
            let made = report
            known.withLock {
                $0 = Known(listings: listings, rules: rules, day: day, report: made)
            }
        }
        report.findings += kept.flatMap(\.outdatedCorrections)
        return report
    }
}

extension ListingUpload {
    var link: Link { .path("programmes", "listings", "import", id) }
}
