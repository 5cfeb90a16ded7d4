import Basics
import City
import CityTesting
import Foundation
import HTTPTypes
import Hosting
import Identity
import Store
import Testing
import Web

@testable import Cases

private let officer = "benefits@sample.example"
private let approver = "approver@sample.example"

@Suite struct `The officers’ desk` {
    @Test
    func `takes a case from its arrival to the payment, with two persons where that is asked`()
        async throws
    {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(
                procedure("two"),
                verdict: try verdict(estimate: 400_000)
            )
            let reviewer = try await client.signedIn(as: officer)
            let decider = try await client.signedIn(as: approver)
            #expect(try await reviewer.get("/desk").body.contains(sent.receipt))

            #expect(try await reviewer.work("take", on: sent).status == 303)
            #expect(try await reviewer.work("proposeApproval", on: sent).status == 303)
            // The reviewer is offered no decision, and is refused one.
            let page = try await reviewer.get("/desk/cases/\(sent.id)").body
            #expect(!page.contains("name=\"approve.reason\""))
            #expect(try await reviewer.work("approve", on: sent).status == 422)
            #expect(try await client.record(sent.id).state == .inReview)

            #expect(try await decider.work("approve", on: sent).status == 303)
            let granted = try await client.record(sent.id)
            #expect(granted.state == .approved)
            #expect(granted.decision?.value.amount == Won(400_000))

            try await client.deliver()
            try await pay(sent, reviewer: reviewer, decider: decider)
            #expect(try await reviewer.work("fulfil", on: sent).status == 303)
            #expect(try await client.record(sent.id).state == .fulfilled)
        }
    }

    private func pay(_ sent: Case, reviewer: CityClient, decider: CityClient) async throws {
        let (page, path) = ("/desk/cases/\(sent.id)", "/desk/cases/\(sent.id)/payments")
        let asked = try await reviewer.submit(
            path,
            from: page,
            ["kind": "requested", "amount": "400,000", "why": "첫 지급"]
        )
        #expect(asked.status == 303)
        let own = try await reviewer.submit(
            path,
            from: page,
            ["kind": "ordered", "concerns": "2"]
        )
        #expect(own.status == 422)
        #expect(try await decider.get("/desk/payments").body.contains(sent.receipt))
        let ordered = try await decider.submit(
            path,
            from: page,
            ["kind": "ordered", "concerns": "2"]
        )
        #expect(ordered.status == 303)
        let ledger = try await reviewer.deskStore.read { try Payments.ledger(of: sent.id, in: $0) }
        #expect(ledger.entries.map(\.kind) == [.decided, .requested, .ordered])
        #expect(ledger.balance.leftToPay == Won(400_000))

        let csv = "접수번호,승인번호,이용일,금액\n\(sent.receipt),K1,2026-11-25,400000\nX,K2,2026-11-25,5\n"
        let uploaded = try await reviewer.upload(
            "/desk/payments/settlements",
            from: "/desk/payments/settlements",
            [:],
            file: (name: "정산.csv", content: csv)
        )
        let review = try #require(uploaded.headers[.location])
        #expect(try await reviewer.get(review).body.contains("맞지 않는 줄"))
        for _ in 0..<2 {
            #expect(try await reviewer.submit(review, from: review, [:]).status == 303)
        }
        let paid = try await reviewer.deskStore.read { try Payments.ledger(of: sent.id, in: $0) }
        #expect(paid.balance.received == Won(400_000))
        #expect(paid.entries.count == 4)
        let file = try await reviewer.get("/desk/payments/ledger/csv")
        #expect(file.body.contains("K1"))
    }

    @Test func `never lets an officer work on what they applied for, alone or in bulk`()
        async throws
    {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let own = try await client.submitted(procedure("own", fourEyes: false), by: officer)
            let reviewer = try await client.signedIn(as: officer)
            #expect(try await reviewer.work("take", on: own).status == 422)
            let page = try await reviewer.get("/desk/bulk?action=take&case=\(own.id)").body
            #expect(page.contains("할 수 없는 신청"))
            #expect(try await client.record(own.id).state == .submitted)
            let paid = try await reviewer.submit(
                "/desk/cases/\(own.id)/payments",
                from: "/desk/cases/\(own.id)",
                ["kind": "decided", "amount": "1"]
            )
            #expect(paid.status == 422)
        }
    }

    @Test func `does in bulk what can be done, and tells what cannot before and after`()
        async throws
    {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let reviewer = try await client.signedIn(as: officer)
            let one = try await client.submitted(procedure("bulk", fourEyes: false))
            let two = try await client.submitted(procedure("bulk", fourEyes: false))
            let four = try await client.submitted(procedure("four"))
            for record in [one, four] {
                #expect(try await reviewer.work("take", on: record).status == 303)
            }
            let ids = [one, two, four].map { "case=\($0.id)" }.joined(separator: "&")
            let path = "/desk/bulk?action=refuse&\(ids)"
            let confirm = try await reviewer.get(path).body
            // One can be refused; one is not in review yet; one takes another person.
            #expect(confirm.contains("고른 3건 가운데 1건"))
            #expect(try await client.record(one.id).state == .inReview)

            let version = try await client.record(one.id).version
            let bare = try await reviewer.submit(
                "/desk/bulk",
                from: path,
                ["action": "refuse", "case": "\(one.id) \(version)"]
            )
            #expect(bare.status == 422)
            let done = try await reviewer.submit(
                "/desk/bulk",
                from: path,
                [
                    "action": "refuse", "case": "\(one.id) \(version)", "case": "\(two.id) 2",
                    "case": "\(four.id) 1", "reason": "소득이 기준을 넘습니다.",
                ]
            )
            #expect(done.body.contains("3건 가운데 1건을 처리"))
            #expect(try await client.record(one.id).state == .refused)
            #expect(try await client.record(two.id).state == .submitted)
            #expect(try await client.record(four.id).state == .inReview)
        }
    }

    @Test func `shows what is overdue first, and finds by receipt, state and assignee`()
        async throws
    {
        let clock = MovingClock(deskDay)
        try await CityClient.with(caseCity, sample: true, time: clock.source) { client in
            let late = try await client.submitted(procedure("due"))
            clock.advance(seconds: 14 * 86_400)
            let fresh = try await client.submitted(procedure("due"))
            let reviewer = try await client.signedIn(as: officer)
            let body = try await reviewer.get("/desk?procedure=due").body
            let first = try #require(body.range(of: late.receipt))
            let second = try #require(body.range(of: fresh.receipt))
            #expect(first.lowerBound < second.lowerBound)
            #expect(body.contains("일 지남"))
            let found = try await reviewer.get("/desk?q=\(fresh.receipt)").body
            #expect(found.contains(fresh.receipt) && !found.contains(late.receipt))
            let overdue = try await reviewer.get("/desk?due=overdue&procedure=due").body
            #expect(overdue.contains(late.receipt) && !overdue.contains(fresh.receipt))
            let mine = try await reviewer.get("/desk?assignee=mine&procedure=due").body
            #expect(!mine.contains(late.receipt))
        }
    }

    @Test func `keeps the look of an officer in the trail of the case`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(procedure("trail"))
            let reviewer = try await client.signedIn(as: officer)
            _ = try await reviewer.get("/desk/cases/\(sent.id)")
            let reads = try await client.deskStore.read { db in
                try db.value(
                    """
                    SELECT COUNT(*) FROM audit_record WHERE subject_id = \(sent.id)
                        AND action = 'read' AND purpose_code = 'cases.review'
                    """,
                    as: Int.self
                ) ?? 0
            }
            #expect(reads == 1)
            let resident = try await client.signedIn(as: "resident@sample.example")
            #expect(try await resident.get("/desk/cases/\(sent.id)").status == 403)
            #expect(try await resident.get("/letters/\(sent.id)/1").status == 404)
        }
    }

    @Test func `opens a document as it was sent, and to officers alone`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(procedure("files", fourEyes: false))
            let reviewer = try await client.signedIn(as: officer)
            _ = try await reviewer.work("take", on: sent)
            _ = try await reviewer.work("correction", on: sent)
            let pdf = Array("%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n".utf8)
            let welfare = try await client.signedIn(as: "welfare@sample.example")
            let sentFile = try await welfare.upload(
                "/applications/\(sent.id)/upload/bank",
                from: "/applications/\(sent.id)",
                [:],
                file: (name: "통장.pdf", bytes: pdf)
            )
            #expect(sentFile.status == 303)
            let page = try await reviewer.get("/desk/cases/\(sent.id)").body
            let link = try #require(
                page.firstMatch(of: /href="(\/desk\/cases\/[a-z0-9]+\/documents\/[a-z0-9]+)"/)
            )
            let file = try await reviewer.get(String(link.1))
            #expect(file.body == String(decoding: pdf, as: UTF8.self))
            #expect(try await welfare.get(String(link.1)).status == 403)
        }
    }

    @Test func `answers an appeal, and reviews again what was granted`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(procedure("appeal", fourEyes: false))
            let reviewer = try await client.signedIn(as: officer)
            _ = try await reviewer.work("take", on: sent)
            #expect(try await reviewer.work("refuse", on: sent).status == 303)
            let welfare = try await client.actor("welfare@sample.example")
            let refused = try await client.record(sent.id)
            _ = try await client.deskStore.write { tx in
                try CaseKeeping(by: welfare, for: .caseApplication)
                    .appeal(refused, reason: "소득이 줄었습니다.", in: tx)
            }
            #expect(try await reviewer.get("/desk/cases/\(sent.id)").body.contains("소득이 줄었습니다."))
            #expect(try await reviewer.work("grantAppeal", on: sent).status == 303)
            #expect(try await client.record(sent.id).state == .inReview)
        }
    }

    @Test func `takes in an application at the desk, with the consent on paper`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            _ = try await client.submitted(procedure("paper", fourEyes: false))
            let reviewer = try await client.signedIn(as: officer)
            let bare = try await reviewer.submit(
                "/desk/intake",
                from: "/desk/intake",
                ["procedure": "paper", "name": "견본 방문인", "statement": "방문"]
            )
            #expect(bare.status == 422)
            #expect(bare.body.contains("견본 방문인"))
            let taken = try await reviewer.submit(
                "/desk/intake",
                from: "/desk/intake",
                [
                    "procedure": "paper", "name": "견본 방문인", "statement": "방문, 신분증 확인",
                    "consent": "processing",
                ]
            )
            #expect(taken.status == 303)
            let link = try #require(taken.headers[.location])
            #expect(link.hasPrefix("/apply/cases/"))
            #expect(try await reviewer.get(link).status == 200)
        }
    }
}

