import Basics
import Eligibility

/// What comes when for one family: every programme with its days and amounts, out of the rules.
struct FamilyTimeline: Sendable {
    /// How far ahead it looks, in months, unless asked for more.
    static let defaultMonthCount = 36
    /// The furthest it looks.
    static let maximumMonthCount = 96

    /// Days in a row on which an application is taken and may succeed.
    struct Period: Sendable, Hashable {
        /// The first day.
        var from: LocalDate
        /// The last day; nil where it lies beyond the timeline.
        var to: LocalDate?
        /// The amounts each time, from the day on which each begins.
        var amounts: [Amount]
        /// Whether everything is known that decides it, on its best day.
        var isCertain: Bool
        /// The first day on which the amount is the highest.
        var bestDay: LocalDate
    }

    /// An amount from a day on.
    struct Amount: Sendable, Hashable {
        var from: LocalDate
        var each: Won?
    }

    /// One programme for the family, or for children who get the same on the same days.
    struct Entry: Sendable {
        /// The programme's name.
        var programme: String
        /// Its title.
        var title: Bilingual
        /// The children it is for; empty where it is for the family.
        var children: [Family.Child]
        /// When applications are taken, earliest first; never empty.
        var periods: [Period]
        /// What the rules say of an application on the best day, one a child.
        var judgements: [Judgement]

        /// The first day on which it is open.
        var opens: LocalDate { periods[0].from }
        /// The best day to apply.
        var bestDay: LocalDate { periods[0].bestDay }
        /// The last day of the first time it is open, so the day not to be missed.
        var closes: LocalDate? {
            if let day = periods[0].to { return day }
            // The window itself may say a day beyond the timeline.
            if case .open(let until)? = judgements.first?.window { return until }
            return nil
        }
        /// The last day of all.
        var lastDay: LocalDate? { periods.count == 1 ? closes : periods.last?.to }
        /// Whether everything is known that decides it.
        var isCertain: Bool { periods[0].isCertain }
        /// The amount each time, of all its children together; nil where one is not known.
        var each: Won? { sum { $0.estimate?.each } }
        /// The amount in all, of all its children together; nil where one is not known.
        var total: Won? { sum { $0.estimate?.total } }

        private func sum(_ amount: (Judgement) -> Won?) -> Won? {
            let amounts = judgements.compactMap(amount)
            return amounts.isEmpty || amounts.count < judgements.count
                ? nil : amounts.reduce(.zero, +)
        }
    }

    /// The entries by the day on which they open, then by the last day.
    let entries: [Entry]
    /// The first day.
    let from: LocalDate
    /// The last day.
    let through: LocalDate
    /// The programmes that are never open to this family in that time.
    let others: [String]

    /// Judges every day ahead.
    ///
    /// - Parameters:
    ///   - family: The family.
    ///   - programmes: The programmes to look at.
    ///   - catalogue: The rules.
    ///   - today: The first day.
    ///   - monthCount: How many months ahead.
    /// - Throws: `EligibilityError` where what is known of the family cannot be.
    init(
        of family: Family,
        _ programmes: [Programme],
        in catalogue: CompiledCatalogue,
        from today: LocalDate,
        monthCount: Int = defaultMonthCount
    ) throws {
        from = today
        through = today.adding(days: min(monthCount, Self.maximumMonthCount) * 61 / 2)
        let perChild = programmes.filter(\.isForEach)
        let whole = programmes.filter { !$0.isForEach }
        var entries = try Self.entries(
            whole,
            family.situations(from: today),
            for: nil,
            through: through,
            catalogue
        )
        for child in family.children {
            let more = try Self.entries(
                perChild,
                family.situations(from: today, for: child),
                for: child,
                through: through,
                catalogue
            )
            for entry in more { Self.join(entry, to: &entries) }
        }
        let found = Set(entries.map(\.programme))
        others = programmes.map(\.name).filter { !found.contains($0) }
        self.entries = entries.sorted {
            ($0.opens, $0.closes ?? .distantFuture, $0.programme)
                < ($1.opens, $1.closes ?? .distantFuture, $1.programme)
        }
    }

