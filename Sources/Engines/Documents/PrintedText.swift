import Packaging

/// Reads the text of printed pages, as `pdftotext` takes it out of a PDF: pages end with a form feed,
/// lines where they ended on paper.
///
/// Running headers and footers are dropped, lines are joined to paragraphs, and a heading is only
/// called one where its form leaves no doubt: 제1장, 제7조(연가), a numbered line that stands alone.
public enum PrintedText {
    /// How many lines at the edges of a page may be running headers and footers.
    static let edgeLineCount = 2
    /// The longest running header or footer, in characters.
    static let maximumRunningLength = 60
    /// From how many pages on something can be said to run.
    static let minimumRunningPageCount = 3

    /// Makes the outline of a text file, in any of the encodings that offices send.
    ///
    /// - Throws: `DocumentsError` where the bytes are no text or too many.
    public static func outline(
        of bytes: [UInt8],
        limits: DocumentLimits = DocumentLimits()
    ) throws(DocumentsError) -> DocumentOutline {
        let text: String
        do {
            text = try TextEncoding.text(of: bytes, maximumByteCount: limits.maximumTextByteCount)
        } catch let error as PackagingError {
            throw DocumentsError(error)
        } catch {
            throw .damaged("\(error)")
        }
        guard text.contains(where: \.isLetter) else { throw .empty }
        return try outline(of: text, limits: limits)
    }

    /// Makes the outline of printed pages.
    ///
    /// - Parameters:
    ///   - text: The text of all pages.
    ///   - statedTitle: What the file says its title is; believed where the first page says it too.
    ///   - limits: How much a document may hold.
    /// - Returns: The outline, each piece with its page.
    /// - Throws: `DocumentsError` `noTextLayer` where there is no letter on any page, `tooLarge`.
    public static func outline(
        of text: String,
        statedTitle: String? = nil,
        limits: DocumentLimits = DocumentLimits()
    ) throws(DocumentsError) -> DocumentOutline {
        guard text.utf8.count <= limits.maximumTextByteCount else {
            throw .tooLarge("\(text.utf8.count) bytes of text")
        }
        guard text.contains(where: \.isLetter) else { throw .noTextLayer }
        let pages = Self.pages(of: text)
        let title = statedTitle.flatMap { Self.title($0, on: pages.first ?? []) }
        var assembly = PageAssembly(pages: pages, title: title, limits: limits)
        return try assembly.outline()
    }

    /// The lines of each page, without what runs along on most pages; an empty line is a gap.
    private static func pages(of text: String) -> [[String]] {
        var pages = text.split(separator: "\u{C}", omittingEmptySubsequences: false).map { page in
            page.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
                String($0).collapsed()
            }
        }
        if pages.last?.allSatisfy(\.isEmpty) == true { pages.removeLast() }
        DigitSpacing.repair(&pages)
        var counts: [String: Int] = [:]
        for page in pages {
            for key in edges(of: page).values { counts[key, default: 0] += 1 }
        }
        let canRun = pages.count >= minimumRunningPageCount
        return pages.map { page in
            let edges = edges(of: page)
            return page.indices.map { line in
                guard let key = edges[line] else { return page[line] }
                let isRunning = canRun && (counts[key] ?? 0) * 2 > pages.count
                return isRunning || isPageNumber(page[line]) ? "" : page[line]
            }
        }
    }

    /// The lines at the top and at the bottom of a page that may be running headers and footers.
    ///
    /// Each comes with its place on the page and what it has in common with those of other pages.
    /// Long lines and sentences are no headers.
    private static func edges(of page: [String]) -> [Int: String] {
        let lines = page.indices.filter { !page[$0].isEmpty }
        var edges: [Int: String] = [:]
        for (name, side) in [("top", lines[...]), ("bottom", lines.reversed()[...])] {
            for (place, line) in side.prefix(edgeLineCount).enumerated()
            where page[line].count <= maximumRunningLength && !page[line].hasSuffix("다.") {
                edges[line] = "\(name) \(place) \(key(page[line]))"
            }
        }
        return edges
    }

    /// What two lines have in common that differ only in their numbers.
    private static func key(_ line: String) -> String {
        var key = ""
        for character in line {
            let isDigit = character.isNumber
            if isDigit, key.last == "#" { continue }
            key.append(isDigit ? "#" : character)
        }
        return key
    }

    /// Whether a line is nothing but the number of a page: `- 3 -`, `3/12`, `3쪽`, `Page 3`.
    private static func isPageNumber(_ line: String) -> Bool {
        let bare = key(line).lowercased().filter { !$0.isWhitespace }
        return ["-#-", "–#–", "—#—", "#/#", "#쪽", "#페이지", "page#", "page#of#"].contains(bare)
    }

    /// The stated title where the first page says it too; programs put all kinds of names there.
    private static func title(_ stated: String, on page: [String]) -> String? {
        let title = stated.collapsed()
        let bare = title.filter { !$0.isWhitespace }
        guard bare.count > 1, page.joined().filter({ !$0.isWhitespace }).contains(bare) else {
            return nil
        }
        return title
    }
}

