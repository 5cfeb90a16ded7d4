public import Basics
public import HTTPTypes
public import Identity
import NIOCore
import Hummingbird

/// A request as a page or an endpoint sees it: who asks, in which language, for what.
public struct Incoming: Sendable {
    /// The method.
    public let method: HTTPRequest.Method
    /// The path, percent-encoded as it came.
    public let path: String
    /// The query.
    public let query: QueryItems
    /// The variables of the route's path, decoded.
    public let pathParameters: [String: String]
    /// The header fields.
    public let headers: HTTPFields
    /// Who asks.
    public let actor: Actor
    /// The language of the answer.
    public let language: Language
    /// The display preferences of the person.
    public let preferences: DisplayPreferences
    /// The identifier of this request, in the log and in every problem.
    public let requestID: String
    /// When the request came.
    public let now: Instant
    /// Where it came from, as text, for throttling and the audit.
    public let remoteAddress: String
    /// The token that forms of this session carry; empty for a visitor.
    public let formToken: String
    /// What a page needs to know of this request.
    public let page: PageContext
    let isFormToken: @Sendable (String?, Actor) -> Bool
    let route: Route
    let body: RequestBody

    /// The text in the language of the answer.
    public func text(_ korean: String, _ english: String) -> String {
        language == .korean ? korean : english
    }

    /// The account of the person who asks.
    ///
    /// Throws `Problem.needsSignIn` for a visitor; a route for signed-in people never gets one.
    public func accountID() throws -> String {
        guard let id = actor.id else { throw Problem.needsSignIn }
        return id
    }

    /// A variable of the route's path.
    ///
    /// The route declares its variables, so a missing one is a fault of the program; the person gets
    /// "not found" and the log the name.
    public func pathParameter(_ name: String) throws -> String {
        guard let value = pathParameters[name] else {
            var problem = Problem.notFound
            problem.context = "the route \(route.path) has no variable \(name)"
            throw problem
        }
        // No record is named with a NUL, and no store keeps one.
        guard !value.utf8.contains(0) else { throw Problem.notFound }
        return value
    }

    /// The whole body, up to the limit of the route.
    public func bodyBytes() async throws -> [UInt8] {
        if let declared = headers[.contentLength].flatMap(Int.init),
            declared > route.maximumBodyByteCount
        {
            throw Problem.tooLarge(maximumByteCount: route.maximumBodyByteCount)
        }
        do {
            let buffer = try await body.collect(upTo: route.maximumBodyByteCount)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(maximumByteCount: route.maximumBodyByteCount)
        } catch let error as CancellationError {
            throw error
        } catch {
            // What is left is a body that broke off or lies about its length.
            throw FormFields.unreadable(String(describing: error))
        }
    }

    /// The fields of a submitted form (`application/x-www-form-urlencoded` or
    /// `multipart/form-data`).
    public func form() async throws -> FormFields {
        let type = headers[.contentType] ?? ""
        let bytes = try await bodyBytes()
        if type.lowercased().hasPrefix("multipart/form-data") {
            return try FormFields(multipart: bytes, contentType: type)
        }
        guard type.isEmpty || type.lowercased().hasPrefix("application/x-www-form-urlencoded")
        else {
            throw Problem(
                .unsupportedMediaType,
                kind: "unsupported-media-type",
                title: Bilingual("읽을 수 없는 형식입니다", "Unsupported media type"),
                message: Bilingual(
                    "이 주소는 웹 양식(form)만 받습니다.",
                    "This address takes web forms only."
                )
            )
        }
        return FormFields(urlEncoded: bytes)
    }
}

/// Names and values of a query or of a form, in the order they came.
public struct QueryItems: Sendable, Hashable {
    /// The items.
    public private(set) var items: [Item]

    /// One name with its value.
    public struct Item: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value.
        public let value: String
    }

    /// How many items are read; the rest is dropped, so that a hostile query costs nothing.
    public static let maximumItemCount = 500

    /// The last page that can be asked for, so that no offset overflows.
    public static let maximumPageNumber = 10_000

    /// Creates items from pairs.
    public init(_ pairs: [(name: String, value: String)] = []) {
        items = pairs.map { Item(name: $0.name, value: $0.value) }
    }

    /// Reads `application/x-www-form-urlencoded` text (URL Living Standard §5.1) without its NUL
    /// characters, which no store keeps.
    public init(urlEncoded text: some StringProtocol) {
        items = text.split(separator: "&", maxSplits: Self.maximumItemCount)
            .prefix(Self.maximumItemCount).map { pair in
                let parts = pair.split(
                    separator: "=",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                let value = parts.count > 1 ? percentDecoded(parts[1], plusIsSpace: true) : ""
                return Item(
                    name: percentDecoded(parts[0], plusIsSpace: true),
                    value: value.utf8.contains(0) ? value.filter { $0 != "\0" } : value
                )
            }
    }

    /// The first value of a name.
    public subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// The value of a name without white space at its ends, or nothing where it is empty.
    public func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let trimmed = value.trimmingWhitespace()
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The number of the page asked for, from 1 to `maximumPageNumber`; what is no number is page 1.
    public func pageNumber(_ name: String = "page") -> Int {
        min(max(self[name].flatMap(Int.init) ?? 1, 1), Self.maximumPageNumber)
    }

    /// Every value of a name.
    public func all(_ name: String) -> [String] {
        items.lazy.filter { $0.name == name }.map(\.value)
    }

    /// The items as pairs, for a ``Link``.
    public var pairs: [(name: String, value: String)] {
        items.map { ($0.name, $0.value) }
    }
}

/// Text with its percent-escapes resolved (RFC 3986 §2.1); what is no UTF-8 becomes U+FFFD.
func percentDecoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String {
    guard text.utf8.contains(where: { $0 == 0x25 || (plusIsSpace && $0 == 0x2B) }) else {
        return String(text)
    }
    func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        let byte = bytes[index]
        if byte == 0x25, index + 2 < bytes.count, let high = digit(bytes[index + 1]),
            let low = digit(bytes[index + 2])
        {
            result.append(high << 4 | low)
            index += 3
        } else {
            result.append(plusIsSpace && byte == 0x2B ? 0x20 : byte)
            index += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}

extension Incoming {
    /// A cookie of the request.
    public func cookie(_ name: String) -> String? {
        Asked.cookies(headers[values: .cookie])[name]
    }
}
