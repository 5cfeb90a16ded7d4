import Basics
import City
import CityTesting
import Hosting
import Identity
import Programmes
import Store
import Testing

@testable import Cases

let casesCity = CityComposition(
    modules: [CityRecords.self, CityProgrammes.self, CityCases.self],
    services: []
)

/// Noon of a working day.
let casesNoon = Instant(LocalDate(iso: "2026-11-25") ?? LocalDate(daysSinceEpoch: 0), hour: 12)

func person(
    _ id: String,
    _ kind: AccountKind = .resident,
    _ roles: Role...
) -> Actor {
    .account(
        SignedInAccount(
            id: id,
            kind: kind,
            displayName: "시험 \(id)",
            organization: "11000",
            grants: roles.map { Grant($0, organization: "11000") }
        )
    )
}

/// A store with one procedure, and hands to change its cases with.
struct CaseBench: Sendable {
    let client: CityClient
    let procedure: CaseProcedure

    static func with(
        needsFourEyes: Bool = false,
        isTwoPhase: Bool = false,
        clock: MovingClock = MovingClock(casesNoon),
        _ body: (CaseBench) async throws -> Void
    ) async throws {
        let procedure = CaseProcedure(
            id: "trial",
            title: Bilingual("시험 지원", "Trial"),
            receiptPrefix: "TR",
            organizationID: "11000",
            documents: [
                CaseDocumentRequirement(
                    "register",
                    Bilingual("주민등록등본", "Register"),
                    canBeLookedUp: true
                )
            ],
            isTwoPhase: isTwoPhase,
            dueDays: 14,
            needsFourEyes: needsFourEyes
        )
        try await CityClient.with(casesCity, time: clock.source) { client in
            try await client.city.platform.store.write {
                try CaseProcedures.describe(procedure, in: $0)
            }
            try await body(CaseBench(client: client, procedure: procedure))
        }
    }

    var store: Store { client.city.platform.store }

    func change<Value: Sendable>(
        _ actor: Actor,
        _ body: @escaping @Sendable (CaseKeeping, WriteTransaction) throws -> Value
    ) async throws -> Value {
        try await store.write { tx in
            try body(CaseKeeping(by: actor, for: .caseReview), tx)
        }
    }

    func submitted(by actor: Actor, proxy: CaseProxy? = nil) async throws -> Case {
        let procedure = procedure
        return try await change(actor) { keeping, tx in
            let draft = try keeping.open(
                procedure,
                applicant: CaseApplicant(name: "시험 신청인", telephone: "010-0000-0000"),
                proxy: proxy,
                in: tx
            )
            try keeping.give(.processing, for: draft, in: tx)
            return try keeping.submit(draft, verdict: nil, key: "once", in: tx)
        }
    }

    func refusal<Value: Sendable>(
        _ actor: Actor,
        _ body: @escaping @Sendable (CaseKeeping, WriteTransaction) throws -> Value
    ) async throws -> CaseError.Code? {
        do {
            _ = try await change(actor, body)
            return nil
        } catch let error as CaseError {
            return error.code
        }
    }
}

@Suite struct `The hand that writes applications` {
    private let applicant = person("applicant")
    private let officer = person("officer", .staff, .caseOfficer)
    private let approver = person("approver", .staff, .caseApprover)

    @Test func `gives a receipt number, a due date, a notice and an audit record`() async throws {
        try await CaseBench.with { bench in
            let sent = try await bench.submitted(by: applicant)
            #expect(sent.receipt == "2026-TR-000001")
            #expect(sent.state == .submitted)
            #expect(sent.dueOn?.iso == "2026-12-14")
            let second = try await bench.submitted(by: person("another"))
            #expect(second.receipt == "2026-TR-000002")
            let (notices, timeline, trail) = try await bench.store.read { db in
                (
                    try Notices.page(1, of: "applicant", in: db).notices,
                    try Cases.timeline(of: sent.id, in: db),
                    try db.auditRecords(on: .caseRecord(sent.id))
                )
            }
            #expect(notices.count == 1)
            #expect(notices.first?.body.contains("2026-TR-000001") == true)
            #expect(timeline.map(\.kind) == [.moved])
            #expect(trail.contains { $0.action == .create })
        }
    }

