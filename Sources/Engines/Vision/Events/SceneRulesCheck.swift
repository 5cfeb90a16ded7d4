import Basics

extension SceneRules {
    /// Checks that the rules can be followed.
    ///
    /// - Throws: `VisionError` `badRules` that names the zone, line or point, and why.
    public func check() throws {
        try limit(zones.count, Self.maximumZoneCount, Bilingual("구역", "zones"))
        try limit(lines.count, Self.maximumLineCount, Bilingual("선", "lines"))
        for zone in zones { try check(zone) }
        for line in lines { try check(line) }
        try homography.map(check)
        try checkCrowd()
    }

    private func limit(_ count: Int, _ maximum: Int, _ what: Bilingual) throws {
        guard count <= maximum else {
            throw VisionError.badRules(
                what,
                Bilingual("너무 많습니다(최대 \(maximum)).", "there are too many (at most \(maximum)).")
            )
        }
    }

    private func check(_ zone: Zone) throws {
        let title = Bilingual("구역 ‘\(zone.name)’", "Zone “\(zone.name)”")
        func refuse(_ korean: String, _ english: String) -> VisionError {
            .badRules(title, Bilingual(korean, english))
        }
        try check(name: zone.name, title)
        guard zone.polygon.count >= 3 else {
            throw refuse(
                "꼭짓점이 \(zone.polygon.count)개입니다. 세 개 이상이어야 합니다.",
                "it has \(zone.polygon.count) corners; three or more are needed."
            )
        }
        guard zone.polygon.count <= Self.maximumCornerCount else {
            throw refuse(
                "꼭짓점이 너무 많습니다(최대 \(Self.maximumCornerCount)).",
                "it has too many corners (at most \(Self.maximumCornerCount))."
            )
        }
        for point in zone.polygon { try check(point, title) }
        guard abs(Polygon(zone.polygon).signedArea) > 1e-5 else {
            throw refuse("넓이가 없습니다.", "it has no area.")
        }
        guard !Polygon(zone.polygon).crossesItself else {
            throw refuse("변이 서로 엇갈립니다.", "its sides cross each other.")
        }
        if let seconds = zone.dwellSeconds, !(1...86_400).contains(seconds) {
            throw refuse(
                "머무는 시간은 1초에서 하루까지입니다.",
                "the dwell time lies between a second and a day."
            )
        }
        if let area = zone.squareMetres, !(1...1_000_000).contains(area) {
            throw refuse(
                "넓이는 1㎡에서 100만 ㎡까지입니다.",
                "the area lies between 1 and 1,000,000 square metres."
            )
        }
        if zone.kind == .crowd, zone.squareMetres == nil, homography == nil {
            throw refuse(
                "넓이(㎡)나 지면의 네 점이 필요합니다.",
                "its square metres or the four points of the ground are needed."
            )
        }
        try zone.schedule.map { try check($0, title) }
    }

    private func check(_ line: Line) throws {
        let title = Bilingual("선 ‘\(line.name)’", "Line “\(line.name)”")
        try check(name: line.name, title)
        try check(line.from, title)
        try check(line.to, title)
        guard abs(line.from.x - line.to.x) + abs(line.from.y - line.to.y) > 1e-3 else {
            throw VisionError.badRules(
                title,
                Bilingual("두 끝이 같은 곳입니다.", "both ends are the same place.")
            )
        }
        try line.schedule.map { try check($0, title) }
    }

    private func check(name: String, _ title: Bilingual) throws {
        guard !name.isEmpty, name.count <= 100 else {
            throw VisionError.badRules(
                title,
                Bilingual("이름은 1자에서 100자까지입니다.", "the name has 1 to 100 characters.")
            )
        }
    }

    private func check(_ point: Point, _ title: Bilingual) throws {
        guard (0...1).contains(point.x), (0...1).contains(point.y) else {
            throw VisionError.badRules(
                title,
                Bilingual(
                    "화면 밖의 점이 있습니다(0에서 1까지).",
                    "a point lies outside of the picture (0 to 1)."
                )
            )
        }
    }

    private func check(_ schedule: Schedule, _ title: Bilingual) throws {
        guard (0...1439).contains(schedule.fromMinute), (0...1440).contains(schedule.untilMinute),
            schedule.fromMinute != schedule.untilMinute,
            schedule.weekdays.allSatisfy((1...7).contains)
        else {
            throw VisionError.badRules(
                title,
                Bilingual("시간이나 요일이 맞지 않습니다.", "the hours or the days are not right.")
            )
        }
    }

    private func check(_ homography: Homography) throws {
        let title = Bilingual("지면", "The ground")
        guard homography.picture.count == 4, homography.groundMetres.count == 4 else {
            throw VisionError.badRules(
                title,
                Bilingual("네 점의 짝이 필요합니다.", "four pairs of points are needed.")
            )
        }
        for point in homography.picture { try check(point, title) }
        guard GroundPlane(homography) != nil else {
            throw VisionError.badRules(
                title,
                Bilingual(
                    "세 점이 한 줄에 있거나 거리가 맞지 않습니다.",
                    "three of the points lie on one line, or the distances are not right."
                )
            )
        }
    }

    private func checkCrowd() throws {
        let limits = crowd.ascending
        guard limits.allSatisfy({ $0 > 0 && $0 <= 20 }),
            zip(limits, limits.dropFirst()).allSatisfy(<),
            (0..<1).contains(crowd.hysteresis)
        else {
            throw VisionError.badRules(
                Bilingual("밀집 한도", "The limits of a crowd"),
                Bilingual("작은 값부터 커져야 합니다.", "they grow from level to level.")
            )
        }
    }
}
