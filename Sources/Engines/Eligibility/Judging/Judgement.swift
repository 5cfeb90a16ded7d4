public import Basics

/// What the rules say of one person and one programme, with reasons.
public struct Judgement: Sendable {
    /// How a clause stands.
    public struct Finding: Sendable {
        /// The clause.
        public let clause: Clause
        /// Whether it holds.
        public let truth: Truth

        let code: Int64
        let catalogue: CompiledCatalogue

        /// The value of its fact, in words.
        public var value: Bilingual {
            let type = catalogue.catalogue.facts[clause.fact].type
            return Bilingual(type.text(of: code, .korean), type.text(of: code, .english))
        }

        /// What it says and how it stands, in a sentence.
        public var sentence: Bilingual {
            ClauseWords(catalogue.catalogue).sentence(clause, truth, code)
        }
    }

    /// Whether applications are taken.
    public enum WindowState: Sendable, Hashable {
        /// Until the day given; nil where no end is set.
        case open(until: LocalDate?)
        /// From the day given.
        case opens(LocalDate)
        /// No more.
        case closed
        /// A fact that is not known decides it.
        case unknown
    }

    /// What is given, as far as it can be told.
    public struct Estimate: Sendable, Hashable {
        /// The amount each time; nil where it is not money or not known.
        public var each: Won?
        /// How many times; nil where not known.
        public var times: Int?
        /// The amount in all; nil where it is not money or not known.
        public var total: Won?
        /// How often.
        public var rhythm: Benefit.Rhythm
        /// Whether the amount is an upper bound.
        public var isUpperBound: Bool
        /// What else is told of it.
        public var note: Bilingual?
        /// Its name, where several things are given.
        public var label: Bilingual?
        /// Whether it is known that the person gets it, where it has conditions of its own.
        public var isCertain: Bool
        /// Several things together, or the same for several people; empty where it is one.
        public var parts: [Estimate] = []
    }

    /// How it stands for one of those for each of whom the programme is judged.
    public struct Member: Sendable {
        /// The name in the situation; empty where it has none.
        public let name: String
        /// What people read: the second child with the date of birth.
        public let label: Bilingual
        /// What the rules say of them.
        public let judgement: Judgement
    }

    /// What the judgements of one person share; the reasons are told from it when they are asked for.
    final class Basis: Sendable {
        let catalogue: CompiledCatalogue
        let inForce: [Int?]
        let literals: [UInt8]
        let sheet: FactSheet

        init(
            _ catalogue: CompiledCatalogue,
            _ inForce: [Int?],
            _ literals: [UInt8],
            _ sheet: FactSheet
        ) {
            self.catalogue = catalogue
            self.inForce = inForce
            self.literals = literals
            self.sheet = sheet
        }
    }

    /// The verdict.
    public let verdict: Verdict
    /// What would have to change, where something can.
    public internal(set) var remedy: Remedy?

    /// Everybody for each of whom it is judged, in their order; empty where it is judged for the applicant
    /// alone or they are not listed.
    ///
    /// The programme fits where it fits any of them. What is told of it as a whole is told of the one for whom it
    /// is open soonest, else of the one about whom least is missing; its estimate is that of all it fits.
    public private(set) var members: [Member] = []

    let basis: Basis
    let place: Int

    init(_ basis: Basis, _ place: Int, _ verdict: Verdict) {
        self.basis = basis
        self.place = place
        self.verdict = verdict
    }

    /// What is said of several people together, at least one.
    init(_ members: [Member]) {
        // The last one of equal ones: the youngest child is the one most often asked for.
        let speaker = members.enumerated().max { left, right in
            let (a, b) = (left.element.judgement, right.element.judgement)
            if a.verdict.rank != b.verdict.rank { return a.verdict.rank < b.verdict.rank }
            if a.daysLeft != b.daysLeft { return a.daysLeft > b.daysLeft }
            return left.offset < right.offset
        }
        self = (speaker?.element ?? members[0]).judgement
        self.members = members
    }

    /// The days to the end of its window; those that are not open come after all that are.
    private var daysLeft: Int {
        switch window {
        case .open(.some(let last)): last.daysSinceEpoch
        case .open(nil): Int.max - 3
        case .opens: Int.max - 2
        case .unknown: Int.max - 1
        case .closed: Int.max
        }
    }
}

extension Verdict {
    /// How much it promises.
    fileprivate var rank: Int {
        switch self {
        case .notInForce: 0
        case .ineligible: 1
        case .undecided: 2
        case .eligible: 3
        }
    }
}

/// What would have to change for a programme to be possible.
public struct Remedy: Sendable, Hashable {
    /// One change.
    public struct Change: Sendable, Hashable {
        /// The fact.
        public var fact: String
        /// What people read of it.
        public var label: Bilingual
        /// The value now, in words.
        public var from: Bilingual
        /// The nearest value that is enough, in words.
        public var to: Bilingual
        /// The change in a sentence.
        public var sentence: Bilingual
        /// The value that is enough.
        public var value: FactValue
    }

    /// What a person can change, all of it together; empty where waiting is enough.
    public var changes: [Change]
    /// The day from which waiting alone is enough; nil where it is not.
    public var waitUntil: LocalDate?
    /// The remedy in a sentence.
    public var sentence: Bilingual
}
