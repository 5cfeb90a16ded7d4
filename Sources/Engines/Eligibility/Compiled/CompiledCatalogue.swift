import Basics

/// Rules made ready to judge: expressions as code, conditions as formulas over shared atoms.
///
/// One person is judged by the atoms' truth and a walk over the formulas. A pass over all residents uses
/// the same parts by columns: `atoms` (each column's thresholds, ranked once), `nodes`, and `derivations` in
/// the order in which columns follow from each other.
public final class CompiledCatalogue: Sendable {
    /// A version of a programme, compiled.
    struct Version: Sendable {
        var programme: Int
        var version: Int
        var from: Int64
        var to: Int64
        /// The whole condition, as a part of `nodes`: where it is judged for each of several people, whether
        /// it holds for any of them.
        var root: Int32
        /// The condition as it is judged for one person, as a part of `nodes`.
        var single: Int32
        /// The kind of those for each of whom it is judged.
        var beneficiary: BeneficiaryKind?
        /// Every clause, in the order of the version.
        var clauses: [Int32]
        /// The names of the clauses.
        var names: [String]
        /// Whether the condition is a plain list of all its clauses.
        var isPlain: Bool
        var benefits: [(pays: Program?, times: Program?, condition: Program?)]
        var windows: [(from: Program?, to: Program?)]
        var documents: [Program?]
        var points: [Program]
        var strata: [Program]
        /// Columns the condition looks at.
        var columns: Set<Int>
        /// What has to be computed to judge it, by places in `derivations`.
        var derivations: [Int] = []

        /// The condition for whom a sheet speaks of.
        func root(for sheet: FactSheet) -> Int32 { sheet.isOfMember ? single : root }
    }

    /// A column that follows from others.
    struct Derivation: Sendable {
        var column: Int
        var program: Program
        /// The columns it looks at directly, those of household members included.
        var inputs: Set<Int>
    }

    /// The rules this was made from.
    public let catalogue: RuleCatalogue

    let code: [Instruction]
    let aggregates: [CompiledAggregate]
    let parameters: [ParameterDefinition]
    /// Facts first, then columns for comparisons of two facts.
    let columnCount: Int
    /// In an order in which each finds its inputs done.
    let derivations: [Derivation]
    /// Those of one person's facts that aggregates look at, for members.
    let memberDerivations: [Derivation]
    let atoms: [Atom]
    let nodes: [Int32]
    let versions: [Version]
    let contradictions: [Program]
    /// For each column the askable facts it depends on, itself included.
    let askedBehind: [Set<Int>]
    /// For each fact the atoms whose columns follow from it, its own included.
    let atomsAfter: [[Int]]
    /// For each fact the derivations that look at it or at what follows from it, in their order.
    let derivationsAfter: [[Int]]

    /// How many programmes there are.
    public var programmeCount: Int { catalogue.programmes.count }
    /// How many distinct atoms the formulas share.
    public var atomCount: Int { atoms.count }

    /// Compiles rules.
    public init(_ catalogue: RuleCatalogue) {
        var compiler = CatalogueCompiler(catalogue)
        compiler.compile()
        self.catalogue = catalogue
        parameters = catalogue.parameters
        code = compiler.assembler.code
        aggregates = compiler.assembler.aggregates
        columnCount = compiler.columnExpressions.count
        derivations = compiler.derivations
        memberDerivations = compiler.memberDerivations
        atoms = compiler.atoms
        nodes = compiler.arena.nodes
        versions = compiler.versions
        contradictions = compiler.contradictions
        askedBehind = compiler.askedBehind()
        let sources = compiler.sources()
        atomsAfter = compiler.after(atoms.map { Int($0.column) }, sources)
        derivationsAfter = compiler.after(derivations.map(\.column), sources)
    }

    /// The version of every programme that judges an application of a day; nil where none does.
    func versionsInForce(on date: Int64) -> [Int?] {
        var result = [Int?](repeating: nil, count: catalogue.programmes.count)
        for (index, version) in versions.enumerated()
        where version.from <= date && date <= version.to {
            result[version.programme] = index
        }
        return result
    }

    /// The place of a programme, by its name.
    func programmeIndex(_ name: String) -> Int? {
        catalogue.programmes.firstIndex { $0.name == name }
    }
}

