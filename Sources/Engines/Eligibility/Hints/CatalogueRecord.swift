import Basics

/// A record of a public catalogue, whose fields may be blank, padded, numbers or texts of numbers.
struct CatalogueRecord {
    let fields: [String: JSONValue]

    /// The text of a field; nil where there is none: blank, a dash, or the name is not there.
    subscript(name: String) -> String? {
        let text: String
        switch fields[name] {
        case .string(let value): text = value
        case .integer(let value): text = "\(value)"
        default: return nil
        }
        let isBlank = text.allSatisfy { $0.isWhitespace || $0 == "-" || $0 == "." }
        guard !isBlank else { return nil }
        let start = text.firstIndex { !$0.isWhitespace } ?? text.startIndex
        let end = text.lastIndex { !$0.isWhitespace } ?? start
        return String(text[start...end].prefix(Self.maximumTextLength))
    }

    /// A number that limits something: 0 and runs of nines stand for no limit.
    func limit(_ name: String, in range: ClosedRange<Int>) -> Int? {
        self[name].flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
    }

    func isYes(_ name: String) -> Bool { self[name] == "Y" }

    /// The codes of a field with several.
    func codes(_ name: String) -> [String] {
        (self[name] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    /// The longest text taken from a field.
    static let maximumTextLength = 2000
}

/// What a code of a catalogue means in facts.
struct CodeMeaning {
    /// The code.
    let code: String
    /// What the catalogue calls it.
    let title: String
    /// What it asks of a fact; nil where no fact tells.
    let asks: String?

    init(_ code: String, _ title: String, _ asks: String? = nil) {
        self.code = code
        self.title = title
        self.asks = asks
    }
}

extension RuleDraft {
    /// Adds what a group of codes says: one of them is enough.
    ///
    /// Where no fact tells one of the codes, the clause would shut people out, so people judge the group.
    mutating func add(anyOf meanings: [CodeMeaning], name: String, group: String) {
        guard !meanings.isEmpty else { return }
        let hints = meanings.compactMap { meaning in
            meaning.asks.map { asks in
                Hint.clause(
                    "\(name)-\(meaning.code)",
                    asks: asks,
                    code: "\(meaning.code) \(meaning.title)"
                )
            }
        }
        guard hints.count == meanings.count else {
            let titles = meanings.map { "\($0.title)(\($0.code))" }.joined(separator: ", ")
            judgedByPeople.append("\(group): \(titles)")
            return
        }
        self.hints.append(hints.count == 1 ? hints[0] : .any(hints))
    }

    /// Adds the ages.
    mutating func addAges(from lowest: String, to highest: String, of record: CatalogueRecord) {
        let limits = [("minimumAge", "atLeast", lowest), ("maximumAge", "atMost", highest)]
        for (name, word, field) in limits {
            guard let age = record.limit(field, in: 1...120) else { continue }
            hints.append(.clause(name, asks: "fact: age, \(word): \(age)", code: field))
        }
    }
}
