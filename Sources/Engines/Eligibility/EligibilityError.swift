public import Basics

/// Why rules could not be used or a person could not be judged.
public struct EligibilityError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// The folder of rules cannot be read.
        case unreadable
        /// A file of columns or of matches cannot be written.
        case unwritable
        /// The rules have faults; a catalogue is only made of rules without.
        case faultyRules
        /// A limit of the engine is exceeded.
        case tooLarge
        /// What is said of the person cannot be read.
        case malformedSituation
        /// A fact is given that the rules do not know.
        case unknownFact
        /// A value does not have the type, the unit or the range of its fact.
        case wrongValue
        /// What is said of the person contradicts itself.
        case contradiction
        /// A programme is named that the rules do not know.
        case unknownProgramme
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs; never a value of a person.
    public var context: String
    /// The facts at fault.
    public var facts: [String]

    init(_ code: Code, _ message: Bilingual, facts: [String] = [], context: String = "") {
        self.code = code
        self.message = message
        self.facts = facts
        self.context = context.isEmpty ? code.rawValue : context
    }
}
