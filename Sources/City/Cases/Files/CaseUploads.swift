import Basics
import Hosting
import Identity
import Store
import Web

/// Takes files in: looked at, put away, named in a row.
struct CaseUploads: Sendable {
    let platform: Platform

    /// Adds files to an application; one that is not taken does not keep the others out.
    ///
    /// - Returns: What is wrong with those that were not taken.
    func attach(
        _ files: [FormFields.File],
        to record: Case,
        requirement: String,
        by actor: Actor
    ) async throws -> [Bilingual] {
        guard !files.isEmpty else {
            return [Bilingual("파일을 골라 주세요.", "Choose a file.")]
        }
        var faults: [Bilingual] = []
        for sent in files {
            do {
                try await attach(sent, to: record, requirement: requirement, by: actor)
            } catch let error as CaseError {
                faults.append(error.message)
            }
        }
        return faults
    }

    private func attach(
        _ sent: FormFields.File,
        to record: Case,
        requirement: String,
        by actor: Actor
    ) async throws {
        let file = try CaseFile(name: sent.fileName, bytes: sent.bytes)
        let blob = try await platform.store.blobs.put(file.salted())
        let document = CaseDocument(
            id: RandomName.make(byteCount: 12),
            caseID: record.id,
            requirement: requirement,
            fileName: file.name,
            mediaType: file.kind.rawValue,
            byteCount: file.bytes.count,
            digest: blob.id.rawValue,
            createdAt: platform.time.now()
        )
        do {
            try await platform.store.write { tx in
                try CaseKeeping(by: actor, for: .caseApplication)
                    .attach(document, to: record, in: tx)
            }
        } catch {
            try await platform.store.blobs.remove(blob.id)
            throw error
        }
    }

    /// The content of a file, as it was sent.
    func content(of document: CaseDocument) async throws -> [UInt8] {
        guard let blob = BlobID(rawValue: document.digest) else { throw Problem.notFound }
        let bytes = try await platform.store.blobs.get(
            blob,
            maximumSize: CaseDocument.maximumByteCount + CaseFile.saltByteCount
        )
        return Array(bytes.dropFirst(CaseFile.saltByteCount))
    }
}
