import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The assets as pages: staff read them, managers keep those of their organization.
struct AssetRoutes {
    let platform: Platform

    private var store: Store { platform.store }
    static let readers = RouteAccess.kind([.staff])
    static let keepers = RouteAccess.anyRole([.assetManager])
    /// The most assets of one download.
    static let maximumDownloadCount = 50_000

    func add(to table: inout RouteTable) {
        addReading(to: &table)
        addDownloads(to: &table)
        addKeeping(to: &table)
        addFiles(to: &table)
        addImport(to: &table)
    }

    private func addReading(to table: inout RouteTable) {
        table.page("/inventory", access: Self.readers) { incoming in
            let query = AssetQuery(incoming.query)
            let number = incoming.query.pageNumber()
            return try await store.read { db in
                AssetListPage(
                    query: query,
                    found: try Assets.page(number, of: query, in: db),
                    kinds: try AssetKinds.all(in: db),
                    organizations: try Organizations.all(in: db),
                    isKeeper: Self.keepers.allows(incoming.actor) == .allowed
                )
            }.page(in: incoming.page)
        }
        table.page("/inventory/{id}", access: Self.readers) { incoming in
            try await detail(try await asset(incoming), incoming).page(in: incoming.page)
        }
        table.page("/inventory/labels", access: Self.readers) { incoming in
            let query = AssetQuery(incoming.query)
            let publicURL = platform.publicURL
            return try await store.read { db in
                AssetLabelPage(
                    assets: try Assets.rows(
                        query,
                        limit: AssetLabelPage.maximumLabelCount,
                        in: db
                    ),
                    total: try Assets.page(1, of: query, in: db).total,
                    publicURL: publicURL
                )
            }.page(in: incoming.page)
        }
    }

    private func addDownloads(to table: inout RouteTable) {
        table.file("/inventory/download/{format}", access: Self.readers) { incoming in
            guard let format = AssetFormat(rawValue: try incoming.pathParameter("format")) else {
                throw Problem.notFound
            }
            let query = AssetQuery(incoming.query)
            let bytes = try await store.read { db in
                try Self.table(in: db).document(
                    Assets.rows(query, limit: Self.maximumDownloadCount, in: db),
                    format: format
                )
            }
            return .download(
                fileName: "자산_\(incoming.now.date.iso).\(format.rawValue)",
                contentType: format.contentType,
                body: .bytes(bytes)
            )
        }
    }

    private func addKeeping(to table: inout RouteTable) {
        table.page("/inventory/new", access: Self.keepers) { incoming in
            let kind = AssetKind(rawValue: incoming.query["kind"] ?? "")
            return AssetFormPage(
                form: try await form(kind, incoming),
                asset: nil,
                idempotencyKey: RandomName.make(byteCount: 12)
            ).page(in: incoming.page)
        }
        table.page("/inventory/{id}/edit", access: Self.keepers) { incoming in
            let asset = try await keptAsset(incoming)
            var form = try await form(asset.kind, incoming)
            form.show(asset)
            return AssetFormPage(
                form: form,
                asset: asset,
                idempotencyKey: RandomName.make(byteCount: 12)
            ).page(in: incoming.page)
        }
        table.submission("/inventory", access: Self.keepers) { incoming, fields in
            try await save(nil, incoming, fields)
        }
        table.submission("/inventory/{id}", access: Self.keepers) { incoming, fields in
            try await save(try await keptAsset(incoming), incoming, fields)
        }
        table.submission("/inventory/{id}/state", access: Self.keepers) { incoming, fields in
            try await changeState(try await keptAsset(incoming), incoming, fields)
        }
    }

