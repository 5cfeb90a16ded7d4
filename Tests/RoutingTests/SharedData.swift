import Foundation
import Packaging
import Testing

@testable import Routing

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

    static func bytes(_ name: String) throws -> FileBytes {
        try FileBytes(path: navigation.appendingPathComponent(name).path)
    }

    static func map(_ name: String) throws -> OSMFile {
        try OSMFile(try bytes(name))
    }
}

/// The code of the error that a closure throws; any other error than the engine's own fails the test.
func errorCode(_ body: () throws -> Void) -> RoutingError.Code? {
    do {
        try body()
        return nil
    } catch let error as RoutingError {
        return error.code
    } catch {
        Issue.record("not a RoutingError: \(error)")
        return nil
    }
}

extension Profile {
    /// The profile after a way through JSON.
    func copiedThroughJSON() throws -> Profile {
        try JSONDecoder().decode(Profile.self, from: JSONEncoder().encode(self))
    }
}
