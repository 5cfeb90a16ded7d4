/// Makes small PDF files of pages of Latin text (ISO 32000-1, in a standard font).
public enum PDFFile {
    /// A file with these lines on its pages; a page without lines holds no text.
    public static func bytes(pages: [[String]], title: String = "") -> [UInt8] {
        let kids = pages.indices.map { "\(5 + 2 * $0) 0 R" }.joined(separator: " ")
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Title (\(title)) >>",
        ]
        for (index, lines) in pages.enumerated() {
            var content = "BT /F 11 Tf 14 TL 50 800 Td "
            for line in lines { content += "(\(line)) Tj T* " }
            content += "ET"
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                    + "/Contents \(6 + 2 * index) 0 R /Resources << /Font << /F 3 0 R >> >> >>"
            )
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        return file(objects, trailer: "/Root 1 0 R /Info 4 0 R")
    }

    /// A file that claims to be under a password of which nobody knows the word.
    public static func encrypted() -> [UInt8] {
        let word = "<\(String(repeating: "5A", count: 32))>"
        return file(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
                "<< /Filter /Standard /V 1 /R 2 /O \(word) /U \(word) /P -4 >>",
            ],
            trailer: "/Root 1 0 R /Encrypt 4 0 R /ID [<00112233445566778899AABBCCDDEEFF> "
                + "<00112233445566778899AABBCCDDEEFF>]"
        )
    }

    private static func file(_ objects: [String], trailer: String) -> [UInt8] {
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) \(trailer) >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(text.utf8)
    }
}
