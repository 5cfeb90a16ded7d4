import Foundation
import Testing

/// The package as `swift package describe --type json` tells it.
private struct PackageDescription: Decodable {
    struct Target: Decodable {
        var name: String
        var path: String
        var type: String
        var target_dependencies: [String]?
    }
    var targets: [Target]

    static func load() throws -> PackageDescription {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // `describe` only reads; a cache of its own keeps it from waiting for the build's lock.
        let scratch = FileManager.default.temporaryDirectory
            .appending(path: "haechi-architecture-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        process.arguments = [
            "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path,
            "describe", "--type", "json",
        ]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        let start = try #require(data.firstIndex(of: UInt8(ascii: "{")))
        return try JSONDecoder().decode(PackageDescription.self, from: data[start...])
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
}

/// The floor of a target, by its folder; nil for tests.
private func floor(_ target: PackageDescription.Target) -> Int? {
    let folders: [(String, Int)] = [
        ("Sources/C/", 0), ("Sources/Engines/", 1), ("Sources/Platform/", 2),
        ("Sources/City/", 3), ("Sources/Services/", 4), ("Sources/haechi", 5),
    ]
    return folders.first { target.path.hasPrefix($0.0) }?.1
}

@Suite struct `The house` {
    @Test func `arrows only point down, and no service imports a service`() throws {
        let package = try PackageDescription.load()
        let floors = Dictionary(
            uniqueKeysWithValues: package.targets.compactMap { target in
                floor(target).map { (target.name, $0) }
            }
        )
        #expect(floors.count >= 12, "the folders of the floors were not found")
        for target in package.targets {
            guard let own = floors[target.name] else { continue }
            for dependency in target.target_dependencies ?? [] {
                let below = try #require(floors[dependency], "\(dependency) stands on no floor")
                // Rooms of the first three floors may lean on one of their own floor; SwiftPM itself
                // refuses circles.
                let mayShareFloor = (1...3).contains(own)
                #expect(
                    below < own || (mayShareFloor && below == own),
                    "\(target.name) (floor \(own)) must not depend on \(dependency) (floor \(below))"
                )
            }
        }
    }

    @Test func `what a file imports of the house is declared by its target`() throws {
        let package = try PackageDescription.load()
        let names = Set(package.targets.map(\.name))
        for target in package.targets where floor(target) != nil && target.type != "system-target" {
            let declared = Set(target.target_dependencies ?? [])
            for file in try swiftFiles(under: target.path) {
                let text = try String(contentsOf: file, encoding: .utf8)
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count
                    else { continue }
                    let module = String(words[at + 1])
                    guard names.contains(module), module != target.name else { continue }
                    #expect(
                        declared.contains(module),
                        "\(file.lastPathComponent) imports \(module) past the package"
                    )
                }
            }
        }
    }

    @Test func `engines touch no database, no web and no full Foundation`() throws {
        let forbidden = ["GRDB", "Hummingbird", "NIOCore", "Foundation", "FoundationNetworking"]
        for file in try swiftFiles(under: "Sources/Engines") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for module in forbidden {
                #expect(
                    !text.contains("import \(module)\n"),
                    "\(file.lastPathComponent) imports \(module)"
                )
            }
        }
    }

    private func swiftFiles(under path: String) throws -> [URL] {
        let folder = PackageDescription.root.appending(path: path)
        let walker = try #require(
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        )
        return walker.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }
}
