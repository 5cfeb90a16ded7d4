public import Basics
internal import FoundationEssentials
public import Logging

extension Store {
    /// What the folder of a backup is called until it is whole.
    static let partialSuffix = ".partial"

    /// Writes everything into a new folder while the store goes on working.
    ///
    /// All rows are of one moment: a reader holds that state, and writers go on beside it. The folder
    /// appears under its name only when it is complete.
    ///
    /// - Parameter folder: A folder that does not exist yet.
    /// - Returns: What the backup holds.
    /// - Throws: `StoreError` with code `.notEmpty`, `.diskFull`, or `.corrupt` where a blob is damaged.
    @discardableResult
    public func backUp(to folder: String) async throws -> BackupManifest {
        guard !Files.isFolder(folder), Files.size(folder) == nil else {
            throw StoreError(.notEmpty, context: folder)
        }
        let partial = folder + Store.partialSuffix
        try await Blocking.run {
            try Files.removeTree(partial)
            try Files.makeFolder(partial + "/tables")
        }
        let (blobs, kind) = (blobs, engine.kind)
        do {
            let rows = try await read { db in
                (
                    db.now, try Migrator.applied(db),
                    try db.connection.tables().map { try $0.write(to: partial, db) }
                )
            }
            return try await Blocking.run {
                // A blob is put before the row that names it, so all that the rows name are here.
                let names = blobs.listed()
                let copies = BlobStore(folder: partial + "/blobs")
                for name in names { try blobs.copy(name, to: copies) }
                let manifest = BackupManifest(
                    format: BackupManifest.currentFormat,
                    createdAt: rows.0,
                    engine: kind.rawValue,
                    migrations: rows.1,
                    tables: rows.2,
                    blobs: names
                )
                let file = try FileHandle.creating(partial + "/" + BackupManifest.fileName)
                try file.write(Array(try JSONText.encode(manifest).utf8))
                try file.sync()
                let digest = try BlobStore.digest(ofFile: file.path).rawValue
                let digestFile = try FileHandle.creating(file.path + ".sha256")
                // The form of sha256sum, so that a person can check it by hand.
                try digestFile.write(Array("\(digest)  \(BackupManifest.fileName)\n".utf8))
                try digestFile.sync()
                try Files.removeTree(partial + "/blobs/incoming")
                try Files.syncFolder(partial)
                try Files.rename(partial, folder)
                try Files.syncFolder(Files.folder(of: folder))
                return manifest
            }
        } catch {
            try? await Blocking.run { try Files.removeTree(partial) }
            throw error
        }
    }

    /// Reads a backup and compares every file of it with the manifest.
    ///
    /// - Throws: `StoreError` with code `.badArchive` or `.notFound`.
    public static func checkBackup(_ folder: String) async throws -> BackupManifest {
        try await Blocking.run {
            let manifest = try readManifest(folder)
            for table in manifest.tables {
                let path = "\(folder)/tables/\(table.name).rows"
                guard try digest(ofFile: path)?.rawValue == table.sha256 else {
                    throw StoreError(.badArchive, context: "\(path) has changed or is missing")
                }
            }
            let blobs = BlobStore(folder: folder + "/blobs")
            for id in manifest.blobs where try digest(ofFile: blobs.path(of: id)) != id {
                throw StoreError(
                    .badArchive,
                    context: "blob \(id.rawValue) has changed or is missing"
                )
            }
            return manifest
        }
    }

    private static func readManifest(_ folder: String) throws -> BackupManifest {
        func text(_ path: String) throws -> String {
            let file = try FileHandle.reading(path)
            let bytes = try file.read(at: 0, maximumCount: Files.size(path) ?? 0)
            return String(decoding: bytes, as: UTF8.self)
        }
        let path = folder + "/" + BackupManifest.fileName
        let digest = try BlobStore.digest(ofFile: path).rawValue
        guard try text(path + ".sha256").hasPrefix(digest),
            let manifest = try? JSONText.decode(BackupManifest.self, from: text(path)),
            manifest.format == BackupManifest.currentFormat
        else { throw StoreError(.badArchive, context: path) }
        return manifest
    }

    private static func digest(ofFile path: String) throws -> BlobID? {
        Files.size(path) == nil ? nil : try BlobStore.digest(ofFile: path)
    }

