import ArgumentParser
import Basics
import FoundationEssentials
import Hosting
import Korean
import Web

/// `haechi assistant evaluate`: how well questions find their passage and their answer.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure search, answers and abstention on a file of KorQuAD's form."
    )

    @Argument(help: "A JSON file of KorQuAD's form; - for standard input.")
    var file: String

    /// How the questions are written, by the names people type.
    enum Variant: String, ExpressibleByArgument, CaseIterable {
        case plain, withoutSpaces, mistyped

        var questions: RetrievalEvaluation.Variant {
            switch self {
            case .plain: .plain
            case .withoutSpaces: .withoutSpaces
            case .mistyped: .mistyped
            }
        }
    }

    @Option(help: "How the questions are written: plain, withoutSpaces or mistyped.")
    var variant = Variant.plain

    @Flag(help: "Only the articles kept out of tuning.")
    var heldOut = false

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let set: QuestionSet
        do {
            set = try JSONDecoder().decode(QuestionSet.self, from: Data(CommandInput.bytes(file)))
        } catch let error as DecodingError {
            throw CommandOutcome.refused(
                Bilingual("KorQuAD 형식이 아닙니다: \(error)", "Not of KorQuAD's form: \(error)")
            )
        }
        var passages: [String] = []
        var questions: [RetrievalEvaluation.Question] = []
        for article in set.data {
            let isAsked = !heldOut || RetrievalEvaluation.isHeldOut(article: article.title ?? "")
            for paragraph in article.paragraphs {
                passages.append(paragraph.context)
                guard isAsked else { continue }
                questions += paragraph.qas.map {
                    RetrievalEvaluation.Question(
                        text: $0.question,
                        passage: passages.count - 1,
                        answers: $0.answers.map(\.text)
                    )
                }
            }
        }
        guard !questions.isEmpty else {
            throw CommandOutcome.refused(
                Bilingual("파일에 질문이 없습니다.", "The file has no question.")
            )
        }
        let result = EvaluationResult(
            try RetrievalEvaluation(passages: passages).report(
                on: questions,
                variant: variant.questions
            ),
            passageCount: passages.count
        )
        switch format {
        case .json: try CommandOutput.json(result)
        case .text: Terminal.write(result.text)
        }
    }
}

/// A file of questions in KorQuAD's form.
private struct QuestionSet: Decodable {
    struct Article: Decodable {
        var title: String?
        var paragraphs: [Paragraph]
    }

    struct Paragraph: Decodable {
        var context: String
        var qas: [Question]
    }

    struct Question: Decodable {
        var question: String
        var answers: [Answer]
    }

    struct Answer: Decodable {
        var text: String
    }

    var data: [Article]
}

/// The measures, by the names that other programs read.
private struct EvaluationResult: Encodable {
    var questionCount: Int
    var passageCount: Int
    var recallAt1: Double
    var recallAt5: Double
    var recallAt10: Double
    var meanReciprocalRank: Double
    var answerInTwoSentences: Double
    var abstentionAUROC: Double

    init(_ report: RetrievalEvaluation.Report, passageCount: Int) {
        questionCount = report.questionCount
        self.passageCount = passageCount
        recallAt1 = report.recallAt1
        recallAt5 = report.recallAt5
        recallAt10 = report.recallAt10
        meanReciprocalRank = report.meanReciprocalRank
        answerInTwoSentences = report.answerInTwoSentences
        abstentionAUROC = report.abstentionAUROC
    }

    var text: String {
        let rows: [(String, Double)] = [
            ("R@1", recallAt1), ("R@5", recallAt5), ("R@10", recallAt10),
            ("MRR", meanReciprocalRank), ("answer in two sentences", answerInTwoSentences),
            ("abstention AUROC", abstentionAUROC),
        ]
        return "\(questionCount) questions, \(passageCount) passages\n"
            + rows.map { "\($0.0)\t\($0.1.decimals(3))\n" }.joined()
    }
}
