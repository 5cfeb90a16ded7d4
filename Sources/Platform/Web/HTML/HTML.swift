/// A piece of a page.
///
/// Written as a string literal whose interpolations escape themselves:
/// `let row: HTML = "<td>\(project.name)</td>"`. `HTML` inside `HTML` stays as it is; a sequence takes
/// a function; links and attribute lists are types of their own. Text is escaped for both
/// element content and quoted attribute values (HTML Living Standard §13.3), so a literal must quote
/// its attributes.
public struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The markup.
    public private(set) var markup: String

    /// Takes a literal of the program as markup.
    public init(stringLiteral value: String) {
        markup = value
    }

    /// Takes a literal with interpolations as markup.
    public init(stringInterpolation: Interpolation) {
        markup = stringInterpolation.markup
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

    /// Markup that this process made itself, such as a cached page part.
    ///
    /// Never pass a value here.
    public init(trusted markup: String) {
        self.markup = markup
    }

    /// What a function makes of each item, one after another.
    public init<Items: Sequence>(each items: Items, _ render: (Items.Element) throws -> HTML)
        rethrows
    {
        markup = ""
        for item in items { markup += try render(item).markup }
    }

    /// Nothing.
    public static let empty: HTML = ""

    /// Whether there is nothing to show.
    public var isEmpty: Bool { markup.isEmpty }

    /// Joins two pieces.
    public static func + (left: HTML, right: HTML) -> HTML {
        HTML(trusted: left.markup + right.markup)
    }

    /// Collects the markup of a literal, escaping what is not `HTML`.
    public struct Interpolation: StringInterpolationProtocol {
        var markup: String

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
        }

        /// Adds a piece of a page, or nothing.
        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { markup += html.markup }
        }

        /// Adds pieces one after another.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { markup += piece.markup }
        }

        /// Adds what a function makes of each item.
        public mutating func appendInterpolation<Items: Sequence>(
            _ items: Items,
            _ render: (Items.Element) throws -> HTML
        ) rethrows {
            for item in items { markup += try render(item).markup }
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
        var result = ""
        var isFirst = true
        for piece in self {
            if !isFirst { result += separator.markup }
            result += piece.markup
            isFirst = false
        }
        return HTML(trusted: result)
    }
}
