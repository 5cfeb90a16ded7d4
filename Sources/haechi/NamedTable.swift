import Basics
import Hosting
import Tabular

/// A table whose first row names its columns.
struct NamedTable {
    struct Row {
        let row: TabularRow
        let columns: [String: Int]

        func text(_ name: String) -> String { columns[name].map { row[$0].text } ?? "" }

        func isYes(_ name: String) -> Bool {
            ["yes", "true", "1", "y", "예"].contains(text(name).lowercased())
        }

        func number(_ name: String, otherwise: Double? = nil) throws -> Double {
            let text = text(name).filter { $0 != "," && !$0.isWhitespace }
            if text.isEmpty, let otherwise { return otherwise }
            guard let value = Double(text), value.isFinite else {
                throw CommandOutcome.refused(
                    Bilingual(
                        "\(row.number)행의 \(name)이(가) 숫자가 아닙니다.",
                        "Row \(row.number): \(name) is not a number."
                    )
                )
            }
            return value
        }

        func whole(_ name: String, otherwise: Double) throws -> Int64 {
            let value = try number(name, otherwise: otherwise).rounded()
            return abs(value) < 1e15 ? Int64(value) : -1
        }

        /// Degrees in the columns longitude and latitude.
        var place: (longitude: Double, latitude: Double) {
            get throws {
                let longitude = try number("longitude")
                let latitude = try number("latitude")
                guard abs(longitude) <= 180, abs(latitude) <= 90 else {
                    throw CommandOutcome.refused(
                        Bilingual(
                            "\(row.number)행의 좌표가 지구 밖입니다. 경도와 위도가 바뀌지 않았나요?",
                            "Row \(row.number) lies outside the world. Are the axes swapped?"
                        )
                    )
                }
                return (longitude, latitude)
            }
        }
    }

    var rows: [Row] = []

    init(_ path: String, columns required: [String]) throws {
        var reader = try TabularReader.open(path: path)
        var row = TabularRow()
        guard try reader.next(&row) else { return }
        let names = row.cells.map {
            $0.text.lowercased().filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
        }
        let columns = Dictionary(
            zip(names, names.indices),
            uniquingKeysWith: { first, _ in first }
        )
        for name in required where columns[name] == nil {
            throw CommandOutcome.refused(
                Bilingual(
                    "\(path): \(name) 열이 없습니다.",
                    "\(path) has no column \(name)."
                )
            )
        }
        while try reader.next(&row) {
            if !row.isBlank { rows.append(Row(row: row, columns: columns)) }
        }
    }
}
