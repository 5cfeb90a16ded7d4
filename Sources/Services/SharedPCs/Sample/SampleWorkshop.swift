import Basics
import Cases
import City
import Eligibility
import Hosting
import Identity
import Programmes
import Store

/// The workshop of the sample city: sixty machines on their way, and who waits for them.
enum SampleWorkshop {
    /// A wipe log that is stored already.
    private struct StoredLog: Sendable {
        var runs: [WipeRun]
        var digest: String
    }

    private struct People: Sendable {
        var workshop: Actor
        var officer: Actor
        var intake: Actor
        var resident: Actor
    }

    /// Fills the store; a crash in between is taken up where it was, since it is one transaction.
    static func make(on platform: Platform) async throws {
        let today = platform.time.today
        let people = try await people(on: platform)
        let logs = try await logs(on: platform, today)
        let key = try await HouseholdKey.load(from: platform.store)
        try await platform.store.write { tx in
            guard try Intake.donors(in: tx).isEmpty else { return }
            try describe(in: tx)
            let keeping = SharedPCKeeping(by: people.workshop)
            let assets = try takeIn(keeping, today, in: tx)
            try SampleMachines.parts.forEach { try Parts.insert($0, in: tx) }
            for (place, id) in assets.enumerated() {
                try prepare(id, place, logs[place], keeping, in: tx)
            }
            let cases = try SampleApplications(
                intake: people.intake,
                officer: people.officer,
                resident: people.resident
            ).make(list: AllocationIntake(householdKey: key), in: tx)
            try giveOut(assets, to: cases, keeping, in: tx)
        }
    }

    private static func describe(in tx: WriteTransaction) throws {
        let city = Organization.sampleCity.id
        try CaseProcedures.describe(SharedPCProcedures.person(of: city), in: tx)
        try CaseProcedures.describe(SharedPCProcedures.corporation(of: city), in: tx)
        try ProgrammeOffers.set(
            ProgrammeOffer(
                programme: SharedPCProcedures.person,
                link: "/apply/\(SharedPCProcedures.person)"
            ),
            in: tx
        )
    }

    private static func people(on platform: Platform) async throws -> People {
        let resident = NewAccount(
            kind: .resident,
            loginName: "resident@sample.example",
            displayName: "견본 시민"
        )
        return People(
            workshop: try await platform.sampleActor(SharedPCs.samplePeople[0].account),
            officer: try await platform.sampleActor(SampleCaseStaff.officer.account),
            intake: try await platform.sampleActor(SampleCaseStaff.welfareOfficer.account),
            resident: try await platform.sampleActor(resident)
        )
    }

    /// The state each machine ends in, by its place.
    private static let ends = SampleMachines.states.flatMap {
        Array(repeating: $0.state, count: $0.count)
    }

    private static func donorOf(_ place: Int) -> Int { place % SampleMachines.donors.count }

    private static func logs(
        on platform: Platform,
        _ today: LocalDate
    ) async throws -> [StoredLog] {
        var logs: [StoredLog] = []
        for (place, end) in ends.enumerated() {
            let received = today.adding(days: -SampleMachines.donors[donorOf(place)].days)
            var log = SampleMachines.log(
                SampleMachines.entry(place),
                on: received.adding(days: 1),
                place
            )
            // Of those that are being wiped, one was stopped and one failed.
            if end == .wiping { log.ending = [.aborted, .failed, .cutOff][place % 3] }
            let bytes = Array(log.text.utf8)
            let digest = try await platform.store.blobs.put(bytes).id.rawValue
            logs.append(StoredLog(runs: try WipeLogReader.read(bytes), digest: digest))
        }
        return logs
    }

