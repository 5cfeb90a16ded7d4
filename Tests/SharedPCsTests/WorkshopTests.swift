import Basics
import Cases
import City
import CityTesting
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Testing
import Web

@testable import SharedPCs

private let city = CityComposition(
    modules: [CityRecords.self, CityProgrammes.self, CityCases.self],
    services: [SharedPCs.self]
)
private let today = LocalDate(daysSinceEpoch: 20_782)
private let noon = Instant(today, hour: 12)

extension CityClient {
    fileprivate var store: Store { city.platform.store }

    fileprivate func workshop() async throws -> CityClient {
        try await signedIn(as: "workshop@sample.example")
    }

    /// The hand of somebody in the workshop.
    fileprivate var keeping: SharedPCKeeping {
        SharedPCKeeping(
            by: .account(
                SignedInAccount(
                    id: "test-workshop",
                    kind: .staff,
                    displayName: "시험 정비",
                    organization: "11000",
                    grants: [Grant(.pcWorkshop, organization: "11000")]
                )
            )
        )
    }

    fileprivate func waiting() async throws -> [Allocation] {
        try await store.read { try Allocations.page(1, state: .waiting, in: $0).places }
    }

    fileprivate func ready() async throws -> [String] {
        try await store.read { try Machines.ready(limit: 50, in: $0).map(\.asset.id) }
    }

    fileprivate func state(_ id: String) async throws -> MachineState {
        try await store.read { try Machines.row(id, in: $0).machine.state }
    }

    /// Hands what happened to the service, as the city does in the background.
    fileprivate func deliverEvents() async throws {
        let handlers = try await SharedPCs(on: city.platform).eventHandlers
        while try await store.deliverPending(handlers: handlers).hasMore {}
    }
}

private func log(_ change: (inout SampleWipeLog) -> Void = { _ in }) -> SampleWipeLog {
    var log = SampleWipeLog(
        machineSerial: "NEW-PC-1",
        machineModel: "D-1",
        diskModel: "SAMPLE DISK",
        diskSerial: "NEW-DISK-1",
        capacityByteCount: 256_000_000_000,
        startedAt: Instant(today, hour: 10)
    )
    change(&log)
    return log
}

