import Basics
import Eligibility
import Programmes
import Testing

@testable import Childcare

/// The rules of the repository.
enum CityRules {
    static func compiled() throws -> CompiledCatalogue {
        let folder = try #require(RuleFolder.nearest(to: #filePath))
        return CompiledCatalogue(try RuleCatalogue(try RuleFolder.files(at: folder)))
    }
}

func day(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }

@Suite struct `The timeline of a family` {
    private let catalogue: CompiledCatalogue

    init() throws { catalogue = try CityRules.compiled() }

    /// What every family of these tests has answered.
    private func known(since: String = "2020-01-01") throws -> Situation {
        Situation(
            date: try day("2026-11-25"),
            facts: [
                "seoulResident": .bool(true), "seoulSince": .date(try day(since)),
                "bothParentsForeign": .bool(false), "childAtSameAddress": .bool(true),
                "birthRegisteredInSeoul": .bool(true), "daycare": .bool(false),
                "insuranceIncome": .money(Won(4_000_000)), "insuranceHouseholdSize": .integer(4),
                "doubleIncome": .bool(true), "childrenCaredFor": .integer(2),
            ],
            history: []
        )
    }

    private func timeline(
        _ family: Family,
        from today: String = "2026-11-25",
        monthCount: Int = 24,
        _ names: String...
    ) throws -> FamilyTimeline {
        let programmes = catalogue.catalogue.programmes.filter { names.contains($0.name) }
        return try FamilyTimeline(
            of: family,
            programmes,
            in: catalogue,
            from: try day(today),
            monthCount: monthCount
        )
    }

    private func entry(_ name: String, _ timeline: FamilyTimeline) throws -> FamilyTimeline.Entry {
        try #require(timeline.entries.first { $0.programme == name })
    }

    @Test func `expecting twins: the days and the amounts of each programme`() throws {
        let family = Family(
            known: try known(),
            birthDates: [],
            dueDate: try day("2027-03-10"),
            expectedCount: 2
        )
        let timeline = try timeline(
            family,
            monthCount: 42,
            "pregnancy-transport",
            "postpartum-care",
            "first-meeting-voucher",
            "parental-benefit",
            "parents-taxi",
            "seoul-childminding",
            "pregnancy-medical-voucher"
        )
        // By hand: name, opens, best day, closes, last of all, each time for both.
        let expected: [(String, String, String, String?, String?, Int64?)] = [
            // 25 weeks today; until three months after the birth.
            (
                "pregnancy-transport", "2026-11-25", "2026-11-25", "2027-06-09", "2027-06-09",
                700_000
            ),
            // The day of birth and 180 days; 100 for the first child and 120 for the second.
            ("postpartum-care", "2027-03-10", "2027-03-10", "2027-09-06", "2027-09-06", 2_200_000),
            // Two years; 200 and 300.
            (
                "first-meeting-voucher", "2027-03-10", "2027-03-10", "2029-03-10", "2029-03-10",
                5_000_000
            ),
            // Up to the end of the month before the second birthday.
            ("parental-benefit", "2027-03-10", "2027-03-10", "2029-02-28", "2029-02-28", 2_000_000),
            // The end of the month of the 24th month; 10 each.
            ("parents-taxi", "2027-03-10", "2027-03-10", "2029-03-31", "2029-03-31", 200_000),
            // From month 23, the first to the fifteenth, to the month of the 36th.
            ("seoul-childminding", "2029-02-01", "2029-02-01", "2029-02-15", "2030-03-15", 450_000),
        ]
        for (name, opens, best, closes, last, each) in expected {
            let entry = try entry(name, timeline)
            #expect(entry.opens.iso == opens, "\(name) opens")
            #expect(entry.bestDay.iso == best, "\(name) best")
            #expect(entry.closes?.iso == closes, "\(name) closes")
            #expect(entry.lastDay?.iso == last, "\(name) last")
            #expect(entry.each?.amount == each, "\(name) each")
            #expect(entry.isCertain, "\(name) certain")
        }
        #expect(try entry("postpartum-care", timeline).children.map(\.order) == [1, 2])
        #expect(try entry("seoul-childminding", timeline).periods.count == 14)
        let parental = try entry("parental-benefit", timeline).periods[0].amounts
        #expect(parental.map(\.from.iso) == ["2027-03-10", "2028-03-01"])
        #expect(parental.map(\.each?.amount) == [2_000_000, 1_000_000])
        // Nobody has said how the mother is insured.
        #expect(try entry("pregnancy-medical-voucher", timeline).isCertain == false)
        #expect(timeline.next(1).map(\.programme) == ["pregnancy-transport"])
    }