    /// Takes every machine in; gives the identifiers, by place.
    private static func takeIn(
        _ keeping: SharedPCKeeping,
        _ today: LocalDate,
        in tx: WriteTransaction
    ) throws -> [String] {
        var ids = Array(repeating: "", count: ends.count)
        for (index, item) in SampleMachines.donors.enumerated() {
            try keeping.add(
                Donor(
                    id: item.id,
                    kind: item.kind,
                    name: item.name,
                    isSample: true,
                    createdAt: tx.now
                ),
                in: tx
            )
            let batch = try keeping.open(
                Batch(
                    id: "sample-batch-\(index + 1)",
                    number: "",
                    donorID: item.id,
                    receivedOn: today.adding(days: -item.days),
                    handedOverBy: item.by,
                    note: "표본 자료입니다.",
                    receivedBy: "",
                    receivedByName: "",
                    isSample: true,
                    createdAt: tx.now
                ),
                in: tx
            )
            let places = ends.indices.filter { donorOf($0) == index }
            var queue = places.map { "sample-shared-pc-\($0 + 1)" }
            for (place, id) in zip(places, queue) { ids[place] = id }
            _ = try keeping.takeIn(
                places.map { SampleMachines.entry($0) },
                of: batch,
                for: Organization.sampleCity.id,
                newID: { queue.removeFirst() },
                in: tx
            )
        }
        return ids
    }

    /// Takes a machine through the workshop, as far as it goes without a person.
    private static func prepare(
        _ id: String,
        _ place: Int,
        _ log: StoredLog,
        _ keeping: SharedPCKeeping,
        in tx: WriteTransaction
    ) throws {
        let end = ends[place]
        func move(_ state: MachineState) throws {
            try keeping.move(id, to: state, reason: "표본", in: tx)
        }
        guard end != .received else { return }
        try move(.wiping)
        _ = try keeping.bringIn(log.runs, digest: log.digest, in: tx)
        guard end != .wiping else { return }
        try move(.wiped)
        guard end != .wiped else { return }
        if end == .recycled { return try move(.recycled) }
        try move(.refurbishing)
        let row = try Machines.row(id, in: tx)
        if row.asset.facts.value["storage"] == "hdd" {
            try keeping.putIn("sample-ssd", count: 1, of: id, in: tx)
        }
        guard end != .refurbishing else { return }
        try keeping.save(
            SampleMachines.work(row.machine.form, place),
            of: id,
            version: try Machines.row(id, in: tx).machine.version,
            in: tx
        )
        try move(.ready)
    }

    /// Gives machines to those whose application was granted, in their order.
    private static func giveOut(
        _ assets: [String],
        to places: [String],
        _ keeping: SharedPCKeeping,
        in tx: WriteTransaction
    ) throws {
        var queue = places[...]
        let order: [MachineState] = [.installed, .inRepair, .returned, .shipped, .allocated]
        for end in order {
            for (asset, _) in zip(assets, ends).filter({ $1 == end }) {
                guard let place = queue.popFirst() else { return }
                try give(asset, to: place, until: end, keeping, in: tx)
            }
        }
    }

    private static func give(
        _ asset: String,
        to place: String,
        until end: MachineState,
        _ keeping: SharedPCKeeping,
        in tx: WriteTransaction
    ) throws {
        try keeping.allocate(asset, to: place, in: tx)
        guard end != .allocated else { return }
        try keeping.ship(
            place,
            Delivery(way: .courier, courier: "견본택배", trackingNumber: "000000000000"),
            in: tx
        )
        guard end != .shipped else { return }
        let given = try keeping.confirm(place, signedName: "견본 수령인", byRecipient: false, in: tx)
        try keeping.fulfilCase(of: given, in: tx)
        switch end {
        case .inRepair:
            let ticket = try keeping.openRepair(
                of: place,
                problem: "견본: 켜면 화면이 나오지 않고 소리만 납니다.",
                isByTelephone: true,
                ticketID: "sample-repair-\(place)",
                in: tx
            )
            try keeping.startRepair(ticket.id, in: tx)
        case .returned: try keeping.takeBack(place, reason: "표본: 이사로 반납", in: tx)
        default: break
        }
    }
}

