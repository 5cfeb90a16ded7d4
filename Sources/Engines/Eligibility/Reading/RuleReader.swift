import Basics

/// Reads files of rules into a catalogue and collects every fault on the way.
///
/// Names are declared in a first pass over all files and used in a second one, so that files may
/// stand in any order.
final class RuleReader {
    let limits: RuleLimits
    var faults: [RuleFault] = []
    /// The programme and clause being read, for messages.
    var programmeName: String?
    var clauseName: String?

    var households: [HouseholdDefinition] = []
    var facts: [FactDefinition] = []
    var parameters: [ParameterDefinition] = []
    var sources: [String: RuleSource] = [:]
    var beneficiaries: [BeneficiaryKind] = []
    var contradictions: [Contradiction] = []
    var programmes: [Programme] = []
    var tests: [RuleTest] = []

    /// Programmes the rules may name: their own and others of which only the title is known.
    var programmeTitles: [String: Bilingual] = [:]
    var otherProgrammes: Set<String> = []
    var factIndex: [String: Int] = [:]
    var householdIndex: [String: Int] = [:]
    var parameterIndex: [String: Int] = [:]
    /// Facts used of a household's member, to be checked once every derivation is known.
    var memberUses: [FactUse] = []
    /// Facts that something asks for.
    var usedFacts: Set<Int> = []

    /// A use of a fact with its place.
    struct FactUse {
        var fact: Int
        var position: RulePosition
        var programme: String?
        var clause: String?
    }

    init(limits: RuleLimits) {
        self.limits = limits
        declareBuiltIns()
    }

    /// Reads all files.
    func read(_ files: [RuleFile]) {
        let sections = files.flatMap(sections)
        // Names first, in the order in which one kind needs another.
        for section in sections { declare(section) }
        for section in sections { readFigures(section) }
        for section in sections where section.name == "beneficiaries" {
            named(section.node).forEach(declareBeneficiary)
        }
        for section in sections { readRules(section) }
        for section in sections where section.name == "tests" { readTests(section) }
        checkWhole()
        faults.sort { ($0.position, $0.severity.rawValue) < ($1.position, $1.severity.rawValue) }
    }

    /// A top-level entry of a file.
    struct Section {
        var name: String
        var file: String
        var node: YAMLNode
    }

    private static let sectionNames = [
        "households", "facts", "beneficiaries", "parameters", "sources", "otherProgrammes",
        "contradictions",
        "programme", "programmes", "tests",
    ]

    private func sections(of file: RuleFile) -> [Section] {
        do {
            guard let root = try YAMLNode.read(file, limits: limits) else { return [] }
            guard case .map(let entries) = root.content else {
                fault(
                    .wrongShape,
                    root.position,
                    needed("facts:, programme: …", "facts:, programme: …")
                )
                return []
            }
            return entries.compactMap { entry in
                guard Self.sectionNames.contains(entry.key) else {
                    unknownKey(entry.key, among: Self.sectionNames, at: entry.position)
                    return nil
                }
                return Section(name: entry.key, file: file.name, node: entry.value)
            }
        } catch {
            fault(error.code, error.position, error.message)
            return []
        }
    }

    /// What the reader came to.
    var report: RuleReport {
        RuleReport(
            faults: faults,
            programmeCount: programmes.count,
            versionCount: programmes.reduce(0) { $0 + $1.versions.count },
            clauseCount: programmes.reduce(0) { count, programme in
                programme.versions.reduce(count) { $0 + $1.clauses.count }
            },
            factCount: facts.count
        )
    }
}

// Faults.
extension RuleReader {
    func fault(
        _ code: RuleFault.Code,
        _ position: RulePosition,
        _ message: Bilingual,
        severity: RuleFault.Severity = .error
    ) {
        guard faults.count < limits.maximumFaultCount else { return }
        faults.append(
            RuleFault(
                severity: severity,
                code: code,
                position: position,
                programme: programmeName,
                clause: clauseName,
                message: message
            )
        )
    }

    /// Runs a reading under the name of a programme.
    func inProgramme<Result>(_ name: String?, _ body: () -> Result) -> Result {
        let before = programmeName
        programmeName = name
        defer { programmeName = before }
        return body()
    }

    /// Runs a reading under the name of a clause.
    func inClause<Result>(_ name: String?, _ body: () -> Result) -> Result {
        let before = clauseName
        clauseName = name
        defer { clauseName = before }
        return body()
    }

    func needed(_ korean: String, _ english: String) -> Bilingual {
        Bilingual(
            "‘이름: 값’의 목록이 와야 합니다: \(korean)",
            "A list of “name: value” is expected here: \(english)"
        )
    }

    func unknownKey(_ key: String, among known: [String], at position: RulePosition) {
        let near = Spelling.nearest(to: key, among: known)
        let hint = near.map { Bilingual(" ‘\($0)’을(를) 뜻합니까?", " Did you mean “\($0)”?") }
        fault(
            .unknownKey,
            position,
            Bilingual(
                "이 자리에 없는 이름입니다: \(key)." + (hint?.korean ?? ""),
                "There is no “\(key)” here." + (hint?.english ?? "")
            )
        )
    }

    func unknownName(
        _ name: String,
        _ kind: Bilingual,
        among known: some Collection<String>,
        at position: RulePosition,
        code: RuleFault.Code = .unknownName
    ) {
        let near = Spelling.nearest(to: name, among: known)
        let hint = near.map { Bilingual(" ‘\($0)’을(를) 뜻합니까?", " Did you mean “\($0)”?") }
        fault(
            code,
            position,
            Bilingual(
                "선언되지 않은 \(kind.korean)입니다: \(name)." + (hint?.korean ?? ""),
                "The \(kind.english) “\(name)” is not declared." + (hint?.english ?? "")
            )
        )
    }
}
