import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// Wipes and their certificates.
struct WipeRoutes {
    let desk: SharedPCDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/wipes", access: SharedPCDesk.access) { incoming in
            try await Self.list(desk, incoming).page(in: incoming.page)
        }
        table.upload(
            "/shared-pcs/wipes",
            access: SharedPCDesk.access,
            maximumFileByteCount: WipeLogReader.maximumByteCount
        ) { incoming, form in
            let brought = try await Self.bring(form.file("file"), on: nil, desk, incoming)
            var page = try await Self.list(desk, incoming)
            switch brought {
            case .success(let intakes): page.intakes = intakes
            case .failure(let refusal): page.refusal = refusal.message
            }
            let isProof = page.refusal == nil && page.intakes.allSatisfy(\.isProof)
            return .page(page.page(in: incoming.page), isProof ? .ok : .unprocessableContent)
        }
        addCertificates(to: &table)
        table.page("/shared-pcs/certificates") { incoming in
            let number = incoming.query.text("number") ?? ""
            let checksum = (incoming.query.text("checksum") ?? "").lowercased()
            let record = try await desk.store.read { try Wipes.find(number, in: $0) }
            // The answer is the same whether the number is unknown or the checksum is another's.
            let isGenuine = record.map { $0.isProof && $0.checksum == checksum } ?? false
            return CertificateCheckPage(
                number: number,
                checksum: checksum,
                record: isGenuine ? record : nil
            ).page(in: incoming.page)
        }
    }

    private func addCertificates(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/wipes/{number}", access: SharedPCDesk.access) { incoming in
            let record = try await Self.record(desk, incoming)
            let machine = try await desk.store.read { try Machines.row(record.assetID, in: $0) }
            return WipeCertificatePage(
                record: record,
                machineNumber: machine.asset.number,
                publicURL: desk.platform.publicURL
            ).page(in: incoming.page)
        }
        table.file("/shared-pcs/wipes/{number}/certificate.txt", access: SharedPCDesk.access) {
            incoming in
            let record = try await Self.record(desk, incoming)
            guard record.isProof else { throw Problem.notFound }
            return .download(
                fileName: "\(record.number).txt",
                contentType: "text/plain; charset=utf-8",
                body: .bytes(Array(record.certificate.text.utf8))
            )
        }
        table.file("/shared-pcs/wipes/{number}/log", access: SharedPCDesk.access) { incoming in
            let record = try await Self.record(desk, incoming)
            guard let blob = BlobID(rawValue: record.logDigest) else { throw Problem.notFound }
            let bytes = try await desk.store.blobs.get(
                blob,
                maximumSize: WipeLogReader.maximumByteCount
            )
            return .download(
                fileName: "\(record.number).log",
                contentType: "text/plain; charset=utf-8",
                body: .bytes(bytes)
            )
        }
    }

    /// Brings a log in, for a machine or for whatever machines its disks belong to.
    static func bring(
        _ sent: FormFields.File?,
        on assetID: String?,
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> Result<[WipeIntake], WipeLogRefusal> {
        guard let sent, !sent.bytes.isEmpty else {
            return .failure(
                WipeLogRefusal(
                    message: Bilingual("파일을 골라 주세요.", "Choose a file."),
                    context: "no file"
                )
            )
        }
        let runs: [WipeRun]
        do {
            runs = try WipeLogReader.read(sent.bytes)
        } catch let refusal as WipeLogRefusal {
            return .failure(refusal)
        }
        // The name of a blob is the SHA-256 of its bytes: the digest that the certificate states.
        let digest = try await desk.store.blobs.put(sent.bytes).id.rawValue
        let keeping = SharedPCKeeping(by: incoming.actor)
        return .success(
            try await desk.store.write { tx in
                try keeping.bringIn(runs, digest: digest, on: assetID, in: tx)
            }
        )
    }

    private static func list(
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> WipeListPage {
        let number = incoming.query.pageNumber()
        return try await desk.store.read { db in
            let found = try Wipes.page(number, in: db)
            return WipeListPage(records: found.records, total: found.total, number: number)
        }
    }

    private static func record(
        _ desk: SharedPCDesk,
        _ incoming: Incoming
    ) async throws -> WipeRecord {
        let number = try incoming.pathParameter("number")
        guard let record = try await desk.store.read({ try Wipes.find(number, in: $0) }) else {
            throw Problem.notFound
        }
        return record
    }
}
