import Glibc

// haechi-bench search benchmark CSV: the search workload over a plan file, as JSON.
// haechi-bench korean benchmark TEXTS [QUESTIONS]: analysis and ranked search, as JSON.

/// The bytes of a file; the program ends where it cannot be read.
func contents(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { refuse("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        guard count > 0 else { return bytes }
        bytes += buffer[..<count]
    }
}

/// Ends the program with a line on standard error.
func refuse(_ message: String) -> Never {
    let line = Array("haechi-bench: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(2)
}

let words = Array(CommandLine.arguments.dropFirst())
switch (words.first, words.dropFirst().first, words.count) {
case ("search", "benchmark", 3):
    var benchmark = try SearchBenchmark(csv: contents(words[2]))
    print(try benchmark.run())
case ("korean", "benchmark", 3...4):
    let questions = words.count == 4 ? contents(words[3]) : []
    print(try KoreanBenchmark(texts: contents(words[2]), questions: questions).run())
default:
    refuse("usage: search benchmark CSV | korean benchmark TEXTS [QUESTIONS]")
}
