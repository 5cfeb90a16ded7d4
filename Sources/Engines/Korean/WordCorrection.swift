extension TextIndex {
    /// The most words that one unknown word is corrected to.
    static let maximumCorrectionCount = 2
    /// What a corrected word counts beside a typed one.
    static let correctionWeight: Float = 0.7

    /// A query with corrections for its words that no document has.
    ///
    /// A word is corrected to words of the index that differ in one letter (jamo) of one syllable:
    /// every such neighbour is looked up by its fingerprint, so that no list of words is kept.
    public func corrected(_ query: TextQuery) -> TextQuery {
        var corrected = query
        for term in query.terms
        where term.kind == .word && term.origin == .typed && term.weight == 1
            && documentFrequency(of: term.key) == 0
        {
            let words = neighbours(of: Array(term.text.utf16))
            if !words.isEmpty {
                corrected.correct(term.text, to: words, weight: Self.correctionWeight)
            }
        }
        return corrected
    }

    /// The most frequent words of the index that differ in one letter.
    private func neighbours(of word: [UInt16]) -> [String] {
        guard (2...8).contains(word.count) else { return [] }
        var found: [(frequency: Int, units: [UInt16])] = []
        var beginning = TermHash()
        for place in word.indices {
            Hangul.forEachNeighbour(of: word[place]) { syllable in
                var hash = beginning
                hash.combine(UInt64(syllable))
                for unit in word[(place + 1)...] { hash.combine(UInt64(unit)) }
                let frequency = documentFrequency(of: TermKey(stem: hash))
                guard frequency > 0 else { return }
                var units = word
                units[place] = syllable
                found.append((frequency, units))
            }
            beginning.combine(UInt64(word[place]))
        }
        found.sort { $0.frequency > $1.frequency }
        return found.prefix(Self.maximumCorrectionCount).map {
            String(decoding: $0.units, as: UTF16.self)
        }
    }
}

extension Hangul {
    /// Every syllable that differs in one jamo.
    @inline(__always)
    static func forEachNeighbour(of syllable: UInt16, _ body: (UInt16) -> Void) {
        guard syllables.contains(syllable) else { return }
        let index = Int(syllable - syllables.lowerBound)
        let (leading, vowel, trailing) = (index / 588, index % 588 / 28, index % 28)
        let base = Int(syllables.lowerBound)
        for other in 0..<19 where other != leading {
            body(UInt16(base + other * 588 + vowel * 28 + trailing))
        }
        for other in 0..<21 where other != vowel {
            body(UInt16(base + leading * 588 + other * 28 + trailing))
        }
        for other in 0..<28 where other != trailing {
            body(UInt16(base + leading * 588 + vowel * 28 + other))
        }
    }
}
