/// A set of 64-bit fingerprints, eight to sixteen bytes each: what a million rows can afford.
struct FingerprintSet: Sendable {
    /// 0 is free; at least half of the slots are.
    private var slots = [UInt64](repeating: 0, count: 1 << 10)
    private var count = 0

    /// Creates an empty set.
    init() {}

    /// Adds a fingerprint; false where it, or one that is told apart from it no more, is there.
    mutating func insert(_ fingerprint: Int) -> Bool {
        let value = max(UInt64(bitPattern: Int64(fingerprint)), 1)
        guard let slot = freeSlot(for: value) else { return false }
        slots[slot] = value
        count += 1
        if count * 2 > slots.count {
            let old = slots
            slots = [UInt64](repeating: 0, count: old.count * 2)
            for value in old where value != 0 {
                if let slot = freeSlot(for: value) { slots[slot] = value }
            }
        }
        return true
    }

    private func freeSlot(for value: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: value) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] == value { return nil }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }
}
