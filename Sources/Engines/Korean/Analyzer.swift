/// A part of a text by which it can be found.
public struct Token: Sendable, Hashable {
    /// What a token is.
    public enum Kind: String, Sendable, Hashable {
        /// A Korean word without its particle or ending.
        case word
        /// Two adjacent syllables of a Korean word, ending included: finds what is written without
        /// spaces or with an error.
        case bigram
        /// A word with Latin letters, digits included: `cctv`, `5g`, `h264`.
        case latin
        /// Digits without their commas: `2023`, `3.5`.
        case number
        /// Digits with their unit: `2023년`, `3.5억원`.
        case quantity
        /// A word of another script.
        case other
    }

    /// The text of the token: NFC, lower case, half width.
    public let text: String
    /// What the token is.
    public let kind: Kind
    /// Where the token stands in the source, in bytes of UTF-8.
    public let utf8Range: Range<Int>
}

/// Divides Korean texts into tokens, without a dictionary.
///
/// A run of Hangul gives its stem and, from two syllables on, its bigrams; a run of Latin letters
/// and digits stays whole, and so does a number with its unit, after its digits alone. Punctuation
/// and signs give nothing. A measured choice: stems with bigrams retrieve as well as a morphological
/// analyser, and survive missing spaces and typing errors, which stems alone do not.
public struct Analyzer: Sendable {
    /// Creates an analyser.
    public init() {}

    /// The tokens of a text, in the order of the source; the bigrams of a run follow its stem.
    public func tokens(of text: String) -> TokenStream {
        TokenStream(FoldedText(text))
    }
}

/// The tokens of a text, made one run at a time.
public struct TokenStream: Sequence, IteratorProtocol, Sendable {
    private let text: FoldedText
    private var position = 0
    /// The tokens of the last run that have not been handed out, the next one last.
    private var pending: [Token] = []

    init(_ text: FoldedText) {
        self.text = text
    }

    /// The next token.
    public mutating func next() -> Token? {
        while pending.isEmpty, position < text.count { readRun() }
        return pending.popLast()
    }

    private mutating func readRun() {
        let start = position
        let script = Script(text.units, at: start)
        position = end(of: script, from: start)
        var tokens: [Token] = []
        switch script {
        case .hangul: tokens = hangulTokens(start..<position)
        case .latin: tokens = [token(.latin, start..<position)]
        case .digits: tokens = numberTokens(from: start)
        case .other: tokens = [token(.other, start..<position)]
        case .sign: break
        }
        pending = tokens.reversed()
    }

    /// Where the run of a script ends; white space ends every run.
    private func end(of script: Script, from start: Int) -> Int {
        var end = start + 1
        while end < text.count, !text.isAfterSpace[end] {
            let next = Script(text.units, at: end)
            guard next == script || (script == .latin && next == .digits) else { break }
            end += 1
        }
        return end
    }

    private func token(_ kind: Token.Kind, _ range: Range<Int>) -> Token {
        Token(text: text.text(range), kind: kind, utf8Range: text.source(of: range))
    }

    private func hangulTokens(_ run: Range<Int>) -> [Token] {
        let isAttached = run.lowerBound > 0 && !text.isAfterSpace[run.lowerBound]
        if isAttached, Script(text.units, at: run.lowerBound - 1).isAlphanumeric,
            Endings.isEnding(text.units[run])
        {
            return []
        }
        let stem = Endings.stem(text.units[run])
        let bigrams = (run.lowerBound..<(run.upperBound - 1)).map { token(.bigram, $0..<($0 + 2)) }
        return [token(.word, run.lowerBound..<stem.endIndex)] + bigrams
    }

