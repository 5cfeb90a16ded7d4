public import Basics

/// A change of a case that cannot be made.
public struct CaseError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// Nobody is signed in, or the actor has no part in the case.
        case refused
        /// An officer works on an application of their own.
        case ownApplication
        /// Who reviewed a case decides on it.
        case sameEyes
        /// The state cannot follow the one it is in.
        case impossibleState
        /// Somebody else changed it since it was read.
        case outdated
        /// No applications are taken today.
        case closed
        /// Something that must be there is missing.
        case incomplete
        /// The same person has an application for this already.
        case duplicate
        /// A limit was reached.
        case tooMany
        /// A time has gone by.
        case late
        /// A file is not what it says, or is not taken.
        case unusableFile
    }

    /// The kind of refusal.
    public let code: Code
    /// What is wrong and what to do.
    public let message: Bilingual
    /// Which case, for the log.
    public let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }
}
