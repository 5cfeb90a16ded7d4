import Korean

/// What a sentence is made of: its content words, its figures, what it denies.
struct AnalyzedSentence: Sendable {
    /// A content word and where it begins.
    struct Word: Sendable, Hashable {
        var text: String
        var offset: Int
    }

    /// A number, with its unit where it has one, and the words between it and its neighbours.
    struct Figure: Sendable, Hashable {
        var text: String
        var before: [String]
        var after: [String]
    }

    /// The content words, in their order.
    private(set) var words: [Word] = []
    private(set) var figures: [Figure] = []
    /// Content words that the sentence denies: 지급 of "지급하지 아니한다", 겸직 of "겸직은 금지된다".
    private(set) var denied: Set<String> = []
    /// Content words that it does not deny.
    private(set) var affirmed: Set<String> = []
    /// Whether it says that something must be done.
    let obliges: Bool
    private let stems: Set<String>
    private let pairs: Set<String>

    /// Takes a sentence apart, or several that stand beside each other; those oblige where each does.
    init(_ sentences: String...) {
        let text = sentences.joined(separator: "\n")
        let tokens = Array(Analyzer().tokens(of: text))
        pairs = Set(tokens.filter { $0.kind == .bigram }.map(\.text))
        let content = tokens.filter { [.word, .latin, .other].contains($0.kind) }
        words = content.filter { !FunctionWords.contains($0.text) }
            .map { Word(text: $0.text, offset: $0.utf8Range.lowerBound) }
        stems = Set(content.map(\.text))
        obliges = sentences.allSatisfy { sentence in
            FunctionWords.obliging.contains { sentence.contains($0) }
        }
        readFigures(tokens)
        readNegations(text)
    }

    /// Whether the sentence has a word, in another form or as neighbouring words too.
    func covers(_ word: String) -> Bool {
        if stems.contains(word) || stems.contains(where: { Self.isSame($0, word) }) { return true }
        let syllables = Array(word)
        guard syllables.count > 2, Hangul.isSyllables(word) else { return false }
        return zip(syllables, syllables.dropFirst()).allSatisfy { pairs.contains("\($0)\($1)") }
    }

    /// Whether two words differ by an ending only: 제출 and 제출하여야.
    static func isSame(_ left: String, _ right: String) -> Bool {
        guard left != right else { return true }
        let (short, long) = left.count < right.count ? (left, right) : (right, left)
        guard short.count >= 2, long.hasPrefix(short) else { return false }
        return FunctionWords.beginsEnding(long.dropFirst(short.count))
    }

    private mutating func readFigures(_ tokens: [Token]) {
        var found: [(text: String, range: Range<Int>)] = []
        for token in tokens where token.kind == .number || token.kind == .quantity {
            if let last = found.last, last.range.lowerBound == token.utf8Range.lowerBound {
                found[found.count - 1] = (token.text, token.utf8Range)
            } else {
                found.append((token.text, token.utf8Range))
            }
        }
        for (index, figure) in found.enumerated() {
            let start = index == 0 ? 0 : found[index - 1].range.upperBound
            let end = index + 1 < found.count ? found[index + 1].range.lowerBound : Int.max
            func between(_ low: Int, _ high: Int) -> [String] {
                words.filter { $0.offset >= low && $0.offset < high }.map(\.text)
            }
            figures.append(
                Figure(
                    text: figure.text,
                    before: between(start, figure.range.lowerBound),
                    after: between(figure.range.upperBound, end)
                )
            )
        }
    }

    private mutating func readNegations(_ text: String) {
        let parts = text.split(whereSeparator: \.isWhitespace).map(Part.init)
        var deniedParts: Set<Int> = []
        for (index, part) in parts.enumerated() {
            switch part.negation {
            case .none: continue
            case .itself: deniedParts.insert(index)
            case .before:
                let isIdiom = index > 0 && FunctionWords.opensIdiom(parts[index - 1].text)
                let target = parts[..<index].lastIndex { $0.word != nil }
                if !isIdiom, let target { deniedParts.insert(target) }
            case .after:
                let next = parts.index(after: index)
                if next < parts.endIndex, parts[next].word != nil {
                    deniedParts.insert(next)
                } else if let target = parts[..<index].lastIndex(where: { $0.word != nil }) {
                    deniedParts.insert(target)
                }
            }
        }
        for (index, part) in parts.enumerated() {
            guard let word = part.word else { continue }
            if deniedParts.contains(index) { denied.insert(word) } else { affirmed.insert(word) }
        }
    }
}

