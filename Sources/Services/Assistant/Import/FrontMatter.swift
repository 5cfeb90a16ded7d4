import Basics
import Web

/// What a document says of itself above its text: the part of YAML 1.2 that such blocks are written
/// in, names with a text or a list of texts or of small maps.
struct FrontMatter: Sendable, Hashable {
    /// The texts, by their names; of a list the first.
    private(set) var values: [String: String] = [:]
    /// The small maps of a list, by the list's name; a map alone is a list of one.
    private(set) var maps: [String: [[String: String]]] = [:]

    /// The text of a name, or nothing where it is missing or empty.
    subscript(name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    /// Divides a text into its front matter and its lines.
    ///
    /// Throws `ImportRefusal` with the number of the line that cannot be understood.
    static func read(_ text: String) throws(ImportRefusal) -> (FrontMatter, [Substring]) {
        let all = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let start = all.first.map { $0 == "---" || $0 == "\u{FEFF}---" } ?? false
        guard start, let end = all.dropFirst().firstIndex(of: "---") else {
            return (FrontMatter(), all)
        }
        var facts = FrontMatter()
        var name = ""
        for (index, line) in all[1..<end].enumerated() {
            guard facts.take(line, under: &name) else {
                throw ImportRefusal(
                    Bilingual(
                        "\(index + 2)번째 줄의 머리말을 읽을 수 없습니다. ‘이름: 값’으로 적어 주세요.",
                        "Line \(index + 2) of the front matter cannot be read. Write “name: value”."
                    ),
                    context: "\(line.prefix(80))"
                )
            }
        }
        return (facts, Array(all[(end + 1)...]))
    }

    private mutating func take(_ line: Substring, under name: inout String) -> Bool {
        let text = String(line).trimmingWhitespace()
        if text.isEmpty || text.hasPrefix("#") { return true }
        let isNested = line.first == " " || text.hasPrefix("- ")
        let item = text.hasPrefix("- ") ? String(text.dropFirst(2)) : text
        let pair = Self.pair(item)
        guard isNested else {
            guard let pair else { return false }
            name = pair.name
            values[name] = pair.value
            return true
        }
        guard !name.isEmpty else { return false }
        if let pair {
            if text.hasPrefix("- ") || maps[name] == nil { maps[name, default: []].append([:]) }
            guard let last = maps[name]?.indices.last else { return false }
            maps[name]?[last][pair.name] = pair.value
        } else if values[name]?.isEmpty ?? true {
            values[name] = Self.unquoted(item)
        }
        return true
    }

    private static func pair(_ text: String) -> (name: String, value: String)? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let after = text.index(after: colon)
        guard after == text.endIndex || text[after] == " " else { return nil }
        let value = String(text[after...]).trimmingWhitespace()
        return (String(text[..<colon]).trimmingWhitespace(), unquoted(value))
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let quote = text.first, quote == text.last, "'\"".contains(quote)
        else { return text }
        return String(text.dropFirst().dropLast())
    }
}

/// The headings of a Markdown text (CommonMark §4.2) with what stands under each.
struct Outline: Sendable {
    /// The first heading of the first level.
    private(set) var title: String?
    private var blocks: [(level: Int, text: String)] = []
    private var lines: [String] = []

    /// Takes one line.
    mutating func add(_ line: Substring) {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level), line.dropFirst(level).first == " " else {
            lines.append(Self.plain(line))
            return
        }
        close()
        let text = Self.plain(line.dropFirst(level + 1))
        if level == 1 && title == nil { title = text }
        blocks.append((level, text))
    }

    /// The passages.
    consuming func finished() -> [PassageCutter.Passage] {
        close()
        var cutter = PassageCutter(title: title)
        for (level, text) in blocks {
            if level > 0 { cutter.add(heading: text, level: level) } else { cutter.add(text) }
        }
        return cutter.finished()
    }

    /// Ends the paragraphs that were being read; they have the level 0.
    private mutating func close() {
        for paragraph in lines.split(separator: "") {
            blocks.append((0, paragraph.joined(separator: "\n")))
        }
        lines = []
    }

    /// A line without the signs of Markdown and without notes of amendments (`<개정 2019.12.31>`).
    private static func plain(_ line: some StringProtocol) -> String {
        var result = ""
        var rest = Substring(line)
        while let character = rest.first {
            if character == "\\", let next = rest.dropFirst().first,
                next.isPunctuation || next == "."
            {
                result.append(next)
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("> ") && result.isEmpty {
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("**") || rest.hasPrefix("__") {
                rest = rest.dropFirst(2)
            } else if ["<개정", "<신설", "<전문개정", "<본조신설"].contains(where: rest.hasPrefix),
                let end = rest.firstIndex(of: ">")
            {
                rest = rest[rest.index(after: end)...]
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result.trimmingWhitespace()
    }
}
