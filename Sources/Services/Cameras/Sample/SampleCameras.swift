import Basics
import City
import CityMap
import Footage
import Hosting
import Identity
import Routing
import Store
import Vision

/// Cameras of the sample neighbourhood that do not exist, each with a drawn scene.
enum SampleCameras {
    /// What each site plays, in the order of `SampleNeighbourhood.cameraSites`.
    private static let scenes: [GeneratedScene.Kind] = [
        .walkers, .wrongWay, .quiet, .walkers, .crowd, .crowd, .leftBag, .walkers, .loiterer,
        .intrusion, .walkers, .fall, .loiterer, .quiet, .fall, .walkers,
    ]
    private static let purposes: [CameraPurpose] = [
        .multipurpose, .multipurpose, .multipurpose, .multipurpose, .crimePrevention,
        .crimePrevention, .crimePrevention, .park, .park, .childProtection, .childProtection,
        .crimePrevention, .crimePrevention, .trafficInformation, .park, .park,
    ]

    static func make(on platform: Platform) async throws {
        let map = try CityMap.of(platform)
        try await platform.store.write { tx in
            let organizations = try Organizations.all(in: tx)
            guard organizations.contains(where: { $0.id == Organization.sampleCity.id }) else {
                return
            }
            try enter(map, in: tx)
            for (place, contact) in contacts.enumerated() {
                try Contacts.insert(contact(place), in: tx)
            }
            try SampleEvents.make(in: tx)
            try askForPlan(in: tx)
        }
    }

    /// A plan to look at, made by a job as those of large maps are.
    private static func askForPlan(in tx: WriteTransaction) throws {
        let id = "sample-plan"
        guard try Plans.find(id, in: tx) == nil else { return }
        let plan = Plan(
            id: id,
            organizationID: Organization.sampleCity.id,
            title: "견본 설치 계획",
            kind: .placement,
            request: JSONColumn(PlanRequest(budget: Won(50_000_000), unitCost: Won(9_000_000))),
            state: .waiting,
            madeBy: "",
            madeByName: "견본",
            createdAt: tx.now
        )
        try Plans.save(plan, in: tx)
        try tx.enqueue(PlanJob(plan: id))
    }

    private static func enter(_ map: CityMap, in tx: WriteTransaction) throws {
        let keeping = AssetKeeping(by: .anonymous, for: .cameraControl)
        for (place, site) in SampleNeighbourhood.cameraSites.enumerated() {
            let id = "sample-camera-\(place + 1)"
            guard try Assets.find(id, in: tx) == nil else { continue }
            let year = tx.now.date.year - 10 + (place * 3) % 10
            let installed = LocalDate(year: year, month: 1 + place % 12, day: 10)
            let near = map.place(near: site.position)
            let asset = Asset(
                id: id,
                kind: .camera,
                number: "CCTV-\(year)-00\(place < 9 ? "0" : "")\(place + 1)",
                name: site.name.korean,
                maker: place % 2 == 0 ? "표본전자" : "견본광학",
                model: place % 3 == 0 ? "견본 V-200" : "견본 V-41",
                serial: "SAMPLE-CAM-\(place + 1)",
                organizationID: Organization.sampleCity.id,
                spot: near?.address ?? site.name.korean,
                state: .active,
                acquiredOn: installed,
                price: Won(1_450_000),
                facts: facts(place, site, installed),
                isSample: true,
                at: tx.now
            )
            try CameraRegister.enter(asset, number: UInt32(place + 1), by: keeping, in: tx)
        }
    }

    private static func facts(
        _ place: Int,
        _ site: (name: Bilingual, position: GeoPoint, bearingDegrees: Double),
        _ installed: LocalDate?
    ) -> [String: String] {
        [
            "purpose": purposes[place % purposes.count].rawValue,
            "latitude": "\(site.position.latitude)", "longitude": "\(site.position.longitude)",
            "area": place < 8 ? "해치1동" : "해치2동",
            "bearingDegrees": String(Int(site.bearingDegrees) % 360),
            "fieldOfViewDegrees": place % 4 == 3 ? "360" : "90",
            "rangeMeters": place % 4 == 3 ? "35" : "60", "heightMeters": "5.5",
            "megapixels": ["2", "1.3", "4", "1", "2"][place % 5],
            "infrared": place % 3 == 0 ? "no" : "yes", "ptz": place % 4 == 3 ? "yes" : "no",
            "installedOn": installed?.iso ?? "", "keptDays": "30",
            "scene": scenes[place % scenes.count].rawValue,
        ]
    }

    private static let contacts: [@Sendable (Int) -> Contact] = [
        contact(1, "관제실 책임자", .radio), contact(2, "까치역 역무실", .telephone),
        contact(2, "까치시장 상인회", .telephone), contact(3, "해치 현장 순찰반", .radio),
        contact(3, "까치역 앞 전광판", .signboard), contact(4, "119 종합상황실", .telephone),
        contact(4, "112 종합상황실", .telephone), contact(4, "해치1동·해치2동 주민", .disasterText),
        contact(4, "현장 경광등", .siren),
    ]

    private static func contact(
        _ level: Int,
        _ name: String,
        _ means: Contact.Means
    ) -> @Sendable (Int) -> Contact {
        { place in
            Contact(
                id: "sample-contact-\(place + 1)",
                organizationID: Organization.sampleCity.id,
                level: level,
                name: name,
                means: means,
                position: place
            )
        }
    }
}
