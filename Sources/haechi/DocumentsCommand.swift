import ArgumentParser
import Basics
import Documents
import Hosting
import Programs

/// `haechi documents text`: what an HTML page, a DOCX or a PDF says.
struct DocumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "documents",
        abstract: "Documents as HTML, DOCX, PDF and text.",
        subcommands: [Text.self]
    )

    struct Text: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the outline of a document: headings, paragraphs, lists, tables."
        )

        @Argument(help: "An HTML, DOCX, PDF or text file; - for standard input.")
        var file: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let outline = try await OutlineReader.read(
                try CommandInput.bytes(file),
                fileName: file
            )
            switch format {
            case .json: try CommandOutput.json(outline)
            case .text: Terminal.write(outline.markdown)
            }
        }
    }
}
