import Basics
import City
import CityTesting
import Drawing
import Eligibility
import Foundation
import HTTPTypes
import Hosting
import Identity
import Store
import Testing

@testable import Cases

private let officer = "benefits@sample.example"
private let approver = "approver@sample.example"

extension CityClient {
    /// A round that is closed, with so many who qualify and wait.
    fileprivate func closedRound(
        _ procedure: CaseProcedure,
        count: Int,
        places: Int,
        points: [Int] = []
    ) async throws -> (round: CaseRound, cases: [Case]) {
        let today = deskDay.date
        let round = CaseRound(
            id: "round-1",
            procedureID: procedure.id,
            title: Bilingual("하반기", "Second half"),
            opens: today.adding(days: -10),
            closes: today,
            places: places
        )
        try await deskStore.write { tx in
            try CaseProcedures.describe(procedure, in: tx)
            try CaseProcedures.save(round, in: tx)
        }
        var cases: [Case] = []
        let reviewer = try await actor(officer)
        let decider = try await actor(approver)
        for index in 0..<count {
            let points = points.isEmpty ? nil : points[index]
            let sent = try await submitted(
                procedure,
                name: "시험 \(index)",
                verdict: try verdict(points: points, estimate: 200_000)
            )
            cases.append(
                try await deskStore.write { tx in
                    let begun = try CaseKeeping(by: reviewer, for: .caseReview)
                        .startReview(sent, in: tx)
                    return try CaseKeeping(by: decider, for: .caseReview)
                        .decide(begun, .selecting, reason: "요건 충족", in: tx)
                }
            )
        }
        let officer = try await signedIn(as: officer)
        let closed = try await officer.submit(
            "/desk/procedures/\(procedure.id)/rounds/round-1",
            from: "/desk/procedures/\(procedure.id)",
            ["state": "closed"]
        )
        #expect(closed.status == 303)
        return (round, cases)
    }

    /// Seals a draw with a secret that is made for the official and shown once.
    fileprivate func seal(_ draw: String) async throws -> String {
        let page = try await submit("\(draw)/seal", from: draw, [:]).body
        let secret = try #require(page.firstMatch(of: /<code class="hash">([0-9a-f]{64})</))
        return String(secret.1)
    }
}

@Suite struct `A draw of a round` {
    @Test func `is promised before its seed is known, and anybody finds it right or tampered with`()
        async throws
    {
        let clock = MovingClock(deskDay)
        try await CityClient.with(caseCity, time: clock.source) { client in
            let (_, cases) = try await client.closedRound(
                procedure("draw", selection: .draw),
                count: 7,
                places: 3
            )
            let reviewer = try await client.signedIn(as: officer)
            let decider = try await client.signedIn(as: approver)
            let made = try await decider.submit(
                "/desk/rounds/round-1/draws",
                from: "/desk/rounds/round-1",
                [
                    "places1": "3", "waiting1": "2", "input": "로또", "form": "set",
                    "publishedOn": "2026-11-28",
                ]
            )
            let desk = try #require(made.headers[.location])
            let draw = "/draws/" + desk.split(separator: "/")[2]
            let first = try await reviewer.seal(desk)
            // One official is not enough, and nothing is public yet.
            #expect(try await decider.submit("\(desk)/commit", from: desk, [:]).status == 422)
            #expect(try await client.get(draw).status == 404)
            let second = try await decider.seal(desk)
            #expect(try await reviewer.submit("\(desk)/commit", from: desk, [:]).status == 422)
            #expect(try await decider.submit("\(desk)/commit", from: desk, [:]).status == 303)
            #expect(try await client.get(draw).body.contains(cases[6].receipt))

            // Before the day there is no result; a wrong secret is refused.
            let early = try await decider.submit(
                "\(desk)/complete",
                from: desk,
                ["input0": "1 2 3 4 5 6"]
            )
            #expect(early.status == 422)
            clock.advance(seconds: 4 * 86_400)
            let (later, other) = (
                try await client.signedIn(as: officer), try await client.signedIn(as: approver)
            )
            let wrong = try await later.submit("\(desk)/reveal", from: desk, ["secret": second])
            #expect(wrong.status == 422)
            for (who, secret) in [(later, first), (other, second)] {
                let shown = try await who.submit("\(desk)/reveal", from: desk, ["secret": secret])
                #expect(shown.status == 303)
            }
            let done = try await other.submit(
                "\(desk)/complete",
                from: desk,
                ["input0": "41 9 18 26 34 45"]
            )
            #expect(done.status == 303)
            try await check(client, draw, cases)
            try await moveUp(client, cases)
        }
    }

