import Basics
import Drawing
import Eligibility
import Hosting
import Identity
import Programmes
import Store

/// Selects among those who qualify, when a round is closed: by an order, or by a draw that anybody can
/// check.
struct SelectionKeeping: Sendable {
    let actor: Actor
    let rules: RulesInForce

    /// The stratum of those whose programme has none.
    private static let whole = "1"

    // MARK: Who takes part

    /// Those of a round who qualify and wait for a place.
    func entrants(
        of round: CaseRound,
        _ procedure: CaseProcedure,
        in db: ReadTransaction
    ) throws -> [SelectionPlan.Entrant] {
        let fact = selection(of: procedure)?.orderedBy
        return try cases(of: round, in: db).map { record in
            let verdict = record.verdict?.value
            var income: Int64?
            if let fact, case .number(let number)? = record.answers.value.answers.facts[fact] {
                income = number
            }
            return SelectionPlan.Entrant(
                caseID: record.id,
                receipt: record.receipt,
                submittedAt: record.submittedAt ?? record.createdAt,
                points: verdict?.points,
                income: income,
                stratum: verdict?.stratum?.korean ?? ""
            )
        }
    }

    private func cases(of round: CaseRound, in db: ReadTransaction) throws -> [Case] {
        let found = try db.rows(
            """
            SELECT \(Cases.columns) FROM case_record
            WHERE round_id = \(round.id) AND state = \(CaseState.selecting)
            ORDER BY receipt LIMIT \(CaseDraw.maximumEntrantCount + 1)
            """,
            as: Case.self
        )
        guard found.count <= CaseDraw.maximumEntrantCount else {
            throw refusal(
                "한 회차에서 \(CaseDraw.maximumEntrantCount.grouped)건까지 선정합니다.",
                "At most \(CaseDraw.maximumEntrantCount.grouped) cases of a round.",
                round.id
            )
        }
        return found
    }

    /// How many of a round are not decided yet: they have to be, before anybody is selected.
    func openCount(of round: CaseRound, in db: ReadTransaction) throws -> Int {
        let open: [CaseState] = [.submitted, .inReview, .correctionRequested]
        return try db.value(
            """
            SELECT COUNT(*) FROM case_record
            WHERE round_id = \(round.id) AND state IN \(list: open.map(\.rawValue))
            """,
            as: Int.self
        ) ?? 0
    }

    /// How the programme says that places are given out.
    func selection(of procedure: CaseProcedure) -> Selection? {
        procedure.programme.flatMap { rules.programme($0) }?.versions.last?.selection
    }

    /// The strata of a draw, as the programme has them; one whole where it has none.
    func strata(of round: CaseRound, _ procedure: CaseProcedure) -> [DrawStratum] {
        let strata = selection(of: procedure)?.strata ?? []
        guard !strata.isEmpty else {
            let places = round.places ?? 0
            return [DrawStratum(id: Self.whole, name: "전체", places: places, waiting: places)]
        }
        return strata.enumerated().map { index, stratum in
            DrawStratum(
                id: String(index + 1),
                name: stratum.label.korean,
                places: stratum.count,
                waiting: stratum.count
            )
        }
    }

    // MARK: A draw

    /// Begins a draw: what is drawn and which public values make the seed.
    func prepare(
        _ round: CaseRound,
        _ procedure: CaseProcedure,
        strata: [DrawStratum],
        inputs: [PublicInput],
        among receipts: [String] = [],
        in tx: WriteTransaction
    ) throws -> CaseDraw {
        try requireApprover(procedure)
        let id = "\(procedure.id.prefix(40))-\(tx.now.date.year)-\(RandomName.make(byteCount: 6))"
        let draw = CaseDraw(
            id: id,
            roundID: round.id,
            procedureID: procedure.id,
            organizationID: procedure.organizationID,
            title: "\(procedure.title.korean) \(round.title.value.korean)",
            state: .preparing,
            strata: JSONColumn(strata),
            inputs: JSONColumn(inputs),
            officials: JSONColumn([]),
            entrants: JSONColumn(receipts),
            createdAt: tx.now
        )
        try CaseDraws.save(draw, in: tx)
        try audit(draw, "prepared", in: tx)
        return draw
    }

    /// Takes the hash of an official's secret; the secret itself stays with the official.
    func seal(_ id: String, commitment: HexBytes, in tx: WriteTransaction) throws -> CaseDraw {
        var draw = try current(id, .preparing, in: tx)
        guard let account = actor.account else { throw Self.gone(id) }
        draw.officials.value.removeAll { $0.accountID == account.id }
        guard draw.officials.value.count < DrawRule.maximumOfficialCount else {
            throw refusal("봉인할 사람이 너무 많습니다.", "Too many officials.", id)
        }
        draw.officials.value.append(
            CaseDraw.Official(
                accountID: account.id,
                name: officialName(account, in: draw),
                commitment: commitment
            )
        )
        try CaseDraws.save(draw, in: tx)
        try audit(draw, "sealed", in: tx)
        return draw
    }

