/// Tells whether the camera itself can be relied on: black, frozen, blurred or turned aside.
struct CameraWatch: Sendable {
    /// Mean brightness below which a picture is black.
    static let blackLuma = 20.0
    /// Seconds a picture has to be black, blurred or elsewhere.
    static let faultSeconds = 1.0
    /// Seconds without the least change after which a picture is frozen.
    static let frozenSeconds = 3.0
    /// The share of its edges that a picture out of focus keeps at most.
    static let blurredShare = 0.55
    /// The likeness of edges below which the camera looks elsewhere.
    static let movedLikeness = 0.45
    /// Seconds after which the place a camera was turned to is taken for its new one.
    static let settlingSeconds = 60.0

    private var reference: EdgeMap?
    private var referenceSeconds = 0.0
    private var lastCells: [UInt8] = []
    private var stillSince: Double?
    private var suspicion: (health: CameraHealth, since: Double)?
    /// Whether the stream changed at all so far: a still picture replayed was never alive.
    private var hasChanged = false

    /// Judges a frame.
    ///
    /// - Returns: The health, since when, and whether the background has to be learnt anew.
    mutating func judge(
        _ grid: AnalysisGrid,
        background: BackgroundModel,
        at seconds: Double
    ) -> (health: CameraHealth, since: Double, startsAnew: Bool) {
        let edges = EdgeMap(grid.luma, width: grid.width, height: grid.height)
        let seen = look(grid, edges, background, at: seconds)
        lastCells = grid.cells
        if seen != suspicion?.health { suspicion = (seen, since: seconds) }
        var since = suspicion?.since ?? seconds
        if seen == .frozen { since = stillSince ?? since }
        if seen == .good {
            refresh(edges, background, at: seconds)
            return (.good, since, false)
        }
        guard seconds - since >= (seen == .frozen ? 0 : Self.faultSeconds) else {
            return (.learning, since, false)
        }
        if seen == .moved, seconds - since > Self.settlingSeconds {
            reference = nil
            suspicion = nil
            return (.moved, since, true)
        }
        return (seen, since, false)
    }

    private mutating func look(
        _ grid: AnalysisGrid,
        _ edges: EdgeMap,
        _ background: BackgroundModel,
        at seconds: Double
    ) -> CameraHealth {
        let luma = grid.luma.reduce(0) { $0 + Int($1) }
        let isDark = Double(luma) / Double(max(1, grid.luma.count)) < Self.blackLuma
        if isDark, edges.mean < 6 { return .black }
        if isFrozen(grid, at: seconds) { return .frozen }
        guard background.isLearnt, let reference else { return .good }
        let expected = reference.sharpness * Double(min(1, background.gain))
        if edges.sharpness < Self.blurredShare * expected { return .blurred }
        // Where little has changed nobody turned the camera.
        let isSuspect = background.foregroundShare > 0.2 || suspicion?.health == .moved
        return isSuspect && edges.likeness(reference) < Self.movedLikeness ? .moved : .good
    }

    private mutating func isFrozen(_ grid: AnalysisGrid, at seconds: Double) -> Bool {
        guard lastCells == grid.cells else {
            if !lastCells.isEmpty { hasChanged = true }
            stillSince = nil
            return false
        }
        let since = stillSince ?? seconds
        stillSince = since
        return hasChanged && seconds - since >= Self.frozenSeconds
    }

    /// Keeps the edges of the empty place, now and then, as shadows wander.
    private mutating func refresh(
        _ edges: EdgeMap,
        _ background: BackgroundModel,
        at seconds: Double
    ) {
        guard background.isLearnt else { return }
        if reference != nil, seconds - referenceSeconds < 20 { return }
        reference = EdgeMap(background.luma, width: background.width, height: background.height)
        referenceSeconds = seconds
    }
}
