public import Basics

/// What a check of published figures came to.
public struct Finding: Sendable, Hashable, Codable {
    /// What follows from it.
    public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
        /// Two published numbers cannot both be right.
        case contradiction
        /// It depends on something that was not said.
        case ambiguity
        /// Something was left out.
        case gap
        /// Worth knowing.
        case note
        /// It was checked, and it holds.
        case confirmed

        /// The name for people.
        public var title: Bilingual {
            switch self {
            case .contradiction: Bilingual("모순", "Contradiction")
            case .ambiguity: Bilingual("모호함", "Ambiguity")
            case .gap: Bilingual("누락", "Gap")
            case .note: Bilingual("참고", "Note")
            case .confirmed: Bilingual("확인", "Confirmed")
            }
        }
    }

    /// The rule that was applied.
    public var rule: ConsistencyRule.ID
    /// What follows.
    public var severity: Severity
    /// The plan year it is about.
    public var year: Int
    /// What was found, with the arithmetic spelled out.
    public var statement: Bilingual
    /// The figures it rests on.
    public var evidence: [FigureReference]

    /// Creates a finding.
    public init(
        rule: ConsistencyRule.ID,
        severity: Severity,
        year: Int,
        statement: Bilingual,
        evidence: [FigureReference]
    ) {
        self.rule = rule
        self.severity = severity
        self.year = year
        self.statement = statement
        self.evidence = evidence
    }
}
