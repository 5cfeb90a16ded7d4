/// A link target that is safe to put into a page: a path of this site, or an http(s), mailto or tel
/// address.
///
/// Names and values of the query are percent-encoded (RFC 3986 §2.1, everything outside
/// `unreserved`).
public struct Link: Sendable, Hashable {
    /// The target as it stands in `href`, not yet escaped for HTML.
    public private(set) var target: String

    /// A path of this site, with a query.
    ///
    /// Segments that come from data go through ``path(_:query:)`` or ``encoded(_:)`` first.
    public init(_ path: String, query: [(name: String, value: String)] = [], fragment: String = "")
    {
        // "//host" would leave the site; a path here always starts with exactly one slash.
        let trimmed = path.drop { $0 == "/" }
        target = path.hasPrefix("/") ? "/" + trimmed : path.isEmpty ? "" : "/" + trimmed
        var separator = path.contains("?") ? "&" : "?"
        for item in query {
            target += separator + Link.encoded(item.name) + "=" + Link.encoded(item.value)
            separator = "&"
        }
        if !fragment.isEmpty { target += "#" + Link.encoded(fragment) }
    }

    /// A place on the same page.
    public static func fragment(_ id: String) -> Link {
        Link("", fragment: id)
    }

    /// A path of this site made of segments, each percent-encoded.
    public static func path(
        _ segments: String...,
        query: [(name: String, value: String)] = []
    ) -> Link {
        Link("/" + segments.map(encoded).joined(separator: "/"), query: query)
    }

    /// The same page at one of its places.
    public func at(_ id: String) -> Link {
        var link = self
        link.target = target.prefix { $0 != "#" } + "#" + Link.encoded(id)
        return link
    }

    /// An address outside this site, or nothing where its scheme is not one of http, https, mailto
    /// and tel.
    public init?(external address: String) {
        let lowered = address.lowercased()
        let schemes = ["https://", "http://", "mailto:", "tel:"]
        guard schemes.contains(where: { lowered.hasPrefix($0) }),
            !address.unicodeScalars.contains(where: { $0.value < 0x21 })
        else { return nil }
        target = address
    }

    /// Text with everything outside RFC 3986 `unreserved` percent-encoded.
    public static func encoded(_ text: String) -> String {
        let hexDigits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.append(byte)
            default:
                result.append(0x25)
                result.append(hexDigits[Int(byte >> 4)])
                result.append(hexDigits[Int(byte & 15)])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// Attributes of an element, each with a space before it, values escaped.
public struct Attributes: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private(set) var markup = ""

    /// Attributes from names and values; a name with no value (nil) is left out, and an empty value
    /// is written as the bare name (`required`).
    public init(dictionaryLiteral elements: (String, String?)...) {
        for (name, value) in elements {
            guard let value else { continue }
            append(name, value)
        }
    }

    /// Adds an attribute; an empty value is written as the bare name.
    public mutating func append(_ name: String, _ value: String) {
        precondition(
            name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D },
            "attribute names come from the program"
        )
        markup += " " + name
        guard !value.isEmpty || name == "alt" || name == "value" else { return }
        markup += "=\""
        HTML.escape(value, into: &markup)
        markup += "\""
    }

    /// Adds a bare attribute where a condition holds.
    public mutating func append(_ name: String, if condition: Bool) {
        if condition { append(name, "") }
    }
}
