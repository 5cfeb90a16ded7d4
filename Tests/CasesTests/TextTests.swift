import Basics
import City
import CityTesting
import Foundation
import Store
import Testing

@testable import Cases

private let officer = "benefits@sample.example"
private let approver = "approver@sample.example"
private let editor = "programmes@sample.example"

extension CityClient {
    /// Words a text of a procedure, or does something else on its page.
    fileprivate func word(
        _ text: String,
        of procedure: String,
        _ korean: String = "",
        _ english: String = "",
        action: String = "save",
        number: Int = 0
    ) async throws -> Answer {
        let path = "/desk/texts/\(procedure)/\(text)"
        return try await submit(
            path,
            from: path,
            [
                "korean": korean, "english": english, "action": action,
                "number": String(number),
            ]
        )
    }

    fileprivate func kept(_ id: String) async throws -> CaseProcedure {
        try #require(try await deskStore.read { try CaseProcedures.find(id, in: $0) })
    }
}

@Suite struct `The texts of a procedure` {
    @Test func `are worded by an editor, versioned, kept over a start, and taken back`()
        async throws
    {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let described = procedure("worded", fourEyes: false)
            let record = try await client.submitted(described)
            let hand = try await client.signedIn(as: editor)
            let (text, path) = ("correctionReason", "/desk/texts/worded/correctionReason")
            let saved = try await hand.word(text, of: "worded", "다시 내 주세요.", "Send it again.")
            #expect(saved.status == 303)
            #expect(try await hand.get(path).body.contains("다시 내 주세요."))
            let reviewer = try await client.signedIn(as: officer)
            let form = try await reviewer.get("/desk/cases/\(record.id)")
            #expect(form.body.contains("다시 내 주세요."))
            #expect(
                try await reviewer.get("/desk/procedures/worded").body.contains("문구를 고침")
            )

            try await client.deskStore.write { try CaseProcedures.describe(described, in: $0) }
            let key = CaseTextKey.sentence(.correctionReason)
            #expect(try await client.kept("worded").texts?[key]?.english == "Send it again.")

