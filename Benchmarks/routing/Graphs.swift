import Glibc
import Packaging
import Routing

/// Writes the graph of a map, as `haechi wayfinding build` does.
func writeGraph(_ map: String, to path: String) throws {
    let planner = try RoutePlanner(WalkingNetwork(OSMFile(FileBytes(path: map))))
    guard let file = fopen(path, "w") else { return }
    GraphFile.write(planner) { part in _ = fwrite(part, 1, part.count, file) }
    fclose(file)
}

/// From a map or a graph file to a planner, and what of it lies in the process's own memory.
func measureLoad(_ path: String) throws {
    let file = try FileBytes(path: path)
    let before = (own: memoryByteCount("RssAnon"), mapped: memoryByteCount("RssFile"))
    let (planner, time) = try timed {
        try GraphFile.isGraph(file)
            ? try GraphFile.planner(file) : RoutePlanner(WalkingNetwork(OSMFile(file)))
    }
    report("load", [time])
    report("own memory of the planner in bytes", count: memoryByteCount("RssAnon") - before.own)
    report("mapped file in bytes", count: memoryByteCount("RssFile") - before.mapped)
    report("peak memory in bytes", count: peakMemoryByteCount())
    report("nodes", count: planner.network.nodeCount)
}

/// A figure of the process's memory, as the kernel names it.
func memoryByteCount(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
        let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix(name + ":") else { continue }
        return (Int(text.filter(\.isNumber)) ?? 0) * 1_024
    }
    return 0
}
