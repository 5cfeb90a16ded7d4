import Basics
import Store

/// Puts the documents of a folder in force, some at a time.
struct FolderImport: Sendable {
    /// What came of an import.
    struct Summary: Sendable, Hashable {
        /// How many documents are in force.
        var documentCount = 0
        /// How many of them were not there before.
        var newCount = 0
        /// The documents that were there with another content.
        var changed: [String] = []
        /// The files that could not be read.
        var refused: [String] = []
    }

    /// The most documents of one transaction.
    static let maximumBatchCount = 100
    /// How much text a transaction may gather before it is written, in bytes.
    static let batchByteCount = 4 << 20

    let store: Store
    let organizationID: String

    /// Reads a folder into the store.
    ///
    /// - Parameters:
    ///   - folder: The folder; it is read to its end.
    ///   - tell: Is told of every file that is refused and every document that is replaced.
    /// - Returns: What came of it.
    /// - Throws: `StoreError`; a file that cannot be read only lands in the summary.
    func run(
        _ folder: KnowledgeFolder,
        tell: (_ name: String, _ message: Bilingual) -> Void
    ) async throws -> Summary {
        var folder = folder
        var summary = Summary()
        var batch: [(document: KnowledgeDocument, read: ImportedDocument)] = []
        var byteCount = 0
        while let item = await folder.next() {
            switch item {
            case .refusal(let path, let message):
                summary.refused.append(path)
                tell(path, message)
            case .document(var document, let read, let bytes):
                document.status = .effective
                document.organizationID = organizationID
                document.digest = try await store.blobs.put(bytes).id.rawValue
                batch.append((document, read))
                byteCount += read.passages.reduce(0) { $0 + $1.body.utf8.count }
            }
            if batch.count >= Self.maximumBatchCount || byteCount >= Self.batchByteCount {
                try await save(batch, into: &summary, tell: tell)
                batch = []
                byteCount = 0
            }
        }
        try await save(batch, into: &summary, tell: tell)
        return summary
    }

    private func save(
        _ batch: [(document: KnowledgeDocument, read: ImportedDocument)],
        into summary: inout Summary,
        tell: (_ name: String, _ message: Bilingual) -> Void
    ) async throws {
        let before = try await store.write { tx in
            try batch.map { document, read in
                let known = try Knowledge.find(document.id, in: tx)
                try Knowledge.save(document, passages: read.passages, in: tx)
                return known?.digest
            }
        }
        for ((document, _), digest) in zip(batch, before) {
            summary.documentCount += 1
            guard let digest else {
                summary.newCount += 1
                continue
            }
            guard digest != document.digest else { continue }
            let name = String(document.id.dropFirst("folder/".count))
            summary.changed.append(name)
            tell(
                name,
                Bilingual(
                    "이미 있던 같은 식별자의 문서를 이 파일로 바꾸었습니다.",
                    "The document with the same identifier was replaced by this file."
                )
            )
        }
    }
}
