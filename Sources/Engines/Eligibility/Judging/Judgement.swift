public import Basics

/// What the rules say of one person and one programme, with reasons.
public struct Judgement: Sendable, Hashable {
    /// How a clause stands.
    public struct Finding: Sendable, Hashable {
        /// The clause.
        public var clause: Clause
        /// Whether it holds.
        public var truth: Truth
        /// The value of its fact, in words.
        public var value: Bilingual
        /// What it says and how it stands, in a sentence.
        public var sentence: Bilingual
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
    }

    /// The programme's name.
    public var programme: String
    /// Its title.
    public var title: Bilingual
    /// The verdict.
    public var verdict: Verdict
    /// The first and last day of the version that judged; nil where none is in force.
    public var inForce: (from: LocalDate, to: LocalDate?)? {
        validFrom.map { (from: $0, to: validTo) }
    }
    /// Why there is no version, where its authors say so.
    public var paused: Bilingual?
    /// The programme that took its place.
    public var supersededBy: String?
    /// What it gives.
    public var estimate: Estimate?
    /// Whether applications are taken on the day.
    public var window: WindowState
    /// Every clause.
    public var findings: [Finding]
    /// The fewest clauses that would have to come out otherwise; empty where none fails.
    public var failing: [String]
    /// The clauses nobody can judge yet and that decide.
    public var open: [String]
    /// What would have to change, where something can.
    public var remedy: Remedy?
    /// The documents asked for.
    public var documents: [RequiredDocument]
    /// The points, where applicants are ranked by them; counted as far as known.
    public var points: Int?
    /// The stratum of the draw, where there are any and it is known.
    public var stratum: Bilingual?

    var validFrom: LocalDate?
    var validTo: LocalDate?
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
