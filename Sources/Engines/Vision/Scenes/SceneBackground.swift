import Basics

/// The empty street of a generated scene: paving, a roadway, walls with windows, a lamp post.
struct SceneBackground {
    private let camera: SceneCamera
    private let isSquare: Bool
    private let salt: UInt64

    /// Where the houses begin, in metres ahead.
    private static let wall = 26.0
    /// The roadway, in metres ahead.
    private static let roadway = 20.5...24.5

    init(_ camera: SceneCamera, isSquare: Bool, seed: UInt64) {
        self.camera = camera
        self.isSquare = isSquare
        salt = seed
    }

    /// The pixels, row by row.
    func pixels() -> [UInt8] {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(Int(camera.width * camera.height) * 3)
        for y in 0..<Int(camera.height) {
            for x in 0..<Int(camera.width) {
                let colour = colour(x: Double(x) + 0.5, y: Double(y) + 0.5)
                pixels.append(byte(colour.0))
                pixels.append(byte(colour.1))
                pixels.append(byte(colour.2))
            }
        }
        return pixels
    }

    private func byte(_ value: Double) -> UInt8 { UInt8(min(255, max(0, value))) }

    private func colour(x: Double, y: Double) -> (Double, Double, Double) {
        guard let place = camera.ground(x: x, y: y), isSquare || place.ahead < Self.wall else {
            return wallColour(x: x, y: y)
        }
        let grain =
            10 * (noise(place.right * 5, place.ahead * 5) - 0.5)
            + 8 * (noise(place.right, place.ahead) - 0.5)
        if !isSquare, Self.roadway.contains(place.ahead) {
            let isDash = abs(place.ahead - 22.5) < 0.12 && floorMod(place.right, 4) < 2
            let level = (isDash ? 180 : 84) + grain
            return (level, level, level + 3)
        }
        let size = isSquare ? 0.8 : 1.2
        let isJoint = floorMod(place.right, size) < 0.07 || floorMod(place.ahead, size) < 0.09
        let slab = noiseAt(
            Int((place.right / size).rounded(.down)),
            Int((place.ahead / size).rounded(.down))
        )
        let level = isJoint ? 92 + grain : 132 + 22 * (slab - 0.5) + grain
        return (level + 5, level + 1, level - 7)
    }

    private func wallColour(x: Double, y: Double) -> (Double, Double, Double) {
        let right = (x - camera.shift.x) / camera.width * 40
        let up = (y - camera.shift.y) / camera.width * 40
        let grain = 9 * (noise(right * 3, up * 3) - 0.5)
        let isWindow = floorMod(right, 3) > 1.6 && floorMod(up, 2.4) > 1.1
        if isWindow { return (74 + grain, 86 + grain, 100 + grain) }
        let house = noiseAt(Int((right / 9).rounded(.down)), 77)
        return (150 + 40 * house + grain, 138 + 26 * house + grain, 126 + 10 * house + grain)
    }

    private func floorMod(_ value: Double, _ size: Double) -> Double {
        value - (value / size).rounded(.down) * size
    }

    /// Smooth noise from 0 to 1: values at whole places, mixed between them.
    private func noise(_ x: Double, _ y: Double) -> Double {
        let left = x.rounded(.down)
        let top = y.rounded(.down)
        let (column, row) = (Int(left), Int(top))
        let upper =
            noiseAt(column, row) + (noiseAt(column + 1, row) - noiseAt(column, row)) * (x - left)
        let lower =
            noiseAt(column, row + 1)
            + (noiseAt(column + 1, row + 1) - noiseAt(column, row + 1)) * (x - left)
        return upper + (lower - upper) * (y - top)
    }

    private func noiseAt(_ x: Int, _ y: Int) -> Double {
        let place =
            UInt64(truncatingIfNeeded: x) &* 0x9E37_79B9_7F4A_7C15
            &+ UInt64(truncatingIfNeeded: y) &* 0xC2B2_AE3D_27D4_EB4F &+ salt
        let mixed = (place ^ (place >> 29)) &* 0xBF58_476D_1CE4_E5B9
        return Double((mixed ^ (mixed >> 32)) >> 11 & 0xFFFF) / 65_535
    }
}
