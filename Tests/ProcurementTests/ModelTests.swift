import Basics
import Foundation
import Testing

@testable import Procurement

@Suite struct `Words of a plan` {
    @Test func `every label, English label and raw value reads back as its term`() {
        func check<Term: PlanTerm>(_ terms: Term.Type) {
            for term in Term.allCases {
                #expect(Term(korean: term.label.korean) == term)
                #expect(Term(korean: term.label.english) == term)
                #expect(Term(korean: term.rawValue) == term)
                #expect(Term(korean: " \(term.label.korean) ") == term)
            }
            #expect(Term(korean: "") == nil)
            #expect(Term(korean: "꽃밭 조성") == nil)
        }
        check(AgencyKind.self)
        check(ProjectType.self)
        check(OrderTiming.self)
        check(Technology.self)
        check(ContractMethod.self)
        check(ProcurementRoute.self)
        check(Continuity.self)
        check(ProjectStatus.self)
        check(BudgetBand.self)
        check(NoticeFlag.self)
        check(PlanEdition.Kind.self)
    }

    @Test(arguments: [
        ("S/W 개발", ProjectType.softwareDevelopment), ("ＳＷ개발", .softwareDevelopment),
        ("소프트웨어 개발", .softwareDevelopment), ("전산장비ㆍ솔루션 도입", .hardwareAndSoftware),
        ("H/W 및 S/W 도입", .hardwareAndSoftware), ("정보시스템 유지보수", .operationAndMaintenance),
        ("운영·유지관리", .operationAndMaintenance), ("통신망 구축", .networkAndSecurity),
        ("DB 구축", .database), ("정보화전략계획(ISP)", .consulting), ("기타(교육)", .educationAndOther),
    ])
    func `types read in the spellings of ten years`(text: String, type: ProjectType) {
        #expect(ProjectType(korean: text) == type)
    }

    @Test(arguments: [
        ("제한경쟁(협상에 의한 계약)", ContractMethod.negotiated), ("협상에의한계약", .negotiated),
        ("수의 계약", .direct), ("일반경쟁입찰", .open), ("제한(총액)", .restricted),
    ])
    func `contract methods read with their details`(text: String, method: ContractMethod) {
        #expect(ContractMethod(korean: text) == method)
    }

    @Test func `technologies come out of a list, unknown words apart`() {
        let (found, unknown) = Technology.list(korean: "AI, 빅 데이터/사물인터넷·요술봉")
        #expect(found == [.artificialIntelligence, .bigData, .internetOfThings])
        #expect(unknown == ["요술봉"])
        #expect(Technology.list(korean: "해당없음").technologies.isEmpty)
        #expect(Technology.list(korean: "AR·VR").technologies == [.extendedReality])
    }

    @Test func `the crosswalk brings old names to today's types`() {
        #expect(TypeCrosswalk.types(named: "유지보수", inYear: 2013) == [.operationAndMaintenance])
        #expect(TypeCrosswalk.types(named: "유지보수", inYear: 2021) == nil)
        #expect(TypeCrosswalk.types(named: "SW개발", inYear: 2014) == [.softwareDevelopment])
        #expect(
            TypeCrosswalk.types(named: "기타(ISP·교육)", inYear: 2013) == [
                .consulting, .educationAndOther,
            ]
        )
        #expect(TypeCrosswalk.edition(forYear: 2013).entry(named: "통신망 구축")?.coverage == .narrower)
        #expect(TypeCrosswalk.types(named: "HW 및 SW 도입", inYear: 2030) == [.hardwareAndSoftware])
    }

    @Test(arguments: [
        (20_000_000, BudgetBand.upTo20Million), (20_000_001, .upTo100Million),
        (100_000_000, .upTo100Million), (500_000_000, .upTo500Million),
        (1_000_000_000, .upTo1Billion), (5_000_000_000, .upTo5Billion),
        (5_000_000_001, .over5Billion), (0, .upTo20Million),
    ])
    func `a limit belongs to the band below it`(amount: Int, band: BudgetBand) {
        #expect(BudgetBand(Won(Int64(amount))) == band)
    }

    @Test(arguments: [
        ("노원구", "11350"), ("서울특별시 노원구", "11350"), ("서울시 노원구청", "11350"), ("서울시", "11000"),
        ("서울교통 공사", "119001"),
    ])
    func `agencies are found by the names officers write`(name: String, id: String) {
        #expect(SeoulAgencies.directory.agency(named: name)?.id == id)
    }
}

