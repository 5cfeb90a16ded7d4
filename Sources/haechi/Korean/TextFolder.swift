import Basics
import FoundationEssentials
import Hosting
import Korean

/// The texts of a folder, divided into passages.
struct TextFolder {
    /// The most files of a folder.
    static let maximumFileCount = 100_000
    /// The kinds of file that are read, by the ends of their names.
    static let acceptedTypes = [".md", ".markdown", ".txt"]

    /// A passage by its place.
    struct Passage {
        /// The file, by its position among `files`.
        var file: Int
        var heading: String
        var utf8Range: Range<Int>
    }

    /// The files that were read, by their paths in the folder.
    private(set) var files: [String] = []
    private(set) var passages: [Passage] = []
    private(set) var byteCount = 0
    /// The files that could not be read, and why.
    private(set) var refusals: [(path: String, message: Bilingual)] = []
    let path: String
    private var contents: [[UInt8]] = []

    /// Reads a folder and its folders.
    ///
    /// Throws `CommandOutcome.refused` where there is no folder or nothing to read.
    init(path: String) throws {
        self.path = path
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            throw CommandOutcome.refused(
                Bilingual("폴더가 없습니다: \(path)", "There is no folder \(path)")
            )
        }
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            Self.acceptedTypes.contains { name.lowercased().hasSuffix($0) }
        }.sorted()
        guard !names.isEmpty, names.count <= Self.maximumFileCount else {
            throw CommandOutcome.refused(
                Bilingual(
                    "읽을 파일이 1개에서 \(Self.maximumFileCount.grouped)개까지 있어야 합니다. "
                        + "있는 파일: \(names.count.grouped)개",
                    "There must be 1 to \(Self.maximumFileCount.grouped) files to read; "
                        + "there are \(names.count.grouped)"
                )
            )
        }
        for name in names { take(name) }
    }

    private mutating func take(_ name: String) {
        do {
            let bytes = try CommandInput.bytes("\(path)/\(name)")
            guard bytes.count <= TextIndex.maximumTextByteCount else {
                refusals.append((name, Bilingual("파일이 너무 큽니다.", "The file is too large.")))
                return
            }
            guard String(validating: bytes, as: UTF8.self) != nil else {
                refusals.append((name, Bilingual("UTF-8이 아닙니다.", "It is not UTF-8.")))
                return
            }
            passages += PassageReader.passages(of: bytes).map {
                Passage(file: files.count, heading: $0.heading, utf8Range: $0.range)
            }
            files.append(name)
            contents.append(bytes)
            byteCount += bytes.count
        } catch CommandOutcome.refused(let message) {
            refusals.append((name, message))
        } catch {
            refusals.append((name, Bilingual("읽을 수 없습니다.", "It cannot be read.")))
        }
    }

    /// The bytes of a passage.
    func bytes(of passage: Passage) -> ArraySlice<UInt8> {
        contents[passage.file][passage.utf8Range]
    }

    /// A passage as it is indexed: under the name of its file and its headings.
    func text(_ passage: Passage) -> IndexedText {
        let name = files[passage.file].split(separator: "/").last ?? ""
        return IndexedText(
            title: String(name.prefix(while: { $0 != "." })),
            heading: passage.heading,
            body: String(decoding: bytes(of: passage), as: UTF8.self)
        )
    }
}

/// Divides a text into passages: at headings of Markdown (ATX, CommonMark §4.2), and at empty lines
/// where one grows long.
enum PassageReader {
    /// A passage of so many bytes ends at the next empty line.
    static let longByteCount = 1_500
    /// A passage never grows past so many bytes, lines kept whole where they are shorter.
    static let maximumByteCount = 6_000

    /// The passages of a text, in its order.
    static func passages(of bytes: [UInt8]) -> [(heading: String, range: Range<Int>)] {
        var found: [(heading: String, range: Range<Int>)] = []
        var headings: [(level: Int, text: String)] = []
        var start = bodyStart(bytes)
        var position = start
        func close(at end: Int) {
            let isBlank = bytes[start..<end].allSatisfy { $0 <= 0x20 }
            if !isBlank {
                found.append((headings.map(\.text).joined(separator: " > "), start..<end))
            }
            start = end
        }
        while position < bytes.count {
            let end = (bytes[position...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
            let line = bytes[position..<end]
            if let heading = heading(line) {
                close(at: position)
                headings.removeAll { $0.level >= heading.level }
                headings.append(heading)
                start = end
            } else if end - start > maximumByteCount, position > start {
                close(at: position)
            } else if line.allSatisfy({ $0 <= 0x20 }), position - start >= longByteCount {
                close(at: position)
            }
            position = end
        }
        close(at: bytes.count)
        return found
    }

    /// Where the text begins after a block of front matter.
    private static func bodyStart(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: 0x0A, maxSplits: 200, omittingEmptySubsequences: false)
        func isFence(_ line: ArraySlice<UInt8>) -> Bool {
            line.count <= 4 && line.starts(with: Array("---".utf8))
        }
        guard let first = lines.first, isFence(first),
            let fence = lines.dropFirst().prefix(199).first(where: isFence)
        else { return 0 }
        return min(bytes.count, fence.endIndex + 1)
    }

    private static func heading(_ line: ArraySlice<UInt8>) -> (level: Int, text: String)? {
        let level = line.prefix { $0 == 0x23 }.count
        guard (1...6).contains(level), line.dropFirst(level).first == 0x20 else { return nil }
        let text = String(decoding: line.dropFirst(level), as: UTF8.self)
        var trimmed = Substring(text)
        while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
        while let last = trimmed.last, last.isWhitespace || last == "#" { trimmed.removeLast() }
        return (level, String(trimmed))
    }
}
