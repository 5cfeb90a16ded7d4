import Basics

extension Judge {
    /// Everything that can be told of one programme for one person, a way out included where it fails.
    ///
    /// - Throws: `EligibilityError` `unknownProgramme`.
    public mutating func judgement(of name: String, _ sheet: FactSheet) throws -> Judgement {
        guard let programme = catalogue.programmeIndex(name) else {
            throw EligibilityError(
                .unknownProgramme,
                Bilingual("모르는 사업입니다: \(name)", "There is no programme “\(name)”.")
            )
        }
        readAtoms(sheet)
        var judgement = reasons(of: programme, sheet)
        if judgement.verdict == .ineligible {
            var search = RemedySearch(self, programme: programme, sheet)
            judgement.remedy = search.best()
        }
        return judgement
    }

    /// The reasons of every programme, ways out left aside.
    public mutating func judgements(of sheet: FactSheet) -> [Judgement] {
        readAtoms(sheet)
        return catalogue.catalogue.programmes.indices.map { reasons(of: $0, sheet) }
    }

    private func reasons(of programme: Int, _ sheet: FactSheet) -> Judgement {
        let definition = catalogue.catalogue.programmes[programme]
        guard let index = inForce[programme] else { return notInForce(definition) }
        let compiled = catalogue.versions[index]
        let version = definition.versions[compiled.version]
        let truths = compiled.clauses.map { truth(ofPart: $0) }
        let analysis = FailureAnalysis(truths: truths)
        let words = ClauseWords(catalogue.catalogue)
        let findings = zip(version.clauses, truths).map { clause, truth in
            words.finding(clause, truth, sheet.values[clause.fact])
        }
        let names = { (places: [Int]) in places.map { version.clauses[$0].name } }
        var judgement = Judgement(
            programme: definition.name,
            title: definition.title,
            verdict: truth(of: compiled.root),
            supersededBy: definition.supersededBy,
            estimate: version.benefit.map { estimate($0, compiled, sheet) },
            window: WindowRule(version.windows, compiled.windows).state(sheet),
            findings: findings,
            failing: names(analysis.ways(version.condition).first ?? []),
            open: names(analysis.open(version.condition)),
            documents: documents(version, compiled, sheet),
            validFrom: version.from,
            validTo: version.to
        )
        if version.selection.method == .points {
            judgement.points = zip(version.selection.points, compiled.points).reduce(0) {
                $0 + (Truth(sheet.value(of: $1.1)) == .yes ? $1.0.count : 0)
            }
        }
        judgement.stratum =
            zip(version.selection.strata, compiled.strata).first {
                Truth(sheet.value(of: $1)) == .yes
            }?.0.label
        return judgement
    }

    private func notInForce(_ programme: Programme) -> Judgement {
        let resting = programme.versions.first { $0.isInForce(on: date) }
        return Judgement(
            programme: programme.name,
            title: programme.title,
            verdict: .notInForce,
            paused: resting?.paused,
            supersededBy: programme.supersededBy,
            window: .closed,
            findings: [],
            failing: [],
            open: [],
            documents: []
        )
    }

    private func estimate(
        _ benefit: Benefit,
        _ compiled: CompiledCatalogue.Version,
        _ sheet: FactSheet
    ) -> Judgement.Estimate {
        let each = compiled.benefit.pays.map { sheet.value(of: $0) }
        let times = compiled.benefit.times.map { sheet.value(of: $0) } ?? 1
        let isKnown = each != FactCode.unknown && times != FactCode.unknown
        let total = each.flatMap { each -> Int64? in
            guard isKnown else { return nil }
            let (product, overflow) = each.multipliedReportingOverflow(by: times)
            return overflow ? nil : product
        }
        return Judgement.Estimate(
            each: each.flatMap { $0 == FactCode.unknown ? nil : Won($0) },
            times: times == FactCode.unknown ? nil : Int(times),
            total: total.map { Won($0) },
            rhythm: benefit.rhythm,
            isUpperBound: benefit.isUpperBound,
            note: benefit.note
        )
    }

    /// The documents of those who must bring them; one whose condition is not known is asked for.
    private func documents(
        _ version: ProgrammeVersion,
        _ compiled: CompiledCatalogue.Version,
        _ sheet: FactSheet
    ) -> [RequiredDocument] {
        zip(version.documents, compiled.documents).compactMap { document, condition in
            guard let condition else { return document }
            return Truth(sheet.value(of: condition)) == .no ? nil : document
        }
    }
}

/// When applications are taken, from the windows of a version.
struct WindowRule {
    private let windows: [(days: ClosedRange<Int>?, from: Program?, to: Program?)]

    init(_ windows: [ApplicationWindow], _ programs: [(from: Program?, to: Program?)]) {
        self.windows = zip(windows, programs).map { ($0.daysOfMonth, $1.from, $1.to) }
    }

    /// Open where any window is; else the next opening; else closed, or unknown where a fact is missing.
    func state(_ sheet: FactSheet) -> Judgement.WindowState {
        var last: LocalDate?
        var isOpen = false
        var isEndless = false
        var next: LocalDate?
        var isUnknown = false
        for window in windows {
            switch state(window.days, window.from, window.to, sheet) {
            case .open(let until):
                isOpen = true
                isEndless = isEndless || until == nil
                last = max(last ?? LocalDate(daysSinceEpoch: Int.min), until ?? sheet.date)
            case .opens(let date): next = min(next ?? date, date)
            case .unknown: isUnknown = true
            case .closed: break
            }
        }
        if isOpen { return .open(until: isEndless ? nil : last) }
        if isUnknown { return .unknown }
        return next.map { .opens($0) } ?? .closed
    }

    private func state(
        _ days: ClosedRange<Int>?,
        _ from: Program?,
        _ to: Program?,
        _ sheet: FactSheet
    ) -> Judgement.WindowState {
        let today = Int64(sheet.date.daysSinceEpoch)
        let first = from.map { sheet.value(of: $0) } ?? FactCode.earliestDate
        let last = to.map { sheet.value(of: $0) } ?? FactCode.latestDate
        if last != FactCode.unknown, last < today { return .closed }
        guard first != FactCode.unknown, last != FactCode.unknown else { return .unknown }
        if let days { return monthly(days, from: max(first, today), to: last, today: today) }
        if first > today { return .opens(LocalDate(daysSinceEpoch: Int(first))) }
        return .open(
            until: last == FactCode.latestDate ? nil : LocalDate(daysSinceEpoch: Int(last))
        )
    }

    private func monthly(
        _ days: ClosedRange<Int>,
        from first: Int64,
        to last: Int64,
        today: Int64
    ) -> Judgement.WindowState {
        var start = DateArithmetic.startOfMonth(first)
        // This month's days may be over; the next month's are not.
        for _ in 0..<2 {
            let end = DateArithmetic.endOfMonth(start)
            let opens = min(start + Int64(days.lowerBound) - 1, end)
            let closes = min(start + Int64(days.upperBound) - 1, end, last)
            if max(opens, first) <= closes {
                let day = max(opens, first)
                return day > today
                    ? .opens(LocalDate(daysSinceEpoch: Int(day)))
                    : .open(until: LocalDate(daysSinceEpoch: Int(closes)))
            }
            start = end + 1
        }
        return .closed
    }
}
