import Basics
import Foundation
import Glibc
import Hosting
import Logging
import Store

/// Sample cities that were made in this process: each is made once, and a test gets a copy of its folder.
///
/// Making the sample costs far more than copying it, and every test wants an untouched one.
actor SampleTemplates {
    static let shared = SampleTemplates()

    /// What makes one sample differ from another.
    struct Key: Hashable {
        var rooms: String
        var now: Instant
        var settings: [String: String]
    }

    private static let root = FileManager.default.temporaryDirectory
        .appending(path: "haechi-templates-\(getpid())")
    private var made: [Key: Task<URL, any Error>] = [:]

    private init() {
        atexit { try? FileManager.default.removeItem(at: SampleTemplates.root) }
    }

    /// Copies the sample of a composition into a folder that does not exist yet.
    func copy(
        _ composition: CityComposition,
        now: Instant,
        settings: [String: String],
        to folder: URL
    ) async throws {
        let key = Key(rooms: String(describing: composition), now: now, settings: settings)
        let task = made[key] ?? Task { try await Self.make(composition, key) }
        made[key] = task
        try FileManager.default.copyItem(at: try await task.value, to: folder)
    }

    private static func make(_ composition: CityComposition, _ key: Key) async throws -> URL {
        let folder = root.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let city = try await composition.open(
            settings: try await CityClient.settings(of: folder, key.settings),
            wantsSample: true,
            time: .fixed(key.now),
            logger: CityClient.silentLogger
        )
        try await city.platform.store.close()
        return folder
    }
}