@Suite struct `The workshop` {
    @Test func `takes a machine in, and lets it go on only when every disk is proven wiped`()
        async throws
    {
        try await CityClient.with(city, now: noon) { client in
            let person = try await client.workshop()
            let opened = try await person.submit(
                "/shared-pcs/batches",
                from: "/shared-pcs/batches",
                [
                    "donor": "sample-donor-1", "receivedOn": today.iso,
                    "handedOverBy": "물품관리 담당",
                ]
            )
            let batch = try #require(opened.headers[.location])
            let entered = try await person.submit(
                "\(batch)/machines",
                from: batch,
                ["serial": "new-pc-1", "memoryGB": "8", "storage": "SSD", "storageGB": "256"]
            )
            let next = try #require(entered.headers[.location])
            #expect(next.hasSuffix("#field-serial"))
            let again = try await person.get(String(next.prefix { $0 != "#" }))
            #expect(again.body.contains("name=\"memoryGB\"") && again.body.contains("value=\"8\""))
            let twice = try await person.submit(
                "\(batch)/machines",
                from: batch,
                ["serial": "NEW-PC-1", "maker": "남는 글"]
            )
            #expect(twice.status == 422)
            #expect(twice.body.contains("남는 글"))
            let id = try #require(
                try await client.store.read { try Machines.find(serial: "NEW-PC-1", in: $0) }
            ).asset.id
            let page = "/shared-pcs/machines/\(id)"
            func move(_ state: String) async throws -> CityClient.Answer {
                try await person.submit("\(page)/move", from: page, ["to": state, "reason": "시험"])
            }
            func bring(_ log: SampleWipeLog) async throws -> CityClient.Answer {
                try await person.upload("\(page)/wipes", from: page, [:], file: ("a.log", log.text))
            }
            #expect(try await move("wiping").status == 303)
            let refused = try await move("wiped")
            #expect(refused.status == 422)
            #expect(refused.body.contains("디스크 1개 가운데 0개만 삭제 기록이 있습니다"))
            for (change, words) in [
                ({ $0.ending = .aborted }, "중간에 멈춘 삭제입니다"),
                ({ $0.ending = .cutOff }, "끝까지 있지 않습니다"),
                ({ $0.diskSerial = "SAMPLE-DISK-10000" }, "의 것인데 로그는"),
                ({ $0.startedAt = Instant(today.adding(days: -1)) }, "입고(재수거)하기 전의 기록"),
                ({ $0.startedAt = Instant(today.adding(days: 3)) }, "앞으로 올 날"),
            ] as [((inout SampleWipeLog) -> Void, String)] {
                let answer = try await bring(log(change))
                #expect(answer.status == 422)
                #expect(answer.body.contains(words), "\(words)")
                #expect(try await move("wiped").status == 422)
            }
            #expect(try await bring(log()).status == 200)
            #expect(try await bring(log()).body.contains("이미 올림"))
            #expect(try await move("wiped").status == 303)
            #expect(try await move("ready").status == 422)
            #expect(try await move("allocated").status == 422)
            let body = try await person.get(page).body
            #expect(body.contains("확인서 삭제-"))
        }
    }

    @Test func `issues certificates that anybody checks and nobody can pass off`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let record = try #require(
                try await client.store.read { db in
                    try Wipes.page(1, in: db).records.first(where: \.isProof)
                }
            )
            func check(_ number: String, _ checksum: String) async throws -> String {
                let query = Link(
                    "/shared-pcs/certificates",
                    query: [("number", number), ("checksum", checksum)]
                )
                return try await client.get(query.target).body
            }
            let good = try await check(record.number, record.checksum.uppercased())
            #expect(good.contains("발급한 확인서입니다"))
            #expect(!good.contains(record.operatorName))
            let bad = try await check(record.number, String(record.checksum.reversed()))
            #expect(bad.contains("맞는 확인서가 없습니다"))
            let person = try await client.workshop()
            let path = "\(Ways.wipe(record.number).target)/certificate.txt"
            let file = try await person.get(path).body
            #expect(WipeCertificate.read(Array(file.utf8)) == .sound(record.certificate))
            let stored = try await person.get("\(Ways.wipe(record.number).target)/log").body
            #expect(Digests.hexadecimal(of: Array(stored.utf8)) == record.logDigest)
            #expect(try await client.get(path).status == 401)
        }
    }

    @Test func `moves many at once, and says of each that cannot go why`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let person = try await client.workshop()
            let received = try await client.store.read {
                try Machines.page(1, state: .received, in: $0).rows.map(\.asset.id)
            }
            let board = "/shared-pcs/workshop?state=received"
            let moved = try await person.submit(
                "/shared-pcs/workshop/move",
                from: board,
                [
                    "from": "received", "to": "wiping", "reason": "시험", "machine": received[0],
                    "machine": received[1],
                ]
            )
            #expect(moved.status == 303)
            #expect(try await client.state(received[1]) == .wiping)
            let refused = try await person.submit(
                "/shared-pcs/workshop/move",
                from: board,
                [
                    "from": "wiping", "to": "wiped", "reason": "시험", "machine": received[0],
                    "machine": received[2],
                ]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("완전삭제 기록이 없습니다"))
            #expect(refused.body.contains("옮길 수 없습니다"))
            let blank = try await person.submit("/shared-pcs/workshop/move", from: board, [:])
            #expect(blank.status == 422)
        }
    }

    @Test func `takes no more parts out than there are, however many ask at once`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let machine = try #require(
                try await client.store.read {
                    try Machines.page(1, state: .refurbishing, in: $0).rows.first
                }
            ).asset.id
            let keeping = client.keeping
            let store = client.store
            try await store.write { tx in
                let count = try Parts.find("sample-keyboard", in: tx)?.count ?? 0
                try keeping.stock("sample-keyboard", by: 5 - count, in: tx)
            }
            let taken = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        let done: Void? = try? await store.write { tx in
                            try keeping.putIn("sample-keyboard", count: 1, of: machine, in: tx)
                        }
                        return done != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 5)
            #expect(try await store.read { try Parts.find("sample-keyboard", in: $0) }?.count == 0)
        }
    }

    @Test func `reads a table row by row, and takes in what is whole once`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let person = try await client.workshop()
            let page = "/shared-pcs/batches/sample-batch-3"
            let rows = (0..<1_000).map { "T-\($0),표본전자,D-1,8,SSD,256\n" }.joined()
            let text = "일련번호,제조사,모델,메모리(GB),저장장치 종류,저장장치(GB)\n" + rows
            let sent = try await person.upload(
                "\(page)/files",
                from: page,
                [:],
                file: ("a.csv", text + "T-1,,,,,\n,,D-1,,,\n")
            )
            let review = try #require(sent.headers[.location])
            let report = try await person.get(review).body
            #expect(report.contains("1,002줄 가운데 1,000대"))
            #expect(report.contains("파일 안에서 겹침"))
            #expect(try await person.submit(review, from: review, [:]).status == 303)
            #expect(try await person.submit(review, from: review, [:]).status == 303)
            #expect(try await person.get(review).body.contains("1,000대를 등록했습니다"))
            let total = try await client.store.read {
                try Machines.page(1, batch: "sample-batch-3", in: $0).total
            }
            #expect(total == 1_020)
            #expect(try await person.get("\(page)/certificate").body.contains("PC 1,020대"))
        }
    }

    @Test func `lets nobody else in, and a donor's name be no address`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let resident = try await client.signedIn(as: "resident@sample.example")
            for path in ["workshop", "batches", "wipes", "parts", "allocations", "repairs"] {
                #expect(try await client.get("/shared-pcs/\(path)").status == 401)
                #expect(try await resident.get("/shared-pcs/\(path)").status == 403)
            }
            let person = try await client.workshop()
            let refused = try await person.submit(
                "/shared-pcs/batches",
                from: "/shared-pcs/batches",
                [
                    "donorName": "kim@example.com", "donorKind": "person",
                    "receivedOn": today.iso, "handedOverBy": "본인",
                ]
            )
            #expect(refused.status == 422)
            #expect(refused.body.contains("전자우편이나 전화번호를 적지 마세요"))
        }
    }
}

