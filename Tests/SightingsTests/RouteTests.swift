import Basics
import Glibc
import Sightings
import Testing

/// A town of cameras on a grid, 60 seconds of walking apart.
private struct GridTown {
    let width = 7
    let cameras: [CameraPlace]
    static let secondsApart = 60.0

    init(toleranceSeconds: Double = 5, clockAhead: (UInt32) -> Double = { _ in 0 }) {
        let north = Self.secondsApart * 1.2 / 111_195
        let east = north / cos(37.5 * Double.pi / 180)
        cameras = (0..<49).map { (number: Int) -> CameraPlace in
            CameraPlace(
                number: UInt32(number),
                latitude: 37.5 + Double(number / 7) * north,
                longitude: 127 + Double(number % 7) * east,
                clockAheadSeconds: clockAhead(UInt32(number)),
                clockToleranceSeconds: toleranceSeconds
            )
        }
    }

    var inference: RouteInference {
        RouteInference(cameras: cameras) { from, to in
            let (from, to) = (Int(from), Int(to))
            return Self.secondsApart * Double(abs(from / 7 - to / 7) + abs(from % 7 - to % 7))
        }
    }

    /// A walk of some steps that keeps its direction mostly.
    func walk(_ steps: Int, _ random: inout SeededRandom) -> [Int] {
        var (row, column) = (Int(random.next() % 7), Int(random.next() % 7))
        var direction = Int(random.next() % 4)
        var places = [row * 7 + column]
        while places.count < steps {
            if random.unit() < 0.3 { direction = Int(random.next() % 4) }
            let (down, right) = [(0, 1), (1, 0), (0, -1), (-1, 0)][direction]
            guard (0..<7).contains(row + down), (0..<7).contains(column + right) else {
                direction = (direction + 1) % 4
                continue
            }
            row += down
            column += right
            places.append(row * 7 + column)
        }
        return places
    }
}

struct RouteTests {
    private static let start = Generated.midnight + 9 * 3_600_000
    private static let day = LocalDate(daysSinceEpoch: 20_514)

    private static func candidate(
        _ number: Int,
        camera: Int,
        seconds: Double,
        score: Double,
        isConfirmed: Bool = false
    ) -> RouteCandidate {
        RouteCandidate(
            id: SightingID(day: day, segment: 1, arrival: UInt32(number)),
            camera: UInt32(camera),
            timeMilliseconds: start + Int64(seconds * 1000),
            score: Float(score),
            isConfirmed: isConfirmed
        )
    }

    private static func normal(_ random: inout SeededRandom) -> Double {
        (0..<12).reduce(-6.0) { sum, _ in sum + random.unit() }
    }