    /// The name under which an official takes part; no two have the same.
    func officialName(_ account: SignedInAccount, in draw: CaseDraw) -> String {
        let taken = draw.officials.value.contains {
            $0.name == account.displayName && $0.accountID != account.id
        }
        return taken ? "\(account.displayName) (\(account.id.prefix(6)))" : account.displayName
    }

    /// The commitment of a draw as its officials and entrants are now.
    func committed(_ id: String, in db: ReadTransaction) throws -> CommittedDraw {
        let draw = try current(id, .preparing, in: db)
        guard let round = try CaseProcedures.round(draw.roundID, in: db),
            let procedure = try CaseProcedures.find(draw.procedureID, in: db)
        else { throw Self.gone(id) }
        try requireApprover(procedure)
        let open = try openCount(of: round, in: db)
        guard round.state != .running, open == 0 else {
            throw refusal(
                "회차를 닫고 모든 신청을 검토한 뒤에 약속값을 공개합니다. 남은 신청: \(open)건",
                "Close the round and review every case first; \(open) are left.",
                id
            )
        }
        guard draw.officials.value.count >= CaseDraw.minimumOfficialCount else {
            throw refusal(
                "담당자 \(CaseDraw.minimumOfficialCount)명 이상이 봉인해야 합니다.",
                "At least \(CaseDraw.minimumOfficialCount) officials have to seal.",
                id
            )
        }
        let days = draw.inputs.value.map(\.publishedOn)
        guard let first = days.min(), first > db.now.date else {
            throw refusal(
                "공개값은 약속값을 공개한 다음 날부터 나오는 것이어야 합니다.",
                "Public values have to appear after the day of the commitment.",
                id
            )
        }
        return try CommittedDraw(
            rule: draw.rule,
            entrants: try drawEntrants(of: draw, round, procedure, in: db)
        )
    }

    func drawEntrants(
        of draw: CaseDraw,
        _ round: CaseRound,
        _ procedure: CaseProcedure,
        in db: ReadTransaction
    ) throws -> [DrawEntrant] {
        let strata = draw.strata.value
        let some = Set(draw.entrants.value)
        let all = try entrants(of: round, procedure, in: db).filter {
            some.isEmpty || some.contains($0.receipt)
        }
        return try all.map { entrant in
            let own = strata.first { $0.name == entrant.stratum }
            guard let stratum = strata.count == 1 ? strata.first : own else {
                throw refusal(
                    "\(entrant.receipt)의 추첨 구간을 알 수 없습니다.",
                    "The stratum of \(entrant.receipt) is not known.",
                    draw.id
                )
            }
            return try DrawEntrant(receipt: entrant.receipt, stratum: stratum.id)
        }
    }

    /// Publishes the commitment whose file is a blob already.
    func publish(
        _ id: String,
        _ committed: CommittedDraw,
        digest: String,
        in tx: WriteTransaction
    ) throws {
        // Who joined or sealed meanwhile would be missing from the file.
        guard try self.committed(id, in: tx) == committed else {
            throw refusal(
                "그 사이 신청이나 봉인이 바뀌었습니다. 다시 해 주세요.",
                "Cases or seals changed meanwhile. Try again.",
                id
            )
        }
        var draw = try current(id, .preparing, in: tx)
        draw.state = .committed
        draw.committedDigest = digest
        draw.commitmentHash = try committed.commitment.hash.hex
        draw.merkleRoot = committed.commitment.merkleRoot.hex
        draw.committedAt = tx.now
        try CaseDraws.save(draw, in: tx)
        try audit(draw, "committed", in: tx)
    }

    /// Shows an official's secret, once the public values can be known.
    func reveal(_ id: String, _ secret: HexBytes, in tx: WriteTransaction) throws {
        var draw = try current(id, .committed, in: tx)
        guard
            let index = draw.officials.value.firstIndex(where: { $0.accountID == actor.id })
        else {
            throw refusal(
                "이 추첨에 봉인하지 않았습니다.",
                "You have no seal in this draw.",
                id
            )
        }
        let official = draw.officials.value[index]
        let known = try OfficialSecret(secret).commitment(draw: draw.id, official: official.name)
        guard known == official.commitment else {
            throw refusal(
                "봉인할 때의 비밀값이 아닙니다.",
                "This is not the secret that was sealed.",
                id
            )
        }
        draw.officials.value[index].secret = secret
        try CaseDraws.save(draw, in: tx)
        try audit(draw, "revealed", in: tx)
    }

