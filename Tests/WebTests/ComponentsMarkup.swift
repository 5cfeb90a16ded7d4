import Basics

@testable import Web

/// A context that stands still, for the tests of components.
func testContext(
    _ language: Language = .korean,
    path: String = "/example",
    query: [(name: String, value: String)] = []
) -> PageContext {
    PageContext(
        language: language,
        path: path,
        query: query,
        isSample: true,
        navigation: [
            NavigationItem(
                title: Bilingual("발주정보", "Procurement"),
                link: Link("/procurement")
            )
        ],
        formToken: "token\"<1>",
        now: Instant(LocalDate(daysSinceEpoch: 19_382), hour: 9)
    )
}

/// An element's start tag as a test reads it: enough of a parser for markup that we write ourselves,
/// where every attribute value is in double quotes.
struct StartTag {
    let name: String
    let attributes: [String: String]

    /// The start tags of a piece of markup, in order; nil where an element is left open or closed
    /// twice.
    static func all(in markup: String) -> [StartTag]? {
        let void: Set = [
            "input", "br", "link", "meta", "rect", "circle", "line", "path", "img",
        ]
        var tags: [StartTag] = []
        var open: [String] = []
        for match in markup.matches(of: /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^">]|"[^"]*")*)>/) {
            let name = String(match.2)
            if match.1 == "/" {
                guard open.popLast() == name else { return nil }
                continue
            }
            var attributes: [String: String] = [:]
            for attribute in match.3.matches(of: /([a-zA-Z0-9-]+)(?:="([^"]*)")?/) {
                attributes[String(attribute.1)] = attribute.2.map { String($0) } ?? ""
            }
            tags.append(StartTag(name: name, attributes: attributes))
            if !void.contains(name), !match.3.hasSuffix("/") { open.append(name) }
        }
        return open.isEmpty ? tags : nil
    }
}
