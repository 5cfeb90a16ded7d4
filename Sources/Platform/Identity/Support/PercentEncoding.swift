/// Percent-encoding of RFC 3986, over UTF-8.
enum PercentEncoding {
    /// Encodes everything but the unreserved characters (RFC 3986 §2.3).
    static func component(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(UnicodeScalar(byte))
            default:
                encoded += "%" + Encodings.hex([byte]).uppercased()
            }
        }
        return encoded
    }

    /// The pairs as `application/x-www-form-urlencoded` or a query, in their order.
    static func query(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { component($0.name) + "=" + component($0.value) }.joined(separator: "&")
    }
}