    /// What to do first: what closes or pays first among what is certain, then the rest.
    func next(_ count: Int) -> [Entry] {
        let sorted = entries.sorted {
            ($0.isCertain ? 0 : 1, $0.bestDay, $0.closes ?? .distantFuture, $0.programme)
                < ($1.isCertain ? 0 : 1, $1.bestDay, $1.closes ?? .distantFuture, $1.programme)
        }
        return Array(sorted.prefix(count))
    }

    /// Twins get the same on the same days: one entry that counts twice.
    private static func join(_ entry: Entry, to entries: inout [Entry]) {
        let twin = entries.firstIndex { other in
            other.programme == entry.programme
                && other.children.first?.birthDate == entry.children.first?.birthDate
                && other.periods.map { [$0.from, $0.to] } == entry.periods.map { [$0.from, $0.to] }
        }
        guard let twin else { return entries.append(entry) }
        entries[twin].children += entry.children
        entries[twin].judgements += entry.judgements
        for (index, period) in entry.periods.enumerated() {
            let other = entries[twin].periods[index]
            entries[twin].periods[index].amounts = sum(other.amounts, period.amounts)
            entries[twin].periods[index].isCertain = other.isCertain && period.isCertain
        }
    }

    /// Two courses of amounts together; where they change on different days only the first is told.
    private static func sum(_ left: [Amount], _ right: [Amount]) -> [Amount] {
        guard left.map(\.from) == right.map(\.from) else { return left }
        return zip(left, right).map { pair in
            let each = pair.0.each.flatMap { first in pair.1.each.map { first + $0 } }
            return Amount(from: pair.0.from, each: each)
        }
    }

    private static func entries(
        _ programmes: [Programme],
        _ situations: [Situation],
        for child: Family.Child?,
        through last: LocalDate,
        _ catalogue: CompiledCatalogue
    ) throws -> [Entry] {
        let names = programmes.map(\.name)
        let person = child?.name
        let sweep = try DateSweep(
            situations,
            through: last,
            of: names,
            for: person,
            in: catalogue
        )
        return try programmes.compactMap { programme in
            let periods = periods(sweep.runs[programme.name] ?? [])
            guard let first = periods.first else { return nil }
            let known = situations.last { $0.date <= first.bestDay } ?? situations[0]
            var situation = known
            situation.date = first.bestDay
            var judge = Judge(catalogue, on: first.bestDay)
            let sheet = try FactSheet(situation, in: catalogue)
            return Entry(
                programme: programme.name,
                title: programme.title,
                children: child.map { [$0] } ?? [],
                periods: periods,
                judgements: [
                    try person.map { try judge.judgement(of: programme.name, for: $0, sheet) }
                        ?? judge.judgement(of: programme.name, sheet)
                ]
            )
        }
    }

    /// Runs in which an application may succeed, those that follow each other joined.
    private static func periods(_ runs: [DateSweep.Run]) -> [Period] {
        var result: [Period] = []
        var isOpen = false
        var best: (isCertain: Bool, each: Won)?
        for run in runs {
            guard run.standing.isPossible else {
                isOpen = false
                continue
            }
            let standing = (
                isCertain: run.standing.verdict == .eligible && run.standing.window == .open,
                each: run.standing.each ?? .zero
            )
            let amount = Amount(from: run.from, each: run.standing.each)
            guard isOpen, var period = result.popLast(), let known = best else {
                isOpen = true
                best = standing
                result.append(
                    Period(
                        from: run.from,
                        to: run.to,
                        amounts: [amount],
                        isCertain: standing.isCertain,
                        bestDay: run.from
                    )
                )
                continue
            }
            period.to = run.to
            if period.amounts.last?.each != run.standing.each { period.amounts.append(amount) }
            let isBetter =
                standing.isCertain != known.isCertain
                ? standing.isCertain : standing.each > known.each
            if isBetter {
                best = standing
                period.bestDay = run.from
                period.isCertain = standing.isCertain
            }
            result.append(period)
        }
        return result
    }
}

extension LocalDate {
    /// After every day of a timeline.
    fileprivate static let distantFuture = LocalDate(daysSinceEpoch: Int.max)
}