    /// A number, and what it counts: moves on past the unit and its particle.
    private mutating func numberTokens(from start: Int) -> [Token] {
        let digitsEnd = endOfNumber(from: start)
        position = digitsEnd
        func isRun(of script: Script) -> Bool {
            digitsEnd < text.count && !text.isAfterSpace[digitsEnd]
                && Script(text.units, at: digitsEnd) == script
        }
        if isRun(of: .latin) {
            position = end(of: .latin, from: digitsEnd)
            return [token(.latin, start..<position)]
        }
        let number = numberToken(.number, start..<digitsEnd)
        if isRun(of: .hangul) {
            let run = digitsEnd..<end(of: .hangul, from: digitsEnd)
            if let unit = Units.length(at: text.units[run]) {
                position = run.upperBound
                return [number, numberToken(.quantity, start..<(digitsEnd + unit))]
            }
        } else if digitsEnd < text.count, !text.isAfterSpace[digitsEnd],
            Units.signs.contains(text.units[digitsEnd])
        {
            position = digitsEnd + 1
            return [number, numberToken(.quantity, start..<position)]
        }
        return [number]
    }

    /// Digits with commas and points between them: `1,431`, `3.5`.
    private func endOfNumber(from start: Int) -> Int {
        var end = start + 1
        while end < text.count, !text.isAfterSpace[end] {
            let isSeparator = Units.separators.contains(text.units[end])
            let digit = isSeparator ? end + 1 : end
            guard digit < text.count, !text.isAfterSpace[digit],
                Script(text.units, at: digit) == .digits
            else { break }
            end = digit + 1
        }
        return end
    }

    private func numberToken(_ kind: Token.Kind, _ range: Range<Int>) -> Token {
        let units = text.units[range].filter { $0 != Units.comma }
        return Token(
            text: String(decoding: units, as: UTF16.self),
            kind: kind,
            utf8Range: text.source(of: range)
        )
    }
}

/// What a number counts.
private enum Units {
    static let comma: UInt16 = 0x2C
    static let separators: Set<UInt16> = [comma, 0x2E]
    static let signs = Set("%℃㎡㎞㎏".utf16)

    /// Counters and units of money, time and place; the longest that fits is taken.
    private static let words: Set<UInt64> = Set(
        """
        년 월 일 시 분 초 년도 개월 개년 주년 분기 시간 주 회 차 차년 단계 호 호선 층 동 번 번지
        원 천원 만원 백만원 천만원 억 억원 천억 조 조원 만 천 백
        개 개소 건 명 인 대 곳 권 쪽 장 세 살 위 점 배 급 종 가지 가구 세대 석 기 면 채 퍼센트
        미터 킬로 평 톤
        """.split(whereSeparator: \.isWhitespace).map { Endings.packed(Array($0.utf16)[...]) }
    )

    /// The length of the unit that a run of Hangul begins with, where nothing but endings follows.
    static func length(at run: ArraySlice<UInt16>) -> Int? {
        (1...min(3, run.count)).reversed().first { length in
            let rest = run.dropFirst(length)
            return words.contains(Endings.packed(run.prefix(length)))
                && (rest.isEmpty || Endings.isEnding(rest))
        }
    }
}

/// The script of a unit of a folded text.
private enum Script {
    case hangul, latin, digits, other, sign

    var isAlphanumeric: Bool { self == .latin || self == .digits }

    init(_ units: [UInt16], at index: Int) {
        let unit = units[index]
        switch unit {
        case Hangul.syllables: self = .hangul
        case 0x30...0x39: self = .digits
        case 0x61...0x7A: self = .latin
        case 0..<0x80: self = .sign
        case 0xDF...0x24F where unit != 0xF7, 0x1E00...0x1EFF: self = .latin
        default: self = Self.scalar(units, index).properties.isAlphabetic ? .other : .sign
        }
    }

    /// The scalar of a unit outside the fast cases; both halves of a pair stand for the whole.
    private static func scalar(_ units: [UInt16], _ index: Int) -> Unicode.Scalar {
        let first = UTF16.isTrailSurrogate(units[index]) ? index - 1 : index
        let text = String(decoding: units[first..<min(first + 2, units.count)], as: UTF16.self)
        return text.unicodeScalars.first ?? "\u{FFFD}"
    }
}
