import Foundation

/// Where the real data for development is; not part of the repository.
enum SharedData {
    static let procurement: URL = {
        if let path = ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"] {
            return URL(fileURLWithPath: path).appendingPathComponent("procurement")
        }
        // This file is <root>/Tests/<Target>/SharedData.swift.
        var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appendingPathComponent("../shared/data/procurement").standardizedFileURL
    }()

    static let isPresent = FileManager.default.fileExists(atPath: procurement.path)
}
