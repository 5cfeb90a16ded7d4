import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The wallet as pages: its owner puts documents in, looks at them, uses and removes them.
struct WalletRoutes {
    let platform: Platform

    private var store: Store { platform.store }
    static let link = Link("/wallet")

    func add(to table: inout RouteTable) {
        table.page("/wallet", access: .signedIn) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        table.upload(
            "/wallet",
            access: .signedIn,
            maximumFileByteCount: CaseDocument.maximumByteCount
        ) { incoming, fields in
            try await put(fields, incoming)
        }
        table.file("/wallet/{id}/file", access: .signedIn) { incoming in
            let document = try await document(incoming)
            var outgoing = Outgoing.download(
                fileName: document.fileName,
                contentType: document.mediaType,
                body: .bytes(try await bytes(of: document))
            )
            outgoing.cache = .never
            return outgoing
        }
        table.submission("/wallet/{id}/remove", access: .signedIn) { incoming, _ in
            let document = try await document(incoming)
            try await store.write { try WalletKeeping(by: incoming.actor).remove(document, in: $0) }
            if let blob = BlobID(rawValue: document.digest) { try await store.blobs.remove(blob) }
            return .other(.seeOther(Self.link))
        }
        table.submission("/wallet/use", access: .signedIn) { incoming, fields in
            try await use(fields, incoming)
        }
    }

    // MARK: Reading

    private func page(_ incoming: Incoming) async throws -> WalletPage {
        let actor = incoming.actor
        return try await store.read { db in
            WalletPage(
                documents: try Wallet.documents(of: actor, in: db),
                uses: try Wallet.uses(of: actor, in: db),
                needs: try needs(of: actor, in: db)
            )
        }
    }

    /// What applications of the actor still ask for and the wallet has.
    private func needs(of actor: Actor, in db: ReadTransaction) throws -> [WalletNeed] {
        guard let account = actor.id else { return [] }
        return try Cases.page(1, of: account, in: db).cases.flatMap { record in
            try WalletNeed.all(of: record, for: actor, CaseRules.of(platform), in: db)
        }
    }

    private func document(_ incoming: Incoming) async throws -> WalletDocument {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        guard let found = try await store.read({ try Wallet.document(id, of: actor, in: $0) })
        else { throw Problem.notFound }
        return found
    }

    private func bytes(of document: WalletDocument) async throws -> [UInt8] {
        guard let blob = BlobID(rawValue: document.digest) else { throw Problem.notFound }
        let limit = CaseDocument.maximumByteCount + CaseFile.saltByteCount
        let salted = try await store.blobs.get(blob, maximumSize: limit)
        return Array(salted.dropFirst(CaseFile.saltByteCount))
    }

    // MARK: Writing

    private func put(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        var form = WalletForm(fields, today: incoming.now.date)
        if let kind = form.kind, let issuedOn = form.issuedOn, let sent = fields.file("file") {
            do {
                let file = try CaseFile(name: sent.fileName, bytes: sent.bytes)
                let document = WalletDocument(
                    id: RandomName.make(byteCount: 12),
                    accountID: try incoming.accountID(),
                    kind: kind,
                    title: form.title,
                    fileName: file.name,
                    mediaType: file.kind.rawValue,
                    byteCount: file.bytes.count,
                    digest: try await store.blobs.put(file.salted()).id.rawValue,
                    issuedOn: issuedOn,
                    createdAt: incoming.now
                )
                try await store.write {
                    try WalletKeeping(by: incoming.actor).add(document, in: $0)
                }
                return .other(.seeOther(Self.link.at(document.id)))
            } catch let error as CaseError {
                form.errors["file"] = error.message
            }
        } else if fields.file("file") == nil {
            form.errors["file"] = Bilingual("파일을 골라 주세요.", "Choose a file.")
        }
        var page = try await page(incoming)
        page.form = form
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }

    private func use(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        let actor = incoming.actor
        let (caseID, name) = (fields["case"] ?? "", fields["requirement"] ?? "")
        let suffix = WalletNeed.suffix(caseID, name)
        let documentID = fields["document-\(suffix)"] ?? ""
        let rules = CaseRules.of(platform)
        let (found, need, document) = try await store.write { tx in
            let record = try Cases.record(caseID, for: actor, purpose: .caseApplication, in: tx)
            let needs = try record.map { try WalletNeed.all(of: $0, for: actor, rules, in: tx) }
            return (
                record, needs?.first { $0.requirement.name == name },
                try Wallet.document(documentID, of: actor, in: tx)
            )
        }
        guard let record = found, record.belongs(to: actor.id), let document,
            let requirement = need?.requirement
        else { throw Problem.notFound }
        var page = try await page(incoming)
        guard fields["consent-\(suffix)"] == "yes" else {
            page.complaint = Bilingual(
                "이 서류를 신청에 쓰는 데 동의해 주세요.",
                "Agree to the use of the document in the application."
            )
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let copy = try CaseFile(name: document.fileName, bytes: try await bytes(of: document))
        let digest = try await store.blobs.put(copy.salted()).id.rawValue
        do {
            try await store.write { tx in
                try WalletKeeping(by: actor).use(
                    document,
                    digest: digest,
                    as: requirement,
                    in: record,
                    in: tx
                )
            }
        } catch let error as CaseError {
            page.complaint = error.message
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        // Back to where the document was asked for, inside this site alone.
        let back = fields["back"].flatMap { $0.hasPrefix("/apply/") ? Link($0) : nil }
        return .other(.seeOther(back ?? Self.link.at("uses")))
    }
}