    @Test func `a walker who is missed now and then is found among strangers who look alike`()
        throws
    {
        var random = SeededRandom(seed: 41)
        var (right, found, real) = (0, 0, 0)
        for _ in 0..<30 {
            let ahead = (0..<49).map { _ in Self.normal(&random) * 3 }
            let town = GridTown(toleranceSeconds: 10)
            var candidates: [RouteCandidate] = []
            var truth: Set<SightingID> = []
            var seconds = 0.0
            let pace = 0.85 + 0.3 * random.unit()
            for place in town.walk(14, &random) {
                seconds += GridTown.secondsApart * pace * (0.9 + 0.2 * random.unit())
                if random.unit() < 0.08 { seconds += 300 }
                guard random.unit() < 0.8 else { continue }
                candidates.append(
                    Self.candidate(
                        candidates.count,
                        camera: place,
                        seconds: seconds + ahead[place],
                        score: 0.74 + 0.06 * Self.normal(&random)
                    )
                )
                truth.insert(candidates[candidates.count - 1].id)
            }
            for _ in 0..<60 {
                candidates.append(
                    Self.candidate(
                        candidates.count,
                        camera: Int(random.next() % 49),
                        seconds: random.unit() * seconds,
                        score: 0.48 + 0.08 * Self.normal(&random)
                    )
                )
            }
            candidates.shuffle(using: &random)
            let route = try town.inference.mostLikelyPath(candidates)
            right += route.steps.count { truth.contains($0.candidate.id) }
            found += route.steps.count
            real += truth.count
            #expect(route.gaps.count == max(0, route.steps.count - 1))
            #expect(
                zip(route.steps, route.steps.dropFirst()).allSatisfy {
                    $0.timeMilliseconds <= $1.timeMilliseconds
                }
            )
        }
        let (precision, recall) = (Double(right) / Double(found), Double(right) / Double(real))
        #expect(precision > 0.85, "precision \(precision)")
        #expect(recall > 0.9, "recall \(recall)")
    }

    @Test func `nobody walks faster than the gate, unless the clocks may be wrong`() throws {
        func steps(tolerance: Double) throws -> Int {
            try GridTown(toleranceSeconds: tolerance).inference.mostLikelyPath([
                Self.candidate(0, camera: 0, seconds: 0, score: 0.9),
                Self.candidate(1, camera: 6, seconds: 120, score: 0.9),
            ]).steps.count
        }
        // 360 seconds of walking; a run halves them.
        #expect(try steps(tolerance: 5) == 1)
        #expect(try steps(tolerance: 40) == 2)
    }

    @Test func `a clock known to be ahead is put right`() throws {
        let town = GridTown(toleranceSeconds: 2) { $0 == 3 ? 600 : 0 }
        let route = try town.inference.mostLikelyPath([
            Self.candidate(0, camera: 2, seconds: 0, score: 0.9),
            Self.candidate(1, camera: 3, seconds: 660, score: 0.9),
            Self.candidate(2, camera: 4, seconds: 120, score: 0.9),
        ])
        #expect(route.steps.map(\.candidate.camera) == [2, 3, 4])
    }

    @Test func `a confirmed sighting is passed, and one that cannot be reached breaks the way`()
        throws
    {
        let inference = GridTown().inference
        let low = Self.candidate(1, camera: 1, seconds: 60, score: 0.2, isConfirmed: true)
        let route = try inference.mostLikelyPath([
            Self.candidate(0, camera: 0, seconds: 0, score: 0.9), low,
            Self.candidate(2, camera: 2, seconds: 120, score: 0.9),
        ])
        #expect(route.steps.map(\.candidate.camera) == [0, 1, 2] && route.breaks.isEmpty)
        #expect(route.steps[1].probability > 0.999)
        let far = Self.candidate(3, camera: 48, seconds: 90, score: 0.9, isConfirmed: true)
        let broken = try inference.mostLikelyPath([low, far])
        #expect(broken.breaks == [far.id])
        #expect(broken.steps.map(\.candidate.camera) == [1, 48])
    }

    @Test func `a gap names the cameras that did not see the person, and what time is left`() throws
    {
        let route = try GridTown().inference.mostLikelyPath([
            Self.candidate(0, camera: 7, seconds: 0, score: 0.9),
            Self.candidate(1, camera: 10, seconds: 480, score: 0.9),
        ])
        let gap = try #require(route.gaps.first)
        #expect(gap.unseenAt == [8, 9])
        #expect(gap.walkSeconds == 180 && gap.elapsedSeconds == 480 && gap.unknownSeconds == 300)
        #expect(gap.uncertaintyMeters > 300)
    }

    @Test func `the next camera lies ahead, and a long silence makes the far ones likelier`() throws
    {
        var random = SeededRandom(seed: 43)
        let town = GridTown()
        var (first, amongThree, all) = (0, 0, 0)
        for _ in 0..<200 {
            let walk = town.walk(6, &random)
            let candidates = walk.dropLast().enumerated().map { number, place in
                Self.candidate(
                    number,
                    camera: place,
                    seconds: Double(number) * 60,
                    score: 0.9,
                    isConfirmed: true
                )
            }
            let next = try town.inference.mostLikelyPath(candidates).next
            #expect(next.reduce(0) { $0 + $1.probability } < 1)
            let place = next.firstIndex { $0.camera == UInt32(walk[5]) } ?? 99
            first += place == 0 ? 1 : 0
            amongThree += place < 3 ? 1 : 0
            all += 1
        }
        #expect(Double(first) / Double(all) > 0.55, "first \(first) of \(all)")
        #expect(Double(amongThree) / Double(all) > 0.9, "among three \(amongThree) of \(all)")
        let seen = [
            Self.candidate(0, camera: 21, seconds: 0, score: 0.9),
            Self.candidate(1, camera: 22, seconds: 60, score: 0.9),
        ]
        func probability(_ camera: UInt32, afterSeconds: Int64) throws -> Double {
            try town.inference.mostLikelyPath(
                seen,
                presentMilliseconds: Self.start + 60_000 + afterSeconds * 1000
            ).next.first { $0.camera == camera }?.probability ?? 0
        }
        #expect(try probability(25, afterSeconds: 170) > probability(25, afterSeconds: 0))
        #expect(try probability(23, afterSeconds: 900) < probability(23, afterSeconds: 0))
    }

    @Test func `nothing to go on is an empty way, and unknown cameras are refused`() throws {
        let inference = GridTown().inference
        #expect(try inference.mostLikelyPath([]).steps.isEmpty)
        let weak = try inference.mostLikelyPath([
            Self.candidate(0, camera: 5, seconds: 0, score: 0.1)
        ])
        #expect(weak.steps.isEmpty && weak.next.isEmpty)
        #expect(throws: SightingsError.self) {
            _ = try inference.mostLikelyPath([
                Self.candidate(0, camera: 77, seconds: 0, score: 0.9)
            ])
        }
        #expect(throws: SightingsError.self) {
            _ = try inference.mostLikelyPath(
                (0...2_000).map { Self.candidate($0, camera: 1, seconds: 0, score: 0.9) }
            )
        }
    }
}
