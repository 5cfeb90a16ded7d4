/// Decides which cameras a wall shows: those where something happens, and every other one in turn
/// (선별관제).
///
/// Some tiles are kept for rounds through all cameras, as many as the promise needs that no camera
/// stays unseen longer than a named time; the others show events. An event waits with growing weight
/// (see ``WatchRequest``), takes the place of a weaker one that was shown long enough, and leaves when
/// somebody settled it or when it is over.
public struct WallScheduler: Sendable {
    /// Seconds after which a waiting event counts double.
    public static let doublingSeconds = 60.0
    /// Seconds an event keeps its tile before a stronger one may take it.
    public static let minimumShownSeconds = 5
    /// Seconds after which an event that nobody settled leaves the wall by itself.
    public static let maximumWaitSeconds = 600
    /// The longest time between two steps for which the promise holds, in milliseconds.
    public static let maximumStepMilliseconds: Int64 = 250
    /// The most tiles of a wall.
    public static let maximumTileCount = 64

    /// A place of the wall.
    public struct Tile: Sendable, Hashable {
        /// The camera it shows; nothing where the wall has fewer cameras than tiles.
        public var camera: Int?
        /// The event it shows, where it does.
        public var request: WatchRequest?
        /// Since when it shows the camera, in milliseconds.
        public var sinceMilliseconds: Int64
    }

    /// The tiles, first those kept for events, then those of the rounds.
    public private(set) var tiles: [Tile]
    /// How many tiles are kept for events.
    public let eventTileCount: Int
    /// How long a camera of the rounds is shown, in seconds.
    public let shownSeconds: Int
    /// No camera stays unseen longer than this, in seconds; longer than what was asked for where the
    /// wall has too few tiles for it.
    public let promisedSeconds: Int

    private var rounds: Rounds
    private var waiting: [Int: (request: WatchRequest, turn: Int)] = [:]
    private var heap = WatchHeap()
    private var turn = 0
    private var shownAt: [Int: Int] = [:]

    /// Creates a wall.
    ///
    /// - Parameters:
    ///   - cameraCount: The cameras; at least one.
    ///   - tileCount: The tiles; at least one, at most ``maximumTileCount``.
    ///   - maximumUnseenSeconds: How long a camera may stay unseen.
    ///   - shownSeconds: How long a camera of the rounds is shown.
    ///   - now: When the wall is switched on.
    public init(
        cameraCount: Int,
        tileCount: Int,
        maximumUnseenSeconds: Int,
        shownSeconds: Int = 4,
        atMilliseconds now: Int64
    ) {
        let cameras = max(1, cameraCount)
        let count = min(max(1, tileCount), Self.maximumTileCount)
        let shown = max(1, shownSeconds)
        func promise(_ roundTiles: Int) -> Int {
            let turns = (cameras + roundTiles - 1) / roundTiles + 1
            let milliseconds = Int64(turns) * (Int64(shown) * 1000 + Self.maximumStepMilliseconds)
            return Int((milliseconds + 999) / 1000)
        }
        // One tile at least is for events, unless there is no second one.
        let most = max(1, count - 1)
        let needed = (1...most).first { promise($0) <= maximumUnseenSeconds } ?? most
        eventTileCount = count - needed
        self.shownSeconds = shown
        promisedSeconds = promise(needed)
        rounds = Rounds(count: cameras)
        tiles = Array(
            repeating: Tile(camera: nil, request: nil, sinceMilliseconds: now),
            count: count
        )
    }

    /// How many events wait for a tile.
    public var waitingCount: Int { waiting.count }

    /// Takes in an event; of two events of one camera the wall shows the stronger.
    public mutating func report(_ request: WatchRequest) {
        if let tile = shownAt[request.camera], let shown = tiles[tile].request {
            if request.rank > shown.rank { tiles[tile].request = request }
            return
        }
        if let known = waiting[request.camera], known.request.rank >= request.rank { return }
        enqueue(request)
    }

