/// One entrant of a draw: a receipt number that tells nothing about the person, the stratum (구간),
/// and where it is given the household or person that may be selected only once.
///
/// Its text, `R-2026-00017,2` or `R-2026-00017,2,H41`, is the line of the published list, the element
/// of the draw's document and the leaf of the Merkle tree. The parts are letters, digits, `-`, `_` and
/// `.` of ASCII, so that the text has one reading and sorting it sorts the receipt numbers.
public struct DrawEntrant: Sendable, Hashable {
    /// The most bytes of a receipt number, a stratum's id or a group.
    public static let maximumNameByteCount = 64

    /// The receipt number, unique in its draw.
    public let receipt: String
    /// The id of the stratum.
    public let stratum: String
    /// The household or person of whom only one is selected, as an opaque name.
    public let group: String?

    /// Creates an entrant; throws where a part is empty, too long or has another character.
    public init(receipt: String, stratum: String, group: String? = nil) throws {
        guard [receipt, stratum, group ?? receipt].allSatisfy(DrawEntrant.isName) else {
            throw DrawingError.badEntrant([receipt, stratum, group ?? ""].joined(separator: ","))
        }
        self.receipt = receipt
        self.stratum = stratum
        self.group = group
    }

    /// Reads the text of an entrant; throws where it is not one.
    public init(text: some StringProtocol) throws {
        let parts = text.utf8.split(
            separator: UInt8(ascii: ","),
            omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 2 || parts.count == 3 else {
            throw DrawingError.badEntrant(String(text))
        }
        try self.init(
            receipt: parts[0],
            stratum: parts[1],
            group: parts.count == 3 ? parts[2] : nil
        )
    }

    /// The text of the entrant.
    public var text: String {
        if let group { "\(receipt),\(stratum),\(group)" } else { "\(receipt),\(stratum)" }
    }

    /// Appends the bytes of the text.
    func append(to bytes: inout [UInt8]) {
        bytes += receipt.utf8
        bytes.append(UInt8(ascii: ","))
        bytes += stratum.utf8
        if let group {
            bytes.append(UInt8(ascii: ","))
            bytes += group.utf8
        }
    }

    /// Whether a text can be a receipt number, a stratum's id, a group or a draw's id.
    static func isName(_ text: String) -> Bool {
        (1...maximumNameByteCount).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}

extension DrawEntrant: Codable {
    /// Reads the text of an entrant.
    public init(from decoder: any Decoder) throws {
        try self.init(text: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text of the entrant.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
