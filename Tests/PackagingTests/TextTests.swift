import Basics
import Testing

@testable import Packaging

@Suite struct `Bytes as text` {
    @Test func `every encoding of Korean offices gives the same text`() throws {
        let text = "똠방각하 휴가"
        let utf16 = ("\u{FEFF}" + text).utf16.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]
        }
        let cp949: [UInt8] = [
            0x8C, 0x63, 0xB9, 0xE6, 0xB0, 0xA2, 0xC7, 0xCF, 0x20, 0xC8, 0xDE, 0xB0, 0xA1,
        ]
        for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), utf16, cp949] {
            #expect(try TextEncoding.text(of: bytes, maximumByteCount: 1_000) == text)
        }
    }

    @Test(arguments: [
        ([0x61, 0x00], PackagingError.Code.unknownEncoding),
        ([0xFF, 0x41, 0x0A], .unknownEncoding),
        (Array(repeating: 0x61, count: 1_001), .tooMuchText),
    ])
    func `bytes that are no text, or too much of it, are refused`(
        bytes: [UInt8],
        code: PackagingError.Code
    ) {
        #expect(
            PackagingError.code { _ = try TextEncoding.text(of: bytes, maximumByteCount: 1_000) }
                == code
        )
    }

    @Test func `the check of UTF-8 agrees with the standard library`() {
        var random = SeededRandom(seed: 3629)
        let seeds = Array("a가힣\u{D7FF}\u{E000}😀é\u{10FFFF}\u{800}bcdefgh".utf8)
        for _ in 0..<20_000 {
            var bytes = seeds
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                bytes[at] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.removeFirst(Int.random(in: 0...20, using: &random))
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect((bytes.withUnsafeBytes(UTF8Validation.check) == .complete) == isValid)
        }
    }
}
