/// One file of rules as it was handed in.
public struct RuleFile: Sendable, Hashable {
    /// The name that messages give, relative to the folder of rules.
    public var name: String
    /// The YAML text.
    public var text: String

    /// Creates a file from its name and its text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// A place in a file of rules, counted from 1.
public struct RulePosition: Sendable, Hashable, Comparable, Codable {
    /// The file's name.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int

    /// Compares by file, line and column.
    public static func < (left: RulePosition, right: RulePosition) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// How much the reader of rules takes before it refuses.
public struct RuleLimits: Sendable, Hashable {
    /// How many bytes one file may have.
    public var maximumFileByteCount = 1 << 20
    /// How many files a folder may have.
    public var maximumFileCount = 4096
    /// How many YAML nodes one file may have, aliases counted where they stand.
    public var maximumNodeCount = 100_000
    /// How deeply lists and maps may nest.
    public var maximumDepth = 48
    /// How many faults are kept.
    public var maximumFaultCount = 1000
    /// How many choices a fact may have: a set is kept in the bits of one number.
    public var maximumChoiceCount = 62
    /// How many facts there may be.
    public var maximumFactCount = 10_000
    /// How many programmes there may be.
    public var maximumProgrammeCount = 10_000

    /// Creates the limits of the house.
    public init() {}
}
