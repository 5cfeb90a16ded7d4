import Basics

/// A programme as a public catalogue describes it, written as a draft in the language of the rules.
///
/// The catalogues' codes are coarse: a draft is where an officer starts, and each of its clauses says
/// `checked: no` until somebody has compared it with the notice. What a code says and no fact tells, or a text
/// that no program reads, becomes a sentence for people; so a draft is never narrower than its codes.
public struct RuleDraft: Sendable, Hashable {
    /// A condition that a code hints at.
    indirect enum Hint: Sendable, Hashable {
        /// A clause: its name, what it asks in the words of the language, and the code it comes from.
        case clause(String, asks: String, code: String)
        case any([Hint])
    }

    /// How applications are taken.
    enum Window: Sendable, Hashable {
        case always
        case days(from: LocalDate, to: LocalDate)
    }

    /// Its name in the rules.
    public internal(set) var name: String
    /// Its title in the catalogue.
    public internal(set) var title: String
    var summary = ""
    var provider = ""
    var url: String?
    var hints: [Hint] = []
    var windows: [Window] = []
    var isFirstCome = false
    var places: Int?
    /// What no fact tells.
    var judgedByPeople: [String] = []
    /// The catalogue and the day it was read.
    let source: RuleSource

    init(name: String, title: String, source: RuleSource) {
        self.name = Self.plain(name)
        self.title = title
        self.source = source
    }

    /// A name as the language has them.
    private static func plain(_ name: String) -> String {
        String(
            name.unicodeScalars.filter {
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
                    || $0 == "-"
            }.map(Character.init).prefix(80)
        )
    }
}

extension RuleDraft {
    /// The drafts as a file of rules.
    public static func yaml(_ drafts: [RuleDraft]) -> String {
        let head = """
            # 공개 목록의 코드에서 만든 초안. 조항마다 공고와 견주어 고친 뒤 checked: no를 확인한 날로 바꾼다.
            # Drafts from the codes of public catalogues. Compare each clause with the notice, then write the day after checked.
            programmes:

            """
        return head + drafts.map(\.yaml).joined(separator: "\n")
    }

    private var yaml: String {
        var lines = [
            "  - name: \(name)",
            "    title: \(Self.both(title))",
            "    summary: \(Self.both(summary.isEmpty ? title : summary))",
            "    provider: \(Self.both(provider.isEmpty ? source.title.korean : provider))",
        ]
        if let url { lines.append("    url: \(Self.quoted(url))") }
        lines += [
            "    versions:",
            "      - from: \(source.checked.iso)",
            "        source:",
            "          title: \(Self.quoted(source.title.korean))",
            "          url: \(Self.quoted(source.url))",
            "          checked: \(source.checked.iso)",
            "        conditions:",
        ]
        lines +=
            hints.isEmpty
            ? ["          all: []"]
            : ["          all:"] + hints.flatMap { Self.lines($0, indent: 12) }
        lines += ["        windows:"] + windowLines
        if isFirstCome {
            let places = places.map { ", places: \($0) people" } ?? ""
            lines.append("        selection: {method: firstCome\(places)}")
        }
        if !judgedByPeople.isEmpty {
            lines.append("        judgedByPeople:")
            lines += judgedByPeople.map { "          - \(Self.both($0))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var windowLines: [String] {
        windows.map { window in
            switch window {
            case .always: "          - {always: yes}"
            case .days(let from, let to): "          - {from: \(from.iso), to: \(to.iso)}"
            }
        }
    }

    private static func lines(_ hint: Hint, indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        switch hint {
        case .clause(let name, let asks, let code):
            return ["\(space)- {name: \(name), \(asks), checked: no}  # \(code)"]
        case .any(let hints):
            return ["\(space)- any:"] + hints.flatMap { lines($0, indent: indent + 4) }
        }
    }

    /// A Korean text in both places: the catalogues have no other.
    private static func both(_ text: String) -> String {
        "{ko: \(quoted(text)), en: \(quoted(text))}"
    }

    /// A text on one line that YAML reads as nothing else.
    private static func quoted(_ text: String) -> String {
        let line = text.unicodeScalars
            .map { $0.properties.generalCategory == .control ? " " : Character($0) }
            .split(separator: " ").map { String($0) }.joined(separator: " ")
        return "'"
            + line.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''") + "'"
    }
}
