public import Foundation
public import Packaging
public import Routing
public import SharedDataTesting

extension SharedData {
    /// Maps, heights and graphs.
    public static let navigation = folder("navigation")
    /// Whether they are there.
    public static let hasNavigation = FileManager.default.fileExists(atPath: navigation.path)

    /// A file of them.
    public static func bytes(_ name: String) throws -> FileBytes {
        try FileBytes(path: navigation.appendingPathComponent(name).path)
    }

    /// A map of them.
    public static func map(_ name: String) throws -> OSMFile {
        try OSMFile(try bytes(name))
    }
}