/// A word between spaces (어절), and what it denies.
private struct Part {
    enum Negation {
        /// It denies nothing.
        case none
        /// The word in it: 지급불가.
        case itself
        /// The word before it: 지급하지 않는다.
        case before
        /// The word after it: 안 쓴다.
        case after
    }

    let text: String
    /// Its content word, without what denies it.
    let word: String?
    let negation: Negation

    init(_ text: Substring) {
        self.text = String(text.filter { $0.isLetter || $0.isNumber })
        if self.text == "안" || self.text == "못" {
            (word, negation) = (nil, .after)
        } else if FunctionWords.denyingBeginnings.contains(where: self.text.hasPrefix) {
            (word, negation) = (nil, .before)
        } else if let end = FunctionWords.denyingNouns.compactMap(self.text.firstRange).first {
            word = Self.contentWord(of: String(self.text[..<end.lowerBound]))
            negation = word == nil ? .before : .itself
        } else {
            (word, negation) = (Self.contentWord(of: self.text), .none)
        }
    }

    private static func contentWord(of text: String) -> String? {
        Analyzer().tokens(of: text)
            .first {
                [.word, .latin, .other].contains($0.kind) && !FunctionWords.contains($0.text)
            }
            .map(\.text)
    }
}

/// The words that carry no content of their own, and those that deny or oblige.
private enum FunctionWords {
    /// Words that are whole.
    private static let whole: Set<String> = set(
        """
        할 수 것 등 및 때 바 중 단 다만 또는 그리고 그러나 따라서 또한 즉 이 그 저 각 위 아래 다음 경우 해당 여기 이때
        제 약 더 곧 안 못 뿐 뿐만 수밖 수밖에 가능 필요 사용 이용
        """
    )
    /// Beginnings of verbs that say nothing by themselves.
    private static let beginnings = words(
        """
        있 하여 하며 하지 하는 한다 합니 할수 해야 해서 됩니 되며 되는 된다 되지 되어 돼야 받습 받을 받는 받은 받아 받지 쓸 쓰 씁니
        따르 따라 따른 위하 위해 위한 대하 대해 대한 관하 관한 관해 의하 의해 의한 통하 통해 입니 이며 이고 이다 줍니 주는
        같습 같은 같이 말합 정하 정한 정해 알려 드립 가능 필요
        """
    )
    /// Syllables with which an ending begins.
    private static let endings = Set("하되이였했합됩해된한할함적들의은는을를가와과도로에서만인임일여")
    static let denyingBeginnings = words("않 아니 아닌 아닙 아님 못하 못한 못합 못할 없 말아 마십")
    static let denyingNouns = words("금지 불가 제외 정지 중지 취소 불허")
    static let obliging = words("야한다 여야 해야 어야 아야 야합니다 필수 의무 필요 하도록")

    static func contains(_ word: String) -> Bool {
        whole.contains(word) || beginnings.contains { word.hasPrefix($0) }
            || denyingBeginnings.contains { word.hasPrefix($0) }
    }

    static func beginsEnding(_ rest: Substring) -> Bool {
        rest.first.map(endings.contains) ?? true
    }

    /// Whether the word that follows denies nothing: 쓸 수밖에 없다, 휴가뿐만 아니라.
    static func opensIdiom(_ word: String) -> Bool {
        word.hasSuffix("수밖에") || word.hasSuffix("뿐만") || word.hasSuffix("뿐")
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private static func set(_ text: String) -> Set<String> { Set(words(text)) }
}

private enum Hangul {
    static func isSyllables(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { (0xAC00...0xD7A3).contains($0.value) }
    }
}
