import Cartography
import Glibc
import Packaging
import Routing

// Tiles of an extract: figures as JSON lines, and the tiles themselves for whoever checks them.
// haechi-tiles-bench MAP FOLDER

/// More tiles of one zoom level are not drawn: every so many of a deep level stand for all.
let maximumTileCount = 1_500

/// The processor time that this program has used in nanoseconds: it works on one thread, and the
/// machine may be busy.
func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// The tiles of a zoom level that have something in them, thinned out evenly.
func addresses(_ box: WorldBox, zoom: Int) throws -> [TileAddress] {
    let low = try TileAddress(zoom: zoom, around: WorldPoint(x: box.west, y: box.north))
    let high = try TileAddress(zoom: zoom, around: WorldPoint(x: box.east, y: box.south))
    let all = try (low.y...high.y).flatMap { y in
        try (low.x...high.x).map { try TileAddress(zoom: zoom, x: $0, y: y) }
    }
    let step = (all.count + maximumTileCount - 1) / maximumTileCount
    return stride(from: 0, to: all.count, by: max(step, 1)).map { all[$0] }
}

func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "wb") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
}

guard CommandLine.arguments.count == 3 else {
    print("haechi-tiles-bench MAP FOLDER")
    exit(2)
}
let start = nanoseconds()
let data = try MapData(OSMFile(FileBytes(path: CommandLine.arguments[1])))
print(
    "{\"measure\":\"read\",\"milliseconds\":\(Double(nanoseconds() - start) / 1e6),"
        + "\"features\":\(data.featureCount)}"
)
guard let box = data.box else { exit(1) }
for zoom in 12...18 {
    var microseconds: [Double] = []
    var byteCount = 0
    for address in try addresses(box, zoom: zoom) {
        let before = nanoseconds()
        let tile = data.vectorTile(address)
        let spent = Double(nanoseconds() - before) / 1_000
        guard let tile else { continue }
        microseconds.append(spent)
        byteCount += tile.count
        write(tile, to: "\(CommandLine.arguments[2])/\(zoom)-\(address.x)-\(address.y).mvt")
    }
    microseconds.sort()
    let count = microseconds.count
    print(
        "{\"measure\":\"zoom\",\"zoom\":\(zoom),\"tiles\":\(count),\"bytes\":\(byteCount),"
            + "\"p50\":\(microseconds[count / 2]),\"p99\":\(microseconds[min(count - 1, count * 99 / 100)]),"
            + "\"maximum\":\(microseconds[count - 1])}"
    )
}
