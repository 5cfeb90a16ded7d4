/// Writes arrays of integers, little-endian, each behind its element count.
struct SnapshotWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write<Element: FixedWidthInteger>(_ elements: [Element]) {
        writeRaw([UInt64(elements.count)])
        writeRaw(elements)
    }

    mutating func writeRaw<Element: FixedWidthInteger>(_ elements: [Element]) {
        #if _endian(little)
            elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
        #else
            for element in elements {
                withUnsafeBytes(of: element.littleEndian) { bytes.append(contentsOf: $0) }
            }
        #endif
    }
}

/// Reads what `SnapshotWriter` wrote; nothing where the bytes end before.
struct SnapshotReader {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func read<Element: FixedWidthInteger>(_ type: Element.Type) -> [Element]? {
        guard let count = readRaw(UInt64.self).flatMap({ Int(exactly: $0) }),
            count <= (bytes.count - offset) / MemoryLayout<Element>.size
        else { return nil }
        let start = offset
        offset += count * MemoryLayout<Element>.size
        return bytes.withUnsafeBytes { source in
            [Element](unsafeUninitializedCapacity: count) { target, initialized in
                let part = UnsafeRawBufferPointer(rebasing: source[start..<offset])
                UnsafeMutableRawBufferPointer(target).copyMemory(from: part)
                #if !_endian(little)
                    for index in 0..<count { target[index] = Element(littleEndian: target[index]) }
                #endif
                initialized = count
            }
        }
    }

    mutating func readRaw<Element: FixedWidthInteger>(_ type: Element.Type) -> Element? {
        guard bytes.count - offset >= MemoryLayout<Element>.size else { return nil }
        defer { offset += MemoryLayout<Element>.size }
        return bytes.withUnsafeBytes {
            Element(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Element.self))
        }
    }
}

/// A 64-bit checksum against accidental damage, not against forgery: FNV-1a over words of eight
/// bytes, with a shift that carries high bits down.
enum SnapshotChecksum {
    static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBytes { of($0) }
    }

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = (hash ^ UInt64(littleEndian: word)) &* 0x0000_0100_0000_01B3
            hash ^= hash >> 29
            offset += 8
        }
        for byte in bytes[offset...] {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return hash
    }
}