@Suite struct `The settings of a procedure` {
    @Test func `are changed by officers, told in its history, and outlive a new start`()
        async throws
    {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let described = procedure("settings")
            _ = try await client.submitted(described)
            let reviewer = try await client.signedIn(as: officer)
            let path = "/desk/procedures/settings"
            let wrong = try await reviewer.submit(
                path,
                from: path,
                ["dueDays": "0", "needsFourEyes": "yes"]
            )
            #expect(wrong.status == 422)
            let set = try await reviewer.submit(
                path,
                from: path,
                ["dueDays": "9", "needsFourEyes": "no"]
            )
            #expect(set.status == 303)
            try await client.deskStore.write { try CaseProcedures.describe(described, in: $0) }
            let kept = try await client.deskStore.read {
                try CaseProcedures.find("settings", in: $0)
            }
            #expect(kept?.dueDays == 9)
            #expect(kept?.needsFourEyes == false)
            #expect(try await reviewer.get(path).body.contains("처리기한 5일 → 9일"))
        }
    }

    @Test func `take rounds whose days are in order and do not overlap`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            try await client.deskStore.write { try CaseProcedures.describe(procedure("r"), in: $0) }
            let reviewer = try await client.signedIn(as: officer)
            let path = "/desk/procedures/r/rounds"
            func add(_ opens: String, _ closes: String, _ places: String = "10") async throws -> Int
            {
                try await reviewer.submit(
                    path,
                    from: "/desk/procedures/r",
                    ["title": "1차", "opens": opens, "closes": closes, "places": places]
                ).status
            }
            #expect(try await add("2026-12-10", "2026-12-01") == 422)
            #expect(try await add("2026-12-01", "2026-12-10", "많이") == 422)
            #expect(try await add("2026-12-01", "2026-12-10") == 303)
            #expect(try await add("2026-12-10", "2026-12-20") == 422)
            #expect(try await add("2026-12-11", "2026-12-20", "") == 303)
        }
    }
}
