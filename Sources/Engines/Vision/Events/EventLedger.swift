/// The events of one camera that go on, from the first sign to the last.
struct EventLedger: Sendable {
    /// A sign that something goes on in this frame.
    struct Sign: Sendable {
        var kind: EventKind
        /// What tells this event from another of its kind: a zone, a person, a place.
        var subject: Int
        var zone: String?
        var level: CrowdLevel?
        /// Since when, in seconds.
        var since: Double
        var trackIDs: [Int] = []
        var box: BoundingBox?
        var confidence: Double
        /// Frames before this one that belong to it.
        var evidence: [Double] = []
    }

    private struct Key: Hashable {
        var kind: EventKind
        var subject: Int
    }

    private struct Open: Sendable {
        var event: VisionEvent
        var signCount = 0
        var hasChanged = true
    }

    /// Seconds without a sign after which an event is over; people are hidden for a while.
    static func graceSeconds(_ kind: EventKind) -> Double {
        switch kind {
        case .loitering, .fall, .abandonedObject: 6
        case .intrusion, .crowd, .unusualMotion: 4
        case .wrongWay, .blackout, .frozen, .blurred, .moved: 2
        }
    }
    /// Events that may go on at one camera.
    static let maximumOpenCount = 100

    private var open: [Key: Open] = [:]
    private var nextID = 1

    /// Whether an event goes on.
    func isOpen(_ kind: EventKind, subject: Int) -> Bool {
        open[Key(kind: kind, subject: subject)] != nil
    }

    /// Takes a sign: begins an event or carries it on.
    mutating func hold(_ sign: Sign, at seconds: Double) {
        let key = Key(kind: sign.kind, subject: sign.subject)
        guard var known = open[key] else {
            guard open.count < Self.maximumOpenCount else { return }
            let event = VisionEvent(
                id: nextID,
                kind: sign.kind,
                level: sign.level,
                startSeconds: sign.since,
                endSeconds: seconds,
                trackIDs: sign.trackIDs,
                box: sign.box,
                zone: sign.zone,
                confidence: sign.confidence,
                evidence: Array(sign.evidence.suffix(VisionEvent.maximumEvidenceCount - 1))
                    + [seconds]
            )
            nextID += 1
            open[key] = Open(event: event)
            return
        }
        known.event.endSeconds = seconds
        known.event.box = sign.box ?? known.event.box
        known.event.confidence = max(known.event.confidence, sign.confidence)
        let others = sign.trackIDs.filter { !known.event.trackIDs.contains($0) }
        if !others.isEmpty, known.event.trackIDs.count < Self.maximumOpenCount {
            known.event.trackIDs += others
            known.hasChanged = true
        }
        if let level = sign.level, level > known.event.level ?? .calm {
            known.event.level = level
            known.hasChanged = true
            known.event.note(seconds)
        }
        known.signCount += 1
        // Frames further and further apart: after one, two, four, eight … signs.
        if known.signCount.nonzeroBitCount == 1 { known.event.note(seconds) }
        open[key] = known
    }

    /// The events that began, grew or ended by this time, by number.
    mutating func settle(at seconds: Double) -> [VisionEvent] {
        var changed: [VisionEvent] = []
        for (key, known) in open {
            var event = known.event
            if seconds - event.endSeconds > Self.graceSeconds(event.kind)
                || seconds < event.endSeconds
            {
                event.isOver = true
                open[key] = nil
                changed.append(event)
            } else if known.hasChanged {
                open[key]?.hasChanged = false
                changed.append(event)
            }
        }
        return changed.sorted { $0.id < $1.id }
    }
}

extension VisionEvent {
    /// Adds a frame to the evidence while there is room.
    fileprivate mutating func note(_ seconds: Double) {
        guard evidence.count < Self.maximumEvidenceCount, evidence.last != seconds else { return }
        evidence.append(seconds)
    }
}