            // Whoever saw an older version is not taken at their word.
            let late = try await hand.word(text, of: "worded", "다른 말", "Other words")
            #expect(late.status == 422)
            #expect(late.body.contains("그 사이 다른 사람이"))
            let back = try await hand.word(text, of: "worded", action: "original", number: 1)
            #expect(back.status == 303)
            #expect(try await client.kept("worded").texts?[key] == nil)
            let versions = try await client.deskStore.read {
                try ProcedureTexts.versions(of: key, "worded", in: $0)
            }
            #expect(versions.map(\.state) == [.inForce, .inForce])
            #expect(versions.map { $0.text?.value.korean } == [nil, "다시 내 주세요."])
        }
    }

    @Test func `wait for a second person where the decision does`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            try await client.deskStore.write {
                try CaseProcedures.describe(procedure("eyes"), in: $0)
            }
            let (hand, decider) = (
                try await client.signedIn(as: editor), try await client.signedIn(as: approver)
            )
            let text = "approvalLetter"
            #expect(try await hand.word(text, of: "eyes", "문의: 복지과", "Ask us").status == 303)
            #expect(try await client.kept("eyes").text(.approvalLetter).korean.isEmpty)
            let own = try await hand.word(text, of: "eyes", action: "accept", number: 1)
            #expect(own.status == 422)
            #expect(try await decider.get("/desk/texts/eyes").body.contains("결재 대기"))
            let page = try await decider.get("/desk/texts/eyes/\(text)").body
            #expect(page.contains("문의: 복지과"))
            let accepted = try await decider.word(text, of: "eyes", action: "accept", number: 1)
            #expect(accepted.status == 303)
            #expect(try await client.kept("eyes").text(.approvalLetter).korean == "문의: 복지과")

            let proposed = try await decider.word(text, of: "eyes", "둘", "Two", number: 1)
            #expect(proposed.status == 303)
            // An approver does not approve what they wrote.
            let alone = try await decider.word(text, of: "eyes", action: "accept", number: 2)
            #expect(alone.status == 422)
            #expect(try await client.kept("eyes").text(.approvalLetter).korean == "문의: 복지과")
        }
    }

    @Test func `change no letter that was sent`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(procedure("sent", fourEyes: false))
            let reviewer = try await client.signedIn(as: officer)
            let hand = try await client.signedIn(as: editor)
            _ = try await hand.word("refusalOpening", of: "sent", "첫 말입니다.", "First words.")
            _ = try await reviewer.work("take", on: sent)
            _ = try await reviewer.work("refuse", on: sent)
            try await client.deliver()
            let path = "/letters/\(sent.id)/1"
            #expect(try await reviewer.get(path).body.contains("첫 말입니다."))
            _ = try await hand.word("refusalOpening", of: "sent", "둘째 말", "Second", number: 1)
            #expect(try await client.kept("sent").text(.refusalOpening).korean == "둘째 말")
            let letter = try await reviewer.get(path).body
            #expect(letter.contains("첫 말입니다."))
            #expect(!letter.contains("둘째 말"))
            // The appeal is told with its day, in the house's words.
            #expect(letter.contains("90일 안에 (2027년 2월 23일까지) 이의신청"))
            #expect(letter.contains("<h2>사유</h2><p>시험 사유</p>"))
            let english = try await reviewer.get("\(path)?lang=en").body
            #expect(english.contains("First words."))
            #expect(english.contains("within 90 days of this notice (by 2027-02-23)"))
        }
    }

    @Test func `name documents as the office does, in the form and in the letter`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(procedure("papers", fourEyes: false))
            let hand = try await client.signedIn(as: editor)
            for (aspect, korean) in [
                ("title", "본인 통장 사본"), ("hint", "이름과 번호가 보이게"), ("source", "거래 은행"),
            ] {
                let saved = try await hand.word(
                    "document.bank.\(aspect)",
                    of: "papers",
                    korean,
                    "English \(aspect)"
                )
                #expect(saved.status == 303, "\(aspect)")
            }
            let start = try await client.get("/apply/papers").body
            for text in ["본인 통장 사본", "이름과 번호가 보이게", "발급받는 곳: 거래 은행"] {
                #expect(start.contains(text), "\(text)")
            }
            let reviewer = try await client.signedIn(as: officer)
            _ = try await reviewer.work("take", on: sent)
            let path = "/desk/cases/\(sent.id)"
            let asked = try await reviewer.submit(
                "\(path)/work",
                from: path,
                [
                    "action": "correction", "correction.reason": "흐림", "correction.days": "7",
                    "version": try await client.record(sent.id).version.description,
                    "correction.document": "bank",
                ]
            )
            #expect(asked.status == 303)
            try await client.deliver()
            let letter = try await reviewer.get("/letters/\(sent.id)/1").body
            #expect(letter.contains("<li>본인 통장 사본</li>"))
        }
    }

    @Test(
        arguments: [
            ("received", "접수했습니다.", "Received."),
            ("received", "{접수번호} {기한} {이름}", "{receipt} {deadline}"),
            ("reviewBegun", "{기한}까지", "soon"), ("reviewBegun", "", ""),
            ("reviewBegun", "한국어만", ""), ("document.bank.title", "", ""),
            ("document.bank.title", String(repeating: "가", count: 201), "long"),
        ]
    )
    func `say all they must and nothing that is not known`(
        _ text: String,
        _ korean: String,
        _ english: String
    ) async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            try await client.deskStore.write {
                try CaseProcedures.describe(procedure("faults", fourEyes: false), in: $0)
            }
            let hand = try await client.signedIn(as: editor)
            let refused = try await hand.word(text, of: "faults", korean, english)
            #expect(refused.status == 422)
            #expect(try await client.kept("faults").texts == nil)
        }
    }

    @Test func `are shown to officers, worded by none of them, and hidden from others`()
        async throws
    {
        try await CityClient.with(caseCity, now: deskDay) { client in
            try await client.deskStore.write {
                try CaseProcedures.describe(procedure("mine", fourEyes: false), in: $0)
            }
            let reviewer = try await client.signedIn(as: officer)
            #expect(try await reviewer.get("/desk/texts").body.contains("시험 지원 mine"))
            let refused = try await reviewer.word("withdrawn", of: "mine", "말", "Words")
            #expect(refused.status == 422)
            let resident = try await client.signedIn(as: "resident@sample.example")
            #expect(try await resident.get("/desk/texts/mine").status == 403)
            let hand = try await client.signedIn(as: editor)
            for path in ["nothing", "mine/nothing", "mine/document.none.title"] {
                #expect(try await hand.get("/desk/texts/\(path)").status == 404, "\(path)")
            }
            let preview = try await hand.word(
                "refusalLetter",
                of: "mine",
                "미리 본 말",
                "Previewed",
                action: "preview"
            )
            #expect(preview.status == 200)
            #expect(preview.body.contains("<p>미리 본 말</p>"))
            #expect(try await client.kept("mine").texts == nil)
        }
    }

    @Test func `of the time of one language are still read`() throws {
        let json = Data("{\"texts\": {\"refusalLetter\": \"문의: 복지과\"}}".utf8)
        let texts = try JSONDecoder().decode(CaseTexts.self, from: json)
        #expect(texts[.sentence(.refusalLetter)] == Bilingual(same: "문의: 복지과"))
    }
}