/// Applications for machines by people who do not exist, in several states.
struct SampleApplications {
    /// Granted ones: those whose machine is given, under way or set aside, and those that wait.
    private static let grantedCount = 25

    let intake: Actor
    let officer: Actor
    let resident: Actor

    /// Makes them; gives the places of the granted ones on the list, in their order.
    func make(list: AllocationIntake, in tx: WriteTransaction) throws -> [String] {
        let review = CaseKeeping(by: officer, for: .caseReview)
        var places: [String] = []
        for number in 0..<Self.grantedCount {
            let granted = try review.decide(
                try review.startReview(try submitted(number, in: tx), in: tx),
                .approved,
                reason: "자격과 세대를 확인했습니다.",
                in: tx
            )
            try list.handle(
                CaseChanged(
                    caseID: granted.id,
                    procedureID: granted.procedureID,
                    from: .inReview,
                    to: .approved
                ),
                in: tx
            )
            places += try Allocations.of(case: granted.id, in: tx).map(\.id)
        }
        let first = Self.grantedCount
        _ = try submitted(first, in: tx)
        _ = try review.startReview(try submitted(first + 1, in: tx), in: tx)
        _ = try review.requestCorrection(
            try review.startReview(try submitted(first + 2, in: tx), in: tx),
            reason: "등본이 6개월을 넘었습니다. 다시 올려 주세요.",
            days: 10,
            in: tx
        )
        _ = try review.decide(
            try review.startReview(try submitted(first + 3, in: tx), in: tx),
            .refused,
            reason: "두 해 안에 공공기관의 PC를 받았습니다.",
            in: tx
        )
        return places
    }

    /// An application that arrived: the first is a resident's own, the others were taken in at a desk.
    private func submitted(_ number: Int, in tx: WriteTransaction) throws -> Case {
        let isOwn = number == 0
        let actor = isOwn ? resident : intake
        let keeping = CaseKeeping(by: actor, for: .caseApplication)
        let name = isOwn ? actor.account?.displayName ?? "" : "견본 신청인 PC\(number)"
        var answers = Answers()
        answers.answer("seoulResident", .bool(true))
        answers.answer("onlyParent", .bool(number % 3 == 0))
        answers.answer("basicLivelihood", .choice(number % 3 == 0 ? "none" : "nearPoor"))
        answers.receipts = []
        let draft = try keeping.open(
            SharedPCProcedures.person(of: Organization.sampleCity.id),
            applicant: CaseApplicant(name: name, telephone: "02-000-0000"),
            proxy: isOwn
                ? nil
                : CaseProxy(
                    basis: .welfareOfficer,
                    name: actor.account?.displayName ?? "",
                    assurance: Assurance.password.rawValue,
                    statement: "표본: 방문해서 신청함"
                ),
            answers: CaseAnswers(answers: answers, own: own(number)),
            isSample: true,
            in: tx
        )
        try keeping.give(.processing, for: draft, in: tx)
        return try keeping.submit(draft, verdict: nil, key: draft.id, in: tx)
    }

    private func own(_ number: Int) -> [String: String] {
        let district = District.all[number * 7 % District.all.count]
        let address = "\(district.name.korean) 견본로 \(number + 1), 101동 \(100 + number)호"
        return [
            SharedPCProcedures.Question.register: "서울특별시 \(address)",
            SharedPCProcedures.Question.address: "서울특별시 \(address)",
            SharedPCProcedures.Question.district: district.code,
            SharedPCProcedures.Question.telephone: "02-000-0000",
            SharedPCProcedures.Question.wish: number % 5 == 4 ? "laptop" : "desktop",
            SharedPCProcedures.Question.reason: number % 5 == 4 ? "표본: 휠체어에서 씁니다." : "",
            SharedPCProcedures.Question.installation: number % 2 == 0 ? "yes" : "no",
        ]
    }
}
