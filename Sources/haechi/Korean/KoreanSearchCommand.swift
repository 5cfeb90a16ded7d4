import ArgumentParser
import Basics
import Hosting
import Korean

extension KoreanCommand {
    /// `haechi korean search`: the passages of an indexed folder that answer a query.
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Search an indexed folder; the best passages with rank, score and snippet.",
            discussion: """
                FILE is what `haechi korean index` wrote, with FILE.passages beside it. Snippets are \
                read from the folder that was indexed, or from --folder where it stands elsewhere now.
                """
        )

        @Argument(help: "The index file.")
        var file: String

        @Argument(help: "What to search for.")
        var query: [String]

        @Option(help: "How many passages to give, 1 to 1000.")
        var limit = 10

        @Option(help: "A table of synonyms: one group of words a line, apart by commas.")
        var synonyms: String?

        @Option(help: "Where the texts stand, where they were moved.")
        var folder: String?

        @Flag(help: "Tell what each term added to the score.")
        var explain = false

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func validate() throws {
            guard (1...SearchOptions.maximumLimit).contains(limit) else {
                throw ValidationError("--limit is 1 to \(SearchOptions.maximumLimit)")
            }
        }

        func run() async throws {
            let table = try synonyms.map { path in
                try SynonymTable(text: String(decoding: CommandInput.bytes(path), as: UTF8.self))
            }
            let typed = TextQuery(query.joined(separator: " "), synonyms: table ?? SynonymTable())
            guard !typed.isEmpty else {
                throw CommandOutcome.refused(
                    Bilingual(
                        "검색어가 비어 있습니다. 찾을 말을 적어 주세요.",
                        "The query is empty. Give the words to search for."
                    )
                )
            }
            let index = try TextIndex(mappingSnapshotAt: file)
            let passages = try await PassageTable.read(beside: file, of: index)
            let answer = Answer(self, index, passages, index.corrected(typed))
            switch format {
            case .json: try CommandOutput.json(answer)
            case .text: Terminal.write(answer.text(common.language))
            }
            guard answer.changedFiles.isEmpty else {
                if format == .text {
                    for path in answer.changedFiles {
                        Terminal.complain(
                            common.language == .korean
                                ? "색인한 뒤에 바뀌었거나 없습니다: \(path)"
                                : "changed since it was indexed, or gone: \(path)"
                        )
                    }
                }
                throw CommandOutcome.doneWithFaults
            }
        }
    }
}

extension KoreanCommand.Search {
    /// What a search prints.
    fileprivate struct Answer: Encodable {
        struct Alternative: Encodable {
            var typed: String
            var searched: [String]
        }

        struct Highlight: Encodable {
            var start: Int
            var end: Int
        }

        struct Term: Encodable {
            var text: String
            var kind: String
            var frequency: Int
            var documentFrequency: Int
            var inverseDocumentFrequency: Double
            var contribution: Double
        }

        struct Hit: Encodable {
            var rank: Int
            var path: String
            var heading: String
            var score: Double
            var byteOffset: Int
            var byteCount: Int
            /// The part of the passage that shows most of the query; not there where the file changed.
            var snippet: String?
            /// What to mark in the snippet, in bytes of UTF-8.
            var highlights: [Highlight]
            var explanation: [Term]?
        }

        var query: String
        var alternatives: [Alternative]
        var hits: [Hit]
        var changedFiles: [String] = []

        init(
            _ command: KoreanCommand.Search,
            _ index: TextIndex,
            _ table: PassageTable,
            _ query: TextQuery
        ) {
            self.query = query.text
            alternatives = query.alternatives.map {
                Alternative(typed: $0.typed, searched: $0.searched)
            }
            let options = SearchOptions(limit: command.limit, correctsWords: false)
            let highlighter = Highlighter(query)
            hits = []
            for (place, hit) in index.search(query, options: options).enumerated() {
                let passage = table.passages[Int(hit.document)]
                let path = table.files[passage.file]
                let snippet = table.text(of: passage, in: command.folder).map {
                    highlighter.snippet(of: $0)
                }
                if snippet == nil, !changedFiles.contains(path) { changedFiles.append(path) }
                hits.append(
                    Hit(
                        rank: place + 1,
                        path: path,
                        heading: passage.heading,
                        score: hit.score,
                        byteOffset: passage.byteOffset,
                        byteCount: passage.byteCount,
                        snippet: snippet?.text,
                        highlights: (snippet?.highlights ?? []).map {
                            Highlight(start: $0.lowerBound, end: $0.upperBound)
                        },
                        explanation: command.explain
                            ? index.explanation(of: hit.document, for: query, options: options)
                                .filter { $0.contribution > 0 }.map(Term.init) : nil
                    )
                )
            }
        }

        func text(_ language: Language) -> String {
            var lines = alternatives.map { "\($0.typed) → \($0.searched.joined(separator: ", "))" }
            if hits.isEmpty { lines.append(language == .korean ? "찾은 것이 없습니다." : "Nothing found.") }
            for hit in hits {
                let place = hit.heading.isEmpty ? hit.path : "\(hit.path) > \(hit.heading)"
                lines.append("\(hit.rank)\t\(hit.score.decimals(3))\t\(place)")
                if let snippet = hit.snippet {
                    let words = snippet.split(whereSeparator: \.isWhitespace)
                    lines.append("\t\(words.joined(separator: " "))")
                }
                for term in hit.explanation ?? [] {
                    lines.append(
                        "\t\(term.text)\t\(term.kind)\t×\(term.frequency)"
                            + "\tidf \(term.inverseDocumentFrequency.decimals(3))"
                            + "\t+\(term.contribution.decimals(3))"
                    )
                }
            }
            return lines.map { $0 + "\n" }.joined()
        }
    }
}

extension KoreanCommand.Search.Answer.Term {
    fileprivate init(_ part: TermExplanation) {
        text = part.term.text
        kind = part.term.kind.rawValue
        frequency = part.frequency
        documentFrequency = part.documentFrequency
        inverseDocumentFrequency = part.inverseDocumentFrequency
        contribution = part.contribution
    }
}