    private func addFiles(to table: inout RouteTable) {
        table.file("/inventory/{id}/files/{file}", access: Self.readers) { incoming in
            let asset = try await asset(incoming)
            let id = try incoming.pathParameter("file")
            guard let file = try await store.read({ try Assets.file(id, in: $0) }),
                file.assetID == asset.id, let blob = BlobID(rawValue: file.digest)
            else { throw Problem.notFound }
            let bytes = try await store.blobs.get(blob, maximumSize: AssetFile.maximumByteCount)
            guard file.isImage else {
                return .download(
                    fileName: file.fileName,
                    contentType: file.mediaType,
                    body: .bytes(bytes)
                )
            }
            return Outgoing(contentType: file.mediaType, body: .bytes(bytes), cache: .never)
        }
        table.upload(
            "/inventory/{id}/files",
            access: Self.keepers,
            maximumFileByteCount: AssetFile.maximumByteCount
        ) { incoming, fields in
            let asset = try await keptAsset(incoming)
            guard let sent = fields.file("file"), !sent.bytes.isEmpty else {
                return try await refuseFile(
                    Bilingual("파일을 골라 주세요.", "Choose a file."),
                    of: asset,
                    incoming
                )
            }
            guard let mediaType = AssetFile.mediaType(of: sent.fileName, bytes: sent.bytes) else {
                return try await refuseFile(
                    Bilingual(
                        "이름과 내용이 맞는 사진(JPEG, PNG, WebP), PDF, 텍스트만 받습니다.",
                        "Photos (JPEG, PNG, WebP), PDF and text, whose content is what the name says."
                    ),
                    of: asset,
                    incoming
                )
            }
            let file = AssetFile(
                id: RandomName.make(byteCount: 12),
                assetID: asset.id,
                fileName: String(sent.fileName.suffix(200)),
                mediaType: mediaType,
                byteCount: sent.bytes.count,
                digest: try await store.blobs.put(sent.bytes).id.rawValue,
                createdAt: incoming.now
            )
            do {
                try await store.write { tx in
                    try AssetKeeping(by: incoming.actor).add(file, to: asset, in: tx)
                }
            } catch let error as AssetError {
                return try await refuseFile(error.message, of: asset, incoming)
            }
            return .other(.seeOther(asset.link.at("files")))
        }
    }

