import Basics
import HTTPTypes
import Identity
import Store
import Web

extension KeyPurpose {
    /// A program tells which lifts stand still.
    static let wayfindingLifts = KeyPurpose(rawValue: "wayfinding.lifts")
}

/// The lifts for programs: what is known of them, and a feed of outages.
struct LiftEndpoint {
    let desk: WayDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/wayfinding/lifts",
                operationID: "listLifts",
                summary: "The lifts of the map and what their sources say.",
                tag: "wayfinding",
                response: .object(["lifts": .array(of: Self.lift)])
            )
        ) { (_: NoInput, _) in
            let statuses = try await desk.store.read { try LiftStatuses.all(in: $0) }
            return Answer(
                lifts: desk.barriers.lifts.all.map { Lift($0, statuses[$0.id] ?? []) }
            )
        }
        table.endpoint(
            EndpointDescription(
                .post,
                "/api/wayfinding/lifts",
                operationID: "reportLiftOutages",
                summary: "Tells of many lifts whether they work, as one named source.",
                tag: "wayfinding",
                access: DeskRoutes.access,
                requestBody: .object([
                    "source": .string(maximumLength: LiftStatus.maximumSourceCharacterCount),
                    "lifts": .array(of: Self.outage, maximumCount: OutageFile.maximumRowCount),
                ]),
                response: .object([
                    "takenCount": .integer(), "unknownLifts": .array(of: .string()),
                ]),
                maximumBodyByteCount: OutageFile.maximumByteCount,
                keyPurpose: .wayfindingLifts
            )
        ) { (feed: Feed, incoming) in
            try await Self.take(feed, desk, incoming)
        }
    }

    private static func take(_ feed: Feed, _ desk: WayDesk, _ incoming: Incoming) async throws
        -> OutageReceipt
    {
        let source = feed.source.trimmingWhitespace()
        guard !source.isEmpty, source != LiftStatus.officer,
            source.count <= LiftStatus.maximumSourceCharacterCount
        else {
            throw Problem.invalid([
                .init(
                    field: "source",
                    message: Bilingual("출처의 이름을 적어 주세요.", "Name the source.")
                )
            ])
        }
        guard feed.lifts.count <= OutageFile.maximumRowCount else {
            throw Problem.invalid([
                .init(
                    field: "lifts",
                    message: Bilingual(
                        "한 번에 \(OutageFile.maximumRowCount.grouped)대까지 보낼 수 있습니다.",
                        "At most \(OutageFile.maximumRowCount.grouped) lifts at once."
                    )
                )
            ])
        }
        return try await desk.take(
            feed.lifts,
            from: source,
            by: WayKeeping(actor: incoming.actor)
        )
    }

    private struct NoInput: Decodable, Sendable {}

    private struct Feed: Decodable, Sendable {
        var source: String
        var lifts: [LiftOutage]
    }

    private struct Answer: Encodable, Sendable {
        var lifts: [Lift]
    }

    private struct Lift: Encodable, Sendable {
        var id: String
        var name: String
        var position: [Double]
        var standing: String
        var sources: [Source]

        struct Source: Encodable, Sendable {
            var source: String
            var isWorking: Bool
            var returnsOn: String?
            var note: String
            var at: String
        }

        init(_ lift: CityLift, _ statuses: [LiftStatus]) {
            id = lift.id
            name = lift.name
            position = lift.position.coordinates
            standing = LiftStanding(statuses).rawValue
            sources = statuses.map {
                Source(
                    source: $0.source,
                    isWorking: $0.isWorking,
                    returnsOn: $0.returnsOn?.iso,
                    note: $0.note,
                    at: $0.at.rfc3339
                )
            }
        }
    }

    private static let outage = Schema.object(
        ["lift": .string(maximumLength: 200), "isWorking": .boolean],
        optional: ["returnsOn": .date, "note": .string()]
    )

    private static let lift = Schema.object([
        "id": .string(), "name": .string(), "position": .array(of: .number),
        "standing": .oneOf(LiftStanding.allCases.map(\.rawValue)),
        "sources": .array(
            of: .object(
                [
                    "source": .string(), "isWorking": .boolean, "note": .string(),
                    "at": .dateTime,
                ],
                optional: ["returnsOn": .date]
            )
        ),
    ])
}
