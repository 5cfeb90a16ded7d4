import Basics
import Cases
import City
import CityTesting
import Eligibility
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Testing

@testable import Youth

private let city = CityComposition(
    modules: [CityRecords.self, CityProgrammes.self, CityCases.self],
    services: [Youth.self]
)
private let resident = "resident@sample.example"
/// 11 May 2026, noon in Korea: the window of the youth rent is open.
private let may = Instant(millisecondsSinceEpoch: 1_778_468_400_000)

extension CityClient {
    /// The answers of somebody of 27 who rents alone.
    fileprivate func answerAsRenter(_ login: String) async throws {
        var answers = Answers()
        answers.facts = [
            "birthDate": .text("1999-02-10"), "militaryServiceMonths": .number(0),
            "seoulResident": .bool(true), "householdForm": .text("single"),
            "tenancy": .text("privateRent"), "homeOwned": .bool(false),
            "insuranceHouseholdSize": .number(1), "insuranceIncome": .number(2_400_000),
            "deposit": .number(30_000_000), "rent": .number(550_000),
            "generalAssets": .number(30_000_000), "carValue": .number(0),
            "basicLivelihood": .text("none"),
        ]
        answers.receipts = []
        let saved = answers
        let id = try await account(login)
        try await city.platform.store.write {
            try AnswerBook.save(saved, of: AnswerOwner(accountID: id), in: $0)
        }
    }

    fileprivate func account(_ login: String) async throws -> String {
        try #require(
            try await city.platform.store.read {
                try $0.value(
                    "SELECT id FROM identity_account WHERE login_name = \(login)",
                    as: String.self
                )
            }
        )
    }

    /// Puts a document into the wallet of whoever is signed in.
    fileprivate func putIntoWallet(
        kind: String,
        issuedOn: String,
        file: (name: String, bytes: [UInt8])
    ) async throws -> Answer {
        try await upload(
            "/wallet",
            from: "/wallet",
            ["kind": kind, "title": "", "issuedOn": issuedOn],
            file: file
        )
    }
}

private let pdf = (name: "계약서.pdf", bytes: Array("%PDF-1.7\n%%EOF".utf8))

@Suite struct `The youth portal` {
    @Test func `shows everybody the five fields, what closes and what opens`() async throws {
        try await CityClient.with(city, now: may) { client in
            let home = try await client.get("/youth")
            #expect(home.status == 200)
            for word in ["일자리", "주거", "교육", "복지·문화", "참여·권리", "곧 마감", "질문 시작하기"] {
                #expect(home.body.contains(word), "\(word)")
            }
            #expect(home.body.contains("서울시 청년월세지원"))
            let list = try await client.get("/youth/programmes?category=housing")
            #expect(list.body.contains("서울시 청년월세지원"))
            #expect(list.body.contains("이삿짐 함께 나르기"))
            #expect(!list.body.contains("밤에 여는 코딩 교실"))
            let words = try await client.get("/youth/programmes?q=%EC%BD%94%EB%94%A9")
            #expect(words.body.contains("밤에 여는 코딩 교실"))
            let judged = try await client.get("/youth/programmes?judged=yes&category=housing")
            #expect(!judged.body.contains("이삿짐 함께 나르기"))
        }
    }

    @Test func `keeps what has ended out of its list until somebody asks for it`() async throws {
        try await CityClient.with(city, now: may) { client in
            let title = "전세 계약 같이 읽기"
            let path = "/youth/programmes?q=%EC%A0%84%EC%84%B8%20%EA%B3%84%EC%95%BD"
            let shown = try await client.get(path)
            #expect(!shown.body.contains(title))
            #expect(try await client.get(path + "&state=ended").body.contains(title))
        }
    }

    @Test func `gives the windows as a calendar to subscribe to`() async throws {
        try await CityClient.with(city, now: may) { client in
            let calendar = try await client.get("/youth/calendar.ics")
            #expect(calendar.headers[.contentType]?.hasPrefix("text/calendar") == true)
            #expect(calendar.body.contains("BEGIN:VEVENT"))
            #expect(calendar.body.contains("youth-seoul-youth-rent-"))
            #expect(try await client.get("/youth/calendar").body.contains("청년월세지원"))
        }
    }

    @Test func `tells somebody of 27 who rents alone what fits and what it shuts out`() async throws
    {
        try await CityClient.with(city, now: may) { client in
            try await client.answerAsRenter(resident)
            let renter = try await client.signedIn(as: resident)
            let home = try await renter.get("/youth")
            #expect(home.body.contains("내게 맞는 지원"))
            #expect(home.body.contains("/youth/before/seoul-youth-rent"))
            let before = try await renter.get("/youth/before/seoul-youth-rent")
            #expect(before.body.contains("지금 답으로는 모든 조건에 맞습니다."))
            #expect(before.body.contains("국토교통부 청년월세 지원"))
            #expect(before.body.contains("/apply/seoul-youth-rent"))
            #expect(try await renter.get("/youth/before/pregnancy-transport").status == 404)
        }
    }

    @Test func `explains duties and when payments stop for what a person receives`() async throws {
        try await CityClient.with(city, now: may) { client in
            let id = try await client.account(resident)
            try await client.city.platform.store.write { tx in
                var answers = Answers()
                answers.receipts = [
                    .init(
                        programme: "hope-double-account",
                        from: LocalDate(iso: "2026-01-01")!,
                        to: nil
                    )
                ]
                try AnswerBook.save(answers, of: AnswerOwner(accountID: id), in: tx)
            }
            let renter = try await client.signedIn(as: resident)
            let page = try await renter.get("/youth/supports")
            #expect(page.body.contains("희망두배 청년통장"))
            #expect(page.body.contains("지급이 멈출 때"))
            #expect(page.body.contains("내가 답한 것"))
            #expect(try await client.get("/youth/supports").status == 401)
        }
    }