    @Test func `hands a draft in once, however often it is sent`() async throws {
        try await CaseBench.with { bench in
            let sent = try await bench.submitted(by: applicant)
            let again = try await bench.change(applicant) { keeping, tx in
                try keeping.submit(sent, verdict: nil, key: "once", in: tx)
            }
            #expect(again.receipt == sent.receipt)
            #expect(again.version == sent.version)
            let code = try await bench.refusal(applicant) { keeping, tx in
                try keeping.submit(sent, verdict: nil, key: "another", in: tx)
            }
            #expect(code == .impossibleState)
        }
    }

    @Test func `never lets an officer work on their own application, even as proxy`() async throws {
        try await CaseBench.with { bench in
            let both = person("both", .staff, .caseOfficer, .caseApprover)
            let own = try await bench.submitted(by: both)
            let proxied = try await bench.submitted(
                by: person("proxy", .staff, .caseOfficer),
                proxy: CaseProxy(
                    basis: .welfareOfficer,
                    name: "시험 proxy",
                    assurance: "password",
                    statement: "방문 상담"
                )
            )
            let mine = try await bench.refusal(both) { try $0.startReview(own, in: $1) }
            #expect(mine == .ownApplication)
            let theirs = try await bench.refusal(person("proxy", .staff, .caseOfficer)) {
                try $0.startReview(proxied, in: $1)
            }
            #expect(theirs == .ownApplication)
            let started = try await bench.change(officer) { try $0.startReview(own, in: $1) }
            let decided = try await bench.refusal(both) {
                try $0.decide(started, .approved, reason: "좋음", in: $1)
            }
            #expect(decided == .ownApplication)
            let assigned = try await bench.refusal(officer) {
                try $0.assign(started, to: "both", in: $1)
            }
            #expect(assigned == .ownApplication)
        }
    }

    @Test func `asks for four eyes where they are set`() async throws {
        try await CaseBench.with(needsFourEyes: true) { bench in
            let reviewer = person("reviewer", .staff, .caseOfficer, .caseApprover)
            let sent = try await bench.submitted(by: applicant)
            let proposed = try await bench.change(reviewer) { keeping, tx in
                try keeping.propose(
                    try keeping.startReview(sent, in: tx),
                    .approved,
                    reason: "요건 충족",
                    in: tx
                )
            }
            let same = try await bench.refusal(reviewer) {
                try $0.decide(proposed, .approved, reason: "승인", in: $1)
            }
            #expect(same == .sameEyes)
            let officer = try await bench.refusal(officer) {
                try $0.decide(proposed, .approved, reason: "승인", in: $1)
            }
            #expect(officer == .refused)
            let decided = try await bench.change(approver) {
                try $0.decide(proposed, .approved, reason: "승인", amount: Won(400_000), in: $1)
            }
            #expect(decided.state == .approved)
            #expect(decided.decision?.value.officerID == "approver")
        }
    }

    @Test func `refuses a change of what somebody else changed since`() async throws {
        try await CaseBench.with { bench in
            let sent = try await bench.submitted(by: applicant)
            _ = try await bench.change(officer) { try $0.startReview(sent, in: $1) }
            let stale = try await bench.refusal(applicant) { try $0.withdraw(sent, in: $1) }
            #expect(stale == .outdated)
        }
    }

    @Test func `stops the time of the office while the applicant is asked`() async throws {
        let clock = MovingClock(casesNoon)
        try await CaseBench.with(clock: clock) { bench in
            let sent = try await bench.submitted(by: applicant)
            let asked = try await bench.change(officer) { keeping, tx in
                try keeping.requestCorrection(
                    try keeping.startReview(sent, in: tx),
                    reason: "서류가 흐립니다.",
                    documents: ["register"],
                    days: 10,
                    in: tx
                )
            }
            #expect(asked.correction?.value.deadline.iso == "2026-12-09")
            // Wednesday to Wednesday: five working days.
            clock.advance(seconds: 7 * 86_400)
            let answered = try await bench.change(applicant) {
                try $0.answerCorrection(asked, text: "다시 올렸습니다.", in: $1)
            }
            #expect(answered.state == .inReview)
            #expect(answered.dueOn?.iso == "2026-12-21")
            let told = try await bench.store.read {
                try Notices.page(1, of: "officer", in: $0).notices
            }
            #expect(told.contains { $0.title.contains("보완 접수") })
        }
    }