    /// The draw with its result.
    ///
    /// - Parameters:
    ///   - draw: A committed draw whose officials have all shown their secrets.
    ///   - committed: Its file.
    ///   - inputs: The public values as they were published.
    ///   - today: The day.
    /// - Returns: The draw, to be kept and published.
    /// - Throws: `CaseError` where it is too early or a secret is missing, `DrawingError` where a value
    ///   cannot be read.
    func completed(
        _ draw: CaseDraw,
        _ committed: CommittedDraw,
        inputs: [String],
        on today: LocalDate
    ) throws -> CompletedDraw {
        guard let last = draw.lastInputDay, last <= today else {
            throw refusal(
                "공개값이 나오는 날이 아직 아닙니다.",
                "The public values are not known yet.",
                draw.id
            )
        }
        let secrets = draw.officials.value.compactMap(\.secret)
        guard secrets.count == draw.officials.value.count else {
            throw refusal(
                "아직 비밀값을 밝히지 않은 사람이 있습니다.",
                "An official has not shown the secret yet.",
                draw.id
            )
        }
        return try committed.completed(with: SeedEvidence(inputs: inputs, reveals: secrets))
    }

    /// Keeps the result and tells everybody of theirs.
    func finish(
        _ id: String,
        _ completed: CompletedDraw,
        digest: String,
        in tx: WriteTransaction
    ) throws {
        var draw = try current(id, .committed, in: tx)
        guard let procedure = try CaseProcedures.find(draw.procedureID, in: tx) else {
            throw Self.gone(id)
        }
        try requireApprover(procedure)
        draw.state = .completed
        draw.completedDigest = digest
        draw.completedAt = tx.now
        try CaseDraws.save(draw, in: tx)
        try apply(completed.result, of: draw, in: tx)
        try audit(draw, "completed", in: tx)
    }

    private func apply(
        _ result: DrawResult,
        of draw: CaseDraw,
        in tx: WriteTransaction
    ) throws {
        let hand = CaseKeeping(by: actor, for: .caseSelection)
        guard var round = try CaseProcedures.round(draw.roundID, in: tx) else {
            throw Self.gone(draw.id)
        }
        var outcomes: [String: (outcome: CaseState, stratum: String, place: Int)] = [:]
        for stratum in result.strata {
            for (index, receipt) in stratum.selected.enumerated() {
                outcomes[receipt] = (.approved, stratum.id, index + 1)
            }
            for (index, receipt) in stratum.waiting.enumerated() {
                outcomes[receipt] = (.waiting, stratum.id, index + 1)
            }
        }
        let some = Set(draw.entrants.value)
        for record in try cases(of: round, in: tx)
        where some.isEmpty || some.contains(record.receipt) {
            let found = outcomes[record.receipt] ?? (.refused, Self.whole, 0)
            try place(
                record,
                found.outcome,
                Self.reason(found.outcome, found.place, by: "추첨", "the draw"),
                SelectionPlan.Seat(round.id, found.stratum, found.place),
                hand,
                in: tx
            )
        }
        round.state = .selected
        try CaseProcedures.save(round, in: tx)
    }

    // MARK: An order

    /// Gives the places out in the order of a method.
    ///
    /// - Returns: The draw that is left for those among whom the order does not decide; nothing where
    ///   it decides for all.
    func select(
        _ round: CaseRound,
        _ procedure: CaseProcedure,
        waiting: Int,
        tieInputs: [PublicInput],
        in tx: WriteTransaction
    ) throws -> CaseDraw? {
        try requireApprover(procedure)
        let open = try openCount(of: round, in: tx)
        guard round.state == .closed, open == 0 else {
            throw refusal(
                "닫힌 회차의 모든 신청을 검토한 뒤에 선정합니다. 남은 신청: \(open)건",
                "Every case of a closed round is reviewed first; \(open) are left.",
                round.id
            )
        }
        let plan = SelectionPlan(
            try entrants(of: round, procedure, in: tx),
            by: procedure.selection,
            places: round.places
        )
        guard plan.unranked.isEmpty else {
            throw refusal(
                "순위를 정할 값이 없는 신청이 있습니다: "
                    + plan.unranked.prefix(5).map(\.receipt).joined(separator: ", "),
                "Some cases have nothing to rank them by.",
                round.id
            )
        }
        try seat(plan, round, waiting: waiting, in: tx)
        guard !plan.tied.isEmpty else {
            var round = round
            round.state = .selected
            try CaseProcedures.save(round, in: tx)
            return nil
        }
        return try prepare(
            round,
            procedure,
            strata: [
                DrawStratum(
                    id: Self.whole,
                    name: "동점자",
                    places: plan.tiedPlaces,
                    waiting: min(waiting, plan.tied.count - plan.tiedPlaces)
                )
            ],
            inputs: tieInputs,
            among: plan.tied.map(\.receipt),
            in: tx
        )
    }

