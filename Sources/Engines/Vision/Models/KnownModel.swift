import Crypto

/// A model file that Haechi knows how to use, told by its SHA-256; anything else is refused.
public struct KnownModel: Sendable, Hashable, Codable {
    /// What a model is for.
    public enum Purpose: String, Sendable, Hashable, Codable {
        /// Finds people and things in a picture (YOLOX).
        case objects
        /// Finds people in a small picture.
        case people
        /// Turns the picture of a person into a vector of what they look like.
        case appearance
    }

    /// Bytes a model file may have.
    public static let maximumFileSize = 256 << 20

    /// The name.
    public var name: String
    /// What it is for.
    public var purpose: Purpose
    /// The SHA-256 of the file, as 64 hexadecimal digits.
    public var sha256: String
    /// Under what terms it is given away.
    public var licence: String

    /// Every model that is known.
    public static let all = [
        KnownModel(
            name: "YOLOX-nano 416",
            purpose: .objects,
            sha256: "695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14",
            licence: "Apache-2.0"
        ),
        KnownModel(
            name: "light person detector 192",
            purpose: .people,
            sha256: "4bf5f704cd3bd900645a4303e0934ede13d9fb2135058b38005f4c2886c68576",
            licence: "Apache-2.0"
        ),
        KnownModel(
            name: "OSNet x0.25 (MSMT17)",
            purpose: .appearance,
            sha256: "61b2604171ef9d58d21758626f83b35a253c3d7123976523a6e03068c3c95d7b",
            licence: "MIT; trained on MSMT17, which is for research"
        ),
    ]

    /// The model of a file.
    ///
    /// - Throws: `VisionError` `badModel` for a file that is not in the table.
    public init(of bytes: [UInt8]) throws {
        let sum = SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }.joined()
        guard let known = Self.all.first(where: { $0.sha256 == sum }) else {
            throw VisionError.unknownModel(sum)
        }
        self = known
    }

    init(name: String, purpose: Purpose, sha256: String, licence: String) {
        self.name = name
        self.purpose = purpose
        self.sha256 = sha256
        self.licence = licence
    }
}