    @Test func `asks for documents again where the consent to look them up is taken back`()
        async throws
    {
        try await CaseBench.with { bench in
            let procedure = bench.procedure
            let started = try await bench.change(applicant) { keeping, tx in
                let draft = try keeping.open(
                    procedure,
                    applicant: CaseApplicant(name: "시험 신청인"),
                    in: tx
                )
                try keeping.give(.processing, for: draft, in: tx)
                try keeping.give(.lookUp, for: draft, in: tx)
                return try keeping.submit(draft, verdict: nil, key: "once", in: tx)
            }
            let inReview = try await bench.change(officer) { try $0.startReview(started, in: $1) }
            let after = try await bench.change(applicant) {
                try $0.takeBack(.lookUp, of: inReview, lookedUp: procedure.documents, in: $1)
            }
            #expect(after.state == .correctionRequested)
            #expect(after.correction?.value.documents == ["register"])
            let (holds, told) = try await bench.store.read { db in
                (
                    try Cases.holds(.lookUp, of: after.id, in: db),
                    try Notices.page(1, of: "officer", in: db).notices
                )
            }
            #expect(!holds)
            #expect(told.contains { $0.title.contains("동의 철회") })
            let ended = try await bench.change(applicant) {
                try $0.takeBack(.processing, of: after, lookedUp: [], in: $1)
            }
            #expect(ended.state == .withdrawn)
        }
    }

