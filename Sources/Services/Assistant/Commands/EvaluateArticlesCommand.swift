import ArgumentParser
import Basics
import Hosting
import Korean

/// `haechi assistant evaluate-articles`: whether questions of staff find the article that answers, and
/// whether the assistant knows when it does not know.
struct EvaluateArticlesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate-articles",
        abstract:
            "Measure whether questions find their article, and are answered or refused rightly."
    )

    @Argument(help: "A CSV file: question, document title, article or heading.")
    var file: String

    @Option(help: "The folder of documents; the sample handbook where not given.")
    var folder: String?

    @Option(help: "A text file of questions that no document answers, one a line.")
    var unanswerable: String?

    /// Which half of the questions is asked, by their articles.
    enum Half: String, EnumerableFlag {
        case all, tuning, heldOut

        /// Whether the half has the questions of an article.
        func contains(_ article: String) -> Bool {
            self == .all || RetrievalEvaluation.isHeldOut(article: article) == (self == .heldOut)
        }
    }

    @Flag(help: "All questions, or one half: that for tuning, or that held out for the report.")
    var half = Half.all

    @Flag(help: "Print the questions whose article is not among the first three.")
    var misses = false

    /// What is printed for a fit in the stead of measures.
    enum Features: String, ExpressibleByArgument, CaseIterable {
        case ranking, confidence
    }

    @Option(help: "Print, for a fit, the features of ranking or confidence.")
    var features: Features?

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let desk = try await FileDesk(folder: folder)
        let questions = try ArticleQuestion.read(file).filter { half.contains($0.articles[0]) }
        let absurd = try unanswerable.map { try ArticleQuestion.lines(of: $0) } ?? []
        guard !questions.isEmpty else {
            throw CommandOutcome.refused(
                Bilingual("파일에 질문이 없습니다.", "The file has no question.")
            )
        }
        let unanswered = absurd.filter { half.contains($0) }
        switch features {
        case .ranking: return printRanking(questions, desk)
        case .confidence: return printConfidence(questions, unanswered, desk)
        case nil: break
        }
        let result = ArticleEvaluation(of: questions, unanswerable: unanswered, at: desk) {
            missed in
            guard misses else { return }
            let names = missed.found.prefix(3).map(\.name)
            Terminal.write("\(missed.question.text)\t\(missed.question.articles)\t\(names)\n")
        }
        switch format {
        case .json: try CommandOutput.json(result)
        case .text: Terminal.write(result.text)
        }
    }

    /// One line a passage that a search found: the question's number, whether it is the right one,
    /// the features.
    private func printRanking(_ questions: [ArticleQuestion], _ desk: FileDesk) {
        Terminal.write((["question", "article", "isRight"] + RankingFeatures.names).tabbed)
        for (number, question) in questions.enumerated() {
            for found in desk.rankedPassages(for: question.text) {
                let isRight = question.articles.contains(found.name)
                Terminal.write(
                    (["\(number)", question.articles[0], isRight ? "1" : "0"]
                        + found.features.values.map { $0.decimals(4) }).tabbed
                )
            }
        }
    }

    /// One line a question, and one with its article taken out: whether an answer would be right, the
    /// signals.
    private func printConfidence(
        _ questions: [ArticleQuestion],
        _ unanswered: [String],
        _ desk: FileDesk
    ) {
        func write(_ kind: String, _ isRight: Bool, _ confidence: AnswerConfidence) {
            let signals = confidence.values.map { $0.decimals(4) }
            Terminal.write(([kind, isRight ? "1" : "0"] + signals).tabbed)
        }
        Terminal.write((["kind", "isRight"] + AnswerConfidence.names).tabbed)
        for question in questions {
            let (_, found, confidence) = desk.consideration(of: question.text)
            let quoted = found.prefix(Answerer.maximumQuotationCount).map(\.name)
            write("present", !question.articles.allSatisfy { !quoted.contains($0) }, confidence)
            let removed = desk.consideration(of: question.text, without: Set(question.articles))
            write("removed", false, removed.confidence)
        }
        for question in unanswered {
            write("absurd", false, desk.consideration(of: question).confidence)
        }
    }
}

extension [String] {
    fileprivate var tabbed: String { joined(separator: "\t") + "\n" }
}
