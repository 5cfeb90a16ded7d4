import Basics
import City
import CityMap
import Footage
import HTTPTypes
import Hosting
import Identity
import Routing
import Store
import Web

/// A file of cameras on its way: brought, looked over, not yet taken in.
struct CameraUpload: Codable, Sendable, Hashable {
    var id: String
    var accountID: String
    var fileName: String
    /// The blob that holds it.
    var digest: String
    var createdAt: Instant
    /// How many cameras were taken in from it, once they were.
    var takenCount: Int?

    var link: Link { .path("cameras", "import", id) }

    static func find(_ id: String, in db: ReadTransaction) throws -> CameraUpload? {
        try db.first("SELECT * FROM cameras_upload WHERE id = \(id)", as: CameraUpload.self)
    }

    func save(in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO cameras_upload (id, account_id, file_name, digest, created_at, taken_count)
            VALUES (\(id), \(accountID), \(fileName), \(digest), \(createdAt), \(takenCount))
            ON CONFLICT (id) DO UPDATE SET taken_count = excluded.taken_count
            """
        )
    }
}

/// Takes in the city's open data of cameras, looked over first.
struct ImportRoutes {
    let desk: CamerasDesk

    /// How far outside the map a camera may stand, in degrees: about two kilometres.
    private static let marginDegrees = 0.02

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/import", access: CamerasDesk.supervisors) { incoming in
            ImportPage().page(in: incoming.page)
        }
        table.upload(
            "/cameras/import",
            access: CamerasDesk.supervisors,
            maximumFileByteCount: StandardCameraImport.maximumByteCount
        ) { incoming, form in try await Self.bring(desk, incoming, form) }
        table.page("/cameras/import/{id}", access: CamerasDesk.supervisors) { incoming in
            let upload = try await Self.upload(desk, incoming)
            let read = try await Self.read(upload, desk, incoming)
            return ImportReviewPage(upload: upload, read: read).page(in: incoming.page)
        }
        table.submission("/cameras/import/{id}", access: CamerasDesk.supervisors) {
            incoming,
            _ in
            let upload = try await Self.upload(desk, incoming)
            guard upload.takenCount == nil else { return .other(.seeOther(upload.link)) }
            let read = try await Self.read(upload, desk, incoming)
            try await Self.takeIn(read, of: upload, desk, incoming)
            return .other(.seeOther(upload.link))
        }
    }

    private static func bring(
        _ desk: CamerasDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let organizationID = try desk.supervised(by: incoming.actor)
        func refuse(_ message: Bilingual) -> Answer {
            .page(ImportPage(fault: message).page(in: incoming.page), .unprocessableContent)
        }
        guard let sent = form.file("file"), !sent.bytes.isEmpty else {
            return refuse(Bilingual("파일을 골라 주세요.", "Choose a file."))
        }
        do {
            _ = try await read(sent.bytes, named: sent.fileName, of: organizationID, desk, incoming)
        } catch let error as any ExplainedError where !(error is StoreError) {
            return refuse(error.message)
        }
        let upload = CameraUpload(
            id: RandomName.make(byteCount: 12),
            accountID: try incoming.accountID(),
            fileName: String(sent.fileName.suffix(200)),
            digest: try await desk.store.blobs.put(sent.bytes).id.rawValue,
            createdAt: incoming.now
        )
        try await desk.store.write { try upload.save(in: $0) }
        return .other(.seeOther(upload.link))
    }

    private static func upload(
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> CameraUpload {
        let id = try incoming.pathParameter("id")
        let account = try incoming.accountID()
        guard let upload = try await desk.store.read({ try CameraUpload.find(id, in: $0) }),
            upload.accountID == account
        else { throw Problem.notFound }
        return upload
    }

    private static func read(
        _ upload: CameraUpload,
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> StandardCameraImport? {
        guard upload.takenCount == nil else { return nil }
        guard let blob = BlobID(rawValue: upload.digest) else { throw Problem.notFound }
        let bytes = try await desk.store.blobs.get(
            blob,
            maximumSize: StandardCameraImport.maximumByteCount
        )
        let organizationID = try desk.supervised(by: incoming.actor)
        return try await read(bytes, named: upload.fileName, of: organizationID, desk, incoming)
    }

    private static func read(
        _ bytes: [UInt8],
        named fileName: String,
        of organizationID: String,
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> StandardCameraImport {
        let map = try CityMap.of(desk.platform)
        let (south, north) = (map.bounds.southWest, map.bounds.northEast)
        let bounds = StandardCameraImport.Bounds(
            latitudes: (south.latitude - marginDegrees)...(north.latitude + marginDegrees),
            longitudes: (south.longitude - marginDegrees)...(north.longitude + marginDegrees)
        )
        let cameras = try await desk.store.read { try CameraRegister.all(in: $0) }
        let own = cameras.filter { $0.asset.organizationID == organizationID }
        return try StandardCameraImport(
            bytes,
            fileName: fileName,
            organizationID: organizationID,
            known: .init(cameras: cameras, assetNumbers: Set(own.map(\.asset.number))),
            bounds: bounds,
            at: incoming.now,
            newID: { RandomName.make(byteCount: 12) }
        )
    }

    private static func takeIn(
        _ read: StandardCameraImport?,
        of upload: CameraUpload,
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws {
        let assets = read?.assets.map(\.asset) ?? []
        let hand = EventKeeping(by: incoming.actor)
        let keeping = AssetKeeping(by: incoming.actor, for: .cameraControl)
        try await desk.store.write { tx in
            guard try CameraUpload.find(upload.id, in: tx)?.takenCount == nil else { return }
            for asset in assets { try CameraRegister.enter(asset, by: keeping, in: tx) }
            var taken = upload
            taken.takenCount = assets.count
            try taken.save(in: tx)
            let details = ["taken": String(assets.count), "file": upload.digest]
            try hand.record(.create, "cameraRegister", upload.id, details, in: tx)
        }
        try await desk.refresh()
    }
}
