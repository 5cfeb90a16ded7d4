import Basics
import Crypto
import Store

/// A wipe of a disk as it is kept: tried, and where it is proven, with the number of its certificate.
struct WipeRecord: Sendable, Hashable, Codable {
    /// The number of the certificate (삭제확인서), or of the try.
    var number: String
    var assetID: String
    var machineSerial: String
    var diskSerial: String
    var diskModel: String
    var capacityByteCount: Int64?
    var tool: String
    var method: String
    var level: SanitizationLevel
    var verification: WipeRun.Verification
    var startedAt: Instant?
    var finishedAt: Instant
    /// Who brought the log in.
    var operatorID: String
    var operatorName: String
    /// SHA-256 of the log, in hexadecimal: the name of its blob.
    var logDigest: String
    /// SHA-256 that ties the log to the disk and the machine; empty where nothing is proven.
    var checksum: String
    /// What keeps it from being proof; empty where it is.
    var faults: JSONColumn<[WipeFault]>
    var createdAt: Instant

    /// Whether it proves the wipe.
    var isProof: Bool { faults.value.isEmpty }

    /// The certificate with what it says.
    var certificate: WipeCertificate {
        WipeCertificate(lines: [
            .init("number", number), .init("machineSerial", machineSerial),
            .init("diskSerial", diskSerial), .init("diskModel", diskModel),
            .init("capacityBytes", capacityByteCount.map { String($0) } ?? ""),
            .init("tool", tool), .init("method", method), .init("level", level.rawValue),
            .init("verification", verification.rawValue),
            .init("finishedAt", finishedAt.rfc3339), .init("logSHA256", logDigest),
        ])
    }
}

/// A certificate of a wipe as a file: lines of `name: value`, the last of which is the checksum of
/// those before.
///
/// The checksum covers the digest of the log, the serial numbers of disk and machine, the method and
/// the time, so that none can be exchanged for another's. Whoever changes a certificate can compute a
/// new checksum; that the city issued it is told by the public check of number and checksum.
struct WipeCertificate: Sendable, Hashable {
    /// The largest file, in bytes.
    static let maximumByteCount = 64 << 10
    static let heading = "haechi wipe certificate 1"
    static let names = [
        "number", "machineSerial", "diskSerial", "diskModel", "capacityBytes", "tool", "method",
        "level", "verification", "finishedAt", "logSHA256",
    ]

    /// A line of it.
    struct Line: Sendable, Hashable {
        let name: String
        let value: String

        /// A line; what would break it into two becomes a space.
        init(_ name: String, _ value: String) {
            self.name = name
            self.value = String(value.map { $0.isNewline ? " " : $0 })
        }
    }

    let lines: [Line]

    subscript(name: String) -> String { lines.first { $0.name == name }?.value ?? "" }

    /// What the checksum is taken of.
    private var signedText: String {
        WipeCertificate.heading + "\n" + lines.map { "\($0.name): \($0.value)\n" }.joined()
    }

    /// SHA-256 (FIPS 180-4) of the lines, in hexadecimal.
    var checksum: String { Digests.hexadecimal(of: Array(signedText.utf8)) }

    /// The file.
    var text: String { signedText + "checksum: \(checksum)\n" }

    /// What a file turned out to be.
    enum Reading: Sendable, Hashable {
        case sound(WipeCertificate)
        /// The checksum is not that of the lines.
        case changed(WipeCertificate, stated: String)
        case unreadable
    }

    /// Reads a file and computes its checksum again.
    static func read(_ bytes: [UInt8]) -> Reading {
        guard bytes.count <= maximumByteCount, let text = String(validating: bytes, as: UTF8.self)
        else { return .unreadable }
        var rows = text.split(whereSeparator: \.isNewline).map(String.init)
        guard rows.first == heading, rows.count == names.count + 2 else { return .unreadable }
        rows.removeFirst()
        var lines: [Line] = []
        for row in rows {
            guard let colon = row.firstIndex(of: ":") else { return .unreadable }
            let value = row[row.index(after: colon)...].drop { $0 == " " }
            lines.append(Line(String(row[..<colon]), String(value)))
        }
        guard let stated = lines.popLast(), stated.name == "checksum", lines.map(\.name) == names
        else { return .unreadable }
        let certificate = WipeCertificate(lines: lines)
        return certificate.checksum == stated.value
            ? .sound(certificate) : .changed(certificate, stated: stated.value)
    }
}

/// Digests in the form that people compare.
enum Digests {
    /// SHA-256 (FIPS 180-4), in hexadecimal.
    static func hexadecimal(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