@Suite struct `Notice titles` {
    @Test(arguments: [
        ("[사전공개] 통합 시스템 구축", [NoticeFlag.advance], "통합 시스템 구축"),
        ("통합 시스템 구축(재공고, 협상)", [.repeated, .negotiated], "통합 시스템 구축"),
        ("(긴급)「차세대」 위탁용역", [.urgent], "「차세대」 위탁용역"),
        ("[재공고][긴급][협상형]자동분석시스템 개량", [.repeated, .urgent, .negotiated], "자동분석시스템 개량"),
        ("[긴급] [지문] [국제] 방송시스템", [.urgent, .international], "방송시스템"),
        ("전산시스템 구축 용역 입찰공고[긴급]", [.urgent], "전산시스템 구축 용역"),
        ("교육지원시스템 구축 용역 재공고", [.repeated], "교육지원시스템 구축 용역"),
        ("지능정보화계획(ISP) 수립(2차)", [], "지능정보화계획(ISP) 수립(2차)"),
        ("[열린 괄호 시스템", [], "[열린 괄호 시스템"), ("재공고", [], "재공고"),
    ])
    func `brackets become flags and the rest is the bare title`(
        title: String,
        flags: [NoticeFlag],
        bare: String
    ) {
        let notice = NoticeTitle(title)
        #expect(notice.flags == Set(flags))
        #expect(notice.bare == bare)
        #expect(notice.text == title)
    }
}

@Suite struct `Edition differences` {
    private let projects = Array(SampleCity.projects().prefix(60))

    @Test func `a plan does not differ from itself, in any order`() {
        var random = SeededRandom(seed: 3)
        let difference = EditionDifference(from: projects, to: projects.shuffled(using: &random))
        #expect(difference.isEmpty)
        #expect(difference.unchangedCount == 60)
        #expect(difference.totalsBefore == difference.totalsAfter)
    }

    @Test func `a changed budget and month are told with before and after`() throws {
        var after = projects
        after[4].budget = .eok(7)
        after[4].order.month = 12
        after[4].contactName = "다른 담당자"
        let change = try #require(EditionDifference(from: projects, to: after).changed.first)
        #expect(change.changes.map(\.field) == ["budget", "order"])
        #expect(change.changes[0].after.korean == "700,000,000원")
        #expect(change.changes[1].after.korean.contains("12월"))
    }

    @Test func `a renamed key is one changed project`() throws {
        var after = projects
        after[9].key = "새 번호"
        after[9].title = "[재공고] \(after[9].title)"
        let difference = EditionDifference(from: projects, to: after)
        #expect(difference.added.isEmpty && difference.removed.isEmpty)
        let change = try #require(difference.changed.first)
        #expect(change.keyChanged)
        #expect(change.changes.map(\.field) == ["title"])
    }

    @Test func `whatever is done to a plan, the difference accounts for every project`() {
        var random = SeededRandom(seed: 17)
        for _ in 0..<100 {
            var after = projects.shuffled(using: &random)
            after.removeLast(Int.random(in: 0...10, using: &random))
            for _ in 0..<Int.random(in: 0...10, using: &random) {
                let index = Int.random(in: after.indices, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: after[index].budget += .eok(1)
                case 1: after[index].key += "x"
                default: after[index].notes += "!"
                }
            }
            let difference = EditionDifference(from: projects, to: after)
            let kept = difference.unchangedCount + difference.changed.count
            #expect(kept + difference.removed.count == projects.count)
            #expect(kept + difference.added.count == after.count)
            let moved =
                difference.changed.reduce(Won.zero) { $0 + $1.after.budget - $1.before.budget }
                + difference.added.reduce(.zero) { $0 + $1.budget }
                - difference.removed.reduce(.zero) { $0 + $1.budget }
            #expect(
                difference.totalsBefore.budget + moved == difference.totalsAfter.budget
            )
            let again = EditionDifference(
                from: projects.shuffled(using: &random),
                to: after.shuffled(using: &random)
            )
            #expect(again == difference)
        }
    }

    @Test func `the sample's newest editions are exactly its projects`() {
        let editions = SampleCity.editions()
        #expect(editions.count == 52 + SampleCity.revisedAgencyIDs.count)
        #expect(PlanEdition.current(of: editions) == SampleCity.projects())
        #expect(PlanEdition.current(of: editions.reversed()) == SampleCity.projects())
        for id in SampleCity.revisedAgencyIDs {
            let own = editions.filter { $0.agency.id == id }
            #expect(own.map(\.kind) == [.original, .revised])
            let difference = EditionDifference(from: own[0].projects, to: own[1].projects)
            #expect(difference.added.count == 1 && difference.removed.count == 1)
            #expect(!difference.changed.isEmpty)
        }
    }

    @Test func `projects and editions come back from JSON`() throws {
        let edition = SampleCity.editions()[3]
        let data = try JSONEncoder().encode(edition)
        #expect(try JSONDecoder().decode(PlanEdition.self, from: data) == edition)
        #expect(projects[0].withoutPersonalData.contactPhone == nil)
    }
}
