import Basics
import Eligibility
import Programmes
import Web

/// The programmes of one portal, narrowed by what a family says of itself.
///
/// Age and district are asked of the rules: a programme drops out only where they refuse it whatever
/// else may be true, so nothing is hidden that might still fit; an age also leaves out the stages of
/// life that lie behind.
struct ProgrammeFilter: Sendable {
    /// Programmes on one page.
    static let pageSize = 20

    /// What the address asks for.
    struct Query: Sendable, Hashable {
        var stage: LifeStage?
        var needs: Set<ChildcareNeed>
        var ages: Set<ChildAge>
        var districts: Set<String>

        /// Reads `stage`, `need`, `age`, `district`; words that mean nothing count as not said.
        init(_ items: QueryItems) {
            stage = items["stage"].flatMap(LifeStage.init)
            needs = Set(items.all("need").compactMap(ChildcareNeed.init))
            ages = Set(items.all("age").compactMap(ChildAge.init))
            districts = Set(items.all("district"))
        }
    }

    let query: Query
    /// The districts that the rules know.
    let districts: [ChoiceList.Choice]
    private let programmes: [Programme]
    /// The programmes that may fit a child of an age, and a district.
    private let fittingAge: [ChildAge: Set<String>]
    private let fittingDistrict: [String: Set<String>]

    /// Asks the rules of a portal.
    init(_ query: Query, _ rules: CompiledCatalogue, on date: LocalDate) throws {
        self.query = query
        let current = rules.catalogue.programmes.filter { $0.version(on: date) != nil }
        programmes = LifeStage.allCases.flatMap { stage in
            current.filter { LifeStage(of: $0) == stage }
        }
        let all = rules.catalogue.fact("district")?.type.choices?.choices ?? []
        districts = all.filter { $0.name != "outside" }
        var judge = Judge(rules, on: date)
        func fitting(_ situations: [Situation]) throws -> Set<String> {
            var names: Set<String> = []
            for situation in situations {
                let verdicts = judge.verdicts(of: try FactSheet(situation, in: rules))
                for (programme, verdict) in zip(rules.catalogue.programmes, verdicts)
                where verdict == .eligible || verdict == .undecided {
                    names.insert(programme.name)
                }
            }
            return names
        }
        var ages: [ChildAge: Set<String>] = [:]
        for age in ChildAge.allCases { ages[age] = try fitting(age.situations(on: date)) }
        var places: [String: Set<String>] = [:]
        for district in districts {
            let facts: [String: FactValue] = [
                "district": .choice(district.name), "seoulResident": .bool(true),
            ]
            places[district.name] = try fitting([Situation(date: date, facts: facts)])
        }
        fittingAge = ages
        fittingDistrict = places
    }

    /// The programmes that are left.
    var found: [Programme] { programmes.filter { finds($0) } }

    /// How many would be left with one more stage, need, age or district, the others of its kind aside.
    func count(_ stage: LifeStage?) -> Int {
        programmes.count { finds($0, without: "stage") && Self.has($0, stage) }
    }
    func count(_ need: ChildcareNeed) -> Int {
        programmes.count { finds($0, without: "need") && $0.tags.contains(need.rawValue) }
    }
    func count(_ age: ChildAge) -> Int {
        programmes.count { finds($0, without: "age") && fits($0, age) }
    }
    func count(district: String) -> Int {
        programmes.count { finds($0, without: "district") && fits($0, district: district) }
    }

    private func finds(_ programme: Programme, without: String? = nil) -> Bool {
        let needs = query.needs
        return (without == "stage" || Self.has(programme, query.stage))
            && (without == "need" || needs.isEmpty
                || needs.contains { programme.tags.contains($0.rawValue) })
            && (without == "age" || query.ages.isEmpty
                || query.ages.contains { fits(programme, $0) })
            && (without == "district" || query.districts.isEmpty
                || query.districts.contains { fits(programme, district: $0) })
    }

    private static func has(_ programme: Programme, _ stage: LifeStage?) -> Bool {
        stage.map { LifeStage(of: programme) == $0 } ?? true
    }
    private func fits(_ programme: Programme, _ age: ChildAge) -> Bool {
        LifeStage(of: programme).map(age.stages.contains) == true
            && fittingAge[age]?.contains(programme.name) == true
    }
    private func fits(_ programme: Programme, district: String) -> Bool {
        fittingDistrict[district]?.contains(programme.name) == true
    }
}

extension LifeStage {
    /// The stage of a programme, by its tags; nil where it has none.
    init?(of programme: Programme) {
        let stage = Self.allCases.first { programme.tags.contains($0.rawValue) }
        guard let stage else { return nil }
        self = stage
    }
}
