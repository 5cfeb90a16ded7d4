import Foundation
import Packaging
import Routing
import Testing

/// Where the real data for development is; not part of the repository.
enum SharedData {
    static let navigation: URL = {
        if let path = ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"] {
            return URL(fileURLWithPath: path).appendingPathComponent("navigation")
        }
        // This file is <root>/Tests/<Target>/SharedData.swift.
        var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appendingPathComponent("../shared/data/navigation").standardizedFileURL
    }()

    static let isPresent = FileManager.default.fileExists(atPath: navigation.path)
    static let absence: Comment = "HAECHI_SHARED_DATA has no navigation"

    static func map(_ name: String) throws -> OSMFile {
        try OSMFile(FileBytes(path: navigation.appendingPathComponent(name).path))
    }
}

extension OSMFile {
    /// A map of a few elements.
    init(elements: String) throws {
        try self.init(MemoryBytes(Array("<osm version=\"0.6\">\(elements)</osm>".utf8)))
    }
}
