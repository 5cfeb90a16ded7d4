public import Basics

/// Which sites to choose, with the proof of how good the choice is.
public struct CoveragePlan: Sendable, Hashable {
    /// A district before and after.
    public struct DistrictChange: Sendable, Hashable {
        /// The district.
        public var district: String
        /// What all its points weigh.
        public var weight: Double
        /// What the points weigh that are served by what stands already.
        public var servedBefore: Double
        /// What the points weigh that are served by the plan.
        public var servedAfter: Double
        /// New sites in it.
        public var newSiteCount: Int
    }

    /// A new site and what it adds.
    public struct Choice: Sendable, Hashable {
        /// The place of the site in the problem.
        public var site: Int
        /// What the points weigh that nobody before it in the plan serves.
        public var gain: Double
    }

    /// The new sites, the one that adds most a won first.
    public var choices: [Choice]
    /// What they cost.
    public var cost: Won
    /// What the served points weigh, those of fixed sites included.
    public var servedWeight: Double
    /// No choice within the budget can serve more than this.
    public var upperBound: Double
    /// The districts, by name.
    public var districts: [DistrictChange]

    /// How far the plan may lie from the best, as a share of the bound.
    public var gap: Double {
        upperBound > 0 ? max(0, upperBound - servedWeight) / upperBound : 0
    }
}