    /// Restores a backup into an empty place, on either engine, and opens the store.
    ///
    /// The schema is first brought to that of the backup, then the rows come in, in one transaction;
    /// then the migrations that are newer than the backup run over them.
    ///
    /// - Throws: `StoreError` with code `.notEmpty`, `.badArchive`, `.newerSchema`.
    public static func restore(
        from folder: String,
        into location: Location,
        blobFolder: String? = nil,
        migrations: [MigrationSet],
        time: TimeSource,
        logger: Logger
    ) async throws -> Store {
        let manifest = try await checkBackup(folder)
        let store = try await connect(
            location,
            blobFolder: blobFolder,
            migrations: migrations,
            time: time,
            logger: logger
        )
        do {
            let unknown = try store.migrator.check(manifest.migrations)
            guard unknown.isEmpty else {
                throw StoreError(
                    .newerSchema,
                    context: "the program lacks \(unknown.sorted()) of the backup"
                )
            }
            try await store.refuseWhereNotEmpty()
            try await store.load(manifest, from: folder)
            let blobs = store.blobs
            try await Blocking.run {
                let source = BlobStore(folder: folder + "/blobs")
                for id in manifest.blobs { try source.copy(id, to: blobs) }
            }
            try await store.migrate(upTo: nil)
        } catch {
            try? await store.close()
            throw error
        }
        return store
    }

    private func refuseWhereNotEmpty() async throws {
        let tables = try await read { try $0.connection.tables().map(\.name) }
        let blobs = try await blobs.all()
        guard tables.isEmpty, blobs.isEmpty else {
            throw StoreError(
                .notEmpty,
                context: "\(tables.count) tables and \(blobs.count) blobs are there"
            )
        }
    }

    private func load(_ manifest: BackupManifest, from folder: String) async throws {
        let limits = Dictionary(
            manifest.migrations.map { ($0.component, $0.number) },
            uniquingKeysWith: max
        )
        let migrator = migrator
        try await writeAlone { tx in
            try tx.run(SchemaDialect.translated(Migrator.table, for: tx.engine))
            for (component, migration) in try migrator.missing([], upTo: limits) {
                try migrator.apply(migration, of: component, tx)
            }
            let shapes = try tx.connection.tables()
            let archived = Dictionary(
                manifest.tables.map { ($0.name, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            guard Set(shapes.map(\.name)) == Set(archived.keys) else {
                throw StoreError(.badArchive, context: "the tables are not those of the schema")
            }
            // What migrations themselves inserted comes again with the rows.
            for shape in shapes.reversed() { try shape.empty(tx) }
            for shape in shapes {
                guard let table = archived[shape.name] else { continue }
                try shape.read(table, from: folder, tx)
            }
        }
    }
}

extension TableShape {
    private var quotedColumns: [String] { columns.map { "\"\($0)\"" } }

    fileprivate func write(to folder: String, _ db: ReadTransaction) throws -> BackupManifest.Table
    {
        var file = try RowFileWriter(path: "\(folder)/tables/\(name).rows")
        var rowCount = 0
        let list = SQL(trusted: quotedColumns.joined(separator: ", "))
        try db.forEach("SELECT \(list) FROM \(SQL(trusted: name))") { row in
            for column in 0..<row.count { try file.append(row.value(column)) }
            rowCount += 1
        }
        return BackupManifest.Table(
            name: name,
            columns: columns,
            rowCount: rowCount,
            sha256: try file.finish()
        )
    }

    fileprivate func empty(_ tx: WriteTransaction) throws {
        let table = SQL(trusted: name)
        let found = try tx.value("SELECT 1 FROM \(table) LIMIT 1", as: Int.self)
        if found != nil { try tx.run("DELETE FROM \(table)") }
    }

    fileprivate func read(
        _ table: BackupManifest.Table,
        from folder: String,
        _ tx: WriteTransaction
    ) throws {
        guard Set(table.columns) == Set(columns) else {
            throw StoreError(.badArchive, context: "columns of \(name)")
        }
        var file = try RowFileReader(path: "\(folder)/tables/\(name).rows")
        let inserter = try tx.insert(
            into: name,
            columns: table.columns.map { "\"\($0)\"" }
        )
        var rowCount = 0
        while try !file.isAtEnd() {
            var values: [SQLValue] = []
            for _ in table.columns { values.append(try file.next()) }
            try inserter.append(values)
            rowCount += 1
        }
        guard rowCount == table.rowCount else {
            throw StoreError(.badArchive, context: "\(name) has \(rowCount) rows")
        }
        try tx.prepareForStatement()
        try tx.connection.restartKeys(of: self)
    }
}
