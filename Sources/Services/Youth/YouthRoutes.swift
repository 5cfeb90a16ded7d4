import Basics
import Cases
import Eligibility
import Hosting
import Identity
import Programmes
import Store
import Web

/// The portal's own pages: home, calendar, what to weigh before applying, my supports.
struct YouthRoutes {
    let platform: Platform

    private var store: Store { platform.store }
    private var rules: RulesInForce { RulesInForce.of(platform) }

    var listings: ListingRoutes {
        ListingRoutes(
            collection: YouthCollection.programmes,
            sources: YouthCollection.sources,
            categories: YouthCollection.categories,
            platform: platform
        )
    }

    func add(to table: inout RouteTable) {
        listings.add(to: &table)
        table.page("/youth") { try await home($0) }
        table.page("/youth/calendar") { incoming in
            WindowCalendarPage(windows: try await windows(incoming)).page(in: incoming.page)
        }
        table.file("/youth/calendar.ics") { incoming in
            try await windows(incoming)
                .calendar(publicURL: platform.publicURL, in: incoming.page)
                .outgoing(stamp: incoming.now)
        }
        table.page("/youth/before/{programme}") { try await before($0) }
        table.page("/youth/supports", access: .signedIn) { try await supports($0) }
    }

    // MARK: Pages

    private func home(_ incoming: Incoming) async throws -> Page {
        let today = incoming.now.date
        let answers = try await AnswerDesk(platform: platform).answers(incoming)
        let account = incoming.actor.id
        let (offers, cases, changes) = try await store.read { db in
            (
                try ProgrammeOffers.all(in: db),
                try account.map { try Self.cases(of: $0, in: db) } ?? [],
                try account.map {
                    try ProgrammeChanges.recent(
                        of: $0,
                        limit: YouthHomePage.shownChangeCount,
                        in: db
                    )
                } ?? []
            )
        }
        return YouthHomePage(
            categories: YouthCollection.categories,
            counts: try await listings.counts(on: today),
            listings: listings,
            windows: try YouthWindows(rules: rules, offers: offers, on: today),
            results: answers.isEmpty ? nil : try? results(answers, offers, today),
            cases: cases,
            changes: changes.compactMap { change in
                rules.programme(change.programme).flatMap { programme in
                    YouthCollection.programmes.contains(programme) ? (change, programme) : nil
                }
            },
            isSignedIn: account != nil,
            failure: rules.failure
        ).page(in: incoming.page)
    }

    private func before(_ incoming: Incoming) async throws -> Page {
        let name = try incoming.pathParameter("programme")
        guard let programme = rules.programme(name), YouthCollection.programmes.contains(programme)
        else { throw Problem.notFound }
        let answers = try await AnswerDesk(platform: platform).answers(incoming)
        let actor = incoming.actor
        let (offers, documents) = try await store.read { db in
            (try ProgrammeOffers.all(in: db), try Wallet.documents(of: actor, in: db))
        }
        let results = try results(answers, offers, incoming.now.date)
        let item = try results.item(programme)
        return BeforeApplyingPage(
            item: item,
            results: results,
            titles: { rules.catalogue.programmeTitles[$0] ?? Bilingual(same: $0) },
            receiving: Set(
                answers.receipts?.filter { $0.to.map { $0 >= incoming.now.date } ?? true }
                    .map(\.programme) ?? []
            ),
            documents: documents,
            isSignedIn: actor.id != nil
        ).page(in: incoming.page)
    }

    private func supports(_ incoming: Incoming) async throws -> Page {
        let account = try incoming.accountID()
        let answers = try await AnswerDesk(platform: platform).answers(incoming)
        let cases = try await store.read { try Self.cases(of: account, in: $0) }
        let today = incoming.now.date
        let granted = cases.filter { [.approved, .claimed, .fulfilled].contains($0.record.state) }
            .compactMap { item in item.procedure.programme.map { ($0, Optional(item.record)) } }
        let told = (answers.receipts ?? []).filter { $0.person == nil }
            .filter { receipt in
                (receipt.to.map { $0 >= today } ?? true)
                    && !granted.contains { $0.0 == receipt.programme }
            }.map { ($0.programme, Case?.none) }
        return SupportsPage(
            supports: (granted + told).compactMap { name, record in
                rules.programme(name).map { Support(programme: $0, record: record) }
            },
            titles: { rules.catalogue.programmeTitles[$0] ?? Bilingual(same: $0) }
        ).page(in: incoming.page)
    }

    // MARK: Reading

    private func windows(_ incoming: Incoming) async throws -> YouthWindows {
        let offers = try await store.read { try ProgrammeOffers.all(in: $0) }
        return try YouthWindows(rules: rules, offers: offers, on: incoming.now.date)
    }

    private func results(
        _ answers: Answers,
        _ offers: [String: ProgrammeOffer],
        _ day: LocalDate
    ) throws -> PersonalResults {
        do {
            return try PersonalResults(
                answers,
                of: YouthCollection.programmes,
                by: rules,
                on: day,
                offers: offers
            )
        } catch let error as EligibilityError {
            throw Problem.conflict(error.message, context: error.context)
        }
    }

    /// An account's own applications to the portal's programmes, the latest first.
    private static func cases(
        of accountID: String,
        in db: ReadTransaction
    ) throws -> [YouthCase] {
        try Cases.page(1, of: accountID, in: db).cases.compactMap { record in
            guard let procedure = try CaseProcedures.find(record.procedureID, in: db),
                YouthSample.procedureIDs.contains(procedure.id)
            else { return nil }
            return YouthCase(record: record, procedure: procedure)
        }
    }
}

/// An application of a person with what it is for.
struct YouthCase: Sendable {
    let record: Case
    let procedure: CaseProcedure
}
