/// What of a picture is not background, at the size at which the analyzer looks.
public struct ForegroundMask: Sendable, Hashable {
    /// Cells from left to right.
    public let width: Int
    /// Cells from top to bottom.
    public let height: Int
    /// Whether each cell is foreground, row by row.
    public internal(set) var cells: [Bool]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        cells = [Bool](repeating: false, count: width * height)
    }

    /// Whether a pixel of a picture lies on foreground.
    func contains(_ x: Int, _ y: Int, of picture: Picture) -> Bool {
        cells[y * height / picture.height * width + x * width / picture.width]
    }
}
