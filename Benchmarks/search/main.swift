import Glibc

// haechi-bench search benchmark CSV: the search workload over a plan file, as JSON.
let words = CommandLine.arguments.dropFirst()
guard words.count == 3, words.prefix(2).elementsEqual(["search", "benchmark"]),
    let path = words.last,
    let file = fopen(path, "r")
else {
    let usage = Array("usage: haechi-bench search benchmark CSV\n".utf8)
    _ = write(STDERR_FILENO, usage, usage.count)
    exit(2)
}
var bytes: [UInt8] = []
var buffer = [UInt8](repeating: 0, count: 1 << 20)
while true {
    let count = fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { break }
    bytes += buffer[..<count]
}
var benchmark = try SearchBenchmark(csv: bytes)
print(try benchmark.run())
