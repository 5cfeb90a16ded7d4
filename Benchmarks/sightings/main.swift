import Basics
import Glibc
import Sightings

// Takes sightings from standard input into a store, opens it again, answers queries and purges a day:
// figures and answers as JSON lines. run.py writes both inputs and checks the answers.
// haechi-sightings-bench FOLDER DIMENSION QUERIES [open] < SIGHTINGS

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 3, let dimension = Int(arguments[1]) else {
    print("haechi-sightings-bench FOLDER DIMENSION QUERIES [open] < SIGHTINGS")
    exit(2)
}
let keys: KeyFolder? =
    arguments.last == "open" ? nil : try KeyFolder("\(arguments[0])-keys")

try ingest(try openStore(arguments[0], dimension: dimension, keys), dimension: dimension)
let opening = Stopwatch()
let store = try openStore(arguments[0], dimension: dimension, keys)
let queries = try BenchmarkQuery.all(in: arguments[2], dimension: dimension)
for query in queries.prefix(1) { _ = try store.search(query.whole) }
report("open", ["wallSeconds": opening.wallSeconds, "cpuSeconds": opening.cpuSeconds])
for query in queries { try answer(query, store) }
let purging = Stopwatch()
if let day = store.days.first { try store.purge(day: day) }
report("purge", ["wallSeconds": purging.wallSeconds, "cpuSeconds": purging.cpuSeconds])
