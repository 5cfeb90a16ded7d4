import Basics
import City
import CityMap
import Footage
import Hosting
import Identity
import Routing
import Store
import Vision

/// The searches of the sample city: one that is on, one that waits for its approval, one that is over.
enum SampleSearches {
    /// How much larger the photo is than the picture it was cut from.
    private static let photoScale = 4

    static func make(on platform: Platform) async throws {
        let hasCity = try await platform.store.read { db in
            try Organizations.all(in: db).contains { $0.id == Organization.sampleCity.id }
        }
        guard hasCity else { return }
        let cameras = try await cameras(platform)
        let shot = try await SampleFootage.make(cameras: cameras, on: platform)
        let searcher = try await platform.sampleActor(MissingPersons.samplePeople[0].account)
        let approver = try await platform.sampleActor(MissingPersons.samplePeople[1].account)
        let cases = try FootageCases(platform)
        let accounts = platform.identity.accounts
        let asking = SearchKeeping(actor: searcher, cases: cases, accounts: accounts)
        let deciding = SearchKeeping(actor: approver, cases: cases, accounts: accounts)
        try await makeClosed(asking, cameras, platform)
        try await platform.store.write { tx in
            _ = try asking.open(
                draft(.child, cameras: nil, hours: 24, at: tx.now),
                isSample: true,
                in: tx
            )
        }
        let open = try await platform.store.write { tx in
            let draft = draft(.dementia, cameras: nil, hours: 72, at: tx.now)
            let search = try asking.open(draft, isSample: true, in: tx)
            try deciding.decide(search.id, approves: true, note: "견본 승인", in: tx)
            return search.id
        }
        if let shot { try await search(open, shot, asking, platform) }
    }

    /// Cameras of the control room; without that service, the same sites as plain assets.
    private static func cameras(_ platform: Platform) async throws -> [Camera] {
        try await platform.store.write { tx in
            if try AssetKinds.find(.camera, in: tx) != .camera {
                try AssetKinds.describe(.camera, in: tx)
            }
            let known = try CameraRegister.all(in: tx)
            guard known.isEmpty else { return known }
            let keeping = AssetKeeping(by: .anonymous)
            for (place, site) in SampleNeighbourhood.cameraSites.enumerated() {
                let asset = Asset(
                    id: "sample-camera-\(place + 1)",
                    kind: .camera,
                    number: "CCTV-2026-\(1_001 + place)",
                    name: site.name.korean,
                    organizationID: Organization.sampleCity.id,
                    spot: site.name.korean,
                    state: .active,
                    facts: [
                        "latitude": "\(site.position.latitude)",
                        "longitude": "\(site.position.longitude)",
                        "bearingDegrees": String(Int(site.bearingDegrees) % 360),
                    ],
                    isSample: true,
                    at: tx.now
                )
                try CameraRegister.enter(asset, number: UInt32(place + 1), by: keeping, in: tx)
            }
            return try CameraRegister.all(in: tx)
        }
    }

    private static func draft(
        _ kind: MissingKind,
        cameras: [UInt32]?,
        hours: Int,
        at now: Instant
    ) -> SearchDraft {
        SearchDraft(
            kind: kind,
            reportNumber: kind == .child ? "견본-0002" : "견본-0001",
            requester: "견본경찰서 여성청소년과",
            basis: .policeRequest,
            person: MissingPerson(
                alias: kind == .child ? "견본 어린이" : "견본 어르신",
                description: "노란 윗옷에 남색 바지, 천천히 걷습니다. (지어낸 사람)",
                upper: SampleFootage.clothes.upper.rawValue,
                lower: SampleFootage.clothes.lower.rawValue,
                lastSeenPlace: "해치초등학교 정문 앞",
                lastSeenCamera: SampleFootage.walk[0].camera,
                lastSeenAt: now.adding(seconds: -SampleFootage.walk[0].minutesAgo * 60)
            ),
            cameras: cameras,
            hours: hours
        )
    }

    private static func makeClosed(
        _ asking: SearchKeeping,
        _ cameras: [Camera],
        _ platform: Platform
    ) async throws {
        let near = cameras.prefix(6).map(\.number)
        let id = try await platform.store.write { tx in
            let draft = draft(.disability, cameras: near, hours: 12, at: tx.now)
            let search = try asking.open(draft, isSample: true, in: tx)
            try asking.close(search.id, outcome: .foundSafe, in: tx)
            return search.id
        }
        try asking.cases.shred(id)
    }

    /// The photo is brought and cut, the first search is made, and the three best are confirmed.
    private static func search(
        _ id: String,
        _ shot: SampleFootage.Shot,
        _ asking: SearchKeeping,
        _ platform: Platform
    ) async throws {
        guard let box = shot.lost else { return }
        let cut = try shot.picture.cropped(box)
        let photo = try cut.scaled(width: cut.width * photoScale, height: cut.height * photoScale)
        let file = try await platform.store.write { tx in
            let number = try asking.addPhoto(photo, to: id, in: tx)
            let whole = BoundingBox(
                x: 0,
                y: 0,
                width: Double(photo.width),
                height: Double(photo.height)
            )
            try asking.choose(whole, in: number, of: id, in: tx)
            return try CaseFile.read(id, asking, in: tx)
        }
        guard let warrant = file.warrant else { return }
        let answer = try await FootageGate(platform).search(
            try file.question(SearchTerms(), now: platform.time.now()),
            warrant: warrant.id,
            of: id,
            by: asking.actor
        )
        try await platform.store.write { tx in
            for match in answer.matches.prefix(3) {
                try asking.mark(match, .confirmed, of: id, in: tx)
            }
        }
    }
}
