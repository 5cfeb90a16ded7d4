import Basics
import CZlib
import HTTPTypes

/// Compression of answers and their entity tags.
enum ContentEncoding {
    /// Smaller answers gain nothing from compression.
    static let minimumByteCount = 1024
    /// zlib's level: 4 gives most of the gain at a third of the time of 6 on our pages.
    static let level: Int32 = 4

    /// Whether the person's browser takes gzip (RFC 9110 §12.5.3).
    static func acceptsGzip(_ headers: HTTPFields) -> Bool {
        guard let accepted = headers[.acceptEncoding]?.lowercased() else { return false }
        return accepted.split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { String($0).trimmingWhitespace() }
            guard let name = parts.first, name == "gzip" || name == "*" else { return false }
            return !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
        }
    }

    /// Whether a type of content shrinks.
    static func isCompressible(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        return ["text/", "application/json", "application/problem+json", "application/xml"]
            .contains { contentType.hasPrefix($0) }
            || contentType == "application/vnd.mapbox-vector-tile"
            || contentType.contains("+xml") || contentType.contains("javascript")
    }

    /// The bytes as gzip (RFC 1952), or nothing where zlib refuses.
    static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 15 + 16: the largest window, and a gzip wrapper instead of zlib's.
        guard
            deflateInit2_(
                &stream,
                level,
                Z_DEFLATED,
                31,
                8,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            ) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        var isDone = false
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(capacity)
                isDone = deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            count = capacity - Int(stream.avail_out)
        }
        return isDone ? output : nil
    }

    /// A weak entity tag of the content: its length and its CRC-32 (RFC 9110 §8.8.3).
    static func entityTag(_ bytes: [UInt8]) -> String {
        let sum = bytes.withUnsafeBufferPointer {
            crc32(0, $0.baseAddress, UInt32(truncatingIfNeeded: $0.count))
        }
        return "W/\"\(String(bytes.count, radix: 36))-\(String(sum, radix: 36))\""
    }

    /// Whether `If-None-Match` names the tag.
    static func matches(_ header: String?, tag: String) -> Bool {
        guard let header else { return false }
        return header == "*"
            || header.split(separator: ",").contains { String($0).trimmingWhitespace() == tag }
    }
}
