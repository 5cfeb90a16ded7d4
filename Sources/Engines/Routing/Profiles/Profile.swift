public import Basics

/// How a person walks or rolls: thresholds that a way should not cross and what everything costs.
///
/// It is data: read from JSON, edited, and turned into weights.
public struct Profile: Sendable, Hashable, Codable {
    /// What a way should not have.
    ///
    /// A threshold that is not given does not matter.
    public struct Thresholds: Sendable, Hashable, Codable {
        /// Kerbs and steps of this height or more, in millimetres.
        public var kerbMillimetres: Int?
        /// Climbs of this or more, in thousandths.
        public var uphillPermille: Int?
        /// Descents of this or more, in thousandths.
        public var downhillPermille: Int?
        /// Widths of this or less, in centimetres.
        public var widthCentimetres: Int?
        /// This smoothness or worse.
        public var smoothness: Smoothness?
        /// Surfaces.
        public var surfaces: [Surface] = []

        /// Creates thresholds that allow everything.
        public init() {}
    }

    /// What passing something forbidden costs beside the time it takes.
    public struct Penalty: Sendable, Hashable, Codable {
        /// Once.
        public var seconds: Double
        /// Times the time of the way.
        public var factor: Double

        /// Creates a penalty.
        public init(seconds: Double, factor: Double = 1) {
            self.seconds = seconds
            self.factor = factor
        }
    }

    /// What must be known of a way before it counts as confirmed.
    public enum Requirement: String, Sendable, Hashable, Codable, CaseIterable {
        /// Surface or smoothness.
        case ground
        /// The width.
        case width
        /// The slope.
        case incline
        /// The kerbs of crossings.
        case kerb
        /// The guiding line.
        case tactilePaving
        /// The sound of signals.
        case soundSignal
    }

    /// Its name for programs.
    public var name: String
    /// Its name for people.
    public var title: Bilingual
    /// The speed on an even, level way.
    public var metresPerSecond: Double
    /// What a way should not have.
    public var thresholds = Thresholds()
    /// What costs how much where it is against the thresholds or the profile avoids it; kinds that
    /// are not here are no violations.
    public var penalties: [ViolationKind: Penalty] = [:]
    /// What must be known.
    public var requirements: [Requirement] = []
    /// Times the time where there is a guiding line in the pavement: below 1 it is sought, above 1
    /// avoided.
    public var tactilePavingFactor = 1.0
    /// Times the time on a street without pavement.
    public var streetFactor = 1.2
    /// Times the time on a busy street without pavement.
    public var busyStreetFactor = 2.0
    /// Times the time on surfaces that are not paved evenly.
    public var roughFactor = 1.0
    /// Times the time for each tenth of slope upwards, added to 1.
    public var climbFactor = 0.5
    /// Seconds for each step of stairs.
    public var stepSeconds = 0.6
    /// Seconds to wait for a lift and ride it.
    public var liftSeconds = 40.0
    /// Seconds lost on an escalator against walking; negative where it is sought.
    public var escalatorSeconds = 5.0
    /// Seconds lost at a crossing with a signal.
    public var signalSeconds = 20.0
    /// Seconds lost at a crossing without.
    public var crossingSeconds = 5.0

    /// Creates a profile with the costs of a person on foot.
    public init(name: String, title: Bilingual, metresPerSecond: Double) {
        self.name = name
        self.title = title
        self.metresPerSecond = metresPerSecond
    }

    /// The profile, if its numbers can be used.
    ///
    /// - Throws: `RoutingError` `badProfile`.
    public func checked() throws(RoutingError) -> Profile {
        let factors = [
            tactilePavingFactor, streetFactor, busyStreetFactor, roughFactor,
        ]
        let seconds = [stepSeconds, liftSeconds, signalSeconds, crossingSeconds, climbFactor]
        guard metresPerSecond >= 0.1, metresPerSecond <= 10 else {
            throw .badProfile("metresPerSecond")
        }
        guard factors.allSatisfy({ $0 >= 0.1 && $0 <= 100 }) else { throw .badProfile("factor") }
        guard seconds.allSatisfy({ $0 >= 0 && $0 <= 10_000 }), abs(escalatorSeconds) <= 10_000
        else {
            throw .badProfile("seconds")
        }
        for (kind, penalty) in penalties {
            guard penalty.seconds >= 0, penalty.seconds <= 100_000, penalty.factor >= 1,
                penalty.factor <= 1_000
            else { throw .badProfile(kind.rawValue) }
        }
        return self
    }
}
