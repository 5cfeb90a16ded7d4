import Basics
import Identity
import Store

/// Computers of the sample city that do not exist: some of every state of their life.
enum SampleAssets {
    private static let countPerOrganization = 4
    private static let models: [(maker: String, model: String, form: String, memory: Int)] = [
        ("표본전자", "견본 D-100", "desktop", 8), ("표본전자", "견본 N-14", "laptop", 16),
        ("견본컴퓨터", "견본 D-230", "desktop", 16), ("견본컴퓨터", "견본 A-24", "allInOne", 8),
    ]
    private static let states: [AssetState] = [
        .active, .active, .active, .installed, .faulty, .planned, .active, .retired,
    ]

    /// Enters the computers; those that are there stay as they are.
    static func make(of organizations: [Organization], in tx: WriteTransaction) throws {
        var random = SeededRandom(seed: 15)
        let keeping = AssetKeeping(by: .anonymous)
        for (place, organization) in organizations.enumerated() {
            for number in 1...countPerOrganization {
                let kept = asset(number, of: organization, turn: place, &random, at: tx.now)
                if try Assets.find(kept.id, in: tx) == nil { try keeping.enter(kept, in: tx) }
            }
        }
    }

    private static func asset(
        _ number: Int,
        of organization: Organization,
        turn: Int,
        _ random: inout SeededRandom,
        at now: Instant
    ) -> Asset {
        let item = models[(turn + number) % models.count]
        let year = 2017 + Int(random.unit() * 6)
        let month = 1 + Int(random.unit() * 12)
        let digits = String(10_000 + Int(random.unit() * 89_999))
        return Asset(
            id: "sample-computer-\(organization.id)-\(number)",
            kind: .computer,
            number: "PC-\(year)-000\(number)",
            name: "업무용 PC \(number)호 (표본)",
            maker: item.maker,
            model: item.model,
            serial: "SAMPLE-\(organization.id)-\(digits)",
            organizationID: organization.id,
            spot: "\(number)층 민원실",
            state: states[(turn * countPerOrganization + number) % states.count],
            acquiredOn: LocalDate(year: year, month: month, day: 15),
            price: Won(Int64(700 + Int(random.unit() * 900)) * 1_000),
            facts: [
                "form": item.form, "memoryGB": String(item.memory), "storageGB": "256",
                "storage": year < 2019 ? "hdd" : "ssd",
            ],
            isSample: true,
            at: now
        )
    }
}