    private func seat(
        _ plan: SelectionPlan,
        _ round: CaseRound,
        waiting: Int,
        in tx: WriteTransaction
    ) throws {
        let hand = CaseKeeping(by: actor, for: .caseSelection)
        let cases = Dictionary(
            uniqueKeysWithValues: try cases(of: round, in: tx).map { ($0.id, $0) }
        )
        func put(_ entrant: SelectionPlan.Entrant, _ state: CaseState, _ number: Int) throws {
            guard let record = cases[entrant.caseID] else { return }
            try place(
                record,
                state,
                Self.reason(state, number, by: "심사 순위", "the order"),
                SelectionPlan.Seat(round.id, Self.whole, number),
                hand,
                in: tx
            )
        }
        for (index, entrant) in plan.selected.enumerated() {
            try put(entrant, .approved, index + 1)
        }
        // Those whom the draw among equals leaves over stand before everybody else on the list.
        let before = plan.tied.count - plan.tiedPlaces
        for (index, entrant) in plan.rest.enumerated() {
            let number = before + index + 1
            try put(entrant, number <= waiting ? .waiting : .refused, number)
        }
    }

    // MARK: What both do

    private func place(
        _ record: Case,
        _ outcome: CaseState,
        _ reason: Bilingual,
        _ seat: SelectionPlan.Seat,
        _ hand: CaseKeeping,
        in tx: WriteTransaction
    ) throws {
        _ = try hand.place(record, outcome, reason: reason, in: tx)
        let kept: SelectionPlace.Outcome =
            switch outcome {
            case .approved: .selected
            case .waiting: .waiting
            default: .refused
            }
        try CaseDraws.save(
            SelectionPlace(
                roundID: seat.roundID,
                caseID: record.id,
                stratum: seat.stratum,
                outcome: kept,
                place: seat.place,
                decidedAt: tx.now
            ),
            in: tx
        )
    }

    private static func reason(
        _ outcome: CaseState,
        _ place: Int,
        by korean: String,
        _ english: String
    ) -> Bilingual {
        switch outcome {
        case .approved:
            Bilingual("\(korean)에 따라 선정되었습니다.", "You were selected by \(english).")
        case .waiting:
            Bilingual(
                "\(korean)에 따라 예비 \(place)번이 되었습니다.",
                "You are number \(place) on the waiting list by \(english)."
            )
        default:
            Bilingual("\(korean)에 따라 선정되지 않았습니다.", "You were not selected by \(english).")
        }
    }

    private func current(
        _ id: String,
        _ state: CaseDraw.State,
        in db: ReadTransaction
    ) throws -> CaseDraw {
        guard let draw = try CaseDraws.find(id, in: db),
            actor.reviewsCases(of: draw.organizationID)
        else { throw Self.gone(id) }
        guard draw.state == state else {
            throw refusal(
                "추첨이 ‘\(draw.state.title.korean)’ 단계라서 할 수 없습니다.",
                "The draw is “\(draw.state.title.english)”, so this cannot be done.",
                id
            )
        }
        return draw
    }

    private func requireApprover(_ procedure: CaseProcedure) throws {
        guard actor.may(.caseApprover, in: procedure.organizationID) else {
            throw refusal("결재자만 선정할 수 있습니다.", "An approver selects.", procedure.id)
        }
    }

    private func audit(_ draw: CaseDraw, _ event: String, in tx: WriteTransaction) throws {
        try tx.record(
            .update,
            on: AuditSubject(kind: "draw", id: draw.id),
            by: actor.auditActor,
            purpose: .caseSelection,
            details: ["event": event, "commitment": draw.commitmentHash ?? ""]
        )
    }

    private static func gone(_ id: String) -> CaseError {
        CaseError(.refused, Bilingual("없는 추첨입니다.", "There is no such draw."), context: id)
    }

    private func refusal(_ korean: String, _ english: String, _ context: String) -> CaseError {
        CaseError(.impossibleState, Bilingual(korean, english), context: context)
    }
}

extension SelectionPlan {
    /// Where somebody stands in a round.
    struct Seat: Sendable, Hashable {
        var roundID: String
        var stratum: String
        var place: Int

        init(_ roundID: String, _ stratum: String, _ place: Int) {
            self.roundID = roundID
            self.stratum = stratum
            self.place = place
        }
    }
}