extension [CompiledCatalogue.Derivation] {
    /// The places, in order, of what has to be computed to know columns.
    func places(behind columns: Set<Int>) -> [Int] {
        var needed = columns
        for derivation in reversed() where needed.contains(derivation.column) {
            needed.formUnion(derivation.inputs)
        }
        return indices.filter { needed.contains(self[$0].column) }
    }
}

/// Builds the parts of a compiled catalogue.
struct CatalogueCompiler {
    let catalogue: RuleCatalogue
    var assembler = Assembler()
    var arena = FormulaArena()
    var atoms: [Atom] = []
    var versions: [CompiledCatalogue.Version] = []
    var derivations: [CompiledCatalogue.Derivation] = []
    var memberDerivations: [CompiledCatalogue.Derivation] = []
    var contradictions: [Program] = []
    /// The expression of every column; nil where its value is given.
    var columnExpressions: [Expression?]
    private var atomIndex: [Atom: Int32] = [:]
    private var columnIndex: [Expression: Int] = [:]

    init(_ catalogue: RuleCatalogue) {
        self.catalogue = catalogue
        columnExpressions = catalogue.facts.map(\.derivation)
    }

    mutating func compile() {
        for (programme, definition) in catalogue.programmes.enumerated() {
            for (version, body) in definition.versions.enumerated() where body.paused == nil {
                versions.append(compiled(body, programme: programme, version: version))
            }
        }
        contradictions = catalogue.contradictions.map { assembler.assemble($0.test) }
        deriveColumns()
        for index in versions.indices { versions[index].derivations = derivations(behind: index) }
    }

    /// The derivations a version needs, the windows' included, in their order.
    private func derivations(behind version: Int) -> [Int] {
        var needed = versions[version].columns
        let body = catalogue.programmes[versions[version].programme]
            .versions[versions[version].version]
        for window in body.windows {
            for case let expression? in [window.from, window.to] {
                needed.formUnion(expression.facts)
            }
        }
        return derivations.places(behind: needed)
    }

    private mutating func compiled(
        _ version: ProgrammeVersion,
        programme: Int,
        version index: Int
    ) -> CompiledCatalogue.Version {
        let clauses = version.clauses.map { formula($0.expression) }
        let single = formula(version.condition, clauses)
        let kind = version.beneficiary.map { catalogue.beneficiaries[$0] }
        var root = single
        if let kind {
            let member = MemberCondition(kind: kind, catalogue: catalogue)
            root = formula(member.anyOf(version.condition.expression(version.clauses)))
        }
        var columns: Set<Int> = []
        collectColumns(root, into: &columns)
        collectColumns(single, into: &columns)
        return CompiledCatalogue.Version(
            programme: programme,
            version: index,
            from: Int64(version.from.daysSinceEpoch),
            to: version.to.map { Int64($0.daysSinceEpoch) } ?? FactCode.latestDate,
            root: arena.add(root),
            single: arena.add(single),
            beneficiary: kind,
            clauses: clauses.map { arena.add($0) },
            names: version.clauses.map(\.name),
            isPlain: version.condition.isPlain,
            benefits: version.benefits.map {
                (assemble($0.pays), assemble($0.times), assemble($0.condition))
            },
            windows: version.windows.map { (from: assemble($0.from), to: assemble($0.to)) },
            documents: version.documents.map { assemble($0.condition) },
            points: version.selection.points.map { assembler.assemble($0.condition) },
            strata: version.selection.strata.map { assembler.assemble($0.condition) },
            columns: columns
        )
    }

    private mutating func assemble(_ expression: Expression?) -> Program? {
        expression.map { assembler.assemble($0) }
    }

    private func collectColumns(_ formula: Formula, into columns: inout Set<Int>) {
        switch formula {
        case .literal(let literal): columns.insert(Int(atoms[Int(literal / 2)].column))
        case .all(let parts), .any(let parts):
            for part in parts { collectColumns(part, into: &columns) }
        }
    }

    // MARK: Formulas

    private func formula(_ condition: Condition, _ clauses: [Formula]) -> Formula {
        switch condition {
        case .all(let parts, _): .all(parts.map { formula($0, clauses) })
        case .any(let parts, _): .any(parts.map { formula($0, clauses) })
        case .not(let inner, _): formula(inner, clauses).negated
        case .clause(let index): clauses[index]
        }
    }

