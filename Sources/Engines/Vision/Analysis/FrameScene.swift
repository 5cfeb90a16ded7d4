/// One frame as the rules see it.
struct FrameScene: Sendable {
    var picture: Picture
    var grid: AnalysisGrid
    var mask: ForegroundMask
    var regions: [MotionRegion]
    var scale: PersonScale
    var seconds: Double

    /// The box of a region in pixels.
    func box(_ region: MotionRegion) -> BoundingBox {
        grid.pixels(columns: region.columns, rows: region.rows)
    }

    /// A pixel as a share of the picture.
    func share(_ pixel: (x: Double, y: Double)) -> SceneRules.Point {
        SceneRules.Point(
            x: pixel.x / Double(picture.width),
            y: pixel.y / Double(picture.height)
        )
    }

    /// The regions that may be people, as detections; a group is taken apart where it shows its heads.
    func bodies() -> [Detection] {
        regions.flatMap { region -> [Detection] in
            let box = box(region)
            let height = scale.height(atFoot: box.foot)
            let width = scale.width(atFoot: box.foot)
            let isLarge = box.height > 0.5 * height || box.width > 0.55 * height
            let needed = 0.15 * height * width / Double(grid.factor * grid.factor)
            guard isLarge, Double(region.cellCount) > needed else { return [] }
            if box.width < 1.75 * width && box.height < 1.45 * height
                || box.height < 0.6 * height
            {
                return [Detection(box: box, score: 0.95)]
            }
            return apart(region, height: height, width: width)
        }
    }

    /// A group as people: one under every head that stands out of the outline.
    private func apart(_ region: MotionRegion, height: Double, width: Double) -> [Detection] {
        let tops = region.columns.map { column in
            region.rows.first { mask.cells[$0 * grid.width + column] } ?? region.rows.upperBound
        }
        let reach = max(1, Int(0.4 * width / Double(grid.factor)))
        var people: [Detection] = []
        for at in tops.indices {
            let near = max(0, at - reach)...min(tops.count - 1, at + reach)
            guard tops[at] < region.rows.upperBound,
                near.allSatisfy({ tops[$0] > tops[at] || tops[$0] == tops[at] && $0 >= at })
            else { continue }
            let last = near.last { tops[$0] == tops[at] } ?? at
            let middle = Double(region.columns.lowerBound) + Double(at + last + 1) / 2
            let head = (x: middle * Double(grid.factor), y: Double(tops[at] * grid.factor))
            if let box = body(under: head, in: region), box.height > 0.5 * height {
                people.append(Detection(box: box, score: 0.85))
            }
        }
        if let front = front(region, behind: people) { people.append(front) }
        return people.isEmpty ? [Detection(box: box(region), score: 0.95)] : people
    }

    /// Somebody who stands before the others with the head inside their outline: what they leave over.
    private func front(_ region: MotionRegion, behind people: [Detection]) -> Detection? {
        let areas = people.compactMap {
            PixelArea($0.box, width: picture.width, height: picture.height)
        }
        var count = 0
        var columns = 0
        var bottom = 0
        for y in region.rows {
            for x in region.columns where mask.cells[y * grid.width + x] {
                let isCovered = areas.contains {
                    $0.columns.contains(x * grid.factor) && $0.rows.contains(y * grid.factor)
                }
                guard !isCovered else { continue }
                count += 1
                columns += x
                bottom = max(bottom, y + 1)
            }
        }
        guard count > 0 else { return nil }
        let foot = (
            x: (Double(columns) / Double(count) + 0.5) * Double(grid.factor),
            y: Double(bottom * grid.factor)
        )
        let height = scale.height(atFoot: foot)
        let width = scale.width(atFoot: foot)
        guard Double(count * grid.factor * grid.factor) > 0.25 * height * width else { return nil }
        let box = BoundingBox(
            x: foot.x - width / 2,
            y: foot.y - height,
            width: width,
            height: height
        )
        return Detection(box: box, score: 0.85)
    }

    /// The box of somebody whose head is at a pixel, down to the feet or to the end of the region.
    private func body(under head: (x: Double, y: Double), in region: MotionRegion) -> BoundingBox? {
        let bottom = Double(region.rows.upperBound * grid.factor)
        var foot = (x: head.x, y: bottom)
        // The height depends on where the feet are; a few steps settle it.
        for _ in 0..<4 { foot.y = min(bottom, head.y + scale.height(atFoot: foot)) }
        let width = scale.width(atFoot: foot)
        guard foot.y > head.y else { return nil }
        return BoundingBox(x: head.x - width / 2, y: head.y, width: width, height: foot.y - head.y)
    }
}
