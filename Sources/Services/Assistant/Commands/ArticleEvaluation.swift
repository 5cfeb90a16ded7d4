import Basics
import Hosting
import Tabular
import Web

/// A question with the articles, any of which answers it: `지방공무원 복무규정:제7조`.
struct ArticleQuestion {
    /// The most questions of a file.
    private static let maximumCount = 100_000

    var text: String
    /// At least one.
    var articles: [String]

    /// Reads a table with the columns question, document title, place; places apart by semicolons,
    /// one of another document after its title and a colon.
    static func read(_ file: String) throws -> [ArticleQuestion] {
        var reader = try TabularReader.open(try CommandInput.bytes(file), fileName: file)
        return try reader.rows(upTo: maximumCount + 1).dropFirst().compactMap { row in
            let places = row[2].text.split(separator: ";").map { place in
                let text = String(place).trimmingWhitespace()
                return text.contains(":") ? text : "\(row[1].text):\(text)"
            }
            return places.isEmpty ? nil : ArticleQuestion(text: row[0].text, articles: places)
        }
    }

    /// The lines of a text file that are not empty.
    static func lines(of file: String) throws -> [String] {
        String(decoding: try CommandInput.bytes(file), as: UTF8.self)
            .split(whereSeparator: \.isNewline).map { String($0).trimmingWhitespace() }
            .filter { !$0.isEmpty }
    }
}

extension FoundArticle {
    /// The article as questions name it.
    var name: String { "\(document.title):\(passage.locator)" }
}

/// How often the article is among the first found, is quoted, and is missed rightly.
struct ArticleEvaluation: Encodable {
    private(set) var questionCount = 0
    private var first = 0
    private var firstThree = 0
    private var firstTen = 0
    private var reciprocal = 0.0
    private var answeredCount = 0
    private var rightCount = 0
    private var askedBackCount = 0
    private var answeredRemovedCount = 0
    private var unanswerableCount = 0
    private var answeredUnanswerableCount = 0

    /// Asks every question at a desk, once more with its article taken out, and what none answers.
    ///
    /// - Parameters:
    ///   - questions: What documents answer, at least one question.
    ///   - unanswerable: What none does.
    ///   - desk: Who answers.
    ///   - missed: Takes a question whose article is not among the first three.
    init(
        of questions: [ArticleQuestion],
        unanswerable: [String],
        at desk: FileDesk,
        missed: ((question: ArticleQuestion, found: [FoundArticle])) -> Void = { _ in }
    ) {
        for question in questions {
            let (answer, found, _) = desk.consideration(of: question.text)
            let rank = found.firstIndex { question.articles.contains($0.name) }
            add(rank: rank, answer, of: question)
            let removed = desk.consideration(of: question.text, without: Set(question.articles))
            answeredRemovedCount += removed.answer.kind == .quoted ? 1 : 0
            if rank.map({ $0 >= 3 }) ?? true { missed((question, found)) }
        }
        for question in unanswerable {
            unanswerableCount += 1
            let answer = desk.consideration(of: question).answer
            answeredUnanswerableCount += answer.kind == .quoted ? 1 : 0
        }
    }

    private mutating func add(rank: Int?, _ answer: Answer, of question: ArticleQuestion) {
        questionCount += 1
        askedBackCount += answer.kind == .unclear ? 1 : 0
        if answer.kind == .quoted {
            answeredCount += 1
            let isRight = answer.quotations.contains {
                question.articles.contains("\($0.documentTitle):\($0.locator)")
            }
            rightCount += isRight ? 1 : 0
        }
        guard let rank else { return }
        first += rank == 0 ? 1 : 0
        firstThree += rank < 3 ? 1 : 0
        firstTen += rank < 10 ? 1 : 0
        reciprocal += 1 / Double(rank + 1)
    }

    var recallAt3: Double { Self.share(firstThree, of: questionCount) }
    var answered: Double { Self.share(answeredCount, of: questionCount) }
    var rightAmongAnswered: Double { Self.share(rightCount, of: answeredCount) }
    var unanswerableRefused: Double {
        Self.share(unanswerableCount - answeredUnanswerableCount, of: unanswerableCount)
    }

    private static func share(_ count: Int, of total: Int) -> Double {
        total > 0 ? Double(count) / Double(total) : 0
    }

    /// The measures: their keys, what people read, and what they are; shares from 0 to 1.
    private var measures: [(key: String, label: String, value: Double)] {
        [
            ("recallAt1", "R@1", Self.share(first, of: questionCount)),
            ("recallAt3", "R@3", recallAt3),
            ("recallAt10", "R@10", Self.share(firstTen, of: questionCount)),
            ("meanReciprocalRank", "MRR", reciprocal / Double(questionCount)),
            ("answered", "answered", answered),
            ("rightAmongAnswered", "right among the answered", rightAmongAnswered),
            ("askedBack", "asked back", Self.share(askedBackCount, of: questionCount)),
            (
                "answeredWithoutArticle", "answered with the article taken out",
                Self.share(answeredRemovedCount, of: questionCount)
            ),
            ("unanswerableRefused", "refused of the unanswerable", unanswerableRefused),
        ].filter { $0.0 != "unanswerableRefused" || unanswerableCount > 0 }
    }

    var text: String {
        let count = unanswerableCount > 0 ? ", \(unanswerableCount) unanswerable" : ""
        return "\(questionCount) questions\(count)\n"
            + measures.map { "\($0.label)\t\($0.value.decimals(3))\n" }.joined()
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(questionCount, forKey: Key(stringValue: "questionCount"))
        try container.encode(unanswerableCount, forKey: Key(stringValue: "unanswerableCount"))
        for measure in measures {
            try container.encode(measure.value, forKey: Key(stringValue: measure.key))
        }
    }
}
