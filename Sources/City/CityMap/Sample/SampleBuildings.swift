import Basics

/// The grounds of the neighbourhood's institutions, and its buildings with their addresses.
extension SampleBuilder {
    mutating func makeGrounds() {
        ground(
            LocalPlace(-292, 98),
            LocalPlace(-188, 202),
            [("amenity", "school"), ("name", "해치초등학교"), ("name:en", "Haechi Primary School")]
        )
        elements.way(
            [LocalPlace(-240, 90), LocalPlace(-240, 98), LocalPlace(-240, 120)],
            [("highway", "footway"), ("surface", "asphalt"), ("width", "4")]
        )
        _ = elements.node(LocalPlace(-240, 98), [("barrier", "gate"), ("name", "정문")])
        ground(
            LocalPlace(-42, -212),
            LocalPlace(40, -80),
            [("amenity", "marketplace"), ("name", "까치시장"), ("name:en", "Kkachi Market")]
        )
        for (from, to) in [(-74.0, -150.0), (-150, -220)] {
            elements.way(
                [LocalPlace(0, from), LocalPlace(0, to)],
                [
                    ("highway", "pedestrian"), ("name", "까치시장길"), ("surface", "paving_stones"),
                    ("covered", "yes"), ("width", "5"), ("incline", "0%"),
                ]
            )
        }
        _ = elements.node(
            LocalPlace(0, -74),
            [("barrier", "bollard"), ("maxwidth:physical", "1.3")]
        )
        ground(
            LocalPlace(188, -212),
            LocalPlace(292, -80),
            [("amenity", "hospital"), ("name", "해치병원"), ("name:en", "Haechi Hospital")]
        )
        house(
            LocalPlace(200, -180),
            LocalPlace(280, -100),
            "해치병원 본관",
            ("까치대로", 108),
            "hospital"
        )
        house(
            LocalPlace(-284, 150),
            LocalPlace(-250, 196),
            "해치초등학교 본관",
            ("솔향로7길", 31),
            "school"
        )
        for row in 0..<4 {
            let south = -204 + Double(row) * 30
            for (west, east) in [(-40.0, -6.0), (6, 38)] {
                house(
                    LocalPlace(west, south),
                    LocalPlace(east, south + 22),
                    "",
                    ("까치시장길", 2 * row + (west < 0 ? 1 : 2)),
                    "retail"
                )
            }
        }
    }

    private mutating func ground(
        _ low: LocalPlace,
        _ high: LocalPlace,
        _ tags: SampleElements.Tags
    ) {
        elements.area(Self.corners(low, high), tags)
    }

    static func corners(_ low: LocalPlace, _ high: LocalPlace) -> [LocalPlace] {
        [low, LocalPlace(high.x, low.y), high, LocalPlace(low.x, high.y)]
    }

    /// A building with its road-name address (도로명주소): road and number.
    private mutating func house(
        _ low: LocalPlace,
        _ high: LocalPlace,
        _ name: String,
        _ address: (road: String, number: Int),
        _ kind: String
    ) {
        var tags: SampleElements.Tags = [
            ("building", kind), ("addr:street", address.road),
            ("addr:housenumber", "\(address.number)"), ("addr:district", "해치동"),
        ]
        if !name.isEmpty { tags.append(("name", name)) }
        elements.area(Self.corners(low, high), tags)
    }

    /// The named buildings of the neighbourhood, by the lot they stand on.
    private static let named: [(place: LocalPlace, name: String, kind: String)] = [
        (LocalPlace(-250, 345), "해치종합사회복지관", "civic"),
        (LocalPlace(110, 100), "해치도서관", "civic"),
        (LocalPlace(130, -90), "해치동 주민센터", "civic"),
        (LocalPlace(-350, 460), "솔마루 빌라", "apartments"),
        (LocalPlace(150, -36), "까치빌딩", "commercial"),
    ]

    mutating func makeBuildings() {
        let columns = Self.northward.map(\.line)
        let rows = Self.eastward.map(\.line)
        for (south, north) in zip(rows, rows.dropFirst()) {
            for (west, east) in zip(columns, columns.dropFirst()) {
                fill(west: west, east: east, south: south, north: north)
            }
        }
    }

