/// A square of the world map at a zoom level: 2ᶻ × 2ᶻ tiles, counted from the north-west.
public struct TileAddress: Sendable, Hashable {
    /// Deeper tiles would show nothing more.
    public static let maximumZoom = 18
    /// The units of a tile's side (Mapbox Vector Tile Specification 2.1, `extent`).
    public static let extent = 4_096
    /// So much of the neighbours is drawn too, so that lines do not end at the seam.
    public static let buffer = 64

    /// The zoom level.
    public let zoom: Int
    /// The column from the west.
    public let x: Int
    /// The row from the north.
    public let y: Int

    /// Names a tile.
    ///
    /// - Throws: `CartographyError` `badTile`.
    public init(zoom: Int, x: Int, y: Int) throws(CartographyError) {
        guard (0...TileAddress.maximumZoom).contains(zoom), x >= 0, y >= 0, x < 1 << zoom,
            y < 1 << zoom
        else { throw .badTile("\(zoom)/\(x)/\(y)") }
        self.zoom = zoom
        self.x = x
        self.y = y
    }

    /// The tile of a zoom level with a point.
    ///
    /// - Throws: `CartographyError` `badTile`.
    public init(zoom: Int, around point: WorldPoint) throws(CartographyError) {
        guard (0...TileAddress.maximumZoom).contains(zoom) else { throw .badTile("\(zoom)") }
        let shift = WorldPoint.sideBits - zoom
        try self.init(
            zoom: zoom,
            x: Int(UInt64(point.x) >> UInt64(shift)),
            y: Int(UInt64(point.y) >> UInt64(shift))
        )
    }

    /// How many units of the world a unit of the tile has, as a power of two.
    var unitBits: Int { WorldPoint.sideBits - zoom - 12 }

    /// The north-western corner in units of the world.
    var origin: (x: Int, y: Int) {
        let shift = WorldPoint.sideBits - zoom
        return (x << shift, y << shift)
    }

    /// The tile with its buffer.
    var box: WorldBox {
        let margin = TileAddress.buffer << unitBits
        let side = 1 << (WorldPoint.sideBits - zoom)
        func clamped(_ value: Int) -> UInt32 { UInt32(min(max(value, 0), Int(UInt32.max))) }
        return WorldBox(
            west: clamped(origin.x - margin),
            north: clamped(origin.y - margin),
            east: clamped(origin.x + side + margin),
            south: clamped(origin.y + side + margin)
        )
    }
}
