public import Basics

/// A camera, as far as its replacement is concerned.
public struct AgeingCamera: Sendable, Hashable {
    /// Its name in the data.
    public var id: String
    /// The district that runs it.
    public var district: String
    /// When it was installed.
    public var installedOn: LocalDate
    /// The resolution, in hundredths of a million pixels.
    public var hundredthMegapixels: Int
    /// What its replacement costs.
    public var cost: Won
    /// How much its place counts beside others.
    public var weight: Double

    /// Creates a camera.
    public init(
        id: String,
        district: String,
        installedOn: LocalDate,
        hundredthMegapixels: Int,
        cost: Won,
        weight: Double = 1
    ) {
        self.id = id
        self.district = district
        self.installedOn = installedOn
        self.hundredthMegapixels = hundredthMegapixels
        self.cost = cost
        self.weight = weight
    }
}

/// When a camera is due: the city replaces those of seven years and those below 1.3 million pixels.
public struct ReplacementRule: Sendable, Hashable {
    /// The years after which it is due.
    public var maximumYears = 7
    /// Below this resolution it is due, in hundredths of a million pixels.
    public var minimumHundredthMegapixels = 130

    /// The city's rule.
    public init() {}

    /// Whether a camera is due on a day.
    public func isDue(_ camera: AgeingCamera, on day: LocalDate) -> Bool {
        camera.hundredthMegapixels < minimumHundredthMegapixels
            || age(camera, on: day) >= maximumYears
    }

    /// The full years of a camera.
    func age(_ camera: AgeingCamera, on day: LocalDate) -> Int {
        let from = camera.installedOn
        let isBeforeDay = (day.month, day.day) < (from.month, from.day)
        return day.year - from.year - (isBeforeDay ? 1 : 0)
    }

    /// How urgent the replacement is: years past the limit and the resolution that is missing, times
    /// the weight of the place.
    func urgency(_ camera: AgeingCamera, on day: LocalDate) -> Double {
        let years = Double(max(0, age(camera, on: day) - maximumYears + 1))
        let missing = Double(max(0, minimumHundredthMegapixels - camera.hundredthMegapixels))
        return (years + missing / Double(max(minimumHundredthMegapixels, 1)) * 5) * camera.weight
    }
}

/// Which cameras to replace within a budget, the most urgent first and no district left behind.
public struct ReplacementPlan: Sendable, Hashable {
    /// A district before and after.
    public struct District: Sendable, Hashable {
        /// The district.
        public var name: String
        /// Cameras that are due.
        public var dueCount: Int
        /// Cameras that the plan replaces.
        public var replacedCount: Int
    }

    /// The cameras to replace, by their places in the list, the most urgent first.
    public var chosen: [Int]
    /// What that costs.
    public var cost: Won
    /// The districts, by name.
    public var districts: [District]

    /// Chooses cameras.
    ///
    /// - Parameters:
    ///   - cameras: All cameras.
    ///   - day: The day the ages are counted on.
    ///   - budget: What there is to spend.
    ///   - equity: The share of the budget, from 0 to 1, that is first divided among the districts by
    ///     what their due cameras cost; the rest goes where it is most urgent.
    ///   - rule: When a camera is due.
    public init(
        _ cameras: [AgeingCamera],
        on day: LocalDate,
        budget: Won,
        equity: Double = 0.5,
        rule: ReplacementRule = .init()
    ) {
        let due = cameras.indices.filter { rule.isDue(cameras[$0], on: day) }
            .map { (index: $0, urgency: rule.urgency(cameras[$0], on: day)) }
            .sorted { ($0.urgency, $1.index) > ($1.urgency, $0.index) }
            .map(\.index)
        let total = due.reduce(Int64(0)) { $0 + cameras[$1].cost.amount }
        let shared = Double(budget.amount) * min(max(equity, 0), 1)
        var quotas: [String: Double] = [:]
        for index in due {
            quotas[cameras[index].district, default: 0] +=
                Double(cameras[index].cost.amount) / Double(max(total, 1)) * shared
        }
        var isChosen = Set<Int>()
        var left = budget.amount
        func take(_ index: Int) {
            isChosen.insert(index)
            left -= cameras[index].cost.amount
        }
        for index in due {
            let camera = cameras[index]
            let price = Double(camera.cost.amount)
            guard quotas[camera.district] ?? 0 >= price, left >= camera.cost.amount else {
                continue
            }
            quotas[camera.district]? -= price
            take(index)
        }
        for index in due where !isChosen.contains(index) && left >= cameras[index].cost.amount {
            take(index)
        }
        chosen = due.filter(isChosen.contains)
        cost = Won(budget.amount - left)
        districts = Dictionary(grouping: due) { cameras[$0].district }
            .map { name, indices in
                District(
                    name: name,
                    dueCount: indices.count,
                    replacedCount: indices.count(where: isChosen.contains)
                )
            }
            .sorted { $0.name < $1.name }
    }
}
