import Basics

/// Writes a file of columns: fact by fact, household by household, never all of it in memory.
public struct PopulationWriter: ~Copyable {
    private let catalogue: RuleCatalogue
    private let residentCount: Int
    private let path: String
    private var file: OutputFile
    private var columns: [PopulationColumns.Column] = []
    private var graphs: [(PopulationColumns.Graph, memberCount: Int)] = []

    private static let headerByteCount = 1 << 20
    private static let chunkCount = 1 << 16

    /// Begins a file for so many residents.
    ///
    /// - Throws: `EligibilityError` `unwritable` or `tooLarge`.
    public init(_ path: String, residentCount: Int, _ catalogue: RuleCatalogue) throws {
        file = try Self.begin(path, residentCount)
        self.catalogue = catalogue
        self.residentCount = residentCount
        self.path = path
    }

    private static func begin(_ path: String, _ residentCount: Int) throws -> OutputFile {
        guard (0...PopulationColumns.maximumResidentCount).contains(residentCount) else {
            throw EligibilityError(
                .tooLarge,
                Bilingual(
                    "주민은 \(PopulationColumns.maximumResidentCount.grouped)명까지입니다.",
                    "There may be up to \(PopulationColumns.maximumResidentCount.grouped) residents."
                )
            )
        }
        var file = try OutputFile(path)
        _ = file.reserve(headerByteCount)
        return file
    }

    /// Adds the column of a fact, from numbers: whole numbers, won, days since 1970-01-01, 0 or 1, the place of a
    /// choice; nil where it is not known.
    ///
    /// - Throws: `EligibilityError` `unknownFact`, `wrongValue` outside the range, `unwritable`.
    public mutating func addNumbers(
        _ fact: String,
        in range: ClosedRange<Int64>,
        _ value: (Int) -> Int64?
    ) throws {
        try add(fact, range) { value($0) ?? FactCode.unknown }
    }

    mutating func add(_ name: String, _ range: ClosedRange<Int64>, _ code: (Int) -> Int64) throws {
        guard let fact = catalogue.fact(name) else {
            throw EligibilityError(
                .unknownFact,
                Bilingual("모르는 사실입니다: \(name)", "There is no fact “\(name)”."),
                facts: [name]
            )
        }
        let layout = ValueLayout(
            range,
            absentValue: fact.absence.map { FactCode.absent(fact.type, $0) }
        )
        alignTo(8)
        columns.append(.init(fact: name, layout: layout, offset: file.count))
        switch layout.width {
        case 1: try write(layout, UInt8.self, fact, code)
        case 2: try write(layout, UInt16.self, fact, code)
        case 4: try write(layout, UInt32.self, fact, code)
        default: try write(layout, UInt64.self, fact, code)
        }
    }

