public import Basics

/// A test beside the rules: somebody on a day, and what the programmes must say.
public struct RuleTest: Sendable, Hashable {
    /// What is expected of one programme; nil is not looked at.
    public struct Expectation: Sendable, Hashable {
        /// The programme.
        public var programme: String
        /// The verdict.
        public var verdict: Verdict?
        /// The estimated amount.
        public var amount: Won?
        /// The day the window closes.
        public var deadline: LocalDate?
        /// The clauses that fail, by name, in any order.
        public var failing: Set<String>?
        /// The clauses nobody can judge yet, by name, in any order.
        public var open: Set<String>?
        /// The day from which it is possible by waiting.
        public var waitUntil: LocalDate?
        /// What is expected of those for each of whom the programme is judged, by their names.
        public var members: [String: Expectation] = [:]
    }

    /// What the test is about.
    public var name: String
    /// The person and the day.
    public var situation: Situation
    /// What is expected.
    public var expectations: [Expectation]
    /// Whether the situation must be refused as contradicting itself.
    public var contradicts: Bool
    /// Where the test stands.
    public var position: RulePosition
}
