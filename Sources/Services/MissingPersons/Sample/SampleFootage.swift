import Basics
import CityMap
import Footage
import Hosting
import Sightings
import Vision

/// Two days of drawn pictures of people who do not exist, and one of them who is lost.
enum SampleFootage {
    /// What the lost walker wears.
    static let clothes = (upper: ColourName.yellow, lower: ColourName.navy)
    /// Where the lost walker passes, by the numbers of the cameras, and how many minutes before now.
    static let walk: [(camera: UInt32, minutesAgo: Int)] = [
        (10, 126), (11, 121), (12, 112), (14, 103), (8, 71), (5, 58), (6, 54), (7, 49),
    ]

    private static let width = 320
    private static let height = 180
    /// When pictures of each camera were taken, in minutes before now.
    private static let minutes = [2_760, 2_100, 1_500, 900, 310, 37]
    /// The nearest figure of a picture has at least so many pixels from head to foot.
    private static let minimumHeight = 28.0
    /// How far it stands from the edges of the picture, in pixels.
    private static let edge = 5.0

    /// A drawn picture with the people in it.
    struct Shot: Sendable {
        var picture: Picture
        var people: [BoundingBox]
        /// The lost walker among them.
        var lost: BoundingBox?
    }

    /// Takes the pictures in.
    ///
    /// - Returns: The picture in which the lost walker is seen best, for the photo of the case.
    static func make(cameras: [Camera], on platform: Platform) async throws -> Shot? {
        let intake = try FootageIntake(platform)
        let now = platform.time.now()
        var best: Shot?
        for camera in cameras {
            let scene = try GeneratedScene(
                .walkers,
                seed: 4_000 + UInt64(camera.number),
                width: width,
                height: height
            )
            for (turn, minutesAgo) in minutes.enumerated() {
                let at = now.adding(seconds: -minutesAgo * 60 - Int(camera.number) * 13)
                let shot = shot(scene, from: 60 * turn + Int(camera.number), isLost: false)
                try await keep(shot, camera, at, intake)
            }
            for passing in walk where passing.camera == camera.number {
                let shot = shot(scene, from: 17 + Int(camera.number), isLost: true)
                let at = now.adding(seconds: -passing.minutesAgo * 60)
                try await keep(shot, camera, at, intake)
                if (shot.lost?.area ?? 0) > (best?.lost?.area ?? 0) { best = shot }
            }
        }
        return best
    }

    private static func keep(
        _ shot: Shot,
        _ camera: Camera,
        _ at: Instant,
        _ intake: FootageIntake
    ) async throws {
        let sightings = shot.people.compactMap { box -> Sighting? in
            guard let look = ClothesColours(shot.picture, box: box) else { return nil }
            return Sighting(
                camera: camera.number,
                timeMilliseconds: at.millisecondsSinceEpoch,
                box: SightingBox(
                    x: UInt16(box.x),
                    y: UInt16(box.y),
                    width: UInt16(box.width.rounded(.up)),
                    height: UInt16(box.height.rounded(.up))
                ),
                upper: look.upper.rawValue,
                lower: look.lower.rawValue,
                quality: UInt8(min(255, box.height * 2)),
                vector: look.vector
            )
        }
        try await intake.append(
            sightings,
            still: try shot.picture.jpeg(quality: 85),
            camera: camera.number,
            at: at
        )
    }

    /// The first frame from an index on in which somebody is near enough.
    private static func shot(_ scene: GeneratedScene, from first: Int, isLost: Bool) -> Shot {
        let period = GeneratedScene.periodSeconds * scene.framesPerSecond
        for index in stride(from: first, to: first + period, by: 3) {
            let people = scene.truth(index).filter { $0.doing != .thing }
            guard let nearest = people.last, nearest.box.height >= minimumHeight,
                nearest.box.x > edge, nearest.box.x + nearest.box.width < Double(width) - edge
            else { continue }
            var picture = scene.frame(index)
            if isLost {
                picture = SampleClothes.dress(nearest, in: picture, as: clothes)
                // Where another person or a shade covers them, a later frame shows them better.
                let look = ClothesColours(picture, box: nearest.box)
                guard look?.upper == clothes.upper, look?.lower == clothes.lower else { continue }
            }
            return Shot(
                picture: picture,
                people: people.map(\.box),
                lost: isLost ? nearest.box : nil
            )
        }
        return Shot(picture: scene.frame(first), people: [], lost: nil)
    }
}

/// Gives a drawn figure other clothes.
enum SampleClothes {
    private static let tolerance = 30.0

    static func dress(
        _ actor: SceneActor,
        in picture: Picture,
        as clothes: (upper: ColourName, lower: ColourName)
    ) -> Picture {
        var pixels = picture.pixels
        let box = actor.box
        let rows = Int(box.y)..<min(picture.height, Int(box.y + box.height) + 1)
        let columns = Int(box.x)..<min(picture.width, Int(box.x + box.width) + 1)
        for y in rows {
            let isUpper = Double(y) < box.y + box.height * 0.52
            let old = (isUpper ? actor.upper : actor.lower).swatch
            let new = (isUpper ? clothes.upper : clothes.lower).swatch
            for x in columns {
                guard let share = share(picture[x, y], of: old) else { continue }
                let at = (y * picture.width + x) * 3
                pixels[at] = UInt8(min(255, Double(new.red) * share))
                pixels[at + 1] = UInt8(min(255, Double(new.green) * share))
                pixels[at + 2] = UInt8(min(255, Double(new.blue) * share))
            }
        }
        return (try? Picture(width: picture.width, height: picture.height, pixels: pixels))
            ?? picture
    }

    /// How bright a pixel is as a share of a cloth, where it is that cloth in light or shade.
    private static func share(_ pixel: RGB, of cloth: RGB) -> Double? {
        let seen = [Double(pixel.red), Double(pixel.green), Double(pixel.blue)]
        let known = [Double(cloth.red), Double(cloth.green), Double(cloth.blue)]
        let share = seen.reduce(0, +) / known.reduce(0, +)
        let isCloth = zip(seen, known).allSatisfy { abs($0 - share * $1) < tolerance }
        return isCloth && (0.6...1.4).contains(share) ? share : nil
    }
}
