/// Turns the picture of a person into a vector of what they look like, from head to foot.
///
/// Zhou et al., "Omni-Scale Feature Learning for Person Re-Identification" (OSNet), 2019. It knows clothes
/// and build at 128 × 256 pixels; there is no face in it and none is looked for.
public final class AppearanceModel {
    /// Numbers in a vector.
    public static let dimension = 512

    private static let width = 128
    private static let height = 256
    /// The means and deviations of the pictures it was trained with (ImageNet).
    private static let means: [Float] = [0.485, 0.456, 0.406]
    private static let deviations: [Float] = [0.229, 0.224, 0.225]

    private let model: Model

    /// Reads a model.
    ///
    /// - Throws: `VisionError` `badModel` where the file is unknown or not of the shape it should have.
    public init(_ bytes: [UInt8], _ runtime: ModelRuntime) throws {
        guard try KnownModel(of: bytes).purpose == .appearance else {
            throw VisionError.badModel("a detector describes nobody")
        }
        model = try Model(bytes, runtime)
        guard model.inputSizes.count == 4,
            model.inputSizes.suffix(3) == [3, Self.height, Self.width],
            model.outputSizes.last == Self.dimension
        else {
            throw VisionError.badModel("input \(model.inputSizes), output \(model.outputSizes)")
        }
    }

    /// The vector of who is in a box, of unit length.
    ///
    /// - Returns: The vector; nil where the model answers with nothing that could be compared.
    /// - Throws: `VisionError` `badPicture` where the box lies outside, `badModel`.
    public func vector(of box: BoundingBox, in picture: Picture) throws -> [Float]? {
        let crop = try picture.cropped(box).bilinear(width: Self.width, height: Self.height)
        let plane = Self.width * Self.height
        var input = [Float](repeating: 0, count: 3 * plane)
        for at in 0..<plane {
            for channel in 0..<3 {
                let value = Float(crop[at * 3 + channel]) / 255
                input[channel * plane + at] =
                    (value - Self.means[channel]) / Self.deviations[channel]
            }
        }
        let output = try model.run(
            &input,
            sizes: [1, 3, Self.height, Self.width],
            outputCount: Self.dimension
        )
        let length = output.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length.isFinite, length > 0 else { return nil }
        return output.map { $0 / length }
    }
}
