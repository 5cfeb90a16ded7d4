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

    let basis: Basis
    let place: Int

    init(_ basis: Basis, _ place: Int, _ verdict: Verdict) {
        self.basis = basis
        self.place = place
        self.verdict = verdict
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
