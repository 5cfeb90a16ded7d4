/// A Kalman filter over the middle, width and height of a box that moves at a constant speed.
///
/// The noises of the four numbers do not depend on each other, so the filter of eight states falls into
/// four of two. Noise grows with the height of the box, because a person near the camera moves by more
/// pixels (Wojke et al., "Simple Online and Realtime Tracking with a Deep Association Metric", 2017).
struct BoxMotion: Sendable {
    /// A number with its speed per frame and their covariance.
    struct Axis: Sendable {
        var value: Double
        var speed = 0.0
        var valueVariance: Double
        var covariance = 0.0
        var speedVariance: Double

        mutating func predict(valueNoise: Double, speedNoise: Double) {
            value += speed
            valueVariance += 2 * covariance + speedVariance + valueNoise
            covariance += speedVariance
            speedVariance += speedNoise
        }

        mutating func correct(_ measured: Double, noise: Double) {
            let total = valueVariance + noise
            let gain = valueVariance / total
            let speedGain = covariance / total
            let innovation = measured - value
            value += gain * innovation
            speed += speedGain * innovation
            speedVariance -= speedGain * covariance
            covariance -= gain * covariance
            valueVariance -= gain * valueVariance
        }
    }

    var centerX: Axis
    var centerY: Axis
    var width: Axis
    var height: Axis

    /// The deviations, as shares of the height.
    private static let position = 0.07
    private static let speed = 0.0125

    init(_ box: BoundingBox) {
        let scale = max(box.height, 1)
        func axis(_ value: Double) -> Axis {
            Axis(
                value: value,
                valueVariance: square(2 * Self.position * scale),
                speedVariance: square(10 * Self.speed * scale)
            )
        }
        centerX = axis(box.centerX)
        centerY = axis(box.centerY)
        width = axis(box.width)
        height = axis(box.height)
    }

    /// The box where the filter believes it now.
    var box: BoundingBox {
        let width = max(width.value, 1)
        let height = max(height.value, 1)
        return BoundingBox(
            x: centerX.value - width / 2,
            y: centerY.value - height / 2,
            width: width,
            height: height
        )
    }

    /// One frame goes by.
    mutating func predict() {
        let scale = max(height.value, 1)
        let valueNoise = square(Self.position * scale)
        let speedNoise = square(Self.speed * scale)
        centerX.predict(valueNoise: valueNoise, speedNoise: speedNoise)
        centerY.predict(valueNoise: valueNoise, speedNoise: speedNoise)
        width.predict(valueNoise: valueNoise, speedNoise: speedNoise)
        height.predict(valueNoise: valueNoise, speedNoise: speedNoise)
    }

    /// The box was seen; the surer the detector, the more it counts.
    mutating func correct(_ box: BoundingBox, score: Double) {
        let noise = square(Self.position * max(height.value, 1)) * (1 + 2 * (1 - score))
        centerX.correct(box.centerX, noise: noise)
        centerY.correct(box.centerY, noise: noise)
        width.correct(box.width, noise: noise)
        height.correct(box.height, noise: noise)
    }

    /// The picture itself moved.
    mutating func shift(x: Double, y: Double) {
        centerX.value += x
        centerY.value += y
    }
}

private func square(_ value: Double) -> Double { value * value }
