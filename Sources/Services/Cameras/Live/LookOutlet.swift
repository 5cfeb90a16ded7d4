import Basics
import Footage
import Vision

/// Where the threads that look at cameras hand what they saw: the picture to the pages, events and
/// sightings to whoever writes them.
struct LookOutlet: Sendable {
    let board: LiveBoard
    let time: TimeSource
    /// Takes a look that has something to be written.
    let hand: @Sendable (CameraLook, Camera) -> Void

    /// Puts up the picture and hands on what was found in it.
    func show(_ look: CameraLook, of camera: Camera, at now: Instant) {
        board.show(
            look.masked,
            of: camera.number,
            peopleCount: look.findings.tracks.count,
            density: look.findings.density,
            at: now
        )
        if !look.findings.events.isEmpty || !look.sightings.isEmpty { hand(look, camera) }
    }

    /// Notes how a camera is doing.
    func note(_ condition: LiveBoard.Condition, of camera: UInt32) {
        board.note(condition, of: camera, at: time.now())
    }
}
