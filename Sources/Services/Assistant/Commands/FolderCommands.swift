import ArgumentParser
import Basics
import City
import Hosting
import Identity
import Korean
import Store
import Web

/// `haechi assistant import`: puts the documents of a folder into the store.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Put the documents of a folder in force: Markdown, HTML, text, DOCX, PDF, CSV, XLSX."
    )

    @Argument(help: "A folder, or one file.")
    var folder: String

    @Option(help: "The organization that keeps the documents.")
    var organization = Organization.sampleCity.id

    @OptionGroup var settings: SettingOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let language = common.language
        let (folder, organization) = (folder, organization)
        let summary = try await settings.withStore { store in
            let now = try await store.read { $0.now }
            return try await FolderImport(store: store, organizationID: organization).run(
                KnowledgeFolder(path: folder, at: now)
            ) { name, message in
                Terminal.complain("\(name): \(message[language])")
            }
        }
        let text = Bilingual(
            "문서 \(summary.documentCount)개를 시행했습니다(새 문서 \(summary.newCount)개, "
                + "바뀐 문서 \(summary.changed.count)개). 읽지 못한 파일 \(summary.refused.count)개",
            "\(summary.documentCount) documents are in force (\(summary.newCount) new, "
                + "\(summary.changed.count) changed); \(summary.refused.count) files could not be read"
        )
        Terminal.write(text[language] + "\n")
        if !summary.refused.isEmpty { throw CommandOutcome.doneWithFaults }
    }
}

/// `haechi assistant ask`: an answer from the documents of a folder.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Answer questions from the documents of a folder."
    )

    @Argument(help: "The questions; one a line from standard input where none is given.")
    var questions: [String] = []

    @Option(help: "A folder of documents; the sample handbook where not given.")
    var folder: String?

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let desk = try await FileDesk(folder: folder)
        for refusal in desk.refusals {
            Terminal.complain("\(refusal.path): \(refusal.message[common.language])")
        }
        var asked = questions
        if asked.isEmpty {
            let text = String(decoding: try CommandInput.bytes("-"), as: UTF8.self)
            asked = text.split(whereSeparator: \.isNewline).map(String.init)
        }
        let answers = asked.map { Asked(question: $0, answer: desk.answer($0)) }
        switch format {
        case .json: try CommandOutput.json(answers)
        case .text:
            for item in answers {
                let share = item.answer.confidence.decimals(2)
                Terminal.write("? \(item.question)\n\(item.answer.plainText) [\(share)]\n\n")
            }
        }
    }

    private struct Asked: Encodable {
        var question: String
        var answer: Answer
    }
}

/// The assistant on files: the documents of a folder, for a member of staff of nowhere.
struct FileDesk: Sendable {
    let knowledge: KnowledgeIndex.Snapshot
    let refusals: [(path: String, message: Bilingual)]
    private let today: LocalDate

    /// Reads a folder, or the sample handbook.
    init(folder: String?) async throws {
        let now = TimeSource.system.now()
        today = now.date
        var documents = try SampleHandbook.documents(at: now)
        var refusals: [(path: String, message: Bilingual)] = []
        if let folder {
            documents = []
            var found = try KnowledgeFolder(path: folder, at: now)
            while let item = await found.next() {
                switch item {
                case .document(let document, let read, _): documents.append((document, read))
                case .refusal(let path, let message): refusals.append((path, message))
                }
            }
        }
        var snapshot = KnowledgeIndex.Snapshot(
            synonyms: try SynonymTable(text: SampleHandbook.synonyms)
        )
        var number: Int64 = 0
        try snapshot.put(
            documents.map { document, read in
                var document = document
                document.status = .effective
                let passages = read.passages.enumerated().map { place, passage in
                    number += 1
                    return KnowledgePassage(
                        id: number,
                        documentID: document.id,
                        number: place + 1,
                        heading: passage.heading,
                        locator: passage.locator,
                        body: passage.body
                    )
                }
                return (document, passages)
            }
        )
        knowledge = snapshot
        self.refusals = refusals
    }

    /// Whoever asks at the command line.
    var actor: Actor { .account(SignedInAccount(id: "command", kind: .staff, displayName: "")) }

    func answer(_ question: String) -> Answer {
        Answerer(knowledge: knowledge).answer(
            PersonalData.masked(question),
            by: actor,
            on: today
        )
    }

    /// What is known of the answer to a question, all documents but some articles read, those of a
    /// coming day as well.
    func consideration(
        of question: String,
        without articles: Set<String> = []
    ) -> (answer: Answer, found: [FoundArticle], confidence: AnswerConfidence) {
        Answerer(knowledge: knowledge).consideration(of: question, in: documents(but: articles))
    }

    /// The passages that a search finds for a question, ranked, best first.
    func rankedPassages(for question: String) -> [FoundArticle] {
        let query = TextQuery(question, synonyms: knowledge.synonyms)
        return knowledge.rankedPassages(for: query, in: documents(but: []))
    }

    private func documents(but articles: Set<String>) -> DocumentSet {
        var documents = DocumentSet()
        for (id, range) in knowledge.numbers {
            let title = knowledge.documents[id]?.title ?? ""
            for number in range
            where !articles.contains("\(title):\(knowledge.passages[Int(number)].locator)") {
                documents.insert(number)
            }
        }
        return documents
    }
}
