import Basics
import CXML
import Packaging

/// Reads a web page: libxml2's forgiving parser makes the tree, this takes what a person would read.
///
/// Scripts, styles, menus and what is hidden are left out; nothing is ever fetched.
public enum HTMLReader {
    /// Reads a page.
    ///
    /// - Throws: `DocumentsError` where the bytes are no text or pass the limits.
    public static func read(
        _ bytes: [UInt8],
        limits: DocumentLimits = DocumentLimits()
    ) throws(DocumentsError) -> DocumentOutline {
        let text = try self.text(of: bytes, limits: limits)
        do {
            return try withTree(of: text) { root in
                var walk = HTMLWalk(limits: limits)
                try walk.read(root)
                return try walk.finished()
            }
        } catch let error as DocumentsError {
            throw error
        } catch {
            throw .damaged("\(error)")
        }
    }

    /// The page as text: by its byte order mark, else UTF-8 where it is that, else CP949.
    private static func text(
        of bytes: [UInt8],
        limits: DocumentLimits
    ) throws(DocumentsError) -> String {
        if bytes.isEmpty { throw .empty }
        if bytes.count > limits.maximumByteCount { throw .tooLarge("\(bytes.count) bytes") }
        do {
            // Two bytes of CP949 become three of UTF-8.
            return try TextEncoding.text(of: bytes, maximumByteCount: bytes.count * 2)
        } catch let error as PackagingError {
            // A page that says it is UTF-8 is one, even where a byte of it is broken.
            guard isDeclaredUTF8(bytes), !bytes.contains(0) else { throw DocumentsError(error) }
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .damaged("\(error)")
        }
    }

    /// Whether a `<meta>` near the beginning declares UTF-8 (HTML, 4.2.5.4).
    private static func isDeclaredUTF8(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(1_024), as: UTF8.self).lowercased()
        return head.contains("charset=utf-8") || head.contains("charset=\"utf-8")
    }

    private static func withTree<Result>(
        of text: String,
        _ body: (xmlNodePtr) throws -> Result
    ) throws -> Result {
        var text = text
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue
            | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_COMPACT.rawValue
        let document = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                htmlReadMemory($0.baseAddress, Int32($0.count), nil, "UTF-8", Int32(options))
            }
        }
        guard let document else { throw DocumentsError.damaged("no tree") }
        defer { xmlFreeDoc(document) }
        guard let root = xmlDocGetRootElement(document) else { throw DocumentsError.empty }
        return try body(root)
    }
}

/// One walk over the tree of a page, from its root to its last node.
private struct HTMLWalk {
    private let limits: DocumentLimits
    private var builder: OutlineBuilder
    /// The text of the block that is being read.
    private var text = ""
    private var depth = 0
    private var preformattedDepth = 0
    /// The list items that are open.
    private var itemDepth = 0
    private var heading: Int?
    private var titleText = ""
    private var firstHeading: String?
    private var isInTitle = false
    private var tables: [OpenTable] = []

    private struct OpenTable {
        var builder = TableBuilder()
        var isInCell = false
        var columns = 1
        var rows = 1
    }

    init(limits: DocumentLimits) {
        self.limits = limits
        builder = OutlineBuilder(limits: limits)
    }

    /// Visits every node in reading order, without recursion: pages may be nested as deep as they like.
    mutating func read(_ root: xmlNodePtr) throws {
        var node = root
        while true {
            let isEntered = try enter(node)
            if isEntered, let child = node.pointee.children, isElement(node) {
                node = child
                continue
            }
            if isEntered { try leave(node) }
            while node.pointee.next == nil || node == root {
                guard node != root, let parent = node.pointee.parent else { return }
                node = parent
                try leave(node)
                if node == root { return }
            }
            guard let next = node.pointee.next else { return }
            node = next
        }
    }

    consuming func finished() throws -> DocumentOutline {
        try flush()
        let title = titleText.collapsed()
        // The heading is cleaner where the title only adds the name of the site.
        if let firstHeading, title.isEmpty || title.contains(firstHeading) {
            builder.setTitle(firstHeading)
        } else {
            builder.setTitle(title)
        }
        return builder.outline
    }

    private func isElement(_ node: xmlNodePtr) -> Bool {
        node.pointee.type == XML_ELEMENT_NODE
    }

    /// Begins a node; false where it and all within it are left out.
    private mutating func enter(_ node: xmlNodePtr) throws -> Bool {
        switch node.pointee.type {
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
            take(node)
            return true
        case XML_ELEMENT_NODE: break
        default: return false
        }
        let name = name(of: node)
        if Self.leftOut.contains(name) || isHidden(node) { return false }
        try begin(name, node)
        return true
    }

