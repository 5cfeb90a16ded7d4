/// A piece of a page.
///
/// Written as a string literal whose interpolations escape themselves:
/// `let row: HTML = "<td>\(project.name)</td>"`. `HTML` inside `HTML` stays as it is; a sequence takes
/// a function; links and attribute lists are types of their own. Text is escaped for both
/// element content and quoted attribute values (HTML Living Standard §13.3), so a literal must quote
/// its attributes.
public struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// What a piece asks of the browser beside what every page may do (``ContentSecurity``).
    public struct Needs: OptionSet, Sendable, Hashable {
        /// The needs as bits.
        public let rawValue: UInt8

        /// Creates needs from their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The map library, which starts a worker from its own text.
        public static let map = Needs(rawValue: 1)
        /// The picture of the device's camera.
        public static let camera = Needs(rawValue: 2)
    }

    /// The markup.
    public private(set) var markup: String
    /// What the piece, or a piece in it, asks of the browser.
    public private(set) var needs: Needs = []

    /// Takes a literal of the program as markup.
    public init(stringLiteral value: String) {
        markup = value
    }

    /// Takes a literal with interpolations as markup.
    public init(stringInterpolation: Interpolation) {
        markup = stringInterpolation.markup
        needs = stringInterpolation.needs
    }

    /// Text, escaped.
    public init(text: String) {
        var interpolation = Interpolation(
            literalCapacity: text.utf8.count,
            interpolationCount: 0
        )
        interpolation.appendInterpolation(text)
        markup = interpolation.markup
    }

    /// What a function makes of each item, one after another.
    public init<Items: Sequence>(each items: Items, _ render: (Items.Element) throws -> HTML)
        rethrows
    {
        self = .empty
        for item in items { append(try render(item)) }
    }

    /// Nothing.
    public static let empty: HTML = ""

    /// Whether there is nothing to show.
    public var isEmpty: Bool { markup.isEmpty }

    /// Joins two pieces.
    public static func + (left: HTML, right: HTML) -> HTML {
        var both = left
        both.append(right)
        return both
    }

    /// The same piece, asking the browser for more.
    public func needing(_ needs: Needs) -> HTML {
        var piece = self
        piece.needs.formUnion(needs)
        return piece
    }

    fileprivate mutating func append(_ piece: HTML) {
        markup += piece.markup
        needs.formUnion(piece.needs)
    }

    /// Collects the markup of a literal, escaping what is not `HTML`.
    public struct Interpolation: StringInterpolationProtocol {
        var markup: String
        var needs: Needs = []

        /// Starts with room for the literal parts.
        public init(literalCapacity: Int, interpolationCount: Int) {
            markup = ""
            markup.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        /// Adds a literal part as it is.
        public mutating func appendLiteral(_ literal: String) {
            markup += literal
        }

        /// Adds text, escaped.
        public mutating func appendInterpolation(_ text: some StringProtocol) {
            HTML.escape(text, into: &markup)
        }

        /// Adds text, escaped, or nothing.
        public mutating func appendInterpolation(_ text: String?) {
            if let text { HTML.escape(text, into: &markup) }
        }

        /// Adds a number.
        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            markup += String(number)
        }

        /// Adds a number, in its shortest form that reads back the same.
        public mutating func appendInterpolation(_ number: Double) {
            markup += "\(number)"
        }

        /// Adds a piece of a page as it is.
        public mutating func appendInterpolation(_ html: HTML) {
            markup += html.markup
            needs.formUnion(html.needs)
        }

        /// Adds a piece of a page, or nothing.
        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { appendInterpolation(html) }
        }

        /// Adds pieces one after another.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { appendInterpolation(piece) }
        }

        /// Adds what a function makes of each item.
        public mutating func appendInterpolation<Items: Sequence>(
            _ items: Items,
            _ render: (Items.Element) throws -> HTML
        ) rethrows {
            for item in items { appendInterpolation(try render(item)) }
        }

        /// Adds a link target, escaped for an attribute value.
        public mutating func appendInterpolation(_ link: Link) {
            HTML.escape(link.target, into: &markup)
        }

        /// Adds attributes, each with a space before it.
        public mutating func appendInterpolation(_ attributes: Attributes) {
            markup += attributes.markup
        }
    }

    /// Appends text with `&`, `<`, `>` and both quotes escaped.
    static func escape(_ text: some StringProtocol, into markup: inout String) {
        let needsEscape = text.utf8.contains { byte in
            byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0x27
        }
        guard needsEscape else {
            markup += text
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            case "'": markup += "&#39;"
            default: markup.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Sequence where Element == HTML {
    /// The pieces one after another, with another between them.
    public func joined(separator: HTML) -> HTML {
        var result = HTML.empty
        var isFirst = true
        for piece in self {
            if !isFirst { result.append(separator) }
            result.append(piece)
            isFirst = false
        }
        return result
    }
}
