import Basics
import Foundation
import Testing

@testable import Assistant

/// The question sets of the repository, asked of the sample handbook and of the statutes.
@Suite struct AnswerQualityTests {
    private static let questions = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Benchmarks/assistant")

    private static func file(_ name: String) -> String {
        questions.appendingPathComponent(name).path
    }

    /// The statutes in the folder of shared data, if there is one.
    private static let statutes: String? = {
        let environment = ProcessInfo.processInfo.environment
        guard let folder = environment["HAECHI_SHARED_DATA"] else { return nil }
        let path = URL(fileURLWithPath: folder).appendingPathComponent("assist/law").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    @Test func `the handbook answers what staff ask, and refuses what nothing answers`()
        async throws
    {
        let evaluation = ArticleEvaluation(
            of: try ArticleQuestion.read(Self.file("handbook-questions.csv")),
            unanswerable: try ArticleQuestion.lines(of: Self.file("unanswerable.txt")),
            at: try await FileDesk(folder: nil)
        )
        #expect(evaluation.recallAt3 >= 0.83)
        #expect(evaluation.answered >= 0.55)
        #expect(evaluation.rightAmongAnswered >= 0.90)
        #expect(evaluation.unanswerableRefused >= 0.90)
    }

    @Test(.enabled(if: statutes != nil, "HAECHI_SHARED_DATA has no statutes"))
    func `questions of staff find their article in the statutes`() async throws {
        let all = try ArticleQuestion.read(Self.file("staff-questions.csv"))
        // Every sixteenth: all of them take minutes without optimisation.
        let evaluation = ArticleEvaluation(
            of: stride(from: 0, to: all.count, by: 16).map { all[$0] },
            unanswerable: [],
            at: try await FileDesk(folder: Self.statutes)
        )
        #expect(evaluation.recallAt3 >= 0.70)
    }
}