    private mutating func begin(_ name: String, _ node: xmlNodePtr) throws {
        switch name {
        case "title": isInTitle = true
        case "br": text.append("\n")
        case "table":
            try flush()
            if isTable(node) { tables.append(OpenTable()) }
        case "caption" where !tables.isEmpty: text = ""
        case "tr" where !tables.isEmpty:
            tables[tables.count - 1].builder.beginRow()
        case "td" where !tables.isEmpty, "th" where !tables.isEmpty:
            tables[tables.count - 1].isInCell = true
            tables[tables.count - 1].columns = span("colspan", node)
            tables[tables.count - 1].rows = span("rowspan", node)
            text = ""
        default:
            guard Self.blocks.contains(name) else { return }
            try flush()
            if name == "li" { itemDepth += 1 }
            if name == "pre" { preformattedDepth += 1 }
            if let level = Self.headings[name] { heading = level }
        }
    }

    /// Ends a node that was begun.
    private mutating func leave(_ node: xmlNodePtr) throws {
        guard isElement(node) else { return }
        let name = name(of: node)
        switch name {
        case "title": isInTitle = false
        case "table":
            guard isTable(node), let table = tables.popLast() else { return try flush() }
            try builder.add(.table(table.builder.squared))
        case "caption" where !tables.isEmpty:
            try builder.add(.paragraph(text.collapsed()))
            text = ""
        case "tr" where !tables.isEmpty:
            try tables[tables.count - 1].builder.endRow()
        case "td" where !tables.isEmpty, "th" where !tables.isEmpty:
            let table = tables[tables.count - 1]
            tables[tables.count - 1].builder.add(
                text.collapsed(),
                columns: table.columns,
                rows: table.rows
            )
            tables[tables.count - 1].isInCell = false
            text = ""
        default:
            guard Self.blocks.contains(name) else { return }
            try flush()
            if name == "li" { itemDepth -= 1 }
            if name == "pre" { preformattedDepth -= 1 }
        }
    }

    private mutating func take(_ node: xmlNodePtr) {
        guard let content = node.pointee.content else { return }
        let words = String(cString: content)
        if isInTitle {
            titleText += words
        } else if preformattedDepth > 0 {
            text += words
        } else {
            // A line feed of the source is a space; only `<br>` breaks a line.
            text += words.map { $0.isNewline ? " " : String($0) }.joined()
        }
    }

    /// Ends the block that is being read.
    private mutating func flush() throws {
        if let table = tables.last {
            if table.isInCell { text.append(" ") }
            return
        }
        let block = text.collapsed(keepsLines: true)
        text = ""
        defer { heading = nil }
        guard !block.isEmpty else { return }
        if let level = heading {
            let line = block.collapsed()
            if level == 1, firstHeading == nil { firstHeading = line }
            try builder.add(.heading(level: level, line))
        } else {
            try builder.add(itemDepth > 0 ? .item(block.collapsed()) : .paragraph(block))
        }
    }

    /// Whether a table holds data; one that only arranges a page is read as the page it arranges.
    private func isTable(_ node: xmlNodePtr) -> Bool {
        if let role = attribute("role", node), ["presentation", "none"].contains(role) {
            return false
        }
        var rest = [node.pointee.children]
        var visited = 0
        while let next = rest.popLast() {
            var current = next
            while let child = current {
                visited += 1
                if isElement(child) {
                    let name = name(of: child)
                    if name == "table" || Self.headings[name] != nil { return false }
                    rest.append(child.pointee.children)
                }
                // A table this large is data, whatever else it is.
                if visited > Self.maximumVisitCount { return true }
                current = child.pointee.next
            }
        }
        return true
    }

    private static let maximumVisitCount = 10_000

    private func isHidden(_ node: xmlNodePtr) -> Bool {
        guard node.pointee.properties != nil else { return false }
        if attribute("hidden", node) != nil || attribute("aria-hidden", node) == "true" {
            return true
        }
        guard let style = attribute("style", node) else { return false }
        let rule = style.lowercased().filter { !$0.isWhitespace }
        return rule.contains("display:none") || rule.contains("visibility:hidden")
    }

    private func span(_ name: String, _ node: xmlNodePtr) -> Int {
        attribute(name, node).flatMap { Int($0) }.map { max(1, min($0, 1_000)) } ?? 1
    }

    private func name(of node: xmlNodePtr) -> String {
        node.pointee.name.map { String(cString: $0).lowercased() } ?? ""
    }

    /// The value of an attribute, found among the node's own so that nothing has to be freed.
    private func attribute(_ name: String, _ node: xmlNodePtr) -> String? {
        var current = node.pointee.properties
        while let property = current {
            if let own = property.pointee.name, String(cString: own) == name {
                let value = property.pointee.children?.pointee.content
                return value.map { String(cString: $0) } ?? ""
            }
            current = property.pointee.next
        }
        return nil
    }

    /// Elements whose contents nobody reads as part of a document.
    private static let leftOut: Set<String> = [
        "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg",
        "math", "canvas", "video", "audio", "nav", "select", "datalist", "button", "textarea",
    ]

    private static let headings: [String: Int] = [
        "h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6,
    ]

    /// Elements that begin and end a block.
    private static let blocks: Set<String> = Set(headings.keys).union([
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
        "legend", "li", "main", "ol", "p", "pre", "section", "summary", "ul", "td", "th", "tr",
    ])
}
