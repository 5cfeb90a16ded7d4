import Basics

/// Draws one figure of a generated scene, part by part along its axis.
struct FigurePainter {
    private let figure: SceneFigure
    private let body: SceneBody
    private let width: Int
    private let height: Int
    /// The axis from the feet to the crown, in pixels.
    private let axis: (x: Double, y: Double)
    private let length: Double

    /// Nil where the figure cannot be seen.
    init?(_ figure: SceneFigure, _ camera: SceneCamera, width: Int, height: Int) {
        guard let body = camera.body(of: figure) else { return nil }
        self.figure = figure
        self.body = body
        self.width = width
        self.height = height
        axis = (body.head.x - body.foot.x, body.head.y - body.foot.y)
        length = (axis.x * axis.x + axis.y * axis.y).squareRoot()
        guard length > 2 else { return nil }
    }

    private typealias Buffer = UnsafeMutableBufferPointer<UInt8>

    /// Darkens the ground beside the figure; where two shadows meet it grows no darker.
    func paintShadow(_ pixels: UnsafeMutableBufferPointer<UInt8>, over ground: [UInt8]) {
        let reach = body.scale * figure.heightMetres * (figure.lean > 0.5 ? 0.6 : 0.42)
        let flat = reach * 0.32
        let middle = (x: body.foot.x + reach * 0.75, y: body.foot.y - flat * 0.1)
        for y in rows(middle.y - flat, middle.y + flat) {
            for x in columns(middle.x - reach, middle.x + reach) {
                let across = (Double(x) + 0.5 - middle.x) / reach
                let down = (Double(y) + 0.5 - middle.y) / flat
                guard across * across + down * down < 1 else { continue }
                for at in (y * width + x) * 3..<(y * width + x) * 3 + 3 {
                    pixels[at] = UInt8(Int(ground[at]) * 170 / 256)
                }
            }
        }
    }

    /// Draws the figure.
    func paint(_ pixels: UnsafeMutableBufferPointer<UInt8>) {
        let reach = body.halfWidth * 1.7
        let xs = columns(
            min(body.foot.x, body.head.x) - reach,
            max(body.foot.x, body.head.x) + reach
        )
        let ys = rows(min(body.foot.y, body.head.y) - reach, max(body.foot.y, body.head.y) + reach)
        let palette = (upper: figure.upper.swatch, lower: figure.lower.swatch)
        for y in ys {
            for x in xs {
                let from = (Double(x) + 0.5 - body.foot.x, Double(y) + 0.5 - body.foot.y)
                let up = (from.0 * axis.x + from.1 * axis.y) / (length * length)
                guard up >= -0.02, up < 1 else { continue }
                let across = (from.0 * -axis.y + from.1 * axis.x) / length / body.halfWidth
                guard let colour = colour(up: up, across: across, palette) else { continue }
                let shade = 1 - 0.1 * max(-1, min(1, across))
                let at = (y * width + x) * 3
                pixels[at] = UInt8(min(255, Double(colour.red) * shade))
                pixels[at + 1] = UInt8(min(255, Double(colour.green) * shade))
                pixels[at + 2] = UInt8(min(255, Double(colour.blue) * shade))
            }
        }
    }

    private static let skin = RGB(214, 172, 140)
    private static let hair = RGB(44, 36, 34)
    private static let shoe = RGB(52, 48, 48)

    /// The colour at a place of the body: 0 at the feet to 1 at the crown, -1 to 1 across.
    private func colour(
        up: Double,
        across: Double,
        _ palette: (upper: RGB, lower: RGB)
    ) -> RGB? {
        if figure.doing == .thing { return abs(across) < 0.8 ? palette.upper : nil }
        let side = abs(across)
        if up > 0.84 {
            let round = (up - 0.92) / 0.08
            let wide = across / 0.4
            guard round * round + wide * wide < 1 else { return nil }
            return up > 0.93 ? Self.hair : Self.skin
        }
        if figure.carriesBag, (0.12..<0.44).contains(up), (0.75..<1.6).contains(across) {
            return RGB(60, 44, 40)
        }
        if up > 0.48 { return side < 0.86 - 0.25 * max(0, up - 0.76) / 0.08 ? palette.upper : nil }
        let swing = figure.stride * 0.62 * (0.48 - up) / 0.48
        let isLeg = abs(across - 0.3 - swing) < 0.32 || abs(across + 0.3 + swing) < 0.32
        guard isLeg || up > 0.4 && side < 0.66 else { return nil }
        return up < 0.05 ? Self.shoe : palette.lower
    }

    private func columns(_ from: Double, _ to: Double) -> Range<Int> { clipped(from, to, width) }
    private func rows(_ from: Double, _ to: Double) -> Range<Int> { clipped(from, to, height) }

    private func clipped(_ from: Double, _ to: Double, _ limit: Int) -> Range<Int> {
        let low = Int(min(Double(limit), max(0, from.rounded(.down))))
        let high = Int(min(Double(limit), max(0, to.rounded(.up))))
        return low..<max(low, high)
    }
}
