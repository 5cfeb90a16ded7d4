import Basics
import Testing

@testable import Procurement

@Suite struct `Cells as bytes` {
    @Test func `amounts and edges read from bytes as from texts`() {
        var random = SeededRandom(seed: 43)
        let pieces = Array("0123456789,,,0 \u{3000}가나힣ꀀ\u{200B}.억x")
        for _ in 0..<5000 {
            let count = Int.random(in: 0...21, using: &random)
            var text = String(
                (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }
            )
            for unit in [MoneyUnit.won, .eok] {
                let ofText = Result { () throws(MoneyText.Refusal) in
                    try MoneyText.read(text, unit: unit)
                }
                let ofBytes = text.withUTF8 { bytes in
                    Result { () throws(MoneyText.Refusal) in
                        try MoneyText.read(bytes, unit: unit)
                    }
                }
                #expect(ofText == ofBytes, "\(text)")
            }
            let range = text.withUTF8 { MatchingText.trimmedRange(of: $0) }
            #expect(
                String(decoding: Array(text.utf8)[range], as: UTF8.self)
                    == MatchingText.trimmed(text)
            )
        }
    }
}
