import ArgumentParser
import Basics
import Hosting
import Tabular
import Web

/// `haechi assistant evaluate-articles`: whether questions of staff find the article that answers.
struct EvaluateArticlesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate-articles",
        abstract: "Measure whether questions find their article in a folder of statutes."
    )

    @Argument(help: "A CSV file with the columns question, statute and article.")
    var file: String

    @Option(help: "The folder of statutes.")
    var folder: String

    @Flag(help: "Print the questions whose article is not among the first three.")
    var misses = false

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let desk = try await FileDesk(folder: folder)
        var reader = try TabularReader.open(try CommandInput.bytes(file), fileName: file)
        let rows = try reader.rows(upTo: Self.maximumQuestionCount + 1)
        var result = ArticleRecall()
        for row in rows.dropFirst() {
            let gold = Set(
                row[2].text.split(separator: ";").map { place in
                    let text = String(place).trimmingWhitespace()
                    return text.contains(":") ? text : "\(row[1].text):\(text)"
                }
            )
            let found = desk.passages(for: row[0].text).map { passage in
                "\(desk.title(of: passage)):\(passage.locator)"
            }
            let rank = found.firstIndex { gold.contains($0) }
            result.add(rank)
            if misses, rank.map({ $0 >= 3 }) ?? true {
                Terminal.write("\(row[0].text)\t\(gold.sorted())\t\(found.prefix(3))\n")
            }
        }
        guard result.questionCount > 0 else {
            throw CommandOutcome.refused(
                Bilingual("파일에 질문이 없습니다.", "The file has no question.")
            )
        }
        switch format {
        case .json: try CommandOutput.json(result)
        case .text:
            Terminal.write(
                "\(result.questionCount) questions\nR@1\t\(result.recallAt1.decimals(3))\n"
                    + "R@3\t\(result.recallAt3.decimals(3))\n"
                    + "R@10\t\(result.recallAt10.decimals(3))\n"
                    + "MRR\t\(result.meanReciprocalRank.decimals(3))\n"
            )
        }
    }

    /// The most questions of a file.
    private static let maximumQuestionCount = 100_000
}

/// How often the article is among the first passages found.
private struct ArticleRecall: Encodable {
    private(set) var questionCount = 0
    private var first = 0
    private var firstThree = 0
    private var firstTen = 0
    private var reciprocal = 0.0

    var recallAt1: Double { Double(first) / Double(questionCount) }
    var recallAt3: Double { Double(firstThree) / Double(questionCount) }
    var recallAt10: Double { Double(firstTen) / Double(questionCount) }
    var meanReciprocalRank: Double { reciprocal / Double(questionCount) }

    mutating func add(_ rank: Int?) {
        questionCount += 1
        guard let rank else { return }
        first += rank == 0 ? 1 : 0
        firstThree += rank < 3 ? 1 : 0
        firstTen += rank < 10 ? 1 : 0
        reciprocal += 1 / Double(rank + 1)
    }

    private enum CodingKeys: String, CodingKey {
        case questionCount, recallAt1, recallAt3, recallAt10, meanReciprocalRank
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(questionCount, forKey: .questionCount)
        try container.encode(recallAt1, forKey: .recallAt1)
        try container.encode(recallAt3, forKey: .recallAt3)
        try container.encode(recallAt10, forKey: .recallAt10)
        try container.encode(meanReciprocalRank, forKey: .meanReciprocalRank)
    }
}
