import Basics
import CQRCode

/// A QR code (ISO/IEC 18004) of a text, as a picture that prints sharp at any size.
///
/// Error correction level M: a label is still read with 15% of it worn off.
///
/// - Parameters:
///   - text: What the code says, up to 2,331 bytes of UTF-8 (version 40-M).
///   - title: What it is, for those who do not see it.
/// - Returns: The picture; the title alone where the text does not fit a code.
public func qrCode(_ text: String, title: String) -> HTML {
    let bytes = Array(text.utf8)
    let code = QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, QR_ECLEVEL_M)
    guard let code, let modules = code.pointee.data else { return "<p>\(title)</p>" }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    var path = ""
    for row in 0..<width {
        var column = 0
        while column < width {
            let start = column
            // The lowest bit says whether a module is dark.
            while column < width, modules[row * width + column] & 1 == 1 { column += 1 }
            if column > start {
                path += "M\(start + 4) \(row + 4)h\(column - start)v1h-\(column - start)z"
            }
            column += 1
        }
    }
    // Four light modules around the code are a part of it: the quiet zone.
    let side = width + 8
    return """
        <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(title)">\
        <rect width="\(side)" height="\(side)" class="paper"/><path d="\(path)"/></svg>
        """
}

enum QRCode {
    static let examples = [
        ComponentExample("qr", Bilingual("QR 코드", "QR code")) { context in
            qrCode(
                "https://city.example/inventory/example",
                title: context.text("PC-2026-0001의 QR 코드", "QR code of PC-2026-0001")
            )
        }
    ]
}
