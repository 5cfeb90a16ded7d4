public import Basics

/// Facts that cannot hold together.
struct Contradiction: Sendable, Hashable {
    var name: String
    var message: Bilingual
    var test: Expression
}

/// Rules without faults: facts, parameters, programmes and the tests beside them.
public struct RuleCatalogue: Sendable {
    /// The kinds of household.
    public let households: [HouseholdDefinition]
    /// The facts, in the order in which expressions count them.
    public let facts: [FactDefinition]
    /// The figures of the law.
    public let parameters: [ParameterDefinition]
    /// The programmes, in the order of the files.
    public private(set) var programmes: [Programme]
    /// The tests that stand beside the rules.
    public let tests: [RuleTest]
    /// The titles of every programme the rules name, those of other offices included.
    public let programmeTitles: [String: Bilingual]

    let beneficiaries: [BeneficiaryKind]
    let contradictions: [Contradiction]
    let factIndex: [String: Int]
    let householdIndex: [String: Int]

    /// Reads files of rules; the catalogue is nil where the report has an error.
    public static func read(
        _ files: [RuleFile],
        limits: RuleLimits = .init()
    ) -> (catalogue: RuleCatalogue?, report: RuleReport) {
        let reader = RuleReader(limits: limits)
        reader.read(files)
        let report = reader.report
        return (report.isUsable ? RuleCatalogue(reader) : nil, report)
    }

    /// Reads files of rules that are known to be good.
    ///
    /// - Throws: `EligibilityError` `faultyRules` with the first fault.
    public init(_ files: [RuleFile], limits: RuleLimits = .init()) throws {
        let (catalogue, report) = RuleCatalogue.read(files, limits: limits)
        guard let catalogue else {
            let first = report.faults.first { $0.severity == .error }
            throw EligibilityError(
                .faultyRules,
                Bilingual(
                    "규칙에 오류가 있습니다. \(first?.text(.korean) ?? "")",
                    "The rules have faults. \(first?.text(.english) ?? "")"
                )
            )
        }
        self = catalogue
    }

    private init(_ reader: RuleReader) {
        households = reader.households
        facts = reader.facts
        parameters = reader.parameters
        programmes = reader.programmes
        tests = reader.tests
        programmeTitles = reader.programmeTitles
        beneficiaries = reader.beneficiaries
        contradictions = reader.contradictions
        factIndex = reader.factIndex
        householdIndex = reader.householdIndex
    }

    /// The definition of a fact, by its name.
    public func fact(_ name: String) -> FactDefinition? { factIndex[name].map { facts[$0] } }

    /// A programme, by its name.
    public func programme(_ name: String) -> Programme? { programmes.first { $0.name == name } }

    /// The same rules with some of the programmes alone, for whoever asks about these only.
    public func only(_ isIncluded: (Programme) -> Bool) -> RuleCatalogue {
        var catalogue = self
        catalogue.programmes.removeAll { !isIncluded($0) }
        return catalogue
    }
}
