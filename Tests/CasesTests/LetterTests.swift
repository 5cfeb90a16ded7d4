import Basics
import City
import CityTesting
import Hosting
import Programs
import Store
import Testing

@testable import Cases

@Suite struct `The letters of an office` {
    @Test func `name the receipt, the clauses that were not met, and the right of appeal`()
        async throws
    {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(
                procedure("letters", fourEyes: false),
                verdict: try verdict(holds: false)
            )
            let officer = try await client.signedIn(as: "benefits@sample.example")
            _ = try await officer.work("take", on: sent)
            _ = try await officer.work("correction", on: sent, reason: "통장 사본을 내 주세요.")
            try await client.deliver()
            let letters = try await client.deskStore.read {
                try CaseLetters.all(of: sent.id, in: $0)
            }
            #expect(letters.map(\.kind) == [.correction])
            let page = try await officer.get("/letters/\(sent.id)/1")
            #expect(page.body.contains("보완 요청서"))
            #expect(page.body.contains(sent.receipt))
        }
    }

    @Test func `say the same ever after`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(
                procedure("letters", fourEyes: false),
                verdict: try verdict(holds: false)
            )
            let officer = try await client.signedIn(as: "benefits@sample.example")
            _ = try await officer.work("take", on: sent)
            _ = try await officer.work("refuse", on: sent, reason: "소득 기준을 넘습니다.")
            try await client.deliver()
            let body = try await officer.get("/letters/\(sent.id)/1").body
            for text in ["미선정 통지서", "월 소득이 기준보다 많습니다.", "90일", "2027년 2월 23일"] {
                #expect(body.contains(text), "\(text)")
            }
            let welfare = try await client.signedIn(as: "welfare@sample.example")
            let own = try await welfare.get("/applications/\(sent.id)").body
            #expect(own.contains("/letters/\(sent.id)/1"))
            #expect(try await welfare.get("/letters/\(sent.id)/1").status == 200)
            #expect(try await welfare.get("/letters/\(sent.id)/2").status == 404)
        }
    }

    @Test(
        .enabled("weasyprint and pdftotext are installed") {
            let (makes, reads) = (
                await LetterPDF.isAvailable, await Program("pdftotext").isInstalled
            )
            return makes && reads
        }
    )
    func `become PDFs whose text can be read`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let sent = try await client.submitted(procedure("pdf", fourEyes: false))
            let officer = try await client.signedIn(as: "benefits@sample.example")
            _ = try await officer.work("take", on: sent)
            _ = try await officer.work("refuse", on: sent)
            try await client.deliver()
            let letter = try #require(
                try await client.deskStore.read { try CaseLetters.all(of: sent.id, in: $0).first }
            )
            let bytes = try await LetterPDF.make(letter.content.value)
            let text = try await Program("pdftotext").run(
                ["-enc", "UTF-8", "-", "-"],
                input: bytes
            )
            let words = String(decoding: text.output, as: UTF8.self)
            #expect(words.contains(sent.receipt))
            #expect(words.contains("미선정 통지서"))
            #expect(words.contains("이의신청"))
        }
    }
}
