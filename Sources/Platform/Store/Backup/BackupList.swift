public import Basics

/// A backup in a folder of backups, as its manifest tells.
public struct BackupSummary: Sendable, Hashable {
    /// The name of its folder.
    public let name: String
    /// When the state it holds was current; nothing while it is being written.
    public let createdAt: Instant?
    /// The bytes of its files.
    public let byteCount: Int
    /// The rows it holds.
    public let rowCount: Int

    /// Whether it is whole; one that is being written, or was cut off, is not.
    public var isComplete: Bool { createdAt != nil }
}

extension Store {
    /// The most backups that are listed.
    public static let maximumListedBackupCount = 50

    /// The backups in a folder, the latest first; nothing where there is no such folder.
    ///
    /// Only the manifests are read: `checkBackup(_:)` reads and compares the files.
    public static func backups(in folder: String) async throws -> [BackupSummary] {
        try await Blocking.run {
            let found = Files.names(in: folder).compactMap { name -> Found? in
                guard Files.isFolder("\(folder)/\(name)") else { return nil }
                if name.hasSuffix(partialSuffix) { return Found(folderName: name, head: nil) }
                // A folder without a manifest is somebody's own.
                return manifestHead("\(folder)/\(name)").map { Found(folderName: name, head: $0) }
            }
            let latest = found.sorted { $0.time > $1.time }.prefix(maximumListedBackupCount)
            return latest.map { $0.summary(in: folder) }
        }
    }

    private struct Found {
        let folderName: String
        let head: ManifestHead?

        /// What is not whole yet comes first.
        var time: Int64 { head?.createdAt.millisecondsSinceEpoch ?? .max }

        func summary(in folder: String) -> BackupSummary {
            BackupSummary(
                name: head == nil
                    ? String(folderName.dropLast(Store.partialSuffix.count)) : folderName,
                createdAt: head?.createdAt,
                byteCount: Files.treeSize("\(folder)/\(folderName)"),
                rowCount: head?.tables.reduce(0) { $0 + $1.rowCount } ?? 0
            )
        }
    }

    private struct ManifestHead: Decodable {
        var createdAt: Instant
        var tables: [BackupManifest.Table]
    }

    private static func manifestHead(_ path: String) -> ManifestHead? {
        let file = path + "/" + BackupManifest.fileName
        guard let size = Files.size(file), let handle = try? FileHandle.reading(file),
            let bytes = try? handle.read(at: 0, maximumCount: size)
        else { return nil }
        return try? JSONText.decode(ManifestHead.self, from: String(decoding: bytes, as: UTF8.self))
    }
}
