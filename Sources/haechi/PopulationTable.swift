import Basics
import Eligibility
import Hosting
import Packaging
import Tabular

/// A resident of a table, with the line it stands on.
struct TableResident {
    var id: String
    var line: Int
    var facts: [String: FactValue] = [:]
    /// The household of each kind, by whatever its people share in the table.
    var households: [String: String] = [:]
    var parents: [String] = []
    var spouse: String?
    /// What cannot be read of it.
    var fault: Bilingual?
}

/// Residents out of a CSV file, a household at a time: never all of them in memory.
///
/// People of one household stand together; docs/rules.md says how the table is written.
struct PopulationTable {
    /// The most people who hang together by their households.
    static let maximumGroupCount = 65
    /// The most rows of a table.
    static let maximumRowCount = 200_000_000

    private enum Column {
        case id, parents, spouse
        case household(String)
        case fact(FactDefinition)
    }

    let path: String
    private let source: CommandInput.Source
    private var reader: CSVReader
    private var row = CSVRow()
    private var columns: [Column] = []
    private var ahead: TableResident?
    /// The households that are over, as numbers, so that one that comes again is told.
    private var closed: Set<Int> = []

    /// Whether the table says who is whose parent or spouse.
    private(set) var saysRelations = false

    init(_ path: String, _ catalogue: RuleCatalogue) throws {
        self.path = path
        source = try CommandInput.Source(path)
        var options = CSVOptions()
        options.delimiter = UInt8(ascii: ",")
        options.limits.maximumRowCount = Self.maximumRowCount
        do {
            reader = try CSVReader(FileDescriptorSource(source.descriptor), options: options)
            _ = try reader.next(&row)
        } catch let error as TabularError {
            throw CommandOutcome.refused(
                Bilingual("\(path): \(error.message.korean)", "\(path): \(error.message.english)")
            )
        }
        columns = try row.strings.map { try column($0.trimmingWhitespace(), catalogue) }
        guard columns.contains(where: { if case .id = $0 { true } else { false } }) else {
            throw refusal(1, Bilingual("id 열이 없습니다.", "There is no column id."))
        }
        saysRelations = columns.contains {
            switch $0 {
            case .parents, .spouse: true
            default: false
            }
        }
        ahead = try resident()
    }

    private func column(_ name: String, _ catalogue: RuleCatalogue) throws -> Column {
        switch name {
        case "id": return .id
        case "parents": return .parents
        case "spouse": return .spouse
        default: break
        }
        if catalogue.households.contains(where: { $0.name == name }) { return .household(name) }
        if let fact = catalogue.fact(name), name != "relation", name != "applicationDate" {
            return .fact(fact)
        }
        throw refusal(
            1,
            Bilingual(
                "규칙에 없는 열입니다: \(name). id, parents, spouse, 가구의 종류, 사실의 이름을 쓸 수 있습니다.",
                "The rules know no “\(name)”. A column is id, parents, spouse, a kind of household or a fact."
            )
        )
    }

    private func refusal(_ line: Int, _ message: Bilingual) -> CommandOutcome {
        .refused(
            Bilingual("\(path):\(line): \(message.korean)", "\(path):\(line): \(message.english)")
        )
    }

    /// Those who hang together by their households; nil at the end.
    mutating func next() throws -> [TableResident]? {
        guard let first = ahead else { return nil }
        ahead = nil
        var group = [first]
        var open = Self.keys(first)
        var ids: Set<String> = [first.id]
        while let resident = try resident() {
            let keys = Self.keys(resident)
            guard !open.isDisjoint(with: keys) else {
                ahead = resident
                break
            }
            open.formUnion(keys)
            guard group.count < Self.maximumGroupCount else {
                throw refusal(
                    resident.line,
                    Bilingual(
                        "가구로 이어진 사람이 \(Self.maximumGroupCount)명보다 많습니다.",
                        "More than \(Self.maximumGroupCount) people hang together by households."
                    )
                )
            }
            guard ids.insert(resident.id).inserted else {
                throw refusal(
                    resident.line,
                    Bilingual(
                        "id가 두 번 나옵니다: \(resident.id)",
                        "The id appears twice: \(resident.id)"
                    )
                )
            }
            group.append(resident)
        }
        for resident in group {
            for key in Self.keys(resident) where closed.contains(key.hashValue) {
                throw refusal(
                    resident.line,
                    Bilingual(
                        "한 가구의 사람들은 이어서 적어야 합니다: \(key)",
                        "People of one household stand one after the other: \(key)"
                    )
                )
            }
        }
        closed.formUnion(open.map(\.hashValue))
        return group
    }