    @Test func `has applications of every stage in the sample, judged on their day`() async throws {
        try await CityClient.with(city, now: may) { client in
            let rounds = try await client.city.platform.store.read {
                try CaseProcedures.rounds(of: "seoul-youth-rent", in: $0)
            }
            #expect(Set(rounds.map(\.state)) == [.selected, .running])
            let states = try await client.city.platform.store.read { db in
                try db.rows(
                    """
                    SELECT DISTINCT state FROM case_record
                    WHERE procedure_id = 'youth-mind-health' ORDER BY state
                    """,
                    as: String.self
                )
            }
            #expect(
                states == ["approved", "correctionRequested", "inReview", "refused", "submitted"]
            )
        }
    }
}

@Suite struct `The wallet of documents` {
    @Test func `takes a document once and puts it into applications with consent`() async throws {
        try await CityClient.with(city, now: may) { client in
            let renter = try await client.signedIn(as: resident)
            #expect(
                try await renter.putIntoWallet(
                    kind: "leaseContract",
                    issuedOn: "2026-04-01",
                    file: pdf
                ).status == 303
            )
            let begun = try await renter.submit(
                "/apply/seoul-youth-rent",
                from: "/apply/seoul-youth-rent",
                [:]
            )
            #expect(begun.status == 303)
            let page = try await renter.get("/wallet")
            let caseID = try #require(page.hidden("case"))
            let requirement = try #require(page.hidden("requirement"))
            let id = try await client.city.platform.store.read {
                try $0.value("SELECT id FROM case_wallet_document", as: String.self)
            }
            let document = try #require(id)
            let suffix = "\(caseID)-\(requirement)"
            func use(_ consent: String) async throws -> Int {
                try await renter.submit(
                    "/wallet/use",
                    from: "/wallet",
                    [
                        "case": caseID, "requirement": requirement,
                        "document-\(suffix)": document, "consent-\(suffix)": consent,
                    ]
                ).status
            }
            #expect(try await use("") == 422)
            #expect(try await use("yes") == 303)
            let kept = try await client.city.platform.store.read {
                try Cases.documents(of: caseID, in: $0)
            }
            #expect(kept.map(\.fileName) == ["계약서.pdf"])
            // The copy has a salt of its own: removing the one leaves the other.
            let removed = try await renter.submit(
                "/wallet/\(document)/remove",
                from: "/wallet",
                [:]
            )
            #expect(removed.status == 303)
            let file = try await renter.get("/applications/\(caseID)/files/\(kept[0].id)")
            #expect(file.body.hasPrefix("%PDF-1.7"))
            #expect(try await renter.get("/wallet").body.contains("임대차계약서"))
        }
    }

    @Test func `is its owner's alone`() async throws {
        try await CityClient.with(city, now: may) { client in
            let renter = try await client.signedIn(as: resident)
            _ = try await renter.putIntoWallet(
                kind: "bankBook",
                issuedOn: "2026-05-01",
                file: pdf
            )
            let id = try #require(
                try await client.city.platform.store.read {
                    try $0.value("SELECT id FROM case_wallet_document", as: String.self)
                }
            )
            #expect(try await renter.get("/wallet/\(id)/file").body.hasPrefix("%PDF"))
            for other in ["admin@sample.example", "benefits@sample.example"] {
                let client = try await client.signedIn(as: other)
                #expect(try await client.get("/wallet/\(id)/file").status == 404)
                let own = try await client.get("/wallet")
                #expect(!own.body.contains("계약서.pdf"))
            }
        }
    }

    @Test(arguments: [
        ("leaseContract", "2026-12-01", pdf.name, pdf.bytes),
        ("", "2026-05-01", pdf.name, pdf.bytes),
        ("leaseContract", "어제", pdf.name, pdf.bytes),
        ("leaseContract", "2026-05-01", "a.exe", pdf.bytes),
        ("leaseContract", "2026-05-01", "a.png", pdf.bytes),
        ("leaseContract", "2026-05-01", "a.pdf", []),
        (
            "leaseContract", "2026-05-01", "a.pdf",
            Array(
                ("%PDF-X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD" + "-ANTIVIRUS-TEST-FILE!$H+H*")
                    .utf8
            )
        ),
    ])
    func `refuses what it cannot take, and says why`(
        _ kind: String,
        _ issuedOn: String,
        _ name: String,
        _ bytes: [UInt8]
    ) async throws {
        try await CityClient.with(city, now: may) { client in
            let renter = try await client.signedIn(as: resident)
            let answer = try await renter.putIntoWallet(
                kind: kind,
                issuedOn: issuedOn,
                file: (name, bytes)
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("role=\"alert\""))
        }
    }

    @Test(arguments: [
        ("2026-05-01", true), ("2026-02-10", true), ("2026-02-09", false),
    ])
    func `has documents for three months from their issue`(_ issuedOn: String, _ isYoung: Bool)
        throws
    {
        let day = try #require(LocalDate(iso: issuedOn))
        let document = WalletDocument(
            id: "1",
            accountID: "1",
            kind: .leaseContract,
            title: "",
            fileName: "a.pdf",
            mediaType: "application/pdf",
            byteCount: 1,
            digest: "",
            issuedOn: day,
            createdAt: may
        )
        let requirement = CaseDocumentRequirement("lease", Bilingual(same: "임대차계약서"))
        #expect(document.isYoungEnough(for: requirement, on: may.date) == isYoung)
        #expect(document.kind.fits(requirement))
        #expect(!WalletKind.medical.fits(requirement))
        if case .tooOld = document.freshness(on: may.date) {
            #expect(!isYoung)
        } else {
            #expect(isYoung)
        }
    }
}
