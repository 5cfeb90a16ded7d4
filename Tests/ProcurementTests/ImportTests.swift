import Foundation
import Testing

@testable import Procurement

/// Real data beside the repository; absent on most machines.
enum SharedData {
    static func text(_ path: String) -> String? {
        let named = ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"]
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folders = [named, "../shared/data", root.path + "/../shared/data"].compactMap { $0 }
        for folder in folders {
            if let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) {
                return text
            }
        }
        return nil
    }
}

/// The smallest reader of quoted CSV that these tests need; the product reads with Tabular.
enum TestCSV {
    static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        var characters = text.unicodeScalars.drop { $0 == "\u{FEFF}" }
        while let scalar = characters.popFirst() {
            switch scalar {
            case "\"" where isQuoted && characters.first == "\"":
                cell.unicodeScalars.append(scalar)
                characters.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                row.append(cell)
                cell = ""
            case "\r" where !isQuoted: continue
            case "\n" where !isQuoted:
                rows.append(row + [cell])
                (row, cell) = ([], "")
            default: cell.unicodeScalars.append(scalar)
            }
        }
        if !row.isEmpty || !cell.isEmpty { rows.append(row + [cell]) }
        return rows
    }
}
