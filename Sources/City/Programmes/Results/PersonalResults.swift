public import Basics
public import Eligibility

/// What the programmes of a portal say to one person on one day.
///
/// Verdicts are read first; sentences are made only for what is shown.
public struct PersonalResults: Sendable {
    /// One programme with what it says.
    public struct Item: Sendable {
        /// The programme.
        public var programme: Programme
        /// What it says, with reasons.
        public var judgement: Judgement
        /// Where to apply for it here; nil where nowhere.
        public var offer: ProgrammeOffer?
        /// When applications are taken: a round that is offered here counts before the rules' window.
        public var window: Judgement.WindowState
    }

    /// Every condition is met, and applications are taken or may be.
    public private(set) var fits: [Item] = []
    /// Something is not known yet.
    public private(set) var needsAnswers: [Item] = []
    /// It would fit or may fit, but applications are not taken on the day.
    public private(set) var notOpen: [Item] = []
    /// Programmes of which a condition is not met.
    public private(set) var doesNotFit: [Programme] = []
    /// Programmes no version of which is in force.
    public private(set) var notInForce: [Programme] = []
    /// The day.
    public let date: LocalDate

    private let sheet: FactSheet
    private let judge: Judge
    private let offers: [String: ProgrammeOffer]

    /// Judges answers.
    ///
    /// - Parameters:
    ///   - answers: What the person said.
    ///   - collection: The portal.
    ///   - rules: The rules in force.
    ///   - date: The day of the application.
    ///   - offers: What can be applied for here.
    /// - Throws: `EligibilityError` `contradiction` where the answers contradict each other on the day.
    public init(
        _ answers: Answers,
        of collection: ProgrammeCollection,
        by rules: RulesInForce,
        on date: LocalDate,
        offers: [String: ProgrammeOffer] = [:]
    ) throws {
        let slice = rules.slice(collection)
        sheet = try FactSheet(answers.situation(on: date, in: slice.catalogue), in: slice)
        var judge = Judge(slice, on: date)
        let verdicts = judge.verdicts(of: sheet)
        self.judge = judge
        self.offers = offers
        self.date = date
        for (programme, verdict) in zip(slice.catalogue.programmes, verdicts) {
            switch verdict {
            case .ineligible: doesNotFit.append(programme)
            case .notInForce: notInForce.append(programme)
            case .eligible, .undecided: sort(try item(programme))
            }
        }
        fits.sort { Self.isBefore($0, $1) }
        needsAnswers.sort { $0.judgement.open.count < $1.judgement.open.count }
    }

    /// One programme with its reasons, and a way out where a condition is not met.
    public func item(_ programme: Programme) throws -> Item {
        var judge = judge
        let judgement = try judge.judgement(of: programme.name, sheet)
        let offer = offers[programme.name]
        let offered = offer?.window(on: date)
        var window = judgement.window
        if let offered {
            if case .closed = offered {} else { window = offered }
        }
        return Item(programme: programme, judgement: judgement, offer: offer, window: window)
    }

    private mutating func sort(_ item: Item) {
        switch item.window {
        case .closed, .opens: notOpen.append(item)
        case .open, .unknown:
            item.judgement.verdict == .eligible ? fits.append(item) : needsAnswers.append(item)
        }
    }

    /// What closes first comes first, then what gives most.
    private static func isBefore(_ left: Item, _ right: Item) -> Bool {
        let days = [left, right].map { item -> Int in
            if case .open(.some(let last)) = item.window { return last.daysSinceEpoch }
            return Int.max
        }
        if days[0] != days[1] { return days[0] < days[1] }
        return left.amount > right.amount
    }

    /// What all that fits would give, and which of it can be had together.
    public var combination: BenefitCombination {
        BenefitCombination(
            fits.map { item in
                BenefitCombination.Part(
                    programme: item.programme.name,
                    amount: item.judgement.estimate?.total,
                    isUpperBound: item.judgement.estimate?.isUpperBound ?? false,
                    excludes: Set(
                        item.programme.version(on: date)?.exclusions.map(\.programme) ?? []
                    )
                )
            }
        )
    }
}

extension PersonalResults.Item {
    /// The amount in all; zero where it is not money or not known.
    var amount: Won { judgement.estimate?.total ?? .zero }
}
