import Basics
import City

/// Donors and machines that do not exist, for a city that is only shown.
enum SampleMachines {
    /// The donors.
    static let donors: [(id: String, kind: Donor.Kind, name: String, by: String, days: Int)] = [
        ("sample-donor-1", .publicOffice, "견본 공공기관(표본)", "총무과 물품관리 담당", 60),
        ("sample-donor-2", .district, "견본 자치구(표본)", "정보화 담당", 35),
        ("sample-donor-3", .company, "견본컴퓨터 주식회사(표본)", "사회공헌 담당", 14),
    ]

    /// How many machines end in each state: sixty in all.
    static let states: [(state: MachineState, count: Int)] = [
        (.received, 7), (.wiping, 6), (.wiped, 5), (.refurbishing, 6), (.ready, 12),
        (.allocated, 3), (.shipped, 3), (.installed, 8), (.inRepair, 3), (.returned, 3),
        (.recycled, 4),
    ]

    private struct Model {
        var maker: String
        var model: String
        var form: MachineForm
        var processor: String
        var memoryGB: Int
        var storageGB: Int
        var storage: String
        var displayInch: Int
    }

    private static let models = [
        Model(
            maker: "표본전자",
            model: "견본 D-310",
            form: .desktop,
            processor: "4코어 3.2GHz",
            memoryGB: 8,
            storageGB: 256,
            storage: "ssd",
            displayInch: 22
        ),
        Model(
            maker: "표본전자",
            model: "견본 N-15",
            form: .laptop,
            processor: "4코어 1.8GHz",
            memoryGB: 8,
            storageGB: 256,
            storage: "ssd",
            displayInch: 15
        ),
        Model(
            maker: "견본컴퓨터",
            model: "견본 D-120",
            form: .desktop,
            processor: "2코어 3.0GHz",
            memoryGB: 4,
            storageGB: 500,
            storage: "hdd",
            displayInch: 22
        ),
        Model(
            maker: "견본컴퓨터",
            model: "견본 A-24",
            form: .allInOne,
            processor: "4코어 2.4GHz",
            memoryGB: 8,
            storageGB: 240,
            storage: "ssd",
            displayInch: 24
        ),
    ]

    /// The entry of a machine, by its place from 0.
    static func entry(_ place: Int) -> MachineEntry {
        let model = models[place % models.count]
        let number = String(10_000 + place * 137)
        return MachineEntry(
            serial: "SAMPLE-PC-\(number)",
            maker: model.maker,
            model: model.model,
            form: model.form,
            diskSerials: ["SAMPLE-DISK-\(number)"],
            facts: [
                "processor": model.processor, "memoryGB": String(model.memoryGB),
                "storageGB": String(model.storageGB), "storage": model.storage,
                "displayInch": String(model.displayInch),
            ]
        )
    }

    /// The log of a machine's wipe, a day after it came.
    static func log(_ entry: MachineEntry, on day: LocalDate, _ place: Int) -> SampleWipeLog {
        SampleWipeLog(
            machineSerial: entry.serial,
            machineModel: entry.model,
            diskModel: "SAMPLE DISK \(entry.facts["storageGB"] ?? "")GB",
            diskSerial: entry.diskSerials.first ?? "",
            capacityByteCount: (Int64(entry.facts["storageGB"] ?? "") ?? 0) * 1_000_000_000,
            startedAt: Instant(day, hour: 9 + place % 8, minute: place % 60)
        )
    }

    /// What the workshop found and installed.
    static func work(_ form: MachineForm, _ place: Int) -> Refurbishment {
        var work = Refurbishment()
        for check in MachineCheck.needed(for: form) { work.checks[check] = true }
        work.appearance = place % 3 == 0 ? .asNew : .worn
        work.operatingSystem = place % 4 == 2 ? "하모니카 리눅스" : "윈도우 11"
        work.licence = place % 4 == 2 ? .free : .refurbisher
        return work
    }

    /// The stock of parts.
    static let parts = [
        Part(
            id: "sample-memory",
            title: "메모리 4GB(표본)",
            count: 40,
            unitCost: Won(12_000),
            fact: "memoryGB",
            factValue: 4
        ),
        Part(
            id: "sample-ssd",
            title: "SSD 240GB(표본)",
            count: 25,
            unitCost: Won(28_000),
            fact: "storageGB",
            factValue: 240
        ),
        Part(
            id: "sample-keyboard",
            title: "자판·마우스(표본)",
            count: 30,
            unitCost: Won(9_000),
            fact: "",
            factValue: 0
        ),
    ]
}
