import Basics
import CityTesting
import Foundation
import Testing

@testable import Cases

@Suite struct `The steps of an application` {
    @Test func `end where nothing can follow`() {
        let last: Set<CaseState> = [.fulfilled, .withdrawn, .expired]
        for state in CaseState.allCases {
            let next = CaseTransition.all.filter { $0.from == state }
            #expect(next.isEmpty == last.contains(state), "\(state)")
        }
        #expect(!CaseState.refused.isOpen)
        #expect(CaseState.waiting.isOpen)
    }

    @Test func `are each there once, with somebody who may take them`() {
        for step in CaseTransition.all {
            #expect(CaseTransition.all.count { $0.from == step.from && $0.to == step.to } == 1)
            #expect(!step.parties.isEmpty)
        }
        // An applicant never decides, and nobody but the applicant sends or takes back.
        for step in CaseTransition.all where [.approved, .refused].contains(step.to) {
            #expect(!step.parties.contains(.applicant))
        }
        for step in CaseTransition.all where [.submitted, .withdrawn].contains(step.to) {
            #expect(step.parties == [.applicant])
        }
    }
}

@Suite struct `The working days of an office` {
    private func day(_ text: String) throws -> LocalDate {
        try #require(LocalDate(iso: text))
    }

    @Test(arguments: [
        ("2026-11-25", true), ("2026-11-28", false), ("2026-12-25", false),
        // 3·1절 falls on a Sunday and is made up for; 현충일 falls on a Saturday and is not.
        ("2026-03-02", false), ("2026-06-08", true),
        // 광복절 falls on a Saturday, 개천절 too.
        ("2026-08-17", false), ("2026-10-05", false), ("2027-01-01", false),
        ("2026-09-24", true),
    ])
    func `leave out weekends, holidays and their substitutes`(
        text: String,
        isWorking: Bool
    ) throws {
        #expect(WorkingDays().isWorkingDay(try day(text)) == isWorking)
    }

    @Test func `leave out what was added`() throws {
        let harvest = try day("2026-09-24")
        #expect(!WorkingDays(added: [harvest]).isWorkingDay(harvest))
    }

    @Test(arguments: [
        // Five days and fewer: by the hour, so the day of receipt does not count.
        ("2026-11-25", 10, 3, "2026-11-30"), ("2026-11-25", 20, 3, "2026-11-30"),
        ("2026-11-28", 10, 3, "2026-12-02"), ("2026-11-25", 7, 3, "2026-11-27"),
        // Six and more: the first day counts.
        ("2026-11-25", 10, 6, "2026-12-02"), ("2026-11-28", 10, 6, "2026-12-07"),
        ("2026-12-24", 10, 6, "2027-01-04"),
    ])
    func `are counted as the law says`(
        received: String,
        hour: Int,
        days: Int,
        due: String
    ) throws {
        let at = Instant(try day(received), hour: hour)
        #expect(WorkingDays().deadline(receivedAt: at, days: days).iso == due)
    }
}

@Suite struct `A file that is sent` {
    private static let pdf = Array("%PDF-1.7\n".utf8)

    @Test(arguments: [
        ("등본.pdf", CaseFile.Kind.pdf, pdf),
        ("사진.JPG", .jpeg, [0xFF, 0xD8, 0xFF, 0xE0, 1]),
        ("scan.png", .png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("옛.hwp", .hwp, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    ])
    func `is what its content says`(name: String, kind: CaseFile.Kind, bytes: [UInt8]) throws {
        #expect(try CaseFile(name: name, bytes: bytes).kind == kind)
    }

    @Test(arguments: [
        ("등본.pdf", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] as [UInt8]),
        ("사진.png", pdf), ("문서.docx", pdf), ("script.html", pdf), ("이름없음", pdf), ("빈.pdf", []),
    ])
    func `is refused where its name says something else`(name: String, bytes: [UInt8]) {
        #expect(throws: CaseError.self) { try CaseFile(name: name, bytes: bytes) }
    }

    @Test func `is refused where it is larger than the limit, which is named`() throws {
        let large = Self.pdf + [UInt8](repeating: 0, count: CaseDocument.maximumByteCount)
        let error = #expect(throws: CaseError.self) {
            try CaseFile(name: "큰.pdf", bytes: large)
        }
        #expect(error?.message.korean.contains("20 MB") == true)
    }

    @Test func `is refused where it is the test virus, hidden in a document or not`() throws {
        for bytes in [CaseFile.testVirus, Self.pdf + CaseFile.testVirus] {
            let error = #expect(throws: CaseError.self) {
                try CaseFile(name: "eicar.pdf", bytes: bytes)
            }
            #expect(error?.code == .unusableFile)
            #expect(error?.message.korean.contains("악성 코드") == true)
        }
    }
}

@Suite struct `An answer to a procedure's own question` {
    @Test(arguments: [
        (CaseQuestion.Content.pastDate, "2026-12-01", false), (.pastDate, "2026-11-25", true),
        (.date, "2026-12-01", true), (.date, "2026-02-29", false),
        (.number(1...5), "6", false), (.number(1...5), "5", true), (.money, "1,200,000원", true),
        (.money, "-1", false), (.telephone, "010-1234-5678", true), (.telephone, "전화", false),
        (.bankAccount, "견본은행 110-123-456789", true), (.bankAccount, "110", false),
        (.line, String(repeating: "가", count: 201), false),
    ])
    func `is held against what it must be`(
        content: CaseQuestion.Content,
        text: String,
        isTaken: Bool
    ) throws {
        let today = try #require(LocalDate(iso: "2026-11-25"))
        let question = CaseQuestion("q", Bilingual(same: "?"), content)
        let isSuccess = if case .success = question.read(text, on: today) { true } else { false }
        #expect(isSuccess == isTaken)
    }
}
