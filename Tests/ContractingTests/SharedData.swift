import Foundation
import SharedDataTesting

extension SharedData {
    static let procurement = folder("procurement")
    static let isPresent = FileManager.default.fileExists(atPath: procurement.path)

    /// The JSON files below a folder, in a stable order.
    static func jsonFiles(_ folder: String) -> [URL] {
        let root = procurement.appendingPathComponent(folder)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json" }
            .sorted { $0.path < $1.path }
    }
}