@Suite struct `The allocation list` {
    @Test func `gives a machine to one place, however many reach for it`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let places = try await client.waiting()
            let machine = try #require(try await client.ready().first)
            let (store, keeping) = (client.store, client.keeping)
            let won = await withTaskGroup(of: Bool.self) { group in
                for place in places {
                    group.addTask {
                        let done: Void? = try? await store.write { tx in
                            try keeping.allocate(machine, to: place.id, in: tx)
                        }
                        return done != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(places.count == 5)
            #expect(won == 1)
            let holders = try await store.read { try Allocations.of(machine: machine, in: $0) }
            #expect(holders.filter { $0.state == .allocated }.count == 1)
        }
    }

    @Test func `gives a household one machine in two years`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let places = try await client.waiting()
            let machines = try await client.ready()
            let (first, second) = (places[0], places[1])
            try await client.store.write { tx in
                try tx.run(
                    """
                    UPDATE shared_pc_allocation SET household_code = \(first.householdCode),
                        account_id = 'another' WHERE id = \(second.id)
                    """
                )
            }
            let person = try await client.workshop()
            func allocate(
                _ place: Allocation,
                _ machine: String,
                _ more: KeyValuePairs<String, String> = [:]
            ) async throws -> CityClient.Answer {
                let page = "/shared-pcs/allocations/\(place.id)"
                var fields = [("machine", machine)]
                fields += more.map { ($0.key, $0.value) }
                return try await person.submit(
                    "\(page)/allocate",
                    from: page,
                    fields.count == 1
                        ? ["machine": machine]
                        : ["machine": machine, "other": "yes", "reason": fields[1].1]
                )
            }
            #expect(try await allocate(first, machines[0]).status == 303)
            let refused = try await allocate(second, machines[1])
            #expect(refused.status == 422)
            #expect(refused.body.contains("같은 세대가 2년 안에"))
            #expect(try await client.state(machines[1]) == .ready)
            let explained = try await allocate(second, machines[1], ["reason": "다른 호수로 확인"])
            #expect(explained.status == 303)
        }
    }

    @Test func `takes a granted application in, in its order, and lets a withdrawn one go`()
        async throws
    {
        try await CityClient.with(city, now: noon) { client in
            let resident = try await client.signedIn(as: "resident@sample.example")
            let applicant = try await account("company@sample.example", client)
            let officer = try await account("benefits@sample.example", client, [.caseOfficer])
            let granted = try await client.store.write { tx in
                try apply(as: applicant, decidedBy: officer, in: tx)
            }
            try await client.deliverEvents()
            try await client.deliverEvents()
            let places = try await client.store.read {
                try Allocations.of(case: granted.id, in: $0)
            }
            #expect(places.map(\.ordinal) == [1])
            #expect(try await client.waiting().last?.id == places[0].id)
            let machine = try #require(try await client.ready().first)
            let keeping = client.keeping
            try await client.store.write { try keeping.allocate(machine, to: places[0].id, in: $0) }
            #expect(try await client.state(machine) == .allocated)
            #expect(try await resident.get("/shared-pcs/mine/\(places[0].id)").status == 404)
            let own = try await client.signedIn(as: "company@sample.example")
            #expect(try await own.get("/shared-pcs/mine/\(places[0].id)").status == 200)
            try await client.store.write { tx in
                let record = try #require(
                    try Cases.record(granted.id, for: applicant, purpose: .caseApplication, in: tx)
                )
                _ = try CaseKeeping(by: applicant, for: .caseApplication)
                    .withdraw(record, reason: "이사", in: tx)
            }
            try await client.deliverEvents()
            #expect(try await client.state(machine) == .ready)
            let after = try await client.store.read { try Allocations.find(places[0].id, in: $0) }
            #expect(after?.state == .withdrawn)
            #expect(after?.assetID == nil)
        }
    }

    @Test func `brings a machine to its person, repairs it, and takes it back to be wiped`()
        async throws
    {
        try await CityClient.with(city, now: noon) { client in
            let applicant = try await account("company@sample.example", client)
            let officer = try await account("benefits@sample.example", client, [.caseOfficer])
            let granted = try await client.store.write { tx in
                try apply(as: applicant, decidedBy: officer, in: tx)
            }
            try await client.deliverEvents()
            let place = "\(granted.id)-1"
            let page = "/shared-pcs/allocations/\(place)"
            let machine = try #require(try await client.ready().first)
            let person = try await client.workshop()
            func step(
                _ name: String,
                _ fields: KeyValuePairs<String, String>
            ) async throws -> Int {
                try await person.submit("\(page)/\(name)", from: page, fields).status
            }
            #expect(try await step("allocate", ["machine": machine]) == 303)
            #expect(try await step("ship", ["way": "courier", "courier": "견본택배"]) == 422)
            let past = today.adding(days: -1).iso
            #expect(try await step("ship", ["way": "visit", "visitOn": past]) == 422)
            let parcel =
                ["way": "courier", "courier": "견본택배", "trackingNumber": "1234-5678-9012"]
                as KeyValuePairs
            #expect(try await step("ship", parcel) == 303)
            let own = try await client.signedIn(as: "company@sample.example")
            let mine = "/shared-pcs/mine/\(place)"
            #expect(try await own.submit("\(mine)/confirm", from: mine, [:]).status == 422)
            let signed = try await own.submit(
                "\(mine)/confirm",
                from: mine,
                ["signedName": "시험 신청인"]
            )
            #expect(signed.status == 303)
            let record = try await client.store.write { tx in
                try Cases.record(granted.id, for: applicant, purpose: .caseApplication, in: tx)
            }
            #expect(record?.state == .fulfilled)
            let given = try #require(
                try await client.store.read { try Allocations.find(place, in: $0) }
            )
            #expect(given.warrantyUntil == today.adding(years: 1).adding(days: -1))
            // The history that all staff read does not name the person.
            let history = try await person.get("/inventory/\(machine)").body
            #expect(!history.contains("시험 신청인"))
            #expect(history.contains(given.receiptNumber))
            let looks = try await client.store.read {
                try $0.value(
                    """
                    SELECT COUNT(*) FROM audit_record WHERE subject_kind = 'case'
                        AND subject_id = \(granted.id) AND purpose_code = 'sharedpcs.workshop'
                        AND actor_kind = 'staff'
                    """,
                    as: Int.self
                )
            }
            #expect((looks ?? 0) > 0)
            let problem = ["problem": "화면이 나오지 않습니다."] as KeyValuePairs
            #expect(try await own.submit("\(mine)/repairs", from: mine, problem).status == 303)
            let ticket = try #require(
                try await client.store.read { try Repairs.of(allocation: place, in: $0).first }
            )
            #expect(ticket.isUnderWarranty)
            let repair = "/shared-pcs/repairs/\(ticket.id)"
            #expect(try await person.submit("\(repair)/start", from: repair, [:]).status == 303)
            #expect(try await client.state(machine) == .inRepair)
            #expect(try await person.submit("\(repair)/end", from: repair, [:]).status == 422)
            let done = ["answer": "메모리를 다시 꽂았습니다."] as KeyValuePairs
            #expect(try await person.submit("\(repair)/end", from: repair, done).status == 303)
            #expect(try await client.state(machine) == .installed)
            #expect(try await step("take-back", ["take-back-reason": "이사"]) == 303)
            #expect(try await client.state(machine) == .returned)
            let keeping = client.keeping
            try await client.store.write {
                try keeping.move(machine, to: .wiping, reason: "다시", in: $0)
            }
            // The proof of its first life is none for the second.
            await #expect(throws: SharedPCError.self) {
                try await client.store.write {
                    try keeping.move(machine, to: .wiped, reason: "다시", in: $0)
                }
            }
        }
    }

    @Test func `puts a ready machine in the place of one that cannot be mended`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let ticket = try #require(
                try await client.store.read {
                    try Repairs.page(1, state: .working, in: $0).tickets.first
                }
            )
            let machine = try #require(try await client.ready().first)
            let (keeping, store) = (client.keeping, client.store)
            await #expect(throws: SharedPCError.self) {
                try await store.write {
                    try keeping.endRepair(
                        ticket.id,
                        answer: "교체",
                        replacement: ticket.assetID,
                        in: $0
                    )
                }
            }
            try await store.write {
                try keeping.endRepair(ticket.id, answer: "교체", replacement: machine, in: $0)
            }
            let place = try await store.read { try Allocations.find(ticket.allocationID, in: $0) }
            #expect(place?.assetID == machine)
            #expect(place?.state == .allocated)
            #expect(try await client.state(ticket.assetID) == .returned)
            #expect(try await client.state(machine) == .allocated)
        }
    }

    @Test func `takes in as many places as a corporation was granted`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let applicant = try await account("company@sample.example", client)
            let officer = try await account("benefits@sample.example", client, [.caseOfficer])
            let granted = try await client.store.write { tx in
                try apply(
                    as: applicant,
                    for: SharedPCProcedures.corporation,
                    own: [SharedPCProcedures.Question.count: "3"],
                    decidedBy: officer,
                    in: tx
                )
            }
            try await client.deliverEvents()
            let places = try await client.store.read {
                try Allocations.of(case: granted.id, in: $0)
            }
            #expect(places.map(\.ordinal) == [1, 2, 3])
            let machines = try await client.ready()
            let keeping = client.keeping
            for (place, machine) in zip(places, machines) {
                try await client.store.write { try keeping.allocate(machine, to: place.id, in: $0) }
            }
            #expect(try await client.waiting().count == 5)
        }
    }

    @Test func `shows figures to everybody and persons to nobody`() async throws {
        try await CityClient.with(city, now: noon) { client in
            let figures = try await client.get("/api/shared-pcs/statistics").body
            #expect(figures.contains("\"given\":14"))
            #expect(figures.contains("\"waiting\":5"))
            #expect(figures.contains("\"ready\":12"))
            #expect(!figures.contains("견본"))
            for path in [
                "/shared-pcs", "/shared-pcs/statistics", "/shared-pcs/statistics?year=2026",
            ] {
                let page = try await client.get(path)
                #expect(page.status == 200)
                #expect(!page.body.contains("견본 신청인"))
            }
            let board = try await client.workshop()
            let list = try await board.get("/shared-pcs/allocations?state=delivered").body
            #expect(!list.contains("견본 신청인"))
        }
    }
}

