/// Rooms for the lanes of a block that are used again and again: one pool for one thread.
///
/// A room is as large as what the allocator takes from the kernel anew each time, page by page.
final class LanePool {
    /// Lanes of which nothing is known; nobody writes there.
    let unknown: UnsafePointer<Int64>
    private var rooms: [UnsafeMutablePointer<Int64>] = []
    private var free: [UnsafeMutablePointer<Int64>] = []

    init() {
        let lanes = UnsafeMutablePointer<Int64>.allocate(capacity: BitBlock.residentCount)
        lanes.initialize(repeating: FactCode.unknown, count: BitBlock.residentCount)
        rooms.append(lanes)
        unknown = UnsafePointer(lanes)
    }

    deinit {
        for room in rooms { room.deallocate() }
    }

    /// Room for the lanes of a block; what stood there before is still there.
    func take() -> UnsafeMutablePointer<Int64> {
        if let room = free.popLast() { return room }
        let room = UnsafeMutablePointer<Int64>.allocate(capacity: BitBlock.residentCount)
        room.initialize(repeating: FactCode.unknown, count: BitBlock.residentCount)
        rooms.append(room)
        return room
    }

    func give(_ room: UnsafeMutablePointer<Int64>) { free.append(room) }
}
