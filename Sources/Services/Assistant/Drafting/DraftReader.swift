import Korean

/// A sentence as a language model wrote it, with the numbers of the passages it names.
struct WrittenSentence: Sendable, Hashable {
    /// The sentence without its numbers.
    var text: String
    /// The passages it names, from 1, in their order; none where it names none.
    var numbers: [Int]
}

/// Takes the text of a draft as it comes and gives each sentence as soon as it is whole.
struct DraftReader: Sendable {
    /// The longest draft, in bytes of UTF-8.
    static let maximumByteCount = 8_000
    /// The most sentences of a draft.
    static let maximumSentenceCount = 12

    private var pending = ""
    private var byteCount = 0
    private(set) var sentenceCount = 0

    /// Adds text and gives the sentences that it finishes.
    mutating func sentences(adding text: String) throws(DraftingError) -> [WrittenSentence] {
        byteCount += text.utf8.count
        guard byteCount <= Self.maximumByteCount else {
            throw DraftingError(.tooLong, context: "more than \(Self.maximumByteCount) bytes")
        }
        // Models write "…합니다.[1]" too, which ends a sentence as "…합니다. [1]" does.
        pending = (pending + text).replacing(".[", with: ". [")
        // The last sentence may go on, or its number may still come.
        var pieces = Self.pieces(of: pending)
        guard pieces.count > 1, let last = pieces.popLast() else { return [] }
        pending = last
        return try read(pieces)
    }

    /// Gives what is left at the end of the draft.
    mutating func rest() throws(DraftingError) -> [WrittenSentence] {
        defer { pending = "" }
        return try read(Self.pieces(of: pending))
    }

    /// The sentences of a text, each with the numbers after it.
    private static func pieces(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        var pieces: [String] = []
        var start = 0
        for range in SentenceSplitter().ranges(in: text) {
            // Numbers at the beginning of a sentence belong to the one before it.
            let moved = range.lowerBound + numbersLength(in: bytes[range])
            if let last = pieces.indices.last {
                pieces[last] += String(decoding: bytes[start..<moved], as: UTF8.self)
            }
            if moved < range.upperBound {
                pieces.append(String(decoding: bytes[moved..<range.upperBound], as: UTF8.self))
            }
            start = range.upperBound
        }
        if let last = pieces.indices.last {
            pieces[last] += String(decoding: bytes[start...], as: UTF8.self)
        }
        return pieces
    }

    /// The bytes at the beginning of a sentence that are numbers in brackets, with what stands
    /// between them; a number that is not whole yet counts.
    private static func numbersLength(in bytes: ArraySlice<UInt8>) -> Int {
        let digits = Set("0123456789, ".utf8)
        var rest = bytes
        while rest.first == UInt8(ascii: "[") {
            let inside = rest.dropFirst().drop { digits.contains($0) }
            guard inside.isEmpty || inside.first == UInt8(ascii: "]") else { break }
            rest = inside.dropFirst().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ".") }
        }
        return rest.startIndex - bytes.startIndex
    }

    private mutating func read(_ pieces: [String]) throws(DraftingError) -> [WrittenSentence] {
        let sentences = pieces.map(Self.sentence).filter { !$0.text.isEmpty }
        sentenceCount += sentences.count
        guard sentenceCount <= Self.maximumSentenceCount else {
            throw DraftingError(
                .tooLong,
                context: "more than \(Self.maximumSentenceCount) sentences"
            )
        }
        return sentences
    }

    /// Takes the numbers out of a sentence such as `…받습니다 [1][2].`.
    private static func sentence(_ piece: String) -> WrittenSentence {
        var text = ""
        var numbers: [Int] = []
        var rest = Substring(piece)
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            let inside = rest[rest.index(after: open)..<close]
            let found = inside.split(separator: ",").map {
                Int($0.filter { !$0.isWhitespace })
            }
            if !found.isEmpty, found.allSatisfy({ $0 != nil }) {
                numbers += found.compactMap(\.self)
                text += rest[..<open]
            } else {
                text += rest[...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        text += rest
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return WrittenSentence(
            text: words.replacing(" .", with: ".").drop { "-•* ".contains($0) }.description,
            numbers: numbers
        )
    }
}