    /// Rows of lots along the four streets around a block.
    private mutating func fill(west: Double, east: Double, south: Double, north: Double) {
        if Self.isGround(LocalPlace((west + east) / 2, (south + north) / 2)) { return }
        for line in [south, north] {
            row(
                Self.eastward,
                line,
                west + 17..<east - 14,
                isBefore: line == south,
                isEastward: true
            )
        }
        for line in [west, east] {
            row(
                Self.northward,
                line,
                south + 36..<north - 32,
                isBefore: line == west,
                isEastward: false
            )
        }
    }

    /// Lots along one street; `isBefore` where the street comes before the block.
    private mutating func row(
        _ streets: [Street],
        _ line: Double,
        _ range: Range<Double>,
        isBefore: Bool,
        isEastward: Bool
    ) {
        func place(_ along: Double, _ across: Double) -> LocalPlace {
            isEastward ? LocalPlace(along, across) : LocalPlace(across, along)
        }
        guard let street = streets.first(where: { $0.line == line }) else { return }
        var at = range.lowerBound
        while at + 12 < range.upperBound {
            let width = Double(11 + Int(random.unit() * 9))
            let depth = Double(11 + Int(random.unit() * 8))
            let set = street.width / 2 + (street.kind == "secondary" ? 9 : 3)
            let low = isBefore ? line + set : line - set - depth
            lot(
                place(at, low),
                place(min(at + width, range.upperBound), low + depth),
                street,
                along: at + width / 2,
                isEastward: isEastward,
                // The left side: north of a street to the east, west of one to the north.
                isOdd: isBefore == isEastward
            )
            at += width + 3
        }
    }

    /// The park, the school, the market and the hospital are no ground for houses.
    private static func isGround(_ place: LocalPlace) -> Bool {
        func isWithin(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> Bool {
            x.contains(place.x) && y.contains(place.y)
        }
        return isWithin(180...420, 90...330) || isWithin(-300 ... -180, 90...210)
            || isWithin(-60...60, -220 ... -60) || isWithin(180...300, -220 ... -60)
    }

    private mutating func lot(
        _ low: LocalPlace,
        _ high: LocalPlace,
        _ street: Street,
        along: Double,
        isEastward: Bool,
        isOdd: Bool
    ) {
        let isTaken = keptFree.contains { way in
            Self.isNear(way.from, way.to, way.halfWidth, low, high)
        }
        // Here and there a lot is empty.
        guard !isTaken, !chance(0.06) else { return }
        let chosen = Self.named.first {
            (low.x...high.x).contains($0.place.x) && (low.y...high.y).contains($0.place.y)
        }
        // Numbers go up by two every twenty metres from the start, odd ones on the left.
        let steps = Int((along + Self.edge) / 20)
        let busy = isEastward ? Self.boulevard : Self.avenue
        let road = along < busy ? street.names.0 : street.names.1
        house(
            low,
            high,
            chosen?.name ?? "",
            (road, 2 * steps + (isOdd ? 1 : 2)),
            chosen?.kind ?? one(of: ["house", "house", "apartments", "residential", "retail"])
        )
    }

    /// Whether a way passes a rectangle closer than half of its width; ways of the plan are
    /// sampled, since they are short.
    private static func isNear(
        _ from: LocalPlace,
        _ to: LocalPlace,
        _ halfWidth: Double,
        _ low: LocalPlace,
        _ high: LocalPlace
    ) -> Bool {
        guard min(from.x, to.x) - halfWidth < high.x, max(from.x, to.x) + halfWidth > low.x,
            min(from.y, to.y) - halfWidth < high.y, max(from.y, to.y) + halfWidth > low.y
        else { return false }
        return (0...8).contains { part in
            let place = from.moved(to: to, fraction: Double(part) / 8)
            return place.x > low.x - halfWidth && place.x < high.x + halfWidth
                && place.y > low.y - halfWidth && place.y < high.y + halfWidth
        }
    }
}