    private func addImport(to table: inout RouteTable) {
        table.page("/inventory/import", access: Self.keepers) { incoming in
            AssetImportPage().page(in: incoming.page)
        }
        table.upload(
            "/inventory/import",
            access: Self.keepers,
            maximumFileByteCount: AssetImport.maximumByteCount
        ) { incoming, fields in
            let account = try incoming.accountID()
            guard let sent = fields.file("file") else {
                let page = AssetImportPage(fault: Bilingual("파일을 골라 주세요.", "Choose a file."))
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            do {
                _ = try await read(sent.bytes, named: sent.fileName, incoming)
            } catch let error as any ExplainedError where !(error is StoreError) {
                let page = AssetImportPage(fault: error.message)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let upload = AssetUpload(
                id: RandomName.make(byteCount: 12),
                accountID: account,
                fileName: String(sent.fileName.suffix(200)),
                digest: try await store.blobs.put(sent.bytes).id.rawValue,
                createdAt: incoming.now
            )
            try await store.write { try upload.save(in: $0) }
            return .other(.seeOther(upload.link))
        }
        table.page("/inventory/import/{id}", access: Self.keepers) { incoming in
            let upload = try await upload(incoming)
            return AssetReviewPage(upload: upload, read: try await read(upload, incoming))
                .page(in: incoming.page)
        }
        table.submission("/inventory/import/{id}", access: Self.keepers) { incoming, _ in
            try await takeIn(try await upload(incoming), incoming)
        }
    }

    // MARK: Keeping

    /// Saves what a form holds: as a new asset, or over one that is there.
    private func save(
        _ old: Asset?,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Answer {
        let key = fields.text("_idempotency") ?? RandomName.make(byteCount: 12)
        let kind = old?.kind ?? AssetKind(rawValue: fields["kind"] ?? "")
        var form = try await form(kind, incoming)
        let id = old?.id ?? RandomName.make(byteCount: 12)
        var page: AssetFormPage
        if let asset = form.fill(fields, over: old, id: id, at: incoming.now) {
            let keeping = AssetKeeping(by: incoming.actor)
            let isNew = old == nil
            do {
                let saved = try await store.write { tx in
                    guard isNew else {
                        try keeping.correct(asset, in: tx)
                        return asset.id
                    }
                    let scope = "city.asset \(incoming.actor.auditName)"
                    return try tx.once(scope: scope, key: key) {
                        try keeping.enter(asset, in: tx).id
                    }.value
                }
                return .other(.seeOther(.path("inventory", saved)))
            } catch let error as AssetError {
                if let field = error.field { form.errors[field] = error.message }
                page = AssetFormPage(form: form, asset: old, idempotencyKey: key)
                page.complaint = error.field == nil ? error.message : nil
            }
        } else {
            page = AssetFormPage(form: form, asset: old, idempotencyKey: key)
        }
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }

    private func changeState(
        _ asset: Asset,
        _ incoming: Incoming,
        _ fields: FormFields
    ) async throws -> Answer {
        var read = asset
        read.version = fields["version"].flatMap(Int.init) ?? 0
        let seen = read
        let note = String((fields.text("note") ?? "").prefix(Asset.maximumNoteCharacterCount))
        do {
            guard let state = fields["state"].flatMap(AssetState.init) else {
                throw AssetError(
                    .impossibleState,
                    Bilingual("다음 상태를 골라 주세요.", "Choose the next state."),
                    context: asset.id
                )
            }
            try await store.write { tx in
                try AssetKeeping(by: incoming.actor).change(
                    seen,
                    to: state,
                    note: note,
                    replacedBy: try successor(fields.text("successor"), of: seen, in: tx),
                    in: tx
                )
            }
            return .other(.seeOther(asset.link.at("history")))
        } catch let error as AssetError {
            var page = try await detail(asset, incoming)
            page.refusal = (fields, error.message)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func successor(
        _ number: String?,
        of asset: Asset,
        in db: ReadTransaction
    ) throws -> Asset? {
        guard let number else { return nil }
        let found = try Assets.find(number: number, of: asset.organizationID, in: db)
        guard let found else {
            throw AssetError(
                .impossibleSuccessor,
                Bilingual(
                    "이 기관에 그런 관리번호가 없습니다: \(number)",
                    "The organization has no such number: \(number)"
                ),
                context: asset.id
            )
        }
        return found
    }

    private func refuseFile(
        _ message: Bilingual,
        of asset: Asset,
        _ incoming: Incoming
    ) async throws -> Answer {
        var page = try await detail(asset, incoming)
        page.fileFault = message
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }

    // MARK: Import

    private func takeIn(_ upload: AssetUpload, _ incoming: Incoming) async throws -> Answer {
        guard upload.takenCount == nil else { return .other(.seeOther(upload.link)) }
        let assets = try await read(upload, incoming).assets.map(\.asset)
        do {
            try await store.write { tx in
                guard var now = try AssetUpload.find(upload.id, in: tx), now.takenCount == nil
                else { return }
                let keeping = AssetKeeping(by: incoming.actor)
                for asset in assets { try keeping.enter(asset, in: tx) }
                now.takenCount = assets.count
                try now.save(in: tx)
            }
        } catch let error as AssetError {
            // Somebody entered one of them after it was looked over: nothing was taken in.
            throw Problem.conflict(error.message, context: error.context)
        }
        return .other(.seeOther(upload.link))
    }

    private func upload(_ incoming: Incoming) async throws -> AssetUpload {
        let id = try incoming.pathParameter("id")
        let account = try incoming.accountID()
        let upload = try await store.read { try AssetUpload.find(id, in: $0) }
        guard let upload, upload.accountID == account else { throw Problem.notFound }
        return upload
    }

    private func read(_ upload: AssetUpload, _ incoming: Incoming) async throws -> AssetImport {
        guard let blob = BlobID(rawValue: upload.digest) else { throw Problem.notFound }
        let bytes = try await store.blobs.get(blob, maximumSize: AssetImport.maximumByteCount)
        return try await read(
            bytes,
            named: upload.fileName,
            isTaken: upload.takenCount != nil,
            incoming
        )
    }

    private func read(
        _ bytes: [UInt8],
        named name: String,
        isTaken: Bool = false,
        _ incoming: Incoming
    ) async throws -> AssetImport {
        let (found, taken) = try await store.read { db in
            // What came out of this very file is no twin of it.
            (try Self.table(in: db), isTaken ? AssetTwins([]) : try Assets.twins(in: db))
        }
        let actor = incoming.actor
        let table = AssetTable(
            kinds: found.kinds,
            organizations: found.organizations.filter { actor.keepsAssets(of: $0.id) },
            places: found.places
        )
        return try AssetImport(bytes, fileName: name, table: table, taken: taken, at: incoming.now)
        {
            RandomName.make(byteCount: 12)
        }
    }

    private static func table(in db: ReadTransaction) throws -> AssetTable {
        AssetTable(
            kinds: try AssetKinds.all(in: db),
            organizations: try Organizations.all(in: db),
            places: try Places.all(in: db)
        )
    }

    // MARK: Reading

    private func form(_ kind: AssetKind, _ incoming: Incoming) async throws -> AssetForm {
        let actor = incoming.actor
        return try await store.read { db in
            guard let description = try AssetKinds.find(kind, in: db) else {
                throw Problem.notFound
            }
            let kept = try Organizations.all(in: db).filter { actor.keepsAssets(of: $0.id) }
            let ids = Set(kept.map(\.id))
            return AssetForm(
                kind: description,
                organizations: kept,
                places: try Places.all(in: db).filter { ids.contains($0.organizationID) }
            )
        }
    }

    private func detail(_ asset: Asset, _ incoming: Incoming) async throws -> AssetDetailPage {
        let address = platform.publicURL + asset.link.target
        let isKeeper = incoming.actor.keepsAssets(of: asset.organizationID)
        return try await store.read { db in
            AssetDetailPage(
                asset: asset,
                kind: try AssetKinds.find(asset.kind, in: db),
                organization: try Organizations.find(asset.organizationID, in: db),
                place: try asset.placeID.flatMap { try Places.find($0, in: db) },
                successor: try asset.replacedBy.flatMap { try Assets.find($0, in: db) },
                history: try Assets.history(of: asset.id, in: db),
                files: try Assets.files(of: asset.id, in: db),
                address: address,
                isKeeper: isKeeper
            )
        }
    }

    private func asset(_ incoming: Incoming) async throws -> Asset {
        let id = try incoming.pathParameter("id")
        guard let asset = try await store.read({ try Assets.find(id, in: $0) }) else {
            throw Problem.notFound
        }
        return asset
    }

    /// The asset of the address, where the person who asks keeps it.
    private func keptAsset(_ incoming: Incoming) async throws -> Asset {
        let asset = try await asset(incoming)
        guard incoming.actor.keepsAssets(of: asset.organizationID) else { throw Problem.refused }
        return asset
    }
}

extension AssetError {
    /// The field of the form that is wrong; nothing where it is none of them.
    fileprivate var field: String? {
        switch code {
        case .numberTaken: "number"
        case .serialTaken: "serial"
        default: nil
        }
    }
}

extension AssetFile {
    /// The media type of a file by its name, where its first bytes agree; nothing where it is not taken.
    static func mediaType(of fileName: String, bytes: [UInt8]) -> String? {
        let ending = fileName.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let type = mediaTypes[ending] else { return nil }
        let isTrue =
            switch type {
            case "image/jpeg": bytes.starts(with: [0xFF, 0xD8, 0xFF])
            case "image/png": bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
            case "image/webp":
                bytes.starts(with: Array("RIFF".utf8))
                    && bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
            case "application/pdf": bytes.starts(with: Array("%PDF-".utf8))
            default: String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
            }
        return isTrue ? type : nil
    }
}
