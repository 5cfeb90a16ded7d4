public import Basics

/// What one camera is watched for: zones, lines, hours, the ground and the limits of a crowd.
///
/// Places are shares of the picture, from 0 at the left and the top to 1, so that rules hold for every
/// size of the stream.
public struct SceneRules: Sendable, Hashable, Codable {
    /// Zones a camera may have.
    public static let maximumZoneCount = 32
    /// Corners a zone may have.
    public static let maximumCornerCount = 64
    /// Lines a camera may have.
    public static let maximumLineCount = 32

    /// A place in the picture.
    public struct Point: Sendable, Hashable, Codable {
        /// From 0 at the left to 1.
        public var x: Double
        /// From 0 at the top to 1.
        public var y: Double

        /// Creates a place.
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// What a zone is for.
    public enum ZoneKind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nobody may be here.
        case forbidden
        /// Nobody stays here for long.
        case loitering
        /// The ground whose crowd is measured.
        case crowd
        /// Nothing here is looked at: a flag, a screen, a neighbour's window.
        case ignored

        /// The name of the kind.
        public var title: Bilingual {
            switch self {
            case .forbidden: Bilingual("출입 금지", "No entry")
            case .loitering: Bilingual("배회 감시", "Loitering")
            case .crowd: Bilingual("밀집 측정", "Crowd")
            case .ignored: Bilingual("제외", "Left out")
            }
        }
    }

    /// An area of the picture with a rule.
    public struct Zone: Sendable, Hashable, Codable {
        /// The name that events carry.
        public var name: String
        /// What it is for.
        public var kind: ZoneKind
        /// The corners in order.
        public var polygon: [Point]
        /// When the rule holds; always where nil.
        public var schedule: Schedule?
        /// Seconds after which somebody loiters; the analyzer's setting where nil.
        public var dwellSeconds: Double?
        /// The ground that a crowd zone covers, in square metres; from the homography where nil.
        public var squareMetres: Double?

        /// Creates a zone.
        public init(
            name: String,
            kind: ZoneKind,
            polygon: [Point],
            schedule: Schedule? = nil,
            dwellSeconds: Double? = nil,
            squareMetres: Double? = nil
        ) {
            self.name = name
            self.kind = kind
            self.polygon = polygon
            self.schedule = schedule
            self.dwellSeconds = dwellSeconds
            self.squareMetres = squareMetres
        }
    }

    /// A line that people cross in one direction only: with `from` at the left hand and `to` at the right.
    public struct Line: Sendable, Hashable, Codable {
        /// The name that events carry.
        public var name: String
        /// The end at the left hand of those who go the right way.
        public var from: Point
        /// The end at their right hand.
        public var to: Point
        /// When the rule holds; always where nil.
        public var schedule: Schedule?

        /// Creates a line.
        public init(name: String, from: Point, to: Point, schedule: Schedule? = nil) {
            self.name = name
            self.from = from
            self.to = to
            self.schedule = schedule
        }
    }

    /// Hours of the day, Korea's time; past midnight where they end before they begin.
    public struct Schedule: Sendable, Hashable, Codable {
        /// The days, 1 Monday to 7 Sunday, on which the hours begin; every day where empty.
        public var weekdays: Set<Int>
        /// The first minute of the day, from 0 to 1439.
        public var fromMinute: Int
        /// The minute of the day at which it ends, from 0 to 1440.
        public var untilMinute: Int

        /// Creates hours.
        public init(weekdays: Set<Int> = [], fromMinute: Int, untilMinute: Int) {
            self.weekdays = weekdays
            self.fromMinute = fromMinute
            self.untilMinute = untilMinute
        }

        /// Whether a time of Unix, in seconds, lies in the hours.
        public func contains(unixSeconds: Double) -> Bool {
            let korea = unixSeconds + Double(Instant.koreaOffsetSeconds)
            let day = Int((korea / 86_400).rounded(.down))
            let minute = Int((korea - Double(day) * 86_400) / 60)
            // 1970-01-01 was a Thursday.
            func isOn(_ day: Int) -> Bool {
                weekdays.isEmpty || weekdays.contains(((day + 3) % 7 + 7) % 7 + 1)
            }
            if fromMinute < untilMinute {
                return isOn(day) && minute >= fromMinute && minute < untilMinute
            }
            return isOn(day) && minute >= fromMinute || isOn(day - 1) && minute < untilMinute
        }
    }

    /// Four places of the picture whose place on the ground is known.
    public struct Homography: Sendable, Hashable, Codable {
        /// The places in the picture.
        public var picture: [Point]
        /// The same places on the ground, in metres.
        public var groundMetres: [Point]

        /// Creates the pairs.
        public init(picture: [Point], groundMetres: [Point]) {
            self.picture = picture
            self.groundMetres = groundMetres
        }
    }

    /// From how many people on a square metre on each level holds.
    public struct CrowdLimits: Sendable, Hashable, Codable {
        /// 관심.
        public var attention: Double
        /// 주의.
        public var caution: Double
        /// 경계.
        public var alert: Double
        /// 심각.
        public var serious: Double
        /// How far below a limit the density falls before the level does, as a share of the limit.
        public var hysteresis: Double

        /// Creates limits; those of the city where not given: 1, 2, 3 and 5 people on a square metre.
        public init(
            attention: Double = 1,
            caution: Double = 2,
            alert: Double = 3,
            serious: Double = 5,
            hysteresis: Double = 0.15
        ) {
            self.attention = attention
            self.caution = caution
            self.alert = alert
            self.serious = serious
            self.hysteresis = hysteresis
        }

        var ascending: [Double] { [attention, caution, alert, serious] }
    }

    /// The zones.
    public var zones: [Zone]
    /// The lines.
    public var lines: [Line]
    /// The ground; without one, sizes are told by the people's own height.
    public var homography: Homography?
    /// The limits of a crowd.
    public var crowd: CrowdLimits

    /// Creates rules; none where nothing is given, which leaves falls, things left behind, unusual
    /// motion and the camera's own health.
    public init(
        zones: [Zone] = [],
        lines: [Line] = [],
        homography: Homography? = nil,
        crowd: CrowdLimits = .init()
    ) {
        self.zones = zones
        self.lines = lines
        self.homography = homography
        self.crowd = crowd
    }

    /// Reads rules; what is missing is as if it were not given.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            zones: try keys.decodeIfPresent([Zone].self, forKey: .zones) ?? [],
            lines: try keys.decodeIfPresent([Line].self, forKey: .lines) ?? [],
            homography: try keys.decodeIfPresent(Homography.self, forKey: .homography),
            crowd: try keys.decodeIfPresent(CrowdLimits.self, forKey: .crowd) ?? .init()
        )
    }
}