    private func check(_ client: CityClient, _ draw: String, _ cases: [Case]) async throws {
        let bytes = Array(try await client.get("\(draw)/draw.json").body.utf8)
        let list = try await client.get("\(draw)/list.csv").body.split(separator: "\n").dropFirst()
            .map { try DrawEntrant(text: $0) }
        let kept = try await client.deskStore.read {
            try CaseDraws.find(String(draw.dropFirst("/draws/".count)), in: $0)
        }
        let hash = HexBytes(hex: try #require(kept?.commitmentHash))
        #expect(
            try DrawVerification.findings(ofFile: bytes, list: list, commitment: hash).isEmpty
        )
        // Somebody who was not drawn is written in for somebody who was.
        let completed = try CompletedDraw.read(bytes)
        let chosen = try #require(completed.result.strata.first?.selected.first)
        let left = try #require(
            cases.map(\.receipt).first { completed.outcome(of: $0) == .notSelected }
        )
        let forged = String(decoding: bytes, as: UTF8.self)
            .replacingOccurrences(
                of: "\"selected\":[\"\(chosen)\"",
                with: "\"selected\":[\"\(left)\""
            )
        let found = try DrawVerification.findings(
            ofFile: Array(forged.utf8),
            list: list,
            commitment: hash
        )
        #expect(!found.isEmpty)
        for record in cases {
            let state = try await client.record(record.id).state
            switch completed.outcome(of: record.receipt) {
            case .selected: #expect(state == .approved)
            case .waiting: #expect(state == .waiting)
            default: #expect(state == .refused)
            }
        }
    }

    /// A selected person gives up, and the first of the waiting list moves up and is told.
    private func moveUp(_ client: CityClient, _ cases: [Case]) async throws {
        try await client.deliver()
        let welfare = try await client.actor("welfare@sample.example")
        var places: [SelectionPlace] = []
        for record in cases {
            let place = try await client.deskStore.read {
                try CaseDraws.place(of: record.id, in: $0)
            }
            places.append(try #require(place))
        }
        let leaving = try #require(places.first { $0.outcome == .selected })
        let next = try #require(places.first { $0.outcome == .waiting && $0.place == 1 })
        let record = try await client.record(leaving.caseID)
        _ = try await client.deskStore.write { tx in
            try CaseKeeping(by: welfare, for: .caseApplication).withdraw(record, in: tx)
        }
        try await client.deliver()
        #expect(try await client.record(next.caseID).state == .approved)
        let ledger = try await client.deskStore.read {
            try Payments.ledger(of: next.caseID, in: $0)
        }
        #expect(ledger.balance.decided == Won(200_000))
        let gone = try await client.deskStore.read {
            try Payments.ledger(of: leaving.caseID, in: $0)
        }
        #expect(gone.balance.decided == .zero)
        let (notices, _) = try await client.deskStore.read {
            try Notices.page(1, of: welfare.id ?? "", in: $0)
        }
        #expect(notices.contains { $0.body.contains("예비 1번이었으나") })
    }

    @Test func `decides among equals alone where points decide the rest`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            let (_, cases) = try await client.closedRound(
                procedure("points", selection: .points),
                count: 5,
                places: 2,
                points: [50, 90, 70, 70, 10]
            )
            let decider = try await client.signedIn(as: approver)
            let answer = try await decider.submit(
                "/desk/rounds/round-1/select",
                from: "/desk/rounds/round-1",
                [
                    "waiting": "2", "input": "로또", "form": "set", "publishedOn": "2026-11-28",
                ]
            )
            #expect(answer.headers[.location]?.hasPrefix("/desk/draws/") == true)
            var states: [CaseState] = []
            for record in cases { states.append(try await client.record(record.id).state) }
            #expect(states == [.waiting, .approved, .selecting, .selecting, .refused])
        }
    }

    @Test func `is not begun by an officer who may not decide`() async throws {
        try await CityClient.with(caseCity, now: deskDay) { client in
            _ = try await client.closedRound(
                procedure("draw", selection: .draw),
                count: 2,
                places: 1
            )
            let reviewer = try await client.signedIn(as: officer)
            let made = try await reviewer.submit(
                "/desk/rounds/round-1/draws",
                from: "/desk/rounds/round-1",
                ["input": "로또", "form": "set", "publishedOn": "2026-11-28"]
            )
            #expect(made.status == 422)
        }
    }
}
