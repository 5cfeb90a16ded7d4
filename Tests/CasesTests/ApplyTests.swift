import Basics
import City
import CityTesting
import Eligibility
import Foundation
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Testing

@testable import Cases

private let resident = "resident@sample.example"

extension CityClient {
    fileprivate var store: Store { city.platform.store }

    /// Begins an application; gives the identifier of the draft.
    fileprivate func begin(_ procedure: String) async throws -> String {
        let answer = try await submit(
            "/apply/\(procedure)",
            from: "/apply/\(procedure)",
            ["for": "self"]
        )
        let location = try #require(answer.headers[.location])
        return String(try #require(location.split(separator: "/").last))
    }

    fileprivate func step(
        _ id: String,
        _ step: String,
        _ fields: KeyValuePairs<String, String>
    ) async throws -> Answer {
        let path = "/apply/cases/\(id)/\(step)"
        return try await submit(path, from: path, fields)
    }

    fileprivate func find(_ id: String) async throws -> Case {
        try #require(try await store.read { try Cases.find(id, in: $0) })
    }

    fileprivate func pdf(_ id: String, _ requirement: String, _ name: String) async throws -> Answer
    {
        try await upload(
            "/apply/cases/\(id)/upload/\(requirement)",
            from: "/apply/cases/\(id)/document.\(requirement)",
            [:],
            file: (name, Array("%PDF-1.7 \(name)".utf8))
        )
    }

    /// Fills everything that the emergency procedure asks.
    fileprivate func fillEmergency(_ id: String) async throws {
        #expect(try await step(id, "contact", ["telephone": "010-1234-5678"]).status == 303)
        for (fact, value) in [
            "seoulResident": "yes", "householdAssets": "1억원", "financialAssets": "500만원",
        ] {
            let answer = try await step(id, "fact.\(fact)", ["fact.\(fact)": value])
            #expect(answer.status == 303, "\(fact)")
        }
        for path in try await openFacts(id) {
            #expect(try await step(id, path, ["skip": "1"]).status == 303, "\(path)")
        }
        #expect(try await step(id, "own.crisis", ["own.crisis": "실직"]).status == 303)
        let account = ["own.account": "견본은행 110-123-456789"] as KeyValuePairs
        #expect(try await step(id, "own.account", account).status == 303)
        #expect(try await step(id, "consents", ["consent": "processing"]).status == 303)
        for document in ["proof-of-the-crisis", "diagnosis", "copy-of-the-bank-book"] {
            #expect(try await pdf(id, "rules-\(document)", "\(document).pdf").status == 303)
        }
    }

    /// The pages of facts that are still to do.
    private func openFacts(_ id: String) async throws -> [String] {
        let rules = CaseRules.of(city.platform)
        return try await store.read { db in
            let record = try #require(try Cases.find(id, in: db))
            let contents = try CaseContents(record, in: db)
            let form = CaseForm(contents, rules: rules, on: db.now.date)
            return form.missing.map(\.path).filter { $0.hasPrefix("fact.") }
        }
    }
}

@Suite struct `Somebody who applies` {
    @Test func `is led from the first question to the receipt, and sent once`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            #expect(try await person.begin("seoul-emergency") == id)
            try await person.fillEmergency(id)
            let check = try await person.get("/apply/cases/\(id)/check")
            #expect(check.body.contains("1억"))
            #expect(check.body.contains("규칙으로 본 결과"))
            let key = try #require(check.hidden("_idempotency"))
            let sent = try await person.step(id, "check", ["_idempotency": key])
            #expect(sent.status == 303)
            #expect(sent.headers[.location] == "/applications/\(id)?arrived=1")
            // The same page sent again, by a double click or from a page that lay open.
            let again = try await person.submit(
                "/apply/cases/\(id)/check",
                from: "/applications/\(id)",
                ["_idempotency": key]
            )
            #expect(again.status == 303)
            let record = try await person.find(id)
            #expect(record.state == .submitted)
            #expect(record.verdict?.value.verdict != nil)
            let page = try await person.get("/applications/\(id)?arrived=1")
            #expect(page.status == 200)
            #expect(page.body.contains(record.receipt))
            #expect(page.body.contains("처리기한"))
            #expect(try await person.get("/applications").body.contains(record.receipt))
            let calendar = try await person.get("/applications/\(id)/calendar")
            #expect(calendar.body.contains("SUMMARY:처리기한"))
            let stranger = try await client.signedIn(as: "company@sample.example")
            #expect(try await stranger.get("/applications/\(id)").status == 404)
            #expect(try await stranger.get("/apply/cases/\(id)").status == 404)
        }
    }

    @Test func `is led back to a question that was left open before the documents`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            _ = try await person.step(id, "contact", ["telephone": "010-1234-5678"])
            let asked = try await person.step(id, "own.crisis", ["own.crisis": "실직"])
            let next = try #require(asked.headers[.location])
            #expect(next.hasPrefix("/apply/cases/\(id)/fact."))
            let overview = try await person.get("/apply/cases/\(id)").body
            #expect(overview.contains("class=\"button primary\" href=\"\(next)\""))
        }
    }

    @Test func `loses nothing that was typed wrong, and cannot send it`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            let wrong = try await person.step(
                id,
                "fact.householdAssets",
                ["fact.householdAssets": "많음"]
            )
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("value=\"많음\""))
            let later = try await person.get("/apply/cases/\(id)/fact.householdAssets")
            #expect(later.body.contains("value=\"많음\""))
            let phone = try await person.step(id, "contact", ["telephone": "번호"])
            #expect(phone.status == 422)
            let check = try await person.step(id, "check", [:])
            #expect(check.status == 422)
            #expect(check.body.contains("아직 채우지 않은 것이"))
            #expect(try await person.find(id).state == .draft)
        }
    }

    @Test func `is told of dates in the future and of answers that contradict each other`()
        async throws
    {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            try await client.store.write { tx in
                try CaseProcedures.describe(
                    CaseProcedure(
                        id: "trial",
                        programme: "postpartum-care",
                        title: Bilingual("시험", "Trial"),
                        receiptPrefix: "TR",
                        organizationID: "11000"
                    ),
                    in: tx
                )
            }
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("trial")
            let future = try await person.step(
                id,
                "fact.youngestBirthDate",
                ["fact.youngestBirthDate": "2027-01-05"]
            )
            #expect(future.status == 422)
            #expect(future.body.contains("value=\"2027-01-05\""))

            // A child older than its mother, as the person's other answers may have it.
            try await client.store.write { tx in
                var record = try #require(try Cases.find(id, in: tx))
                var answers = record.answers.value
                answers.answers.answer("birthDate", .date(try day("2000-01-01")))
                answers.answers.people = [
                    Answers.Person(
                        id: "child",
                        relation: "child",
                        facts: ["birthDate": AnswerValue(.date(try day("1999-05-05")))],
                        households: ["family"]
                    )
                ]
                answers.answers.households = ["family"]
                record.answers = JSONColumn(answers)
                let writer = Actor.account(
                    SignedInAccount(id: record.accountID, kind: .resident, displayName: "")
                )
                _ = try CaseKeeping(by: writer, for: .caseApplication).save(record, in: tx)
            }
            let check = try await person.step(id, "check", [:])
            #expect(check.status == 422)
            #expect(check.body.contains("아이가 부모보다 먼저 태어났다고"))
            #expect(try await person.find(id).state == .draft)
        }
    }

    private func day(_ text: String) throws -> LocalDate {
        try #require(LocalDate(iso: text))
    }

    @Test func `goes on two months later and reads what changed in the rules`() async throws {
        let clock = MovingClock(Instant(try day("2026-06-01"), hour: 10))
        try await CityClient.with(casesCity, time: clock.source) { client in
            try await client.store.write { tx in
                try CaseProcedures.describe(
                    CaseProcedure(
                        id: "trial",
                        programme: "pregnancy-transport",
                        title: Bilingual("시험", "Trial"),
                        receiptPrefix: "TR",
                        organizationID: "11000"
                    ),
                    in: tx
                )
            }
            var person = try await client.signedIn(as: resident)
            let id = try await person.begin("trial")
            _ = try await person.step(id, "contact", ["telephone": "010-1234-5678"])
            let now = try await person.get("/apply/cases/\(id)")
            #expect(!now.body.contains("규칙이 바뀌었습니다"))
            clock.advance(seconds: 61 * 86_400)
            person = try await client.signedIn(as: resident)
            #expect(try await person.begin("trial") == id)
            let later = try await person.get("/apply/cases/\(id)")
            #expect(later.body.contains("규칙이 바뀌었습니다"))
            #expect(later.body.contains("2026년 7월 1일"))
            let contact = try await person.get("/apply/cases/\(id)/contact")
            #expect(contact.body.contains("010-1234-5678"))
        }
    }

    @Test func `finds all of twenty files again, and gets them as they were sent`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            for number in 1...21 {
                let name = "서류 \(number).pdf"
                #expect(try await person.pdf(id, "rules-diagnosis", name).status == 303)
            }
            let again = try await client.signedIn(as: resident)
            let page = try await again.get("/apply/cases/\(id)/document.rules-diagnosis")
            for number in 1...21 { #expect(page.body.contains("서류 \(number).pdf")) }
            let files = try await client.store.read { try Cases.documents(of: id, in: $0) }
            #expect(files.count == 21)
            let file = try #require(files.first { $0.fileName == "서류 7.pdf" })
            let sent = try await again.get("/applications/\(id)/files/\(file.id)")
            #expect(sent.body == "%PDF-1.7 서류 7.pdf")
            #expect(sent.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            let stranger = try await client.signedIn(as: "company@sample.example")
            #expect(
                try await stranger.get("/applications/\(id)/files/\(file.id)").status == 404
            )
            let removed = try await again.submit(
                "/apply/cases/\(id)/files/\(file.id)/remove",
                from: "/apply/cases/\(id)/document.rules-diagnosis",
                [:]
            )
            #expect(removed.status == 303)
            let left = try await client.store.read { try Cases.documents(of: id, in: $0) }
            #expect(left.count == 20)
        }
    }

    @Test func `is told why a file is not taken`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            let blobs = try await client.store.blobs.all().count
            func send(_ name: String, _ bytes: [UInt8]) async throws -> CityClient.Answer {
                try await person.upload(
                    "/apply/cases/\(id)/upload/rules-diagnosis",
                    from: "/apply/cases/\(id)/document.rules-diagnosis",
                    [:],
                    file: (name, bytes)
                )
            }
            let virus = try await send("eicar.pdf", CaseFile.testVirus)
            #expect(virus.status == 422)
            #expect(virus.body.contains("악성 코드"))
            let wrong = try await send("사진.png", Array("%PDF-1.7".utf8))
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("실제 내용이 다릅니다"))
            #expect(try await client.store.blobs.all().count == blobs)
        }
    }

    @Test func `may apply for somebody else with a stated basis`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let form = "/apply/seoul-emergency?for=other"
            let empty = try await person.submit(
                "/apply/seoul-emergency",
                from: form,
                ["for": "other", "name": "견본 어머니", "basis": "welfareOfficer"]
            )
            #expect(empty.status == 422)
            #expect(empty.body.contains("value=\"견본 어머니\""))
            let begun = try await person.submit(
                "/apply/seoul-emergency",
                from: form,
                [
                    "for": "other", "name": "견본 어머니", "birthDate": "1950-03-02",
                    "telephone": "02-000-0000", "basis": "family",
                    "statement": "딸이며 2026-11-20에 위임받음",
                ]
            )
            let id = String(
                try #require(begun.headers[.location]?.split(separator: "/").last)
            )
            let record = try await person.find(id)
            #expect(record.accountID.isEmpty)
            #expect(record.proxy?.value.basis == .family)
            #expect(record.proxy?.value.name.isEmpty == false)
            let page = try await person.get("/apply/cases/\(id)")
            #expect(page.body.contains("위임장"))
        }
    }

    @Test func `reuses what was answered before where the person agrees`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let first = try await person.begin("seoul-emergency")
            let account = try await person.find(first).accountID
            #expect(try await person.get("/apply/cases/\(first)").body.contains("아직"))
            #expect(
                try await person.submit(
                    "/apply/cases/\(first)",
                    from: "/apply/cases/\(first)",
                    [:]
                ).status == 303
            )
            try await client.store.write { tx in
                var answers = Answers()
                answers.answer("financialAssets", .money(Won(3_000_000)))
                try AnswerBook.save(answers, of: AnswerOwner(accountID: account), in: tx)
            }
            #expect(try await person.get("/apply/seoul-emergency").body.contains("name=\"reuse\""))
            func begun(_ fields: KeyValuePairs<String, String>) async throws -> Case {
                let path = "/apply/seoul-emergency"
                let answer = try await person.submit(path, from: path, fields)
                let location = try #require(answer.headers[.location])
                let id = try #require(location.split(separator: "/").last)
                return try await person.find(String(id))
            }
            let without = try await begun(["for": "self"])
            #expect(without.answers.value.answers.facts.isEmpty)
            let path = "/apply/cases/\(without.id)"
            _ = try await person.submit(path, from: path, [:])
            let with = try await begun(["for": "self", "reuse": "yes"])
            #expect(with.answers.value.answers.facts["financialAssets"] == .number(3_000_000))
            let consents = try await client.store.read { try Cases.consents(of: with.id, in: $0) }
            #expect(consents.map(\.kind) == [.reuse])
        }
    }

    @Test func `may apply after a warning where it does not fit, and finds it by its number`()
        async throws
    {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            try await person.fillEmergency(id)
            _ = try await person.step(
                id,
                "fact.financialAssets",
                ["fact.financialAssets": "2000만원"]
            )
            let check = try await person.get("/apply/cases/\(id)/check")
            #expect(check.body.contains("조건에 맞지 않습니다"))
            #expect(check.body.contains("1,000만원"))
            #expect(try await person.step(id, "check", ["_idempotency": "k"]).status == 422)
            let sent = try await person.step(
                id,
                "check",
                ["_idempotency": "k", "knowing": "yes"]
            )
            #expect(sent.status == 303)
            let record = try await person.find(id)
            #expect(record.verdict?.value.verdict == .ineligible)
            let search = "/search?q=\(record.receipt)"
            #expect(try await person.get(search).body.contains("/applications/\(id)"))
            let other = try await client.signedIn(as: "company@sample.example")
            #expect(try await !other.get(search).body.contains("/applications/\(id)"))
        }
    }

    @Test func `is given a due date that leaves out the holidays an administrator adds`()
        async throws
    {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let administrator = try await client.signedIn(as: "admin@sample.example")
            let wrong = try await administrator.submit(
                "/admin/holidays",
                from: "/admin/holidays",
                ["day": "2026-02-30", "title": "없는 날"]
            )
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("value=\"없는 날\""))
            let added = try await administrator.submit(
                "/admin/holidays",
                from: "/admin/holidays",
                ["day": "2026-11-27", "title": "임시공휴일"]
            )
            #expect(added.status == 303)
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            try await person.fillEmergency(id)
            _ = try await person.step(id, "check", ["_idempotency": "k", "knowing": "yes"])
            #expect(try await person.find(id).dueOn?.iso == "2026-12-03")
        }
    }

    @Test func `answers what is asked for and reads who looked`() async throws {
        try await CityClient.with(casesCity, now: casesNoon) { client in
            let person = try await client.signedIn(as: resident)
            let id = try await person.begin("seoul-emergency")
            try await person.fillEmergency(id)
            _ = try await person.step(id, "check", ["_idempotency": "k", "knowing": "yes"])
            let sent = try await person.find(id)
            let officer = reviewer
            try await client.store.write { tx in
                let keeping = CaseKeeping(by: officer, for: .caseReview)
                let record = try #require(
                    try Cases.record(id, for: officer, purpose: .caseReview, in: tx)
                )
                _ = try keeping.requestCorrection(
                    try keeping.startReview(record, in: tx),
                    reason: "통장 사본이 흐립니다.",
                    documents: ["rules-copy-of-the-bank-book"],
                    days: 5,
                    in: tx
                )
            }
            let asked = try await person.get("/applications/\(id)")
            #expect(asked.body.contains("통장 사본이 흐립니다."))
            #expect(asked.body.contains("신청 심사"))
            let file = try await person.upload(
                "/applications/\(id)/upload/rules-copy-of-the-bank-book",
                from: "/applications/\(id)",
                [:],
                file: ("통장.pdf", Array("%PDF-1.7 new".utf8))
            )
            #expect(file.status == 303)
            let version = try #require(
                try await person.get("/applications/\(id)").hidden("version")
            )
            let stale = try await person.submit(
                "/applications/\(id)/correction",
                from: "/applications/\(id)",
                ["version": "1", "text": "다시 올렸습니다."]
            )
            #expect(stale.status == 422)
            #expect(stale.body.contains("다시 올렸습니다."))
            let answered = try await person.submit(
                "/applications/\(id)/correction",
                from: "/applications/\(id)",
                ["version": version, "text": "다시 올렸습니다."]
            )
            #expect(answered.status == 303)
            #expect(try await person.find(id).state == .inReview)
            #expect(sent.receipt.hasPrefix("2026-EM-"))
        }
    }
}

private let reviewer = person("officer", .staff, .caseOfficer)