    private mutating func write<Stored: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ layout: ValueLayout,
        _: Stored.Type,
        _ fact: FactDefinition,
        _ code: (Int) -> Int64
    ) throws {
        var chunk: [Stored] = []
        chunk.reserveCapacity(Self.chunkCount)
        for resident in 0..<residentCount {
            guard let stored = layout.stored(code(resident)) else {
                throw EligibilityError(
                    .wrongValue,
                    Bilingual(
                        "‘\(fact.label.korean)’의 값이 열의 범위를 벗어났습니다.",
                        "A value of “\(fact.label.english)” is out of the range of its column."
                    ),
                    facts: [fact.name]
                )
            }
            chunk.append(Stored(truncatingIfNeeded: stored))
            if chunk.count == Self.chunkCount {
                try file.append(chunk)
                chunk.removeAll(keepingCapacity: true)
            }
        }
        try file.append(chunk)
    }

    /// Adds a kind of household: for each resident everybody in it by number and by what they are to the resident
    /// (a choice of the fact `relation`, -1 where not known), the resident first; nobody at all where it is not known.
    ///
    /// - Throws: `EligibilityError` `unknownFact` or `unwritable`.
    public mutating func addHousehold(
        _ name: String,
        _ list: (_ resident: Int, _ add: (_ member: Int, _ relation: Int) -> Void) -> Void
    ) throws {
        guard catalogue.householdIndex[name] != nil else {
            throw EligibilityError(
                .unknownFact,
                Bilingual("모르는 가구입니다: \(name)", "There is no household “\(name)”."),
                facts: [name]
            )
        }
        var starts: [UInt32] = [0]
        starts.reserveCapacity(residentCount + 1)
        var members: [UInt32] = []
        var relations: [UInt8] = []
        for resident in 0..<residentCount {
            list(resident) { member, relation in
                members.append(UInt32(member))
                relations.append(UInt8(relation + 1))
            }
            starts.append(UInt32(members.count))
        }
        alignTo(8)
        var graph = PopulationColumns.Graph(
            household: name,
            starts: file.count,
            members: 0,
            relations: 0
        )
        try file.append(starts)
        graph.members = file.count
        try file.append(members)
        graph.relations = file.count
        try file.append(relations)
        graphs.append((graph, members.count))
    }

    private mutating func alignTo(_ step: Int) {
        _ = file.reserve((step - file.count % step) % step)
    }

    /// Writes the head and opens what was written.
    ///
    /// - Throws: `EligibilityError` `unwritable`, `tooLarge` or `unreadable`.
    public consuming func finish() throws -> PopulationColumns {
        // The file ends on a whole word, whatever was written last.
        alignTo(8)
        try file.append([UInt64(0)])
        var head: [Int] = [Int(PopulationColumns.magic), residentCount, columns.count]
        for column in columns {
            head.append(text: column.fact)
            head += [
                column.layout.width, Int(column.layout.base), Int(column.layout.absentCode),
                Int(column.layout.absentValue), column.offset,
            ]
        }
        head.append(graphs.count)
        for (graph, memberCount) in graphs {
            head.append(text: graph.household)
            head += [graph.starts, graph.members, graph.relations, memberCount]
        }
        guard head.count * 8 <= Self.headerByteCount else {
            throw EligibilityError(.tooLarge, Bilingual("열이 너무 많습니다.", "Too many columns."))
        }
        try head.withUnsafeBytes { try file.write($0, at: 0) }
        return try PopulationColumns(path)
    }
}

extension PopulationColumns {
    /// Writes situations as residents: the applicants in order, after them everybody else they tell of.
    ///
    /// - Throws: `EligibilityError` as for a single situation, `unwritable`.
    public static func write(
        _ situations: [Situation],
        to path: String,
        _ catalogue: CompiledCatalogue
    ) throws -> PopulationColumns {
        let rules = catalogue.catalogue
        var rows: [[Int64]] = []
        var others: [[Int64]] = []
        // For each applicant and kind of household the members' rows and relations.
        var lists: [[[(row: Int, relation: Int)]]] = []
        for (place, situation) in situations.enumerated() {
            let reader = try SituationReader(situation, catalogue)
            rows.append(try reader.applicant())
            let first = situations.count + others.count
            let people = try reader.members()
            others += people
            lists.append(
                try reader.households().map { members in
                    (members ?? []).map { member in
                        let relation =
                            member == 0 ? 0 : people[member - 1][RuleReader.BuiltIn.relation]
                        return (
                            row: member == 0 ? place : first + member - 1,
                            relation: relation == FactCode.unknown ? -1 : Int(relation)
                        )
                    }
                }
            )
        }
        rows += others
        var writer = try PopulationWriter(path, residentCount: rows.count, rules)
        for (index, fact) in rules.facts.enumerated() where index > RuleReader.BuiltIn.relation {
            let absent = fact.absence.map { FactCode.absent(fact.type, $0) }
            let known = rows.lazy.map { $0[index] }.filter {
                $0 != FactCode.unknown && $0 != absent
            }
            guard rows.contains(where: { $0[index] != FactCode.unknown }) else { continue }
            let range = (known.min() ?? 0)...(known.max() ?? 0)
            try writer.add(fact.name, range) { rows[$0][index] }
        }
        for (index, household) in rules.households.enumerated() {
            try writer.addHousehold(household.name) { resident, add in
                guard resident < lists.count else { return }
                for member in lists[resident][index] { add(member.row, member.relation) }
            }
        }
        return try writer.finish()
    }
}
