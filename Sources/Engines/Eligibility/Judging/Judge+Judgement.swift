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
        return judgement(of: programme, sheet, withRemedy: true)
    }

    /// What is told of one programme for one of those for each of whom it is judged, by the name in the situation.
    ///
    /// - Throws: `EligibilityError` `unknownProgramme`.
    public mutating func judgement(
        of name: String,
        for person: String,
        _ sheet: FactSheet
    ) throws -> Judgement {
        let whole = try judgement(of: name, sheet)
        return whole.members.first { $0.name == person }?.judgement ?? whole
    }

    /// The reasons of every programme, ways out left aside.
    public mutating func judgements(of sheet: FactSheet) -> [Judgement] {
        let verdicts = verdicts(of: sheet)
        readAtoms(sheet)
        let basis = basis(sheet)
        var judgements = verdicts.enumerated().map { Judgement(basis, $0, $1) }
        for (programme, index) in inForce.enumerated() {
            guard let index, catalogue.versions[index].beneficiary != nil else { continue }
            judgements[programme] = judgement(of: programme, sheet, withRemedy: false)
        }
        return judgements
    }

    private mutating func judgement(
        of programme: Int,
        _ sheet: FactSheet,
        withRemedy: Bool
    ) -> Judgement {
        let kind = inForce[programme].flatMap { catalogue.versions[$0].beneficiary }
        let members = kind.map { sheet.members($0) } ?? []
        guard let kind, !members.isEmpty else {
            return one(programme, sheet, withRemedy: withRemedy)
        }
        return Judgement(
            members.map { member in
                Judgement.Member(
                    name: member.name,
                    label: kind.label(of: member),
                    judgement: one(programme, member.sheet, withRemedy: withRemedy)
                )
            }
        )
    }

    private mutating func one(
        _ programme: Int,
        _ sheet: FactSheet,
        withRemedy: Bool
    ) -> Judgement {
        let verdict = verdict(of: programme, sheet)
        var judgement = Judgement(basis(sheet), programme, verdict)
        if withRemedy, verdict == .ineligible {
            var search = RemedySearch(self, programme: programme, sheet)
            judgement.remedy = search.best()
        }
        return judgement
    }
}

extension BeneficiaryKind {
    private static let ordinals = [
        "첫째", "둘째", "셋째", "넷째", "다섯째", "여섯째", "일곱째", "여덟째", "아홉째", "열째",
    ]

    /// What people read of one of them: 둘째 아이(2025-03-01).
    fileprivate func label(of member: FactSheet.Member) -> Bilingual {
        let date = member.date.map { "(\($0.iso))" } ?? ""
        guard let order = member.order else {
            return Bilingual(label.korean + date, label.english + date)
        }
        let korean =
            order <= Self.ordinals.count ? Self.ordinals[order - 1] : "\(order)번째"
        return Bilingual(
            "\(korean) \(label.korean)\(date)",
            "\(label.english) \(order)\(date.isEmpty ? "" : " ")\(date)"
        )
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
