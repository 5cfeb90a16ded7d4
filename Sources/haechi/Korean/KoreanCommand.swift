import ArgumentParser
import Basics
import Hosting
import Korean

/// `haechi korean`: how the engine reads a text, and search in a folder of texts.
struct KoreanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "korean",
        abstract: "Korean text: tokens, and search in a folder of texts.",
        subcommands: [Tokens.self, Index.self, Search.self]
    )

    struct Tokens: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the tokens of a text, one a line."
        )

        @Argument(help: "The text; standard input where not given.")
        var text: String?

        func run() async throws {
            let source =
                try text
                ?? String(
                    decoding: CommandInput.bytes("-"),
                    as: UTF8.self
                )
            for token in Analyzer().tokens(of: source) {
                Terminal.write("\(token.kind)\t\(token.text)\n")
            }
        }
    }

    struct Index: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Index a folder of text and Markdown files.",
            discussion: """
                Writes two files: the index FILE, and FILE.passages, which says in which file of the \
                folder each passage stands. Neither holds the texts: a search reads its snippets \
                from the folder, and says where a file has changed since.
                """
        )

        @Argument(help: "The folder: its .md, .markdown and .txt files, and those of its folders.")
        var folder: String

        @Option(help: "The index file to write.")
        var output: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let texts = try TextFolder(path: folder)
            let index = try TextIndex(texts.passages.lazy.map { texts.text($0) })
            try index.writeSnapshot(to: output)
            try PassageTable(texts, of: index).write(beside: output)
            let summary = Summary(
                fileCount: texts.files.count,
                passageCount: texts.passages.count,
                textByteCount: texts.byteCount,
                indexByteCount: index.byteCount,
                refusals: texts.refusals.map {
                    Refusal(path: $0.path, message: $0.message[common.language])
                }
            )
            switch format {
            case .json: try CommandOutput.json(summary)
            case .text:
                Terminal.write(summary.text(common.language))
                for refusal in summary.refusals {
                    Terminal.complain("\(refusal.path): \(refusal.message)")
                }
            }
            if !summary.refusals.isEmpty { throw CommandOutcome.doneWithFaults }
        }

        private struct Refusal: Encodable {
            var path: String
            var message: String
        }

        private struct Summary: Encodable {
            var fileCount: Int
            var passageCount: Int
            var textByteCount: Int
            var indexByteCount: Int
            var refusals: [Refusal]

            func text(_ language: Language) -> String {
                language == .korean
                    ? "파일 \(fileCount.grouped)개, 글 \(passageCount.grouped)토막, "
                        + "\(textByteCount.grouped)바이트; 색인 \(indexByteCount.grouped)바이트\n"
                    : "\(fileCount.grouped) files, \(passageCount.grouped) passages, "
                        + "\(textByteCount.grouped) bytes; index \(indexByteCount.grouped) bytes\n"
            }
        }
    }
}
