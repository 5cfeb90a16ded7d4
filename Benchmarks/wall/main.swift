import Basics
import Dispatch
import Glibc
import Synchronization
import Vision

// The workload that run.py measures: every camera of a city, its events in real time, the walls of its
// districts. Prints one line of numbers: seconds, events, CPU seconds, latencies in milliseconds.

let cameraCount = 167_132
let wallCount = 25
let eventsPerSecond = 10_000
let tileCount = 9
let seconds = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 10

func milliseconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e6 }

/// A wall with the events that came since it last looked.
final class Post: Sendable {
    private let inbox = Mutex<[WatchRequest]>([])

    func put(_ request: WatchRequest) { inbox.withLock { $0.append(request) } }

    func take() -> [WatchRequest] {
        inbox.withLock { inbox in
            let taken = inbox
            inbox = []
            return taken
        }
    }
}

/// What one thread measured.
struct Measured: Sendable {
    var decided: [Double] = []
    var surfaced: [Double] = []
}

let posts = (0..<wallCount).map { _ in Post() }
let isOver = Mutex(false)
let results = Mutex<[Measured]>([])
let began = milliseconds()
let camerasPerWall = cameraCount / wallCount

/// Runs some of the walls until the workload is over: takes events in, steps, and lets an operator settle
/// an event every two seconds at each wall.
func run(_ numbers: [Int]) {
    var walls = numbers.map { _ in
        WallScheduler(
            cameraCount: camerasPerWall,
            tileCount: tileCount,
            maximumUnseenSeconds: 3 * 3600,
            atMilliseconds: Int64(began)
        )
    }
    var measured = Measured()
    var lastSettled = began
    while true {
        let isLast = isOver.withLock { $0 }
        let now = milliseconds()
        let settles = now - lastSettled > 2_000
        if settles { lastSettled = now }
        for (place, number) in numbers.enumerated() {
            let requests = posts[number].take()
            for request in requests { walls[place].report(request) }
            if settles, let shown = walls[place].tiles.first?.camera {
                walls[place].settle(camera: shown, atMilliseconds: Int64(now))
            }
            let surfaced = walls[place].step(atMilliseconds: Int64(now))
            let after = milliseconds()
            for request in requests {
                measured.decided.append(after - Double(request.event) / 1000)
            }
            let fresh = Set(requests.map(\.event))
            for (_, request) in surfaced where fresh.contains(request.event) {
                measured.surfaced.append(after - Double(request.event) / 1000)
            }
        }
        if isLast { break }
        usleep(5_000)
    }
    results.withLock { $0.append(measured) }
}

let threads = (0..<2).map { half in
    let numbers = (0..<wallCount).filter { $0 % 2 == half }
    let queue = DispatchQueue(label: "walls \(half)")
    let group = DispatchGroup()
    queue.async(group: group) { run(numbers) }
    return group
}

// Events at their pace, each raised where the clock says that it is due; its number is the time of its
// raising in microseconds.
var random = SeededRandom(seed: 5)
var sent = 0
while milliseconds() - began < Double(seconds) * 1000 {
    let due = Int((milliseconds() - began) / 1000 * Double(eventsPerSecond))
    while sent < due {
        let now = milliseconds()
        let camera = Int(random.unit() * Double(camerasPerWall * wallCount))
        posts[camera % wallCount].put(
            WatchRequest(
                event: Int64(now * 1000),
                camera: camera / wallCount,
                weight: exp(3 * random.unit()),
                raisedMilliseconds: Int64(now)
            )
        )
        sent += 1
    }
    usleep(1_000)
}
isOver.withLock { $0 = true }
for group in threads { group.wait() }

func quantile(_ share: Double, _ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

let measured = results.withLock { $0 }
let decided = measured.flatMap(\.decided)
let surfaced = measured.flatMap(\.surfaced)
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
let cpu =
    Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    + Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
print(
    seconds,
    sent,
    cpu,
    quantile(0.5, decided),
    quantile(0.99, decided),
    surfaced.count,
    quantile(0.5, surfaced),
    quantile(0.99, surfaced)
)