    @Test func `who moved to Seoul lately waits for the ninetieth day, the first one counted`()
        throws
    {
        let family = Family(
            known: try known(since: "2026-11-20"),
            birthDates: [],
            dueDate: try day("2026-12-20")
        )
        let timeline = try timeline(family, "postpartum-care", "pregnancy-transport")
        let care = try entry("postpartum-care", timeline)
        #expect([care.opens.iso, care.closes?.iso] == ["2027-02-17", "2027-06-18"])
        let transport = try entry("pregnancy-transport", timeline)
        #expect([transport.opens.iso, transport.closes?.iso] == ["2027-02-20", "2027-03-19"])
    }

    @Test func `the rules of the day count: 60 days and 100 for each twin before July 2026`() throws
    {
        let family = Family(
            known: try known(),
            birthDates: [try day("2025-04-20"), try day("2025-04-20")]
        )
        let timeline = try timeline(family, from: "2025-05-01", "postpartum-care")
        let care = try entry("postpartum-care", timeline)
        #expect(care.closes?.iso == "2025-06-19")
        #expect(care.each?.amount == 2_000_000)
    }

    @Test func `24 months last to the end of the month, for each child by itself`() throws {
        let family = Family(
            known: try known(),
            birthDates: [try day("2025-08-31"), try day("2024-12-10")]
        )
        let timeline = try timeline(family, "parents-taxi")
        let last = timeline.entries.map { "\($0.children.map(\.order)) \($0.closes?.iso ?? "")" }
        #expect(last.sorted() == ["[1] 2026-12-31", "[2] 2027-08-31"])
    }

    @Test func `a family that is preparing gets nothing for children`() throws {
        let family = Family(known: try known(), birthDates: [])
        let timeline = try timeline(family, "postpartum-care", "pregnancy-transport")
        #expect(timeline.entries.isEmpty)
        #expect(timeline.others.sorted() == ["postpartum-care", "pregnancy-transport"])
    }

    @Test func `the weeks of the pregnancy are full weeks before the due date`() throws {
        let due = try day("2027-03-10")
        let family = Family(known: try known(), birthDates: [], dueDate: due)
        let situations = family.situations(from: try day("2026-11-25"))
        for situation in situations.dropLast() {
            let left = due.daysSinceEpoch - situation.date.daysSinceEpoch
            #expect(situation.facts["pregnantWeeks"] == .integer((280 - left) / 7))
        }
        #expect(situations.last?.date == due)
        #expect(zip(situations, situations.dropFirst()).allSatisfy { $0.date < $1.date })
    }
}

@Suite struct `A family in the answers of a person` {
    private func answers(children: [String]) throws -> Answers {
        var answers = Answers()
        answers.households = ["family", "residentHousehold"]
        answers.people = try children.enumerated().map { place, born in
            Answers.Person(
                id: "p\(place)",
                name: "견본 \(place)",
                relation: "child",
                facts: ["birthDate": AnswerValue(.date(try day(born)))],
                households: ["family", "residentHousehold"]
            )
        }
        return answers
    }

    @Test func `a child that was told of already stays, another is added where the family lives`()
        throws
    {
        var answers = try answers(children: ["2020-05-05", "2022-01-31"])
        let today = try day("2026-11-25")
        let family = Family(
            known: Situation(date: today),
            birthDates: [try day("2022-01-31"), try day("2024-02-29")],
            dueDate: try day("2027-03-10"),
            expectedCount: 2
        )
        family.write(to: &answers, on: today)
        #expect(answers.people.map(\.name) == ["견본 1", ""])
        #expect(answers.people.allSatisfy { $0.households == ["family", "residentHousehold"] })
        let rules = try CityRules.compiled().catalogue
        let read = try #require(Family(answers, on: today, in: rules))
        #expect(read.birthDates.map(\.iso).sorted() == ["2022-01-31", "2024-02-29"])
        #expect(read.dueDate?.iso == "2027-03-10")
        #expect(read.expectedCount == 2)
        #expect(read.children.map(\.order) == [1, 2, 3, 4])
    }

    @Test func `weeks without a due date say the day, and silence says no family`() throws {
        let rules = try CityRules.compiled().catalogue
        let today = try day("2026-11-25")
        var answers = Answers()
        #expect(Family(answers, on: today, in: rules) == nil)
        answers.answer("pregnantWeeks", .integer(25))
        let family = try #require(Family(answers, on: today, in: rules))
        #expect(family.dueDate?.iso == "2027-03-10")
    }
}
