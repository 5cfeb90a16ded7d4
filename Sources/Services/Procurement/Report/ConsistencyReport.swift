import Basics
import Consistency

/// Whether the published figures close: the built-in series, or a file of figures, put through the
/// consistency rules.
enum ConsistencyReport {
    /// The findings on the published series 2013–2023.
    static func findings() throws -> [Finding] {
        let header = FigureTable.requiredColumns
        return try findings(rows: [header] + PublishedSeries.entries.map { row($0, header) })
    }

    /// The findings on a table of figures, its header in the first row.
    static func findings(rows: [[String]]) throws -> [Finding] {
        let publication = Publication(
            figures: try FigureTable.figures(rows: rows),
            claims: PublishedClaims.seoul2013to2023
        )
        return ConsistencyAudit().findings(in: publication)
    }

    private static func row(_ entry: PublishedSeries.Entry, _ header: [String]) -> [String] {
        let (scope, dimension): (String, String) =
            switch entry.dimension {
            case .total: ("total", "total")
            case .agencyKind: ("org", "org")
            case .type: ("type", "type")
            case .timing: ("timing", "quarter")
            case .newTechnology: ("newtech", "tech")
            }
        let values: [String: String] = [
            "year": String(entry.year), "scope": scope, "dimension": dimension,
            "category": entry.name, "projects": entry.count.map { String($0) } ?? "",
            "amount_eok": entry.eok.map { String($0) } ?? "", "source": quoted(entry.source),
        ]
        return header.map { values[$0] ?? "" }
    }

    /// "A; B: 677억원" in the form the rules read: "A (B says 677)".
    private static func quoted(_ source: String) -> String {
        guard let semicolon = source.lastIndex(of: ";"), let colon = source.lastIndex(of: ":"),
            semicolon < colon
        else { return source }
        let number = source[colon...].filter { $0.isNumber }
        guard !number.isEmpty else { return source }
        let other = source[semicolon..<colon].dropFirst(2)
        return "\(source[..<semicolon]) (\(other) says \(number))"
    }
}
