extension DocumentOutline {
    /// The outline as Markdown (CommonMark with the tables of GFM), for people to read.
    public var markdown: String {
        blocks.map { block in
            switch block.content {
            case .heading(let level, let text):
                "\(String(repeating: "#", count: min(level, 6))) \(text)\n"
            case .paragraph(let text): "\(text)\n"
            case .item(let text): "- \(text)\n"
            case .table(let rows): Self.table(rows).joined(separator: "\n") + "\n"
            }
        }.joined(separator: "\n")
    }

    /// The lines of a table; the first row is its header.
    public static func table(_ rows: [[String]]) -> [String] {
        var lines = rows.map { row in
            // A bar within a cell would end it; its full-width form reads the same.
            "| \(row.map { $0.replacing("|", with: "｜") }.joined(separator: " | ")) |"
        }
        if let width = rows.first?.count, width > 0 {
            lines.insert("|\(String(repeating: " --- |", count: width))", at: 1)
        }
        return lines
    }
}

extension String {
    fileprivate func replacing(_ old: Character, with new: Character) -> String {
        String(map { $0 == old ? new : $0 })
    }
}
