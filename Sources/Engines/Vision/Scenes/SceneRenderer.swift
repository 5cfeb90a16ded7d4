import Basics
import Glibc

/// Draws the frames of a generated scene.
struct SceneRenderer: Sendable {
    let camera: SceneCamera
    private let script: SceneScript
    private let seed: UInt64
    private let background: [UInt8]
    /// The street after the camera was turned aside; only where it is.
    private let turnedBackground: [UInt8]
    private let turnedCamera: SceneCamera
    /// The noise of a sensor, to be laid over rows at another place for every frame.
    private let grain: [Int8]

    private static let grainCount = 1 << 14

    init(_ script: SceneScript, seed: UInt64, width: Int, height: Int) {
        self.script = script
        self.seed = seed
        camera = script.camera(width: Double(width), height: Double(height))
        var turned = camera
        turned.shift = SceneRules.Point(x: Double(width) * 0.17, y: Double(height) * 0.06)
        turnedCamera = turned
        func street(_ camera: SceneCamera) -> [UInt8] {
            SceneBackground(camera, isSquare: script.kind == .crowd, seed: seed).pixels()
        }
        background = street(camera)
        turnedBackground = script.fault?.kind == .moved ? street(turned) : []
        var random = SeededRandom(seed: seed ^ 0x6E01_5E)
        grain = (0..<Self.grainCount + width * 3).map { _ in
            let sum = (0..<3).reduce(0.0) { sum, _ in sum + random.unit() } - 1.5
            return Int8(sum * 6)
        }
    }

    /// The camera as it stands at a time.
    func camera(at seconds: Double) -> SceneCamera {
        script.fault?.kind == .moved && isFaulty(at: seconds) ? turnedCamera : camera
    }

    private func isFaulty(at seconds: Double) -> Bool {
        script.fault?.seconds.contains(seconds) ?? false
    }

    /// The frame at a time of the period.
    func frame(at seconds: Double, noise: UInt64) -> Picture {
        guard let fault = script.fault, fault.seconds.contains(seconds) else {
            return clean(at: seconds, noise: noise)
        }
        switch fault.kind {
        case .blackout:
            let black = [UInt8](repeating: 6, count: background.count)
            return finished(black, gain: 1, noise: noise)
        case .frozen: return clean(at: fault.seconds.lowerBound, noise: 0)
        case .blurred:
            return finished(blurred(drawn(at: seconds)), gain: gain(at: seconds), noise: noise)
        default: return clean(at: seconds, noise: noise)
        }
    }

    private func clean(at seconds: Double, noise: UInt64) -> Picture {
        finished(drawn(at: seconds), gain: gain(at: seconds), noise: noise)
    }

    /// How the light drifts, in 256ths: a cloud within a period, and small ones.
    private func gain(at seconds: Double) -> Int {
        let turn = 2 * Double.pi * seconds / Double(GeneratedScene.periodSeconds)
        let phase = Double(seed % 7)
        return Int(256 * (1 + 0.06 * sin(turn + phase) + 0.025 * sin(4 * turn + phase)))
    }

    private func drawn(at seconds: Double) -> [UInt8] {
        let camera = camera(at: seconds)
        let ground = camera == self.camera ? background : turnedBackground
        var pixels = ground
        let canvas = (width: Int(camera.width), height: Int(camera.height))
        pixels.withUnsafeMutableBufferPointer { buffer in
            let figures = script.figures(at: seconds)
            for figure in figures {
                FigurePainter(figure, camera, width: canvas.width, height: canvas.height)?
                    .paintShadow(buffer, over: ground)
            }
            for figure in figures {
                FigurePainter(figure, camera, width: canvas.width, height: canvas.height)?
                    .paint(buffer)
            }
        }
        return pixels
    }

    /// Light and noise over the whole picture.
    private func finished(_ pixels: [UInt8], gain: Int, noise: UInt64) -> Picture {
        let width = Int(camera.width)
        let height = Int(camera.height)
        var random = SeededRandom(seed: seed &+ noise &* 0x1000_0001)
        let rowSize = width * 3
        let finished = [UInt8](unsafeUninitializedCapacity: pixels.count) { output, count in
            pixels.withUnsafeBufferPointer { input in
                grain.withUnsafeBufferPointer { grain in
                    for row in 0..<height {
                        let start = row * rowSize
                        let from = Int(random.next() % UInt64(Self.grainCount))
                        for at in 0..<rowSize {
                            let value =
                                (Int16(input[start + at]) &* Int16(gain / 2)) >> 7
                                &+ Int16(grain[from + at])
                            output[start + at] = UInt8(truncatingIfNeeded: min(255, max(0, value)))
                        }
                    }
                }
            }
            count = pixels.count
        }
        return Picture(checkedWidth: width, height: height, pixels: finished)
    }

    /// A lens out of focus: the mean over a square, along rows and then along columns.
    private func blurred(_ pixels: [UInt8]) -> [UInt8] {
        let width = Int(camera.width)
        let height = Int(camera.height)
        let reach = max(3, width / 90)
        func along(_ input: [UInt8], lines: Int, length: Int, step: Int, lineStep: Int) -> [UInt8] {
            var output = input
            for line in 0..<lines {
                for channel in 0..<3 {
                    let start = line * lineStep + channel
                    func value(_ at: Int) -> Int {
                        Int(input[start + min(length - 1, max(0, at)) * step])
                    }
                    var sum = (-reach...reach).reduce(0) { $0 + value($1) }
                    for at in 0..<length {
                        output[start + at * step] = UInt8(sum / (2 * reach + 1))
                        sum += value(at + reach + 1) - value(at - reach)
                    }
                }
            }
            return output
        }
        let rows = along(pixels, lines: height, length: width, step: 3, lineStep: width * 3)
        return along(rows, lines: width, length: height, step: width * 3, lineStep: 3)
    }
}
