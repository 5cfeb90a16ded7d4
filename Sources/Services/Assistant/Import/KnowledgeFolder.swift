import Basics
import Foundation

/// The documents of a folder and its sub-folders.
struct KnowledgeFolder: Sendable {
    /// The most files of a folder.
    static let maximumFileCount = 20_000

    /// The documents that could be read.
    private(set) var documents: [(document: KnowledgeDocument, read: ImportedDocument)] = []
    /// The files that could not, and why.
    private(set) var refusals: [(path: String, message: Bilingual)] = []

    /// Reads every Markdown, text and question file of a folder, or one file.
    ///
    /// A file's path in the folder is the document's identifier, so that a second import replaces the
    /// first. Throws `ImportRefusal` where there is nothing to read.
    init(path: String, at now: Instant) throws {
        let root = URL(fileURLWithPath: path).standardizedFileURL
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder) else {
            throw ImportRefusal(
                Bilingual("폴더가 없습니다: \(path)", "There is no folder \(path)."),
                context: path
            )
        }
        var files = [root]
        if isFolder.boolValue {
            let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
            files = (walk?.compactMap { $0 as? URL } ?? []).filter { url in
                KnowledgeImport.acceptedTypes.contains("." + url.pathExtension.lowercased())
            }.sorted { $0.path < $1.path }
        }
        guard !files.isEmpty, files.count <= Self.maximumFileCount else {
            throw ImportRefusal(
                Bilingual(
                    "읽을 파일이 1개에서 \(Self.maximumFileCount)개까지 있어야 합니다. 있는 파일: \(files.count)개",
                    "There must be 1 to \(Self.maximumFileCount) files to read; there are \(files.count)."
                ),
                context: path
            )
        }
        for file in files { take(file, under: root, at: now) }
    }

    private mutating func take(_ file: URL, under root: URL, at now: Instant) {
        let place = String(file.path.dropFirst(root.path.count).drop { $0 == "/" })
        let name = place.isEmpty ? file.lastPathComponent : place
        do {
            let bytes = [UInt8](try Data(contentsOf: file))
            guard bytes.count <= KnowledgeDocument.maximumByteCount else {
                throw ImportRefusal(
                    Bilingual("파일이 너무 큽니다.", "The file is too large."),
                    context: name
                )
            }
            let read = try KnowledgeImport.read(bytes, fileName: name)
            documents.append((KnowledgeDocument(read, id: "folder/\(name)", at: now), read))
        } catch let error as any ExplainedError {
            refusals.append((name, error.message))
        } catch {
            refusals.append((name, Bilingual("읽을 수 없습니다.", "It cannot be read.")))
        }
    }
}