    @Test func `takes an appeal for ninety days, once at a time`() async throws {
        let clock = MovingClock(casesNoon)
        try await CaseBench.with(clock: clock) { bench in
            let sent = try await bench.submitted(by: applicant)
            let refused = try await bench.change(officer) { keeping, tx in
                try keeping.decide(
                    try keeping.startReview(sent, in: tx),
                    .refused,
                    reason: "소득 초과",
                    in: tx
                )
            }
            clock.advance(seconds: 90 * 86_400)
            let appealed = try await bench.change(applicant) {
                try $0.appeal(refused, reason: "소득이 줄었습니다.", in: $1)
            }
            let second = try await bench.refusal(applicant) {
                try $0.appeal(appealed, reason: "또", in: $1)
            }
            #expect(second == .duplicate)
            let appeal = try #require(
                try await bench.store.read { try Cases.appeals(of: sent.id, in: $0).first }
            )
            let reopened = try await bench.change(approver) {
                try $0.answerAppeal(appeal, of: appealed, .granted, answer: "다시 봅니다.", in: $1)
            }
            #expect(reopened.state == .inReview)
            let again = try await bench.change(officer) {
                try $0.decide(reopened, .refused, reason: "변동 없음", in: $1)
            }
            clock.advance(seconds: 91 * 86_400)
            let late = try await bench.refusal(applicant) {
                try $0.appeal(again, reason: "늦음", in: $1)
            }
            #expect(late == .late)
        }
    }

    @Test func `lets a claim follow an approval of two phases, and come back`() async throws {
        try await CaseBench.with(isTwoPhase: true) { bench in
            let sent = try await bench.submitted(by: applicant)
            let approved = try await bench.change(officer) { keeping, tx in
                try keeping.decide(
                    try keeping.startReview(sent, in: tx),
                    .approved,
                    reason: "지원 결정",
                    in: tx
                )
            }
            let nothing = try await bench.refusal(applicant) {
                try $0.claim(approved, amount: .zero, note: "", in: $1)
            }
            #expect(nothing == .incomplete)
            let claimed = try await bench.change(applicant) {
                try $0.claim(approved, amount: Won(1_500_000), note: "시술비", in: $1)
            }
            #expect(claimed.state == .claimed)
            let returned = try await bench.change(officer) {
                try $0.returnClaim(claimed, reason: "영수증이 빠졌습니다.", in: $1)
            }
            #expect(returned.state == .approved)
            let claims = try await bench.store.read { try Cases.claims(of: sent.id, in: $0) }
            #expect(claims.map(\.returned) == ["영수증이 빠졌습니다."])
        }
    }

    @Test func `shows a case to those who may see it, and writes each look down`() async throws {
        try await CaseBench.with { bench in
            let sent = try await bench.submitted(by: applicant)
            func sees(_ actor: Actor) async throws -> Bool {
                try await bench.store.write {
                    try Cases.record(sent.id, for: actor, purpose: .caseReview, in: $0) != nil
                }
            }
            #expect(try await sees(applicant))
            #expect(try await sees(officer))
            #expect(try await !sees(person("stranger")))
            #expect(try await !sees(person("colleague", .staff)))
            #expect(try await !sees(.anonymous))
            let looks = try await bench.store.read { db in
                try db.auditRecords(on: .caseRecord(sent.id)).filter { $0.action == .read }
            }
            #expect(looks.count == 2)
        }
    }

    @Test func `takes a document out of a wallet when its time is over`() async throws {
        let clock = MovingClock(casesNoon)
        try await CaseBench.with(clock: clock) { bench in
            let file = try CaseFile(name: "a.pdf", bytes: Array("%PDF-1.7".utf8))
            let blob = try await bench.store.blobs.put(file.salted())
            try await bench.store.write { tx in
                try WalletKeeping(by: applicant).add(
                    WalletDocument(
                        id: "wallet",
                        accountID: applicant.id ?? "",
                        kind: .bankBook,
                        title: "",
                        fileName: file.name,
                        mediaType: file.kind.rawValue,
                        byteCount: file.bytes.count,
                        digest: blob.id.rawValue,
                        issuedOn: tx.now.date,
                        createdAt: tx.now
                    ),
                    in: tx
                )
            }
            let work = CaseRetentionWork(platform: bench.client.city.platform)
            func kept() async throws -> Int {
                try await bench.store.read { try Wallet.documents(of: applicant, in: $0).count }
            }
            clock.advance(seconds: WalletDocument.retentionDayCount * 86_400)
            try await work.run()
            #expect(try await kept() == 1)
            clock.advance(seconds: 86_400)
            try await work.run()
            #expect(try await kept() == 0)
            #expect(try await !bench.store.blobs.all().contains(blob.id))
        }
    }

    @Test func `erases what is personal when its time is over, and leaves the row`() async throws {
        let clock = MovingClock(casesNoon)
        try await CaseBench.with(clock: clock) { bench in
            let sent = try await bench.submitted(by: applicant)
            let done = try await bench.change(officer) { keeping, tx in
                let started = try keeping.startReview(sent, in: tx)
                return try keeping.decide(started, .refused, reason: "소득 초과", in: tx)
            }
            let procedure = bench.procedure
            let draft = try await bench.change(person("idle")) {
                try $0.open(procedure, applicant: CaseApplicant(name: "잊은 사람"), in: $1)
            }
            let file = try CaseFile(name: "a.pdf", bytes: Array("%PDF-1.7".utf8))
            let blob = try await bench.store.blobs.put(file.salted())
            try await bench.change(person("idle")) { keeping, tx in
                try keeping.attach(
                    CaseDocument(
                        id: "doc",
                        caseID: draft.id,
                        requirement: "register",
                        fileName: file.name,
                        mediaType: file.kind.rawValue,
                        byteCount: file.bytes.count,
                        digest: blob.id.rawValue,
                        createdAt: tx.now
                    ),
                    to: draft,
                    in: tx
                )
            }
            let work = CaseRetentionWork(platform: bench.client.city.platform)
            #expect(try await work.run() == 0)
            clock.advance(seconds: (CaseRetention.draftDayCount + 1) * 86_400)
            #expect(try await work.run() == 1)
            #expect(try await !bench.store.blobs.all().contains(blob.id))
            clock.advance(seconds: 5 * 366 * 86_400)
            #expect(try await work.run() >= 1)
            let (bare, forgotten) = try await bench.store.read { db in
                (try Cases.find(done.id, in: db), try Cases.find(draft.id, in: db))
            }
            #expect(bare?.state == .refused)
            #expect(bare?.applicantName == "")
            #expect(bare?.accountID == "")
            #expect(bare?.erasedAt != nil)
            #expect(forgotten?.state == .expired)
            #expect(forgotten?.applicantName == "")
            #expect(try await work.run() == 0)
        }
    }
}
