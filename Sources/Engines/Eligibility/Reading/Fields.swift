import Basics

/// The entries of a map, with those remembered that somebody asked for: what is left is unknown.
final class Fields {
    let position: RulePosition
    let entries: [YAMLNode.Entry]
    private var asked: Set<String> = []

    init(position: RulePosition, entries: [YAMLNode.Entry]) {
        self.position = position
        self.entries = entries
    }

    /// The value of a key; nil where it is not there or nothing was written after it.
    subscript(key: String) -> YAMLNode? {
        asked.insert(key)
        guard let node = entries.first(where: { $0.key == key })?.value, !node.isEmpty else {
            return nil
        }
        return node
    }

    func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

    /// The entries nobody asked for.
    var unasked: [YAMLNode.Entry] { entries.filter { !asked.contains($0.key) } }
    var known: [String] { asked.sorted() }
}

extension RuleReader {
    /// The entries of a map; a fault where the node is none.
    func fields(_ node: YAMLNode) -> Fields? {
        guard case .map(let entries) = node.content else {
            fault(.wrongShape, node.position, needed("ko: …", "ko: …"))
            return nil
        }
        return Fields(position: node.position, entries: entries)
    }

    /// Tells of the keys nobody asked for.
    func finish(_ fields: Fields) {
        for entry in fields.unasked {
            if entry.value.isEmpty {
                fault(
                    .unknownKey,
                    entry.position,
                    Bilingual(
                        "‘\(entry.key)’에 값이 없습니다. { } 안에서 쉼표가 든 글은 따옴표로 묶어 주세요.",
                        "“\(entry.key)” has no value. Inside { }, a text with a comma needs quotes."
                    )
                )
                continue
            }
            unknownKey(entry.key, among: fields.known, at: entry.position)
        }
    }

    func list(_ node: YAMLNode) -> [YAMLNode] {
        if case .list(let items) = node.content { return items }
        fault(
            .wrongShape,
            node.position,
            Bilingual("‘- 항목’의 목록이 와야 합니다.", "A list of “- item” is expected here.")
        )
        return []
    }

    /// One item or several.
    func items(_ node: YAMLNode) -> [YAMLNode] {
        if case .list(let items) = node.content { items } else { [node] }
    }

    func text(_ node: YAMLNode) -> String? {
        if let text = node.scalar { return text }
        fault(
            .wrongShape,
            node.position,
            Bilingual("글자 하나가 와야 합니다.", "A single text is expected here.")
        )
        return nil
    }

    func required(_ key: String, in fields: Fields) -> YAMLNode? {
        if let node = fields[key] { return node }
        fault(
            .missingKey,
            fields.position,
            Bilingual("‘\(key)’이(가) 빠졌습니다.", "“\(key)” is missing.")
        )
        return nil
    }

    /// A text in Korean and English.
    func bilingual(_ node: YAMLNode) -> Bilingual? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let korean = required("ko", in: fields).flatMap(text),
            let english = required("en", in: fields).flatMap(text)
        else { return nil }
        return Bilingual(korean, english)
    }

    /// The title of a source: in both languages, or as it is printed.
    func title(_ node: YAMLNode) -> Bilingual? {
        node.scalar.map { Bilingual(same: $0) } ?? bilingual(node)
    }

    func date(_ node: YAMLNode) -> LocalDate? {
        guard let text = text(node) else { return nil }
        if let date = LocalDate(iso: text) { return date }
        fault(
            .wrongType,
            node.position,
            Bilingual(
                "날짜는 2026-03-02처럼 적습니다: \(text)",
                "Dates are written as 2026-03-02: \(text)"
            )
        )
        return nil
    }

    func bool(_ node: YAMLNode) -> Bool? {
        literal(node, as: .bool).map { $0 != 0 }
    }

    func integer(_ node: YAMLNode, unit: FactUnit = .count) -> Int? {
        literal(node, as: .integer(unit)).map(Int.init)
    }

    /// A value of a fixed vocabulary.
    func word<Word: RawRepresentable & CaseIterable>(_ node: YAMLNode, as: Word.Type) -> Word?
    where Word.RawValue == String {
        guard let text = text(node) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue)
        fault(
            .unknownName,
            node.position,
            Bilingual(
                "‘\(text)’은(는) 쓸 수 없습니다. 쓸 수 있는 것: \(known.joined(separator: ", "))",
                "“\(text)” is not one of: \(known.joined(separator: ", "))"
            )
        )
        return nil
    }

    /// Names of facts, programmes and the like: letters, digits, hyphens.
    func isName(_ text: String, at position: RulePosition) -> Bool {
        let isGood =
            text.utf8.count <= 80 && text.first?.isLetter == true
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
            }
        if !isGood {
            fault(
                .badName,
                position,
                Bilingual(
                    "이름은 영문자로 시작하고 영문자·숫자·붙임표만 씁니다: \(text)",
                    "A name starts with a Latin letter and has letters, digits and hyphens: \(text)"
                )
            )
        }
        return isGood
    }
}
