import Basics
import City
import CityTesting
import Hosting
import HTTPTypes
import Identity
import Testing
import Web

@testable import Procurement

private let city = CityComposition(modules: [CityRecords.self], services: [Procurement.self])

@Suite struct `The portal` {
    @Test func `the listing shows the published totals of 2023`() async throws {
        try await CityClient.with(city) { client in
            let page = try await client.get("/procurement/projects").body
            #expect(page.contains("1,431건"))
            #expect(page.contains("3,703억원"))
            #expect(page.contains("표본"))
        }
    }

    @Test(arguments: [
        ("/procurement/report", "34.3%"), ("/procurement/consistency", "19.1%"),
        ("/procurement/projects?q=%EC%B1%97%EB%B4%87", "챗봇"),
        ("/procurement/projects?agencyKind=district&timing=firstQuarter", "건"),
        ("/procurement/projects?q=%22%00&page=99999&year=x&sort=none", "찾은 사업이 없습니다"),
        ("/procurement/feed", "<feed"), ("/procurement/calendar", "BEGIN:VCALENDAR"),
        ("/procurement/projects.csv?q=%EC%B1%97%EB%B4%87", "사업명"),
        ("/procurement/projects.json?q=%EC%B1%97%EB%B4%87", "ocds-kr1111"),
        ("/api/procurement/projects", "\"count\":1431"), ("/organizations", "노원구"),
    ])
    func `every page answers what it is asked`(path: String, text: String) async throws {
        try await CityClient.with(city) { client in
            let answer = try await client.get(path)
            #expect(answer.status == 200)
            #expect(answer.body.contains(text), "\(path) does not show \(text)")
        }
    }

    @Test func `every figure of the report counts what its link finds`() async throws {
        try await CityClient.with(city) { client in
            let projects = SampleCity.projects()
            let report = PlanReport(year: 2023, projects: projects)
            let figures =
                [report.total, report.newTechnology] + report.agencyKinds + report.types
                + report.timings + report.technologies
            for figure in figures where figure.count > 0 {
                let page = try await client.get(figure.link.target).body
                #expect(
                    page.contains("<strong>\(figure.count.grouped)건</strong>"),
                    "\(figure.name): \(figure.link.target)"
                )
            }
        }
    }

    @Test func `an officer in charge is shown to officers of that agency only`() async throws {
        try await CityClient.with(city) { client in
            let project = try #require(
                SampleCity.projects().first { $0.agencyID == "11350" && $0.contactName != nil }
            )
            let name = try #require(project.contactName)
            let path = Places.project(project).target
            let officer = try await client.signedIn(as: "district.plan@sample.example")
            let company = try await client.signedIn(as: "company@sample.example")
            let toVisitor = try await client.get(path).body
            let toOfficer = try await officer.get(path).body
            let toCompany = try await company.get(path).body
            #expect(!toVisitor.contains(name))
            #expect(toOfficer.contains(name))
            #expect(!toCompany.contains(name))
        }
    }

    @Test func `wrong parameters of the endpoint are named`() async throws {
        try await CityClient.with(city) { client in
            let answer = try await client.get("/api/procurement/projects?page=0&timing=soon")
            #expect(answer.status == 400)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.body.contains("\"field\":\"page\""))
            #expect(answer.body.contains("\"field\":\"timing\""))
        }
    }
}
