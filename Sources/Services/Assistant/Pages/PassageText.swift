import Basics
import Web

/// The text of a passage as it was written: paragraphs, items of lists, tables of Markdown (GFM §4.10).
struct PassageText: Sendable {
    /// A run of lines of one kind.
    private enum Block {
        case paragraph(String)
        case items([String])
        case table([[String]])
    }

    private var blocks: [Block] = []

    /// Reads the lines of a passage.
    init(_ lines: some Sequence<some StringProtocol>) {
        for line in lines {
            let text = String(line).trimmingWhitespace()
            if text.isEmpty { continue }
            if text.hasPrefix("|"), text.hasSuffix("|"), text.count > 1 {
                add(row: text)
            } else if text.hasPrefix("- ") || text.hasPrefix("* ") {
                add(item: String(text.dropFirst(2)))
            } else {
                blocks.append(.paragraph(text))
            }
        }
    }

    private mutating func add(row text: String) {
        let cells = text.dropFirst().dropLast()
            .split(separator: "|", omittingEmptySubsequences: false)
            .map { String($0).trimmingWhitespace() }
        // The line between the header and the rows draws nothing.
        if cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) { return }
        if case .table(let rows)? = blocks.last {
            blocks[blocks.count - 1] = .table(rows + [cells])
        } else {
            blocks.append(.table([cells]))
        }
    }

    private mutating func add(item: String) {
        if case .items(let items)? = blocks.last {
            blocks[blocks.count - 1] = .items(items + [item])
        } else {
            blocks.append(.items([item]))
        }
    }

    /// The text, its tables under a name for those who do not see the page.
    func html(tableName: String, in context: PageContext) -> HTML {
        HTML(each: blocks) { block in
            switch block {
            case .paragraph(let text): "<p>\(text)</p>"
            case .items(let items): "<ul>\(HTML(each: items) { "<li>\($0)</li>" })</ul>"
            case .table(let rows): Self.table(rows, tableName, in: context)
            }
        }
    }

    private static func table(
        _ rows: [[String]],
        _ name: String,
        in context: PageContext
    ) -> HTML {
        let width = rows.map(\.count).max() ?? 0
        let columns = (0..<width).map { column in
            let title = column < rows[0].count ? rows[0][column] : ""
            return DataTable.Column(title, isRowHeader: column == 0)
        }
        return Web.table(
            DataTable(
                caption: name,
                hidesCaption: true,
                columns: columns,
                rows: rows.dropFirst().map { row in
                    (0..<width).map { HTML(text: $0 < row.count ? row[$0] : "") }
                }
            ),
            in: context
        )
    }
}
