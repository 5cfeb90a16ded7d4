import Basics
import City
import CityTesting
import Foundation
import Hosting
import Identity
import Logging
import Sightings
import Store
import Testing
import Vision

@testable import Footage

/// A house with cameras and nothing else, in a folder of its own, that can be closed and opened again.
struct FootageHouse {
    static let composition = CityComposition(
        modules: [CityRecords.self, CityFootage.self],
        services: []
    )

    let folder: URL
    let clock: MovingClock

    /// A new house; the body's end removes it.
    static func with(
        clock: MovingClock = MovingClock(),
        _ body: (FootageHouse) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "haechi-footage-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(FootageHouse(folder: folder, clock: clock))
    }

    /// Opens the house as a start of the server does, and closes it after the body.
    func open(
        settings more: [String: String] = [:],
        _ body: (OpenHouse) async throws -> Void
    ) async throws {
        let city = try await Self.composition.open(
            settings: try await Settings.load(
                flags: ["data": folder.path].merging(more) { $1 },
                environment: [:],
                file: nil
            ),
            wantsSample: false,
            time: clock.source,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            try await body(OpenHouse(platform: city.platform))
            try await city.platform.store.close()
        } catch {
            try? await city.platform.store.close()
            throw error
        }
    }

    var footageFolder: URL { folder.appending(path: "footage") }
}

/// The house while it is open.
struct OpenHouse {
    static let role = Role(rawValue: "testSearcher")
    static let approverRole = Role(rawValue: "testApprover")
    static let purpose = Purpose(code: "test", Bilingual("시험", "Test"))

    let platform: Platform

    var store: Store { platform.store }
    var now: Instant { platform.time.now() }

    static func actor(_ id: String, _ roles: [Role] = [role], in organization: String = "11000")
        -> Actor
    {
        .account(
            SignedInAccount(
                id: id,
                kind: .staff,
                displayName: id,
                organization: organization,
                grants: roles.map { Grant($0, organization: organization) }
            )
        )
    }

    func request(
        _ caseID: String,
        holder: String = "searcher",
        cameras: [UInt32]? = [1, 2],
        hours: Int = 12,
        footage: ClosedRange<Instant>? = nil
    ) -> FootageWarrantRequest {
        FootageWarrantRequest(
            caseKind: "test",
            caseID: caseID,
            caseNumber: "시험-\(caseID)",
            holderID: holder,
            role: Self.role,
            approverRole: Self.approverRole,
            organizationID: "11000",
            purpose: Self.purpose,
            basis: Bilingual("시험 근거", "A ground"),
            cameras: cameras,
            footage: footage ?? now.adding(seconds: -6 * 3_600)...now.adding(seconds: 3_600),
            expiresAt: now.adding(seconds: hours * 3_600),
            requestedBy: holder
        )
    }

    /// A case with its key and a warrant for the one who asked.
    func opened(_ caseID: String, holder: String = "searcher") async throws -> FootageWarrant {
        try FootageCases(platform).open(caseID)
        let request = request(caseID, holder: holder)
        return try await store.write {
            try FootageWarrants.issue(request, by: Self.actor(holder), in: $0)
        }
    }

    /// A picture of two people, red and blue, as a camera would send it.
    func keep(_ camera: UInt32, minutesAgo: Int = 10) async throws -> FootageIntakeReport {
        try await FootageIntake(platform).append(
            [try TestPeople.sighting(.red), try TestPeople.sighting(.blue)],
            still: try TestPeople.picture.get().jpeg(quality: 95),
            camera: camera,
            at: now.adding(seconds: -minutesAgo * 60)
        )
    }

    /// What looks like the person in red.
    func red() throws -> FootageQuery {
        FootageQuery(examples: [try TestPeople.sighting(.red).vector])
    }
}

/// Two people in plain clothes before a grey wall.
enum TestPeople {
    static let size = 96
    static let boxes: [ColourName: SightingBox] = [
        .red: SightingBox(x: 8, y: 10, width: 24, height: 72),
        .blue: SightingBox(x: 60, y: 10, width: 24, height: 72),
    ]

    static let picture = Result {
        var pixels = [UInt8](repeating: 120, count: size * size * 3)
        for (colour, box) in boxes {
            for y in Int(box.y)..<Int(box.y + box.height) {
                for x in Int(box.x)..<Int(box.x + box.width) {
                    // A pattern finer than a block of the mask, so that masking shows.
                    let shade = (x / 2 + y / 2) % 2 == 0 ? 1.0 : 0.55
                    let at = (y * size + x) * 3
                    pixels[at] = UInt8(Double(colour.swatch.red) * shade)
                    pixels[at + 1] = UInt8(Double(colour.swatch.green) * shade)
                    pixels[at + 2] = UInt8(Double(colour.swatch.blue) * shade)
                }
            }
        }
        return try Picture(width: size, height: size, pixels: pixels)
    }

    static func sighting(_ colour: ColourName) throws -> Sighting {
        let box = try #require(boxes[colour])
        let look = try #require(ClothesColours(picture.get(), box: BoundingBox(box)))
        return Sighting(
            camera: 0,
            timeMilliseconds: 0,
            box: box,
            upper: look.upper.rawValue,
            lower: look.lower.rawValue,
            quality: 200,
            vector: look.vector
        )
    }
}
