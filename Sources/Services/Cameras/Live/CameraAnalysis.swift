import Basics
import Footage
import Sightings
import Vision

/// One look at a camera: its picture with people masked, and what was found in it.
struct CameraLook: Sendable {
    /// The picture for pages.
    var masked: [UInt8]
    /// The picture as it was, for the sealed archive; nothing where nobody new is in it.
    var still: [UInt8]?
    /// People who came or are still there after a while.
    var sightings: [Sighting]
    var findings: FrameFindings
    var pixelWidth: Int
}

/// The analysis of one camera, picture by picture.
struct CameraAnalysis: Sendable {
    /// The width of the pictures pages get.
    static let shownWidth = 480
    static let shownQuality = 60
    /// Seconds after which somebody who is still there is a sighting again.
    static let sightingSeconds = 5.0
    /// Seconds somebody has to be followed to be a sighting.
    static let leastFollowedSeconds = 0.8

    let camera: Camera
    private var analyzer: SceneAnalyzer
    /// When each person was last a sighting, by the number of the track.
    private var lastSighting: [Int: Double] = [:]

    /// Creates the analysis of a camera.
    ///
    /// - Throws: `VisionError` where the rules cannot be followed.
    init(_ camera: Camera, rules: SceneRules) throws {
        self.camera = camera
        analyzer = try SceneAnalyzer(rules: rules)
    }

    /// Looks at the next picture.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - seconds: Its time, as Unix time.
    ///   - known: Where people are for certain, as in a drawn scene.
    /// - Returns: The masked picture and what was found.
    /// - Throws: `VisionError` where the picture cannot be read or written.
    mutating func look(
        at picture: Picture,
        seconds: Double,
        known: [BoundingBox] = []
    ) throws -> CameraLook {
        let findings = try analyzer.analyze(picture, atSeconds: seconds)
        var people = known + findings.tracks.map(\.box)
        // Before the background is learnt nobody can be told from it: nothing is shown clearly.
        if findings.health == .learning, known.isEmpty {
            people = [
                BoundingBox(
                    x: 0,
                    y: 0,
                    width: Double(picture.width),
                    height: Double(picture.height)
                )
            ]
        }
        let masked = try picture.masked(people: people)
            .fitted(width: Self.shownWidth, height: picture.height)
            .jpeg(quality: Self.shownQuality)
        let sightings = sightings(in: picture, findings, at: seconds)
        return CameraLook(
            masked: masked,
            still: sightings.isEmpty ? nil : try picture.jpeg(),
            sightings: sightings,
            findings: findings,
            pixelWidth: picture.width
        )
    }

    private mutating func sightings(
        in picture: Picture,
        _ findings: FrameFindings,
        at seconds: Double
    ) -> [Sighting] {
        let present = Set(findings.tracks.map(\.id))
        lastSighting = lastSighting.filter { present.contains($0.key) }
        var sightings: [Sighting] = []
        for track in findings.tracks
        where seconds - track.sinceSeconds >= Self.leastFollowedSeconds {
            let last = lastSighting[track.id] ?? -.infinity
            guard seconds - last >= Self.sightingSeconds,
                let colours = ClothesColours(
                    picture,
                    box: track.box,
                    foreground: findings.foreground
                )
            else { continue }
            lastSighting[track.id] = seconds
            sightings.append(
                Sighting(
                    camera: camera.number,
                    timeMilliseconds: Int64(seconds * 1000),
                    box: SightingBox(track.box),
                    upper: colours.upper.rawValue,
                    lower: colours.lower.rawValue,
                    quality: UInt8(min(255, max(0, track.box.height))),
                    vector: colours.vector
                )
            )
        }
        return sightings
    }
}

extension SightingBox {
    /// A box in whole pixels.
    fileprivate init(_ box: BoundingBox) {
        func pixels(_ value: Double) -> UInt16 { UInt16(min(max(value, 0), 65_535)) }
        self.init(
            x: pixels(box.x),
            y: pixels(box.y),
            width: pixels(box.width),
            height: pixels(box.height)
        )
    }
}
