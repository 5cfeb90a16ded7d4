import Basics
import City
import Store
import Testing

@testable import SharedPCs

@Suite struct `A machine's states` {
    @Test func `lead from the donor to a person, and nowhere without a wipe`() {
        var reached: Set<MachineState> = [.received]
        var wave: [MachineState] = [.received]
        while let state = wave.popLast() {
            for next in state.next where reached.insert(next).inserted { wave.append(next) }
        }
        #expect(reached == Set(MachineState.allCases))
        // Whatever way leads to a person goes through a state that asks for the wipe.
        for state in MachineState.allCases where state.next.contains(.allocated) {
            #expect(MachineState.allocated.needsWipe)
        }
        #expect(MachineState.returned.next == [.wiping, .recycled])
    }

    @Test func `that belong to a person are never left by hand`() {
        for state in MachineState.allCases where state.isOfARecipient {
            #expect(state.handMoves().isEmpty)
        }
        for state in MachineState.allCases {
            #expect(state.handMoves().allSatisfy { !$0.isOfARecipient })
        }
    }
}

@Suite struct `A grade` {
    @Test(arguments: [
        ("8", "256", "ssd", Refurbishment.Appearance.asNew, MachineGrade.a),
        ("8", "256", "ssd", .worn, .b), ("4", "120", "ssd", .asNew, .b),
        ("8", "1000", "hdd", .asNew, .c), ("16", "512", "ssd", .damaged, .c),
        ("", "", "", .asNew, .c),
    ])
    func `is that of the lowest criterion`(
        _ memory: String,
        _ size: String,
        _ storage: String,
        _ appearance: Refurbishment.Appearance,
        _ grade: MachineGrade
    ) {
        let facts = ["memoryGB": memory, "storageGB": size, "storage": storage]
        #expect(MachineGrade(facts: facts, appearance: appearance) == grade)
    }

    @Test func `asks for a battery of notebooks alone`() {
        var work = Refurbishment()
        for check in MachineCheck.allCases where check != .battery { work.checks[check] = true }
        work.appearance = .worn
        work.operatingSystem = "리눅스"
        work.licence = .free
        #expect(work.fault(form: .desktop) == nil)
        #expect(work.fault(form: .laptop) != nil)
    }
}

@Suite struct `A household's code` {
    private let key = HouseholdKey(secret: "test")

    @Test(arguments: [
        ("서울특별시 노원구 견본로 1, 101동 1203호", "서울시 노원구 견본로 1 101-1203"),
        ("노원구 견본로 12 (상계동, 견본아파트) 3층", "노원구 견본로 12, 3층"),
    ])
    func `is the same for one address written in two ways`(_ first: String, _ second: String) {
        #expect(key.code(of: first) == key.code(of: second))
    }

    @Test func `is another for another door, and tells nothing of it`() {
        let first = key.code(of: "노원구 견본로 1, 101동 1203호")
        #expect(first != key.code(of: "노원구 견본로 1, 101동 1204호"))
        #expect(first != key.code(of: "노원구 견본로 11, 01동 1203호"))
        #expect(first != HouseholdKey(secret: "other").code(of: "노원구 견본로 1, 101동 1203호"))
        #expect(first.count == 64)
        #expect(key.code(of: "  ") == "")
    }
}

@Suite struct `A donor's name` {
    @Test(arguments: [
        "kim@example.com", "홍길동 010-1234-5678", "", String(repeating: "가", count: 81),
    ])
    func `is no address`(_ name: String) { #expect(Donor.fault(ofName: name) != nil) }

    @Test(arguments: ["서울시설공단", "3M", "제21대 총동문회"])
    func `is a name`(_ name: String) { #expect(Donor.fault(ofName: name) == nil) }
}

@Suite struct `A file of machines` {
    private static let nobody = KnownSerials(machines: ["OLD-1": "PC-1"], disks: ["D-OLD": "PC-1"])

    private static func read(_ text: String) throws -> MachineImport {
        try MachineImport(Array(text.utf8), fileName: "a.csv", known: nobody)
    }

    @Test func `is reported row by row before anything is taken in`() throws {
        let read = try Self.read(
            """
            일련번호,제조사,모델,형태,메모리(GB),저장장치 종류,저장장치(GB),디스크 일련번호
            a-1,표본전자,D-1,데스크톱,8,SSD,256,D-1
            A-1,표본전자,D-1,데스크톱,8,SSD,256,D-2
            old-1,표본전자,D-1,데스크톱,8,SSD,256,D-3
            ,표본전자,D-1,데스크톱,8,SSD,256,D-4
            A-5,표본전자,D-1,냉장고,많이,테이프,256,D-OLD
            A-6,표본전자,N-1,노트북,4,HDD,500,D-6 D-7
            """
        )
        #expect(read.rowCount == 6)
        #expect(read.entries.map(\.entry.serial) == ["A-1", "A-6"])
        #expect(read.entries[1].entry.form == .laptop)
        #expect(read.entries[1].entry.diskSerials == ["D-6", "D-7"])
        #expect(read.entries[1].entry.diskCount == 2)
        let counts = Dictionary(uniqueKeysWithValues: read.faultCounts.map { ($0.kind, $0.count) })
        #expect(counts == [.twiceInFile: 1, .known: 2, .missing: 1, .wrong: 3])
    }

    @Test func `without serial numbers is refused`() {
        #expect(throws: SharedPCError.self) { try Self.read("이름,모델\nA,B\n") }
        #expect(throws: (any Error).self) {
            try MachineImport([0x50, 0x4B, 3, 4], fileName: "a.xlsx", known: Self.nobody)
        }
    }

    @Test func `of ten thousand rows is read, of too many is refused`() throws {
        func rows(_ count: Int) -> String {
            "일련번호\n" + (0..<count).map { "S-\($0)\n" }.joined()
        }
        #expect(try Self.read(rows(10_000)).entries.count == 10_000)
        #expect(throws: SharedPCError.self) {
            try Self.read(rows(MachineImport.maximumRowCount + 1))
        }
    }
}

@Suite struct `A suggestion` {
    private static func row(_ id: String, _ form: MachineForm, _ grade: MachineGrade) -> MachineRow
    {
        let now = Instant(millisecondsSinceEpoch: 0)
        return MachineRow(
            machine: Machine(
                assetID: id,
                batchID: "",
                state: .ready,
                form: form,
                grade: grade,
                diskCount: 1,
                lifeStartedAt: now,
                work: JSONColumn(Refurbishment()),
                since: now,
                version: 1
            ),
            asset: Asset(id: id, kind: .computer, number: id, name: id, organizationID: "", at: now)
        )
    }

    @Test func `keeps notebooks for whoever asked for one`() {
        let ready = [
            Self.row("d-b", .desktop, .b), Self.row("n-a", .laptop, .a),
            Self.row("all-a", .allInOne, .a), Self.row("d-a", .desktop, .a),
        ]
        func ids(_ wish: MachineForm) -> [String] {
            MachineSuggestion.of(ready, for: wish).map(\.row.asset.id)
        }
        #expect(ids(.desktop) == ["d-a", "d-b", "all-a"])
        #expect(ids(.laptop) == ["n-a"])
    }
}
