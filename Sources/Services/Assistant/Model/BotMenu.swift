import Basics
import Web

/// The ready questions of a bot: buttons of two levels.
///
/// Its keepers write it as text, a line a button. A line that begins with a hyphen stands under the
/// line before that does not; what follows a colon is asked when the button says something shorter:
///
///     연가와 휴가
///     - 연가는 며칠인가요?
///     - 병가: 병가는 며칠까지 쓸 수 있나요?
///     여비: 출장 여비는 얼마인가요?
struct BotMenu: Codable, Sendable, Hashable {
    /// A button with the question it asks.
    struct Item: Codable, Sendable, Hashable {
        var title: String
        var question: String
    }

    /// A button of the first level: it asks its question, or opens the buttons under it.
    struct Group: Codable, Sendable, Hashable {
        var title: String
        var question: String?
        var items: [Item] = []
    }

    /// The most buttons of the first level.
    static let maximumGroupCount = 8
    /// The most buttons under one of them.
    static let maximumItemCount = 8
    /// The longest words on a button, in characters.
    static let maximumTitleLength = 40
    /// The longest question, in characters.
    static let maximumQuestionLength = 200
    /// The longest menu as text, in characters.
    static let maximumTextLength =
        maximumGroupCount * (maximumItemCount + 1) * (maximumTitleLength + maximumQuestionLength)

    private(set) var groups: [Group] = []

    /// No buttons.
    init() {}

    /// Reads a menu as its keepers write it.
    ///
    /// Throws `BotMenuError` with the number of the line that cannot be a button.
    init(text: String) throws(BotMenuError) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let line = String(line).trimmingWhitespace()
            if line.isEmpty { continue }
            if let fault = add(line) { throw BotMenuError(line: index + 1, fault) }
        }
        for index in groups.indices where groups[index].items.isEmpty {
            groups[index].question = groups[index].question ?? groups[index].title
        }
    }

    /// The menu as its keepers write it.
    var text: String {
        groups.map { group in
            let head = Self.line(group.title, group.question)
            return ([head] + group.items.map { "- \(Self.line($0.title, $0.question))" })
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func line(_ title: String, _ question: String?) -> String {
        guard let question, question != title else { return title }
        return "\(title): \(question)"
    }

    /// Adds a line; what is wrong with it, where something is.
    private mutating func add(_ line: String) -> BotMenuError.Fault? {
        let isInner = line.hasPrefix("-")
        let words = isInner ? String(line.dropFirst()).trimmingWhitespace() : line
        let parts = words.split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == ":" || $0 == "："
        }.map { String($0).trimmingWhitespace() }
        let title = parts[0]
        let question = parts.count > 1 ? parts[1] : nil
        guard !title.isEmpty, question != "" else { return .empty }
        // Without words of its own for the button, the question is what the button says.
        let limit = question == nil ? Self.maximumQuestionLength : Self.maximumTitleLength
        guard title.count <= limit, (question ?? "").count <= Self.maximumQuestionLength else {
            return .tooLong
        }
        guard isInner else {
            guard groups.count < Self.maximumGroupCount else { return .tooMany }
            groups.append(Group(title: title, question: question))
            return nil
        }
        guard let last = groups.indices.last else { return .noGroup }
        guard groups[last].question == nil else { return .opensAndAsks }
        guard groups[last].items.count < Self.maximumItemCount else { return .tooMany }
        groups[last].items.append(Item(title: title, question: question ?? title))
        return nil
    }
}

/// A menu that cannot be read.
struct BotMenuError: ExplainedError, Hashable {
    /// What is wrong with a line.
    enum Fault: String, Sendable, Hashable {
        /// A button without words, or a colon without a question.
        case empty
        /// Too many characters.
        case tooLong
        /// Too many buttons.
        case tooMany
        /// A button of the second level before any of the first.
        case noGroup
        /// A button that would ask a question and open others.
        case opensAndAsks
    }

    let fault: Fault
    /// The line, from 1.
    let line: Int
    let message: Bilingual
    var context: String { "line \(line): \(fault.rawValue)" }

    init(line: Int, _ fault: Fault) {
        self.fault = fault
        self.line = line
        let said =
            switch fault {
            case .empty: Bilingual("단추에 적을 말이 없습니다.", "the button has no words.")
            case .tooLong:
                Bilingual(
                    "단추는 \(BotMenu.maximumTitleLength)자, 질문은 \(BotMenu.maximumQuestionLength)자까지입니다.",
                    "a button has at most \(BotMenu.maximumTitleLength) characters, a question \(BotMenu.maximumQuestionLength)."
                )
            case .tooMany:
                Bilingual(
                    "큰 단추는 \(BotMenu.maximumGroupCount)개, 그 아래는 \(BotMenu.maximumItemCount)개까지입니다.",
                    "there are at most \(BotMenu.maximumGroupCount) buttons, and \(BotMenu.maximumItemCount) under one."
                )
            case .noGroup:
                Bilingual(
                    "첫 줄은 큰 단추여야 합니다. 줄표(-) 없이 적어 주세요.",
                    "the first line is a button of the first level: write it without a hyphen."
                )
            case .opensAndAsks:
                Bilingual(
                    "질문이 있는 단추 아래에는 단추를 둘 수 없습니다.",
                    "a button with a question of its own cannot open others."
                )
            }
        message = Bilingual("\(line)번째 줄: \(said.korean)", "Line \(line): \(said.english)")
    }
}
