/// What is kept of a sighting, each as a column of its own: a scan reads only what it needs.
enum SegmentColumn: Int, CaseIterable {
    /// A bit a value: whether it is not negative. It is the first bit of `high`, so that a locked file
    /// does without.
    case signs
    /// A byte a value: the upper eight of its thirteen bits.
    case high
    /// Half a byte a value: the next four.
    case low
    /// A bit a value: the last.
    case least
    /// What one integer of thirteen bits is worth, a Float.
    case scale
    /// Milliseconds since the day began in Korea, a UInt32.
    case time
    /// The place in order of arrival, a UInt32.
    case arrival
    case box
    /// The length of what `high` leaves out, in 255ths of the most it can be.
    case error
    case upper
    case lower
    case quality
    /// The number of the camera, a UInt32. A sealed segment has its runs instead.
    case camera

    /// Bytes a row.
    func stride(dimension: Int) -> Int {
        switch self {
        case .signs, .least: dimension / 8
        case .high: dimension
        case .low: dimension / 2
        case .box: 8
        case .scale, .time, .arrival, .camera: 4
        case .error, .upper, .lower, .quality: 1
        }
    }
}

/// Where the columns of a segment lie.
struct SegmentLayout: Sendable, Hashable {
    /// The rows there is room for.
    let capacity: Int
    /// The length of the stored vectors.
    let dimension: Int
    /// The columns, in order.
    let columns: ArraySlice<SegmentColumn>
    /// Bytes in all.
    let byteCount: Int

    private let offsets: [Int]

    init(capacity: Int, dimension: Int, isSealed: Bool) {
        self.capacity = capacity
        self.dimension = dimension
        let all = SegmentColumn.allCases
        columns = isSealed ? all.dropLast() : all[...]
        var offsets: [Int] = []
        var end = 0
        for column in columns {
            offsets.append(end)
            // Each column begins on a cache line.
            end += (column.stride(dimension: dimension) * capacity + 63) / 64 * 64
        }
        self.offsets = offsets
        byteCount = end
    }

    func offset(_ column: SegmentColumn, row: Int = 0) -> Int {
        offsets[column.rawValue] + row * column.stride(dimension: dimension)
    }

    /// Bytes a row over all columns.
    var rowByteCount: Int {
        columns.reduce(0) { $0 + $1.stride(dimension: dimension) }
    }
}
