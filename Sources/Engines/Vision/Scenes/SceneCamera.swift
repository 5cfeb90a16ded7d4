import Glibc

/// A pinhole camera over flat ground: metres to the right, ahead and up become pixels.
struct SceneCamera: Sendable, Hashable {
    /// Metres above the ground.
    var heightMetres: Double
    /// The focal length, as a share of the width.
    var focal: Double
    var width: Double
    var height: Double
    /// By how much the picture is shifted where the camera was turned aside, in pixels.
    var shift = SceneRules.Point(x: 0, y: 0)
    private let cosine: Double
    private let sine: Double

    /// `pitch` is how far it looks down, in radians.
    init(heightMetres: Double, pitch: Double, focal: Double, width: Double, height: Double) {
        self.heightMetres = heightMetres
        self.focal = focal
        self.width = width
        self.height = height
        cosine = cos(pitch)
        sine = sin(pitch)
    }

    /// The pixel of a place; nil behind the camera.
    func pixel(right: Double, ahead: Double, up: Double) -> (x: Double, y: Double)? {
        let down = heightMetres - up
        let depth = ahead * cosine + down * sine
        guard depth > 0.1 else { return nil }
        let drop = down * cosine - ahead * sine
        let scale = focal * width / depth
        return (width / 2 + shift.x + right * scale, height / 2 + shift.y + drop * scale)
    }

    /// Pixels a metre takes at a place on the ground.
    func scale(ahead: Double) -> Double {
        focal * width / max(0.1, ahead * cosine + heightMetres * sine)
    }

    /// The place on the ground under a pixel; nil above the horizon.
    func ground(x: Double, y: Double) -> (right: Double, ahead: Double)? {
        let across = (x - shift.x - width / 2) / (focal * width)
        let drop = (y - shift.y - height / 2) / (focal * width)
        let fall = drop * cosine + sine
        guard fall > 1e-3 else { return nil }
        let depth = heightMetres / fall
        return (across * depth, depth * (cosine - drop * sine))
    }

    /// The box of a figure, not cut off.
    func box(of figure: SceneFigure) -> BoundingBox? {
        guard let body = body(of: figure) else { return nil }
        let reach = body.halfWidth
        let left = min(body.foot.x, body.head.x)
        let right = max(body.foot.x, body.head.x)
        let top = min(body.foot.y, body.head.y)
        let bottom = max(body.foot.y, body.head.y)
        let isLying = figure.doing == .lying
        return BoundingBox(
            x: left - (isLying ? 0 : reach),
            y: top - (isLying ? reach : 0),
            width: right - left + (isLying ? 0 : 2 * reach),
            height: bottom - top + (isLying ? 2 * reach : 0)
        )
    }

    /// The axis of a figure in the picture, from the feet to the crown.
    func body(of figure: SceneFigure) -> SceneBody? {
        let lean = figure.lean
        let (right, ahead) = (figure.right, figure.ahead)
        guard let foot = pixel(right: right, ahead: ahead, up: lean > 0 ? 0.15 * lean : 0),
            let head = pixel(
                right: right + figure.heightMetres * lean * figure.side,
                ahead: ahead,
                up: figure.heightMetres * (1 - lean) + 0.15 * lean
            )
        else { return nil }
        let scale = scale(ahead: ahead)
        return SceneBody(
            foot: foot,
            head: head,
            halfWidth: scale * figure.heightMetres * (figure.doing == .thing ? 0.5 : 0.17),
            scale: scale
        )
    }
}

/// A figure's axis and half width in pixels.
struct SceneBody {
    var foot: (x: Double, y: Double)
    var head: (x: Double, y: Double)
    var halfWidth: Double
    var scale: Double
}
