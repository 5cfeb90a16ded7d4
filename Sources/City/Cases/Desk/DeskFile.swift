import Basics
import Tabular

/// A table that an officer takes along.
struct DeskFile: Sendable {
    /// The forms in which tables are taken along.
    enum Format: String, Sendable, CaseIterable {
        /// Comma-separated values in UTF-8 with a byte order mark.
        case csv
        /// An Excel workbook.
        case xlsx

        var contentType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }

    /// The name of the sheet and the beginning of the file's name.
    var title: String
    /// What the columns are called.
    var columns: [String]
    /// The rows.
    var rows: [[Cell]]

    /// The bytes in a format.
    func bytes(_ format: Format) throws -> [UInt8] {
        var bytes: [UInt8] = []
        switch format {
        case .csv:
            var options = CSVWriter.Options()
            options.writesByteOrderMark = true
            var writer = CSVWriter(options: options) { bytes += $0 }
            try writer.write(columns)
            for row in rows { try writer.write(row) }
            try writer.finish()
        case .xlsx:
            var writer = XLSXWriter { bytes += $0 }
            try writer.beginSheet(title, columns: columns.map { XLSXColumn($0) })
            for row in rows { try writer.write(row) }
            try writer.finish()
        }
        return bytes
    }
}