/// Joins the lines of pages to paragraphs and headings.
private struct PageAssembly {
    private let pages: [[String]]
    private let title: String?
    private let joiner: LineJoiner
    /// How many characters a full line has: nine of ten lines have no more.
    private let fullLength: Int
    private var builder: OutlineBuilder
    private var paragraph = ""
    private var isItem = false
    private var startPage = 1
    private var lastLineLength = 0

    init(pages: [[String]], title: String?, limits: DocumentLimits) {
        self.pages = pages
        self.title = title
        joiner = LineJoiner(pages: pages)
        let lengths = pages.joined().map(\.count).filter { $0 > 0 }.sorted()
        fullLength = lengths.isEmpty ? 0 : lengths[lengths.count * 9 / 10]
        builder = OutlineBuilder(limits: limits)
    }

    mutating func outline() throws(DocumentsError) -> DocumentOutline {
        if let title { builder.setTitle(title) }
        for (number, page) in pages.enumerated() {
            // A sentence may go on over the edge of the page.
            if isSentenceOver { try close() }
            let lines = page.indices.filter { !page[$0].isEmpty }
            for (place, line) in lines.enumerated() {
                let previous = place > 0 ? lines[place - 1] : nil
                let isAfterGap = previous.map { line - $0 > 1 } ?? false
                if isAfterGap { try close() }
                let next = place + 1 < lines.count ? page[lines[place + 1]] : nil
                try take(
                    page[line],
                    next: next,
                    standsAlone: isAfterGap || paragraph.isEmpty,
                    page: number + 1
                )
            }
        }
        try close()
        return builder.outline
    }

    private mutating func take(
        _ line: String,
        next: String?,
        standsAlone: Bool,
        page: Int
    ) throws(DocumentsError) {
        if line == title, standsAlone {
            try close()
            return try builder.add(.heading(level: 1, line), page: page)
        }
        if let heading = PrintedHeading(line, next: next, standsAlone: standsAlone) {
            try close()
            try builder.add(.heading(level: heading.level, heading.text), page: page)
            guard !heading.rest.isEmpty else { return }
            return begin(heading.rest, isItem: false, page: page)
        }
        if let item = ListMark.bullet(line) {
            try close()
            return begin(item, isItem: true, page: page)
        }
        let isOver = isSentenceOver && lastLineLength * 5 < fullLength * 4
        if paragraph.isEmpty || isOver || ListMark.isNumbered(line) {
            try close()
            return begin(line, isItem: false, page: page)
        }
        paragraph = joiner.joined(paragraph, line)
        lastLineLength = line.count
    }

    private mutating func begin(_ line: String, isItem: Bool, page: Int) {
        paragraph = line
        self.isItem = isItem
        startPage = page
        lastLineLength = line.count
    }

    private mutating func close() throws(DocumentsError) {
        try builder.add(isItem ? .item(paragraph) : .paragraph(paragraph), page: startPage)
        paragraph = ""
        isItem = false
    }

    /// Whether what was read so far ends as sentences and titles of tables end.
    private var isSentenceOver: Bool {
        guard let last = paragraph.last(where: { !")]）”’\"'".contains($0) }) else { return true }
        return ".?!:。".contains(last)
    }
}

/// A heading of a printed text that its form makes certain.
struct PrintedHeading: Equatable {
    /// How deep it stands: 편 above 장 above 절 above 관 above 조.
    let level: Int
    let text: String
    /// What the line goes on with after an article's heading.
    let rest: String

    /// The longest heading, in characters.
    static let maximumLength = 40