/// An account of the sample city as an actor.
private func account(
    _ login: String,
    _ client: CityClient,
    _ roles: [Role] = []
) async throws -> Actor {
    let id = try #require(
        try await client.store.read {
            try $0.value(
                "SELECT id FROM identity_account WHERE login_name = \(login)",
                as: String.self
            )
        }
    )
    return .account(
        SignedInAccount(
            id: id,
            kind: roles.isEmpty ? .resident : .staff,
            displayName: "시험 \(login)",
            grants: roles.map { Grant($0, organization: "11000") }
        )
    )
}

/// Applies for a machine and grants it.
private func apply(
    as applicant: Actor,
    for procedureID: String = SharedPCProcedures.person,
    own: [String: String] = [:],
    decidedBy officer: Actor,
    in tx: WriteTransaction
) throws -> Case {
    let keeping = CaseKeeping(by: applicant, for: .caseApplication)
    let review = CaseKeeping(by: officer, for: .caseReview)
    let procedure = try #require(try CaseProcedures.find(procedureID, in: tx))
    let draft = try keeping.open(
        procedure,
        applicant: CaseApplicant(name: "시험 신청인"),
        answers: CaseAnswers(
            own: own.merging([
                SharedPCProcedures.Question.register: "노원구 시험로 1, 2호",
                SharedPCProcedures.Question.district: "11350",
                SharedPCProcedures.Question.wish: "desktop",
            ]) { $1 }
        ),
        in: tx
    )
    try keeping.give(.processing, for: draft, in: tx)
    let sent = try keeping.submit(draft, verdict: nil, key: "key", in: tx)
    return try review.decide(
        try review.startReview(sent, in: tx),
        .approved,
        reason: "확인",
        in: tx
    )
}