    private static func keys(_ resident: TableResident) -> Set<String> {
        Set(resident.households.map { "\($0.key) \($0.value)" })
    }

    private mutating func resident() throws -> TableResident? {
        do {
            guard try reader.next(&row) else { return nil }
        } catch let error as TabularError {
            throw refusal(row.line, error.message)
        }
        guard row.count == columns.count else {
            throw refusal(
                row.line,
                Bilingual(
                    "칸이 \(row.count)개입니다. 머리글은 \(columns.count)개입니다.",
                    "There are \(row.count) cells, but \(columns.count) columns."
                )
            )
        }
        var resident = TableResident(id: "", line: row.line)
        for (column, field) in zip(columns, row) where !field.isEmpty {
            read(field.string.trimmingWhitespace(), as: column, into: &resident)
        }
        guard !resident.id.isEmpty else {
            throw refusal(row.line, Bilingual("id가 비었습니다.", "The id is empty."))
        }
        return resident
    }

    private func read(_ text: String, as column: Column, into resident: inout TableResident) {
        switch column {
        case .id: resident.id = text
        case .parents: resident.parents = text.split(separator: " ").map(String.init)
        case .spouse: resident.spouse = text
        case .household(let name): resident.households[name] = text
        case .fact(let fact):
            if text.isEmpty { return }
            if let value = fact.tableValue(text) {
                resident.facts[fact.name] = value
            } else {
                resident.fault = Bilingual(
                    "‘\(fact.label.korean)’(\(fact.name))에 올 수 없는 값입니다: \(text)",
                    "This cannot be the value of “\(fact.label.english)” (\(fact.name)): \(text)"
                )
            }
        }
    }
}

extension FactDefinition {
    /// The value of a cell: as in rules, `none` where there is none, several choices with spaces between them.
    fileprivate func tableValue(_ text: String) -> FactValue? {
        if mayBeAbsent, text == "none" { return .absent }
        guard case .set = type else { return value(written: text) }
        var names: Set<String> = []
        for name in text.split(separator: " ") {
            guard case .set(let one) = value(written: String(name)) else { return nil }
            names.formUnion(one)
        }
        return .set(names)
    }
}

extension TableResident {
    /// The resident's application of a day, with everybody of their households.
    ///
    /// - Parameters:
    ///   - group: Those who hang together with the resident.
    ///   - date: The day.
    ///   - saysRelations: Whether the table says who is whose parent or spouse.
    /// - Returns: The situation.
    func situation(in group: [TableResident], on date: LocalDate, saysRelations: Bool) -> Situation
    {
        var situation = Situation(date: date, facts: facts)
        let byID = Dictionary(group.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var told: Set<String> = []
        for (kind, key) in households {
            let others = group.filter { $0.id != id && $0.households[kind] == key }
            situation.households[kind] = others.map { Self.name($0.id) }
            told.formUnion(others.map(\.id))
        }
        for other in group where told.contains(other.id) {
            situation.people.append(
                Situation.Person(
                    name: Self.name(other.id),
                    relation: saysRelations ? relation(of: other, byID) : "other",
                    facts: other.facts
                )
            )
        }
        return situation
    }

    /// No name that a situation keeps for itself.
    private static func name(_ id: String) -> String { "#" + id }

    /// What another of the households is to the resident.
    private func relation(of other: TableResident, _ byID: [String: TableResident]) -> String {
        func known(_ ids: [String]) -> [String] { ids.flatMap { byID[$0]?.parents ?? [] } }
        if other.parents.contains(id) { return "child" }
        if parents.contains(other.id) { return "parent" }
        if spouse == other.id || other.spouse == id { return "spouse" }
        if !Set(parents).isDisjoint(with: other.parents) { return "sibling" }
        if known(parents).contains(other.id) { return "grandparent" }
        if known(other.parents).contains(id) { return "grandchild" }
        return "other"
    }
}
