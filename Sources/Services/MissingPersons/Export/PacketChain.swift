import Basics
import FoundationEssentials
import Packaging

/// The chain over the files of a packet: each link hashes the one before it, so that no file can be
/// changed, added, left out or put elsewhere without every later link changing.
///
/// `link[0] = SHA-256("haechi-packet-1\n" number)`, and for each file in its order
/// `link[i] = SHA-256(link[i-1] "\n" name "\n" SHA-256 of the file)`, digests in hexadecimal.
struct PacketChain: Sendable, Hashable, Codable {
    /// The name of the chain's own file in a packet.
    static let fileName = "chain.json"
    /// The most bytes of one file of a packet.
    static let maximumFileByteCount = 64 << 20
    private static let seed = "haechi-packet-1"

    struct Entry: Sendable, Hashable, Codable {
        var name: String
        var sha256: String
        var link: String
    }

    /// The number of the packet: the case's and its own.
    var number: String
    var entries: [Entry] = []
    /// The last link, as the case and the audit keep it.
    var root: String

    init(number: String) {
        self.number = number
        root = Digest.hexadecimal(Array("\(Self.seed)\n\(number)".utf8))
    }

    mutating func add(_ name: String, _ bytes: [UInt8]) {
        let digest = Digest.hexadecimal(bytes)
        root = Digest.hexadecimal(Array("\(root)\n\(name)\n\(digest)".utf8))
        entries.append(Entry(name: name, sha256: digest, link: root))
    }
}

/// What the check of a packet found.
struct PacketVerification: Sendable, Hashable, Codable {
    var number: String
    var root: String
    var fileCount: Int
    /// What is wrong, file by file; nothing where the packet is as it was given.
    var faults: [String]

    var isSound: Bool { faults.isEmpty }

    /// Reads a packet and follows its chain.
    ///
    /// - Throws: `MissingError` with code `.badPacket` where it is none.
    init(_ bytes: [UInt8]) throws {
        let archive: ZipArchive
        let chain: PacketChain
        do {
            archive = try ZipArchive(MemoryBytes(bytes))
            guard let file = try Self.bytes(PacketChain.fileName, in: archive) else {
                throw Self.noPacket("no chain")
            }
            chain = try SealedJSON.decode(PacketChain.self, from: file)
        } catch let error as MissingError {
            throw error
        } catch {
            throw Self.noPacket("\(error)")
        }
        number = chain.number
        fileCount = chain.entries.count
        faults = []
        var followed = PacketChain(number: chain.number)
        for entry in chain.entries {
            guard let file = try? Self.bytes(entry.name, in: archive) else {
                faults.append("\(entry.name): 없음 / missing or damaged")
                continue
            }
            followed.add(entry.name, file)
            if followed.entries.last != entry {
                faults.append("\(entry.name): 바뀜 / changed")
            }
        }
        root = followed.root
        if root != chain.root { faults.append("\(PacketChain.fileName): 바뀜 / changed") }
        let known = Set(chain.entries.map(\.name) + [PacketChain.fileName])
        for name in archive.names where !known.contains(name) {
            faults.append("\(name): 사슬에 없음 / not in the chain")
        }
    }

    private static func bytes(_ name: String, in archive: ZipArchive) throws -> [UInt8]? {
        guard var part = try archive.part(name) else { return nil }
        return try part.collect(maximumByteCount: PacketChain.maximumFileByteCount)
    }

    private static func noPacket(_ context: String) -> MissingError {
        MissingError(
            .badPacket,
            Bilingual("수색 묶음 파일이 아닙니다.", "This is no packet of a search."),
            context: context
        )
    }
}
