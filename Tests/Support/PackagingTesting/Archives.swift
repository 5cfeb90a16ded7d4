import Packaging

/// Writes the parts of an archive.
public func archive(_ parts: [(String, [UInt8])], level: Int = 6) throws -> [UInt8] {
    final class Collector {
        var bytes: [UInt8] = []
    }
    let collector = Collector()
    var zip = ZipWriter(level: level) { collector.bytes.append(contentsOf: $0) }
    for (name, content) in parts {
        try zip.begin(name)
        try zip.write(content)
        try zip.end()
    }
    try zip.finish()
    return collector.bytes
}

/// Makes small Word documents.
public struct WordFile {
    /// The XML of the paragraphs and tables of the body.
    public var body: String
    /// The title among its properties.
    public var title: String?
    /// The XML of its footnotes.
    public var footnotes = ""
    /// Anything before the root element of the document.
    public var prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

    /// Creates a document with a body.
    public init(_ body: String, title: String? = nil) {
        self.body = body
        self.title = title
    }

    /// A paragraph of a style.
    public static func paragraph(_ text: String, style: String? = nil) -> String {
        let properties = style.map { "<w:pPr><w:pStyle w:val=\"\($0)\"/></w:pPr>" } ?? ""
        return "<w:p>\(properties)<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
    }

    /// The parts of the file.
    public var parts: [(String, [UInt8])] {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
        func xml(_ text: String) -> [UInt8] { Array(text.utf8) }
        return [
            ("[Content_Types].xml", xml("<Types/>")),
            (
                "_rels/.rels",
                xml(
                    """
                    <Relationships><Relationship Id="1" Type="\(office)/officeDocument"
                    Target="word/document.xml"/><Relationship Id="2"
                    Type="\(package)/core-properties" Target="docProps/core.xml"/></Relationships>
                    """
                )
            ),
            ("docProps/core.xml", xml("<cp><dc:title>\(title ?? "")</dc:title></cp>")),
            (
                "word/_rels/document.xml.rels",
                xml(
                    """
                    <Relationships><Relationship Id="1" Type="\(office)/styles" Target="styles.xml"/>
                    <Relationship Id="2" Type="\(office)/footnotes" Target="footnotes.xml"/>
                    <Relationship Id="3" Type="\(office)/hyperlink" TargetMode="External"
                    Target="file:///etc/passwd"/></Relationships>
                    """
                )
            ),
            ("word/styles.xml", xml(Self.styles)),
            ("word/footnotes.xml", xml("<w:footnotes>\(footnotes)</w:footnotes>")),
            (
                "word/document.xml",
                xml("\(prologue)<w:document><w:body>\(body)</w:body></w:document>")
            ),
        ]
    }

    /// The bytes of the file.
    public func bytes() throws -> [UInt8] { try archive(parts) }

    private static let styles = """
        <w:styles><w:style w:styleId="a"><w:name w:val="Normal"/></w:style>
        <w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
        </w:style><w:style w:styleId="k2"><w:name w:val="제목 2"/></w:style>
        <w:style w:styleId="own"><w:name w:val="조문"/><w:basedOn w:val="base"/></w:style>
        <w:style w:styleId="base"><w:name w:val="조"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>
        </w:style><w:style w:styleId="list"><w:name w:val="List Bullet"/><w:pPr><w:numPr>
        <w:numId w:val="3"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>
        <w:style w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="loop"/></w:style></w:styles>
        """
}