    /// Takes an event away that somebody settled; another event of its camera is reported again by
    /// whoever keeps them.
    public mutating func settle(camera: Int, atMilliseconds now: Int64) {
        waiting[camera] = nil
        if let tile = shownAt[camera], tiles[tile].request != nil {
            tiles[tile].request = nil
            tiles[tile].sinceMilliseconds = now
        }
    }

    /// Brings the wall up to a moment.
    ///
    /// - Returns: The events that came onto the wall in this step, with their tiles.
    @discardableResult
    public mutating func step(atMilliseconds now: Int64) -> [(tile: Int, request: WatchRequest)] {
        forgetOver(now)
        let surfaced = showEvents(now)
        goRounds(now)
        for tile in tiles { if let camera = tile.camera { rounds.moveToEnd(camera) } }
        return surfaced
    }

    private mutating func enqueue(_ request: WatchRequest) {
        turn += 1
        waiting[request.camera] = (request, turn)
        heap.push(.init(rank: request.rank, camera: request.camera, turn: turn))
        if heap.count > 4 * waiting.count + 64 {
            let waiting = waiting
            heap.keep { waiting[$0.camera]?.turn == $0.turn }
        }
    }

    /// The strongest event that waits.
    private mutating func strongest(_ now: Int64) -> WatchRequest? {
        while let top = heap.first {
            if let known = waiting[top.camera], known.turn == top.turn {
                if !isOver(known.request, now) { return known.request }
                waiting[top.camera] = nil
            }
            heap.removeFirst()
        }
        return nil
    }

    private func isOver(_ request: WatchRequest, _ now: Int64) -> Bool {
        now - request.raisedMilliseconds > Int64(Self.maximumWaitSeconds) * 1000
    }

    private mutating func forgetOver(_ now: Int64) {
        for tile in tiles.indices {
            if let request = tiles[tile].request, isOver(request, now) {
                tiles[tile].request = nil
                tiles[tile].sinceMilliseconds = now
            }
        }
    }

    private mutating func showEvents(_ now: Int64) -> [(tile: Int, request: WatchRequest)] {
        var surfaced: [(tile: Int, request: WatchRequest)] = []
        while let request = strongest(now) {
            guard let tile = place(for: request, now) else { break }
            heap.removeFirst()
            waiting[request.camera] = nil
            let weaker = tiles[tile].request
            if let shown = shownAt[request.camera], shown != tile { show(nil, nil, shown, now) }
            show(request.camera, request, tile, now)
            if let weaker { enqueue(weaker) }
            surfaced.append((tile, request))
        }
        return surfaced
    }

    /// The tile an event gets: its camera's own, a free one, or that of the weakest event that was shown
    /// long enough.
    private func place(for request: WatchRequest, _ now: Int64) -> Int? {
        let own = shownAt[request.camera]
        if let own, own < eventTileCount { return own }
        if let free = (0..<eventTileCount).first(where: { tiles[$0].request == nil }) {
            return free
        }
        let weakest = (0..<eventTileCount).min {
            (tiles[$0].request?.rank ?? 0) < (tiles[$1].request?.rank ?? 0)
        }
        guard let weakest, let shown = tiles[weakest].request, request.rank > shown.rank,
            now - tiles[weakest].sinceMilliseconds >= Int64(Self.minimumShownSeconds) * 1000
        else { return nil }
        return weakest
    }

    /// Lets every tile without an event go on to the camera that was unseen longest.
    private mutating func goRounds(_ now: Int64) {
        for tile in tiles.indices where tiles[tile].request == nil {
            let isDone = now - tiles[tile].sinceMilliseconds >= Int64(shownSeconds) * 1000
            guard tiles[tile].camera == nil || isDone else { continue }
            guard let camera = rounds.first, shownAt[camera] == nil else { continue }
            show(camera, nil, tile, now)
            rounds.moveToEnd(camera)
        }
    }

    private mutating func show(
        _ camera: Int?,
        _ request: WatchRequest?,
        _ tile: Int,
        _ now: Int64
    ) {
        if let old = tiles[tile].camera {
            shownAt[old] = nil
            rounds.moveToEnd(old)
        }
        if let camera { shownAt[camera] = tile }
        tiles[tile] = Tile(camera: camera, request: request, sinceMilliseconds: now)
    }
}
