public import Foundation

/// Where the real data for development is; not part of the repository.
public enum SharedData {
    /// A folder of it: `HAECHI_SHARED_DATA`, or `../shared/data` beside the repository.
    public static func folder(_ name: String) -> URL {
        if let path = ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"] {
            return URL(fileURLWithPath: path).appendingPathComponent(name)
        }
        // This file is <root>/Tests/Support/SharedDataTesting/SharedData.swift.
        var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appendingPathComponent("../shared/data/\(name)").standardizedFileURL
    }
}
