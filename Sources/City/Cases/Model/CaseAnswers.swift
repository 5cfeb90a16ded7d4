public import Basics
public import Eligibility
public import Programmes

/// What an applicant answered: the facts of the programme, and the procedure's own questions.
public struct CaseAnswers: Sendable, Hashable, Codable {
    /// The facts, as the person's other answers have them.
    public var answers: Answers
    /// The answers to the procedure's own questions, by name.
    public var own: [String: String]
    /// What was typed and could not be taken, by the name of the form's field: a draft forgets nothing.
    public var typed: [String: [String]]

    /// Creates answers; none at all without arguments.
    public init(
        answers: Answers = Answers(),
        own: [String: String] = [:],
        typed: [String: [String]] = [:]
    ) {
        self.answers = answers
        self.own = own
        self.typed = typed
    }

    /// The answers as the rules read them; what the rules no longer know is left out.
    public func situation(on day: LocalDate, in catalogue: RuleCatalogue) -> Situation {
        answers.situation(on: day, in: catalogue)
    }
}