    private mutating func formula(_ expression: Expression) -> Formula {
        switch expression {
        case .all(let parts): return .all(parts.map { formula($0) })
        case .any(let parts): return .any(parts.map { formula($0) })
        case .not(let inner): return formula(inner).negated
        case .atMost(.fact(let fact), .constant(let limit)):
            return literal(fact, .atMost, limit)
        case .atMost(.constant(let limit), .fact(let fact)):
            return literal(fact, .atMost, limit - 1).negated
        case .equals(.fact(let fact), .constant(let value)): return literal(fact, .equals, value)
        case .isOneOf(.fact(let fact), let mask): return literal(fact, .isOneOf, mask)
        case .hasAny(.fact(let fact), let mask): return literal(fact, .hasAny, mask)
        case .hasAll(.fact(let fact), let mask): return literal(fact, .hasAll, mask)
        case .atMost(let left, let right):
            return literal(column(.combine(.subtract, [left, right])), .atMost, 0)
        case .equals(let left, let right):
            return literal(column(.combine(.subtract, [left, right])), .equals, 0)
        default:
            return literal(column(expression), .equals, 1)
        }
    }

    private mutating func literal(_ column: Int, _ test: Atom.Test, _ constant: Int64) -> Formula {
        let atom = Atom(column: Int32(column), test: test, constant: constant)
        if let index = atomIndex[atom] { return .literal(index * 2) }
        let index = Int32(atoms.count)
        atoms.append(atom)
        atomIndex[atom] = index
        return .literal(index * 2)
    }

    /// The column of an expression; rules that compare the same two facts share it.
    private mutating func column(_ expression: Expression) -> Int {
        if let index = columnIndex[expression] { return index }
        columnIndex[expression] = columnExpressions.count
        columnExpressions.append(expression)
        return columnExpressions.count - 1
    }

    // MARK: Columns

    private mutating func deriveColumns() {
        var done: Set<Int> = []
        var order: [Int] = []
        for column in columnExpressions.indices { visit(column, &done, &order) }
        let personal = factsOfMembers(order)
        for column in order {
            guard let expression = columnExpressions[column] else { continue }
            let derivation = CompiledCatalogue.Derivation(
                column: column,
                program: assembler.assemble(expression),
                inputs: expression.facts
            )
            derivations.append(derivation)
            if personal.contains(column) { memberDerivations.append(derivation) }
        }
    }

    private func visit(_ column: Int, _ done: inout Set<Int>, _ order: inout [Int]) {
        guard done.insert(column).inserted else { return }
        for input in columnExpressions[column]?.facts.sorted() ?? [] {
            visit(input, &done, &order)
        }
        order.append(column)
    }

    /// The derived facts that aggregates look at on members, with what those follow from.
    private func factsOfMembers(_ order: [Int]) -> Set<Int> {
        var needed: Set<Int> = []
        func collect(_ expression: Expression) {
            if case .members = expression {
                needed.formUnion(expression.parts.reduce(into: Set()) { $0.formUnion($1.facts) })
            }
            expression.parts.forEach(collect)
        }
        for case let expression? in columnExpressions { collect(expression) }
        for contradiction in catalogue.contradictions { collect(contradiction.test) }
        for column in order.reversed() where needed.contains(column) {
            needed.formUnion(columnExpressions[column]?.facts ?? [])
        }
        return needed
    }

    /// For each column what it follows from, itself included.
    func sources() -> [Set<Int>] {
        var sources = columnExpressions.indices.map { Set([$0]) }
        for derivation in derivations {
            for input in derivation.inputs {
                sources[derivation.column].formUnion(sources[input])
            }
        }
        return sources
    }

    /// For each fact the places of those columns in a list that follow from it.
    func after(_ columns: [Int], _ sources: [Set<Int>]) -> [[Int]] {
        var result = [[Int]](repeating: [], count: catalogue.facts.count)
        for (place, column) in columns.enumerated() {
            for source in sources[column] where source < result.count {
                result[source].append(place)
            }
        }
        return result
    }

    /// For each column the facts a person could be asked for to know it.
    func askedBehind() -> [Set<Int>] {
        var asked = [Set<Int>](repeating: [], count: columnExpressions.count)
        for column in catalogue.facts.indices
        where catalogue.facts[column].question != nil {
            asked[column].insert(column)
        }
        for derivation in derivations {
            // What has a question of its own is asked directly where its household is not listed.
            guard asked[derivation.column].isEmpty else { continue }
            asked[derivation.column] = derivation.inputs.reduce(into: Set()) {
                $0.formUnion(asked[$1])
            }
        }
        return asked
    }
}
