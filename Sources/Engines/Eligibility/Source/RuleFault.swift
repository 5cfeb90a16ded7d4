public import Basics

/// Something wrong in the files of rules, with its place.
public struct RuleFault: Sendable, Hashable, Codable {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable, Codable {
        /// The rules cannot be used.
        case error
        /// The rules can be used, and somebody should look.
        case warning
    }

    /// The kind of fault.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// The file is not YAML.
        case unreadable
        /// A limit is exceeded.
        case tooLarge
        /// A list, a map or a text stands where another was expected.
        case wrongShape
        /// A key that the language does not have.
        case unknownKey
        /// A key that must be there.
        case missingKey
        /// Two things of one kind have the same name.
        case duplicateName
        /// A name that is not written as names are.
        case badName
        /// A fact that is not declared.
        case unknownFact
        /// A household, parameter, programme, choice or source that is not declared.
        case unknownName
        /// A value that is not of the type it is held against.
        case wrongType
        /// A value with another unit than its fact.
        case wrongUnit
        /// A range that nobody or everybody is in.
        case impossibleRange
        /// Days between two versions of which nothing is said.
        case versionGap
        /// Days for which two versions are in force.
        case versionOverlap
        /// One programme excludes another that says nothing of it.
        case oneSidedExclusion
        /// A derived fact that is derived from itself.
        case circularDerivation
        /// A chain of successors that comes back to its start.
        case circularSuccession
        /// A clause whose source is not told.
        case missingSource
        /// A clause that was guessed and that nobody has compared with its source.
        case unchecked
        /// A fact of a household used where only facts of one person are known.
        case notOfPerson
        /// A derived fact over a household that nobody could be asked for directly.
        case missingQuestion
        /// A declared fact that no rule uses.
        case unused
    }

    /// How much it matters.
    public var severity: Severity
    /// The kind of fault.
    public var code: Code
    /// Where it stands.
    public var position: RulePosition
    /// The programme, where the fault is in one.
    public var programme: String?
    /// The clause, where the fault is in one.
    public var clause: String?
    /// What is wrong and what to do.
    public var message: Bilingual

    /// The line a person reads: `file:line:column: error: programme, clause: message`.
    public func text(_ language: Language) -> String {
        let kind =
            switch severity {
            case .error: Bilingual("오류", "error")
            case .warning: Bilingual("주의", "warning")
            }
        var place: [String] = []
        if let programme { place.append("\(Bilingual("사업", "programme")[language]) \(programme)") }
        if let clause { place.append("\(Bilingual("조항", "clause")[language]) \(clause)") }
        let within = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
        return "\(position.file):\(position.line):\(position.column): \(kind[language]): "
            + "\(within)\(message[language])"
    }
}

/// What a check of the rules found.
public struct RuleReport: Sendable, Hashable, Codable {
    /// The faults, in the order of the files and lines.
    public var faults: [RuleFault]
    /// How many programmes were read.
    public var programmeCount: Int
    /// How many versions of programmes were read.
    public var versionCount: Int
    /// How many clauses were read.
    public var clauseCount: Int
    /// How many facts were read, derived ones included.
    public var factCount: Int

    /// Whether the rules can be used.
    public var isUsable: Bool { !faults.contains { $0.severity == .error } }
}
