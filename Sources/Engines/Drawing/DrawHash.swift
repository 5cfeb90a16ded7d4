internal import Crypto

/// The hashes of a draw: SHA-256 (FIPS 180-4), each purpose under its own label, so that a value
/// made for one purpose can never pass for another.
enum DrawHash {
    static let byteCount = 32

    /// SHA-256 of the bytes as they are: the rule and the commitment, which start with `{`.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: bytes))
    }

    /// SHA-256 of `haechi-draw-1/<purpose>`, a zero byte and the data.
    static func labelled(_ purpose: String, _ data: [UInt8]) -> [UInt8] {
        plain(label(purpose) + data)
    }

    static func label(_ purpose: String) -> [UInt8] {
        Array("\(DrawCommitment.currentProtocol)/\(purpose)".utf8) + [0]
    }

    /// Writes the SHA-256 of a buffer to a place, without an array between.
    static func write(_ source: UnsafeRawBufferPointer, to place: UnsafeMutableRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: source)
        hash.finalize().withUnsafeBytes { place.copyMemory(from: $0) }
    }
}
