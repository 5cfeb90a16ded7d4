import Korean

/// How likely it is that the article found first answers the question: the basis for quoting it or for
/// saying that the assistant does not know.
struct AnswerConfidence: Sendable, Hashable {
    /// The names of the signals, in the order of `values`.
    static let names = ["proximity", "coverage", "unknownShare", "lead"]

    /// Fitted on the halves for tuning of the staff's questions, of the handbook's and of those
    /// that nothing answers: `Benchmarks/assistant/fit-confidence.py`, whose head has the command.
    private static let regression = LogisticRegression(
        constant: -2.66,
        weights: [2.41, 1.97, -6.35, 4.27]
    )

    /// The signals.
    let values: [Double]

    /// Reads what is known of the articles that were found, best first.
    init(_ found: [FoundArticle]) {
        let words = found.first?.features.words ?? PassageFeatures()
        let best = found.first?.score ?? 0
        let second = found.count > 1 ? found[1].score : 0
        values = [
            words.proximity, words.coverage, words.unknownShare,
            best > 0 ? (best - second) / best : 0,
        ]
    }

    /// The likelihood, 0 to 1.
    var likelihood: Double { Self.regression.likelihood(of: values) }
}
