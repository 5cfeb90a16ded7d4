/// What the words of a column mean, so that each is read once.
///
/// A plan of a million rows has few agencies, types and months. A word is found by its bytes, without
/// a `String` for it; a word may mean something else in another context, such as a year.
struct WordMemory<Meaning: Sendable>: Sendable {
    /// The words remembered at most; what comes later is read anew each time.
    static var maximumCount: Int { 4096 }
    /// The longest word remembered, in bytes of UTF-8.
    static var maximumByteCount: Int { 128 }

    private struct Entry {
        var hash: UInt64
        var context: Int
        var word: Range<Int>
        var meaning: Meaning
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// The number of an entry, from 1, by its hash; 0 in a free slot, as at least half of them are.
    private var slots = [UInt16](repeating: 0, count: 32)

    /// Remembers nothing yet.
    init() {}

    /// The meaning of a word that was kept.
    func meaning(of word: UnsafeRawBufferPointer, in context: Int = 0) -> Meaning? {
        let hash = Self.hash(word, context)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = Int(slots[slot]) - 1
            if entries[entry].hash == hash, entries[entry].context == context,
                isEqual(word, entries[entry].word)
            {
                return entries[entry].meaning
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Keeps what a word means, where there is room for it.
    mutating func keep(
        _ meaning: Meaning,
        of word: UnsafeRawBufferPointer,
        in context: Int = 0
    ) {
        guard entries.count < Self.maximumCount, word.count <= Self.maximumByteCount else { return }
        let start = bytes.count
        bytes.append(contentsOf: word)
        entries.append(
            Entry(
                hash: Self.hash(word, context),
                context: context,
                word: start..<bytes.count,
                meaning: meaning
            )
        )
        if entries.count * 2 > slots.count {
            slots = [UInt16](repeating: 0, count: slots.count * 2)
            for entry in entries.indices { place(entry) }
        } else {
            place(entries.count - 1)
        }
    }

    private mutating func place(_ entry: Int) {
        var slot = Int(truncatingIfNeeded: entries[entry].hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt16(entry + 1)
    }

    private func isEqual(_ word: UnsafeRawBufferPointer, _ kept: Range<Int>) -> Bool {
        guard word.count == kept.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            let kept = UnsafeRawBufferPointer(rebasing: bytes[kept])
            var at = 0
            while at + 8 <= word.count {
                guard
                    word.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                        == kept.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                else { return false }
                at += 8
            }
            while at < word.count {
                guard word[at] == kept[at] else { return false }
                at += 1
            }
            return true
        }
    }

    private static func hash(_ word: UnsafeRawBufferPointer, _ context: Int) -> UInt64 {
        var hash =
            UInt64(truncatingIfNeeded: context) ^ UInt64(truncatingIfNeeded: word.count) << 32
        var at = 0
        while at + 8 <= word.count {
            hash = mixed(hash ^ word.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var last: UInt64 = 0
        while at < word.count {
            last = last << 8 | UInt64(word[at])
            at += 1
        }
        return mixed(hash ^ last)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return high ^ low &+ 0x2545_F491_4F6C_DD1D
    }
}
