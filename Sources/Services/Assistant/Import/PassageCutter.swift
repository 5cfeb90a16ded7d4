/// Cuts a document into passages fit to be quoted: what stands under one heading, on one page, and
/// not longer than a passage may be.
struct PassageCutter: Sendable {
    /// A passage: the headings above it, what a citation names, its text.
    typealias Passage = (heading: String, locator: String, body: String)

    private let title: String?
    private var path: [(level: Int, text: String)] = []
    private var paragraphs: [(text: String, page: Int?)] = []
    private var passages: [Passage] = []

    /// Begins a document; the heading that is its title does not name its passages again.
    init(title: String?) {
        self.title = title
    }

    /// Begins what stands under a heading; deeper headings before it end.
    mutating func add(heading: String, level: Int) {
        close()
        path.removeAll { $0.level >= level }
        path.append((level, heading))
    }

    /// Adds a paragraph.
    mutating func add(_ paragraph: String, page: Int? = nil) {
        guard !paragraph.isEmpty else { return }
        for piece in Self.pieces(of: paragraph) { paragraphs.append((piece, page)) }
    }

    /// The passages.
    consuming func finished() -> [Passage] {
        close()
        return passages
    }

    private mutating func close() {
        defer { paragraphs = [] }
        guard let first = paragraphs.first else { return }
        var page = first.page ?? 0
        var body = ""
        for paragraph in paragraphs {
            let isTooLong =
                body.count + paragraph.text.count > KnowledgeImport.maximumPassageLength
            if !body.isEmpty, isTooLong || paragraph.page ?? 0 != page {
                end(body, page: page)
                body = ""
            }
            if body.isEmpty { page = paragraph.page ?? 0 }
            body += body.isEmpty ? paragraph.text : "\n\(paragraph.text)"
        }
        end(body, page: page)
    }

    private mutating func end(_ body: String, page: Int) {
        let inner = path.filter { !($0.level == 1 && $0.text == title) }.map(\.text)
        let place = inner.last.map(Self.locator) ?? ""
        let locator = page == 0 ? place : Self.locator(place, page: page)
        passages.append((inner.joined(separator: " > "), locator, body))
    }

    /// `제7조의2` of `제7조의2 (특별휴가)`; any other heading is its own locator.
    static func locator(_ heading: String) -> String {
        article(heading) ?? heading
    }

    /// `제7조, 3쪽`, and `3쪽` where there is no article.
    private static func locator(_ place: String, page: Int) -> String {
        article(place) == nil ? "\(page)쪽" : "\(place), \(page)쪽"
    }

    private static func article(_ heading: String) -> String? {
        guard heading.hasPrefix("제"), let mark = heading.firstIndex(of: "조") else { return nil }
        let number = heading[heading.index(after: heading.startIndex)..<mark]
        guard !number.isEmpty, number.allSatisfy(\.isNumber) else { return nil }
        let rest = heading[heading.index(after: mark)...]
        guard rest.hasPrefix("의") else { return String(heading[...mark]) }
        let branch = rest.dropFirst().prefix { $0.isNumber }
        return branch.isEmpty ? String(heading[...mark]) : "\(heading[...mark])의\(branch)"
    }

    /// A paragraph in pieces that fit a passage: cut between its lines, as a table has to be, else
    /// behind a sentence, else at a space, else anywhere.
    private static func pieces(of paragraph: String) -> [String] {
        let limit = KnowledgeImport.maximumPassageLength
        var pieces: [String] = []
        var rest = paragraph[...]
        // Counting bytes first spares the counting of characters in nearly every paragraph.
        while rest.utf8.count > limit,
            let end = rest.index(rest.startIndex, offsetBy: limit, limitedBy: rest.endIndex),
            end < rest.endIndex
        {
            let head = rest[..<end]
            let half = rest.index(rest.startIndex, offsetBy: limit / 2)
            let line = head.lastIndex { $0 == "\n" }.flatMap { $0 > half ? $0 : nil }
            let sentence = head.indices.last { index in
                index > half && head[index] == " "
                    && ".?!".contains(head[head.index(before: index)])
            }
            let cut = line ?? sentence ?? head.lastIndex { $0 == " " } ?? end
            pieces.append(String(rest[..<cut]))
            rest = rest[cut...].drop { $0 == " " || $0 == "\n" }
        }
        if !rest.isEmpty { pieces.append(String(rest)) }
        return pieces
    }
}
