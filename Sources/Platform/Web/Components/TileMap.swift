/// A map in tiles: every area one square of the same size, neighbours kept together, so that small
/// districts are as easy to read and to hit as large ones.
public struct TileMap: Sendable, Hashable {
    /// An area.
    public struct Tile: Sendable, Hashable {
        /// The area's name.
        public var name: String
        /// The column, from 0 in the west.
        public var column: Int
        /// The row, from 0 in the north.
        public var row: Int
        /// How dark the tile is, 0 to 3.
        public var level: Int
        /// The value written below the name.
        public var value: String
        /// Where the tile leads.
        public var link: Link

        /// Creates an area.
        public init(
            name: String,
            column: Int,
            row: Int,
            level: Int,
            value: String,
            link: Link
        ) {
            self.name = name
            self.column = column
            self.row = row
            self.level = level
            self.value = value
            self.link = link
        }
    }

    private let tiles: [Tile]
    private let title: String

    /// Creates a map; its table stands beside it on the page.
    public init(tiles: [Tile], title: String) {
        self.tiles = tiles
        self.title = title
    }

    /// The map as a drawing whose tiles are links.
    public func html(in context: PageContext) -> HTML {
        let size = 92
        let gap = 4
        let width = ((tiles.map(\.column).max() ?? 0) + 1) * (size + gap)
        let height = ((tiles.map(\.row).max() ?? 0) + 1) * (size + gap)
        let drawn = HTML(each: tiles.sorted { ($0.row, $0.column) < ($1.row, $1.column) }) { tile in
            let left = tile.column * (size + gap)
            let top = tile.row * (size + gap)
            let label = "\(tile.name) \(tile.value)"
            return """
                <a href="\(tile.link)" aria-label="\(label)"><rect x="\(left)" y="\(top)" \
                width="\(size)" height="\(size)" rx="6" class="tile l\(tile.level)"/>\
                <text x="\(left + size / 2)" y="\(top + 42)" class="tilename l\(tile.level)">\
                \(tile.name)</text><text x="\(left + size / 2)" y="\(top + 66)" \
                class="tilevalue l\(tile.level)">\(tile.value)</text></a>
                """
        }
        return """
            <figure class="tilemap"><figcaption>\(title)</figcaption>\
            <svg viewBox="0 0 \(width) \(height)" role="group" aria-label="\(title)">\(drawn)</svg>\
            </figure>
            """
    }
}
