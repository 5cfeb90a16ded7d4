import Basics
import Foundation

/// The documents of a folder and its sub-folders, read one after the other so that a folder of any
/// size takes the memory of its largest file.
struct KnowledgeFolder: Sendable {
    /// The most files of a folder.
    static let maximumFileCount = 20_000

    /// What came of one file.
    enum Item: Sendable {
        /// A document, with what was read and the bytes it was read from.
        case document(KnowledgeDocument, ImportedDocument, bytes: [UInt8])
        /// A file that could not be read, and why.
        case refusal(path: String, message: Bilingual)
    }

    private let root: URL
    private let now: Instant
    private var files: ArraySlice<URL>
    /// The files by the identifiers of the documents that came of them.
    private var known: [String: String] = [:]

    /// Lists the files of a folder, or one file.
    ///
    /// Throws `ImportRefusal` where there is nothing to read.
    init(path: String, at now: Instant) throws {
        root = URL(fileURLWithPath: path).standardizedFileURL
        self.now = now
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder) else {
            throw ImportRefusal(
                Bilingual("폴더가 없습니다: \(path)", "There is no folder \(path)."),
                context: path
            )
        }
        files = isFolder.boolValue ? Self.files(under: root)[...] : [root]
        guard !files.isEmpty, files.count <= Self.maximumFileCount else {
            throw ImportRefusal(
                Bilingual(
                    "읽을 파일이 1개에서 \(Self.maximumFileCount)개까지 있어야 합니다. 있는 파일: \(files.count)개",
                    "There must be 1 to \(Self.maximumFileCount) files to read; there are \(files.count)."
                ),
                context: path
            )
        }
    }

    /// Reads the next file; nothing behind the last one.
    ///
    /// The identifier of a document is what its front matter gives it, else the path of its file in
    /// the folder, so that a second import replaces the first. Two files with the same identifier
    /// are not taken for each other: the second is refused by the name of the first.
    mutating func next() async -> Item? {
        guard let file = files.popFirst() else { return nil }
        let name = name(of: file)
        do {
            let bytes = try Self.bytes(of: file)
            let read = try await KnowledgeImport.read(bytes, fileName: name)
            let id = "folder/\(read.facts["식별자"] ?? name)"
            if let first = known[id] {
                throw ImportRefusal(
                    Bilingual(
                        "같은 식별자를 쓰는 문서가 이미 있습니다: \(first)",
                        "Another document has the same identifier: \(first)"
                    ),
                    context: id
                )
            }
            known[id] = name
            var document = KnowledgeDocument(read, id: id, at: now)
            document.fileName = String(file.lastPathComponent.precomposedStringWithCanonicalMapping)
            return .document(document, read, bytes: bytes)
        } catch let error as any ExplainedError {
            return .refusal(path: name, message: error.message)
        } catch {
            return .refusal(
                path: name,
                message: Bilingual("읽을 수 없습니다.", "It cannot be read.")
            )
        }
    }

    /// The path of a file in the folder, in composed characters (NFC): a Macintosh names its files
    /// in decomposed ones.
    private func name(of file: URL) -> String {
        let place = file.path.dropFirst(root.path.count).drop { $0 == "/" }
        let name = place.isEmpty ? file.lastPathComponent : String(place)
        return name.precomposedStringWithCanonicalMapping
    }

    /// The files that people put there: not those that are hidden, or that systems leave behind.
    private static func files(under root: URL) -> [URL] {
        let walk = FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: [.isDirectoryKey],
            options: .skipsHiddenFiles
        )
        let files = (walk?.compactMap { $0 as? URL } ?? []).filter { url in
            let name = url.lastPathComponent
            let isLeftBehind = name.hasPrefix("~$") || leftBehind.contains(name.lowercased())
            return !isLeftBehind && !url.hasDirectoryPath
        }
        return files.sorted { $0.path < $1.path }
    }

    private static let leftBehind: Set<String> = ["thumbs.db", "desktop.ini"]

    /// The bytes of a regular file that is not too large; its size is asked before it is read.
    private static func bytes(of file: URL) throws -> [UInt8] {
        let resolved = file.resolvingSymlinksInPath()
        let facts = try FileManager.default.attributesOfItem(atPath: resolved.path)
        guard facts[.type] as? FileAttributeType == .typeRegular else {
            throw ImportRefusal(
                Bilingual("파일이 아닙니다.", "This is no regular file."),
                context: file.path
            )
        }
        let size = (facts[.size] as? NSNumber)?.intValue ?? 0
        guard size <= KnowledgeDocument.maximumByteCount else {
            throw ImportRefusal(
                Bilingual(
                    "파일이 너무 큽니다. \(KnowledgeDocument.maximumByteCount >> 20)MB까지 읽습니다.",
                    "The file is too large; up to \(KnowledgeDocument.maximumByteCount >> 20) MB are read."
                ),
                context: "\(file.path): \(size) bytes"
            )
        }
        return [UInt8](try Data(contentsOf: resolved))
    }
}
