import Basics

/// Vectors in a file of NumPy's form, `.npy` (NumPy Enhancement Proposal 1).
///
/// A table of 32-bit floats, a row a vector. The file is mapped, not read whole.
public struct VectorFile: Sendable {
    /// How many vectors there are.
    public let count: Int
    /// How long each is.
    public let dimension: Int

    private let region: MemoryRegion
    private let start: Int

    /// Opens a file.
    ///
    /// - Parameter path: The file; a table of one row may be a plain list.
    /// - Throws: `unreadable`, or `damaged` where it is no such table.
    public init(_ path: String) throws {
        region = try MemoryRegion(mapping: path)
        let bytes = UnsafeRawBufferPointer(start: region.pointer(0), count: region.count)
        guard let header = Self.header(bytes), let shape = Self.shape(header.text),
            header.text.contains("'descr': '<f4'"), header.text.contains("'fortran_order': False")
        else { throw Self.unfit(path) }
        start = header.end
        (count, dimension) = shape
        guard dimension > 0, dimension <= SightingStore.maximumDimension, count >= 0,
            count <= region.count,
            region.count - start == count * dimension * MemoryLayout<Float>.stride
        else { throw Self.unfit(path) }
    }

    /// The vector of a row.
    public subscript(row: Int) -> [Float] {
        precondition((0..<count).contains(row), "a row outside of the file")
        let offset = start + row * dimension * MemoryLayout<Float>.stride
        return [Float](unsafeUninitializedCapacity: dimension) { values, filled in
            UnsafeMutableRawBufferPointer(values).copyMemory(
                from: UnsafeRawBufferPointer(
                    start: region.pointer(offset),
                    count: dimension * MemoryLayout<Float>.stride
                )
            )
            filled = dimension
        }
    }

    private static func unfit(_ path: String) -> SightingsError {
        SightingsError(
            .damaged,
            Bilingual(
                "\(path): 32비트 실수(<f4)의 npy 표가 아닙니다.",
                "\(path) is not a .npy table of 32-bit floats (<f4)."
            ),
            context: path
        )
    }

    /// The header's text and where the values begin.
    private static func header(_ bytes: UnsafeRawBufferPointer) -> (text: String, end: Int)? {
        let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
        guard bytes.count >= 12, bytes[..<6].elementsEqual(magic), (1...3).contains(bytes[6]) else {
            return nil
        }
        // The length has two bytes in version 1, four since version 2.
        let width = bytes[6] == 1 ? 2 : 4
        let length = (0..<width).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        let end = 8 + width + length
        guard length <= 1 << 16, end <= bytes.count else { return nil }
        return (String(decoding: bytes[8 + width..<end], as: UTF8.self), end)
    }

    private static func shape(_ header: String) -> (Int, Int)? {
        guard
            let parts = header.split(separator: "(").dropFirst().first?.split(separator: ")").first
        else { return nil }
        // "(3, 512)", or "(512,)" of a plain list.
        let numbers = parts.split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
        switch numbers.count {
        case 2: return (numbers[0], numbers[1])
        case 1: return (1, numbers[0])
        default: return nil
        }
    }
}