    /// Reads a line as a heading, or not at all.
    init?(_ line: String, next: String?, standsAlone: Bool) {
        if let article = Self.article(line) {
            self = article
        } else if line.count <= Self.maximumLength, let chapter = Self.chapter(line) {
            self = chapter
        } else if line.count <= Self.maximumLength, standsAlone,
            let numbered = Self.numbered(line, next: next)
        {
            self = numbered
        } else {
            return nil
        }
    }

    private init(_ level: Int, _ text: some StringProtocol, rest: Substring = "") {
        self.level = level
        self.text = String(text)
        self.rest = String(rest).collapsed()
    }

    /// `제7조의2(연가계획) ① …`: an article with its title, or its number alone on a line.
    private static func article(_ line: String) -> PrintedHeading? {
        guard let number = line.prefixMatch(of: #/제 ?\d{1,4} ?조(의 ?\d{1,2})?/#) else { return nil }
        let rest = line[number.range.upperBound...]
        // Programs that set digits apart from Hangul print 제 7 조.
        let name = number.output.0.filter { $0 != " " }
        if rest.isEmpty { return PrintedHeading(5, name) }
        guard let title = rest.prefixMatch(of: #/ ?[(（][^()（）]{1,40}[)）]/#) else { return nil }
        let body = rest[title.range.upperBound...]
        // A sentence that only mentions the article goes on at once: 제7조(연가)에 따라.
        guard body.isEmpty || body.first == " " || body.first.map(ListMark.isCircled) == true,
            !continuesSentence(body)
        else { return nil }
        return PrintedHeading(5, name + title.output, rest: body)
    }

    /// `제2장 복무`: 편, 장, 절 and 관 with their titles.
    private static func chapter(_ line: String) -> PrintedHeading? {
        guard let found = line.prefixMatch(of: #/제 ?\d{1,3} ?(편|장|절|관)(의 ?\d{1,2})?( |$)/#),
            let level = ["편": 1, "장": 2, "절": 3, "관": 4][String(found.1)]
        else { return nil }
        let rest = line[found.range.upperBound...]
        let name = found.output.0.filter { $0 != " " }
        guard !continuesSentence(rest), let last = line.last, !".,;:".contains(last) else {
            return nil
        }
        return PrintedHeading(level, "\(name) \(rest)".collapsed())
    }

    /// `2.1 적용 범위`, `Ⅱ. 추진 계획`: numbered, alone, and not one of a list.
    private static func numbered(_ line: String, next: String?) -> PrintedHeading? {
        guard let last = line.last, !".,;:?!".contains(last) else { return nil }
        if line.prefixMatch(of: #/[Ⅰ-Ⅻ] ?\.? ?\S/#) != nil { return PrintedHeading(1, line) }
        guard let found = line.prefixMatch(of: #/(\d{1,2}(?:\.\d{1,2}){0,3})\.? [\p{L}]/#) else {
            return nil
        }
        let depth = found.1.split(separator: ".").count
        let follower = next?.prefixMatch(of: #/(\d{1,2}(?:\.\d{1,2}){0,3})\.? [\p{L}]/#)
        guard let next, follower?.1.split(separator: ".").count != depth,
            !next.isEmpty
        else { return nil }
        return PrintedHeading(min(depth + 1, 6), line)
    }

    private static func continuesSentence(_ rest: some StringProtocol) -> Bool {
        let start = rest.drop { $0 == " " }
        return ["및 ", "또는 ", "내지 ", "제", "과 ", "와 ", "에 ", "의 "].contains(where: start.hasPrefix)
    }
}

/// The signs that items of lists begin with.
enum ListMark {
    private static let bullets: Set<Character> = [
        "-", "–", "•", "·", "∙", "‧", "●", "○", "◦", "□", "■", "▪", "◆", "◇", "▶", "‣", "❍",
        "\u{F0B7}",
        "*", "ㅇ", "◎",
    ]

    /// The text of an item behind its bullet, or nothing where a line has none.
    static func bullet(_ line: String) -> String? {
        guard let first = line.first, bullets.contains(first) else { return nil }
        let rest = line.dropFirst()
        guard rest.first == " ", let word = rest.first(where: { $0 != " " }), word != "-" else {
            return nil
        }
        return String(rest).collapsed()
    }

    /// Whether a line begins with a number of a list: ①, `1.`, `1)`, `(1)`, `가.`, ※.
    static func isNumbered(_ line: String) -> Bool {
        guard let first = line.first else { return false }
        if isCircled(first) || first == "※" { return true }
        return line.prefixMatch(of: #/\(?(\d{1,3}|[가나다라마바사아자차카타파하])[.)] /#) != nil
    }

    /// Whether a character is a number or a syllable in a circle.
    static func isCircled(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first?.value else { return false }
        return (0x2460...0x2473).contains(scalar) || (0x3260...0x327B).contains(scalar)
    }
}

/// Joins lines of Korean and Latin text where the paper ended them.
///
/// Korean is broken at spaces by some programs and within words by others. What the document itself
/// writes in the middle of its lines tells which words there are.
struct LineJoiner {
    private var words: Set<Substring> = []
    /// Whether the document breaks its lines within words.
    private(set) var breaksWords = false

    init(pages: [[String]]) {
        var ends: [(tail: Substring, head: Substring)] = []
        for page in pages {
            var previous: Substring?
            for line in page {
                let parts = line.split(separator: " ")
                if parts.count > 2 { words.formUnion(parts[1..<(parts.count - 1)]) }
                if let previous, let first = parts.first { ends.append((previous, first)) }
                previous = parts.last
            }
        }
        var joined = 0
        var apart = 0
        for (tail, head) in ends where Self.isHangul(tail.last) && Self.isHangul(head.first) {
            let areBoth = words.contains(tail) && words.contains(head)
            if areBoth { apart += 1 } else if words.contains(tail + head) { joined += 1 }
        }
        breaksWords = joined > apart
    }

    /// Two lines as one text.
    func joined(_ text: String, _ line: String) -> String {
        guard let last = text.last, let first = line.first else { return text + line }
        if last == "-", first.isLowercase, text.dropLast().last?.isLetter == true {
            return text.dropLast() + line
        }
        guard Self.isHangul(last), Self.isHangul(first) else { return "\(text) \(line)" }
        let tail = text[(text.lastIndex(of: " ").map(text.index(after:)) ?? text.startIndex)...]
        let head = line.prefix { $0 != " " }
        let areBoth = words.contains(tail) && words.contains(head)
        if !areBoth, words.contains(tail + head) { return text + line }
        // Nothing in Korean begins with an ending, so it belongs to the word before.
        if Self.endings.contains(String(head)) { return text + line }
        return breaksWords && !areBoth ? text + line : "\(text) \(line)"
    }

    private static func isHangul(_ character: Character?) -> Bool {
        guard let scalar = character?.unicodeScalars.first?.value else { return false }
        return (0xAC00...0xD7A3).contains(scalar)
    }

    private static let endings: Set<String> = [
        "다.", "니다.", "은", "는", "을", "를", "의", "에", "에서", "에게", "으로", "로", "까지", "부터",
        "습니다.",
    ]
}

/// Repairs texts of programs that set digits apart from Hangul for the looks: `8 일`, `제 7 조`.
enum DigitSpacing {
    /// From how many places on the spacing is taken for a habit.
    private static let minimumCount = 5

    /// Joins digits and the units behind them again, where the document hardly ever writes them
    /// together.
    static func repair(_ pages: inout [[String]]) {
        var apart = 0
        var together = 0
        for line in pages.joined() {
            var last: Character = " "
            var beforeLast: Character = " "
            for character in line {
                if isUnit(character) {
                    if last == " ", isDigit(beforeLast) { apart += 1 }
                    if isDigit(last) { together += 1 }
                }
                (beforeLast, last) = (last, character)
            }
        }
        guard apart >= minimumCount, apart > together * 2 else { return }
        for page in pages.indices {
            for line in pages[page].indices { pages[page][line] = joined(pages[page][line]) }
        }
    }

    private static func joined(_ line: String) -> String {
        var result = ""
        for character in line {
            if result.last == " " {
                let before = result.dropLast()
                let isUnitOfNumber = isUnit(character) && before.last.map(isDigit) == true
                let isOrdinal = isDigit(character) && (before == "제" || before.hasSuffix(" 제"))
                if isUnitOfNumber || isOrdinal { result.removeLast() }
            }
            result.append(character)
        }
        return result
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    private static func isUnit(_ character: Character) -> Bool { units.contains(character) }

    /// The first syllables of what is counted: 년, 월, 일, 시간, 조, 항, 명, 원.
    private static let units: Set<Character> = Set(
        "년월일시분초주개명인회차번호조항장절편관목세살원천만억쪽층급건종배점권학"
    )
}
