import Basics
import Foundation
import Testing

@testable import Korean

@Suite struct RetrievalEvaluationTests {
    @Test func `measures of a small set are as counted by hand`() throws {
        let evaluation = try RetrievalEvaluation(passages: AnswerReaderTests.passages)
        let report = evaluation.report(on: [
            .init(text: "6년 근무하면 연가는 며칠인가요?", passage: 0, answers: ["21일"]),
            .init(text: "병가는 연 며칠까지 허가하나요?", passage: 1, answers: ["60일"]),
            .init(text: "여비는 언제 지급하나요?", passage: 1, answers: ["없는 답"]),
        ])
        #expect(report.questionCount == 3)
        #expect(report.recallAt1 == 2 / 3.0)
        #expect(report.answerInTwoSentences == 2 / 3.0)
        #expect(report.meanReciprocalRank >= 2 / 3.0 && report.meanReciprocalRank < 1)
    }

    @Test func `the area under the curve is that of all pairs`() {
        typealias Report = RetrievalEvaluation.Report
        #expect(Report.areaUnderCurve(positive: [3, 4], negative: [1, 2]) == 1)
        #expect(Report.areaUnderCurve(positive: [1, 2], negative: [3, 4]) == 0)
        #expect(Report.areaUnderCurve(positive: [1, 2], negative: [1, 2]) == 0.5)
        #expect(Report.areaUnderCurve(positive: [1, 3], negative: [2, 2, 1]) == (0.5 + 3) / 6)
        #expect(Report.areaUnderCurve(positive: [], negative: [1]) == 0)
    }

    @Test func `variants change what they say`() {
        var random = SeededRandom(seed: 3)
        let text = "연가 일수는 며칠인가요"
        #expect(RetrievalEvaluation.text(of: text, .plain, &random) == text)
        #expect(RetrievalEvaluation.text(of: text, .withoutSpaces, &random) == "연가일수는며칠인가요")
        let long = String(repeating: "가나다라", count: 1_000)
        let typed = RetrievalEvaluation.text(of: long, .mistyped, &random)
        let changed = zip(long, typed).count { $0 != $1 }
        #expect((200...440).contains(changed))
    }

    /// KorQuAD 1.0 in the folder of shared data, if there is one; its licence forbids a copy here.
    private static let file: URL? = {
        guard let path = ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"] else {
            return nil
        }
        let file = URL(fileURLWithPath: path)
            .appendingPathComponent("assist/korquad/KorQuAD_v1.0_dev_part.json")
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }()

    private struct Root: Decodable {
        struct Article: Decodable {
            var title: String
            var paragraphs: [Paragraph]
        }
        struct Paragraph: Decodable {
            var context: String
            var qas: [Item]
        }
        struct Item: Decodable {
            struct Answer: Decodable { var text: String }
            var question: String
            var answers: [Answer]
        }
        var data: [Article]
    }

    @Test(.enabled(if: file != nil, "HAECHI_SHARED_DATA has no KorQuAD"))
    func `the held-out questions of KorQuAD keep their measures`() throws {
        let root = try JSONDecoder().decode(
            Root.self,
            from: Data(contentsOf: try #require(Self.file))
        )
        var passages: [String] = []
        var questions: [RetrievalEvaluation.Question] = []
        for article in root.data {
            for paragraph in article.paragraphs {
                passages.append(paragraph.context)
                guard RetrievalEvaluation.isHeldOut(article: article.title) else { continue }
                questions += paragraph.qas.map {
                    .init(
                        text: $0.question,
                        passage: passages.count - 1,
                        answers: $0.answers.map(\.text)
                    )
                }
            }
        }
        // Every fourth: the whole half takes half a minute without optimisation.
        questions = stride(from: 0, to: questions.count, by: 4).map { questions[$0] }
        let evaluation = try RetrievalEvaluation(passages: passages)
        let plain = evaluation.report(on: questions)
        #expect(plain.recallAt1 >= 0.94)
        #expect(plain.meanReciprocalRank >= 0.96)
        #expect(plain.answerInTwoSentences >= 0.90)
        #expect(plain.abstentionAUROC >= 0.95)
        #expect(evaluation.report(on: questions, variant: .withoutSpaces).recallAt1 >= 0.92)
        #expect(evaluation.report(on: questions, variant: .mistyped).recallAt1 >= 0.92)
    }
}
