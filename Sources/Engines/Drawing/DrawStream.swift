/// The random numbers of one stratum, from the seed alone.
///
/// Block `i` is `SHA-256("haechi-draw-1/stream" ‖ 0x00 ‖ seed ‖ i ‖ stratum id)` with `i` as 8 bytes
/// big-endian from 0; each block gives four 64-bit numbers, big-endian, in order.
struct DrawStream {
    private var message: [UInt8]
    private let counterStart: Int
    private var counter: UInt64 = 0
    private var block = [UInt8](repeating: 0, count: DrawHash.byteCount)
    private var used = DrawHash.byteCount

    init(seed: HexBytes, stratum: String) {
        message = DrawHash.label("stream") + seed.bytes
        counterStart = message.count
        message += [UInt8](repeating: 0, count: 8) + Array(stratum.utf8)
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        if used == block.count { refill() }
        defer { used += 8 }
        return block.withUnsafeBytes {
            UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: used, as: UInt64.self))
        }
    }

    /// A number in `0..<bound`, every one equally likely: a number of the last, incomplete run of
    /// `bound` values below 2^64 is thrown away.
    mutating func uniform(below bound: UInt64) -> UInt64 {
        let incomplete = (0 &- bound) % bound
        while true {
            let number = next()
            if number <= UInt64.max - incomplete { return number % bound }
        }
    }

    /// Puts the elements into random order: the shuffle of Fisher and Yates (Durstenfeld, CACM 7(7),
    /// 1964).
    ///
    /// For `i` from the first, the element at `i` and the one at `i + uniform(count - i)` change
    /// places.
    mutating func shuffle(_ elements: inout [Int32]) {
        for index in elements.indices.dropLast() {
            let other = index + Int(uniform(below: UInt64(elements.count - index)))
            elements.swapAt(index, other)
        }
    }

    private mutating func refill() {
        message.withUnsafeMutableBytes { message in
            message.storeBytes(
                of: counter.bigEndian,
                toByteOffset: counterStart,
                as: UInt64.self
            )
            let source = UnsafeRawBufferPointer(message)
            block.withUnsafeMutableBytes { DrawHash.write(source, to: $0) }
        }
        counter += 1
        used = 0
    }
}
