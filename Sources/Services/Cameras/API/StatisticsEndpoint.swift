import Basics
import Footage
import HTTPTypes
import Store
import Vision
import Web

/// The public figures of the cameras for programs.
struct StatisticsEndpoint {
    let desk: CamerasDesk

    func add(to table: inout RouteTable) {
        let store = desk.store
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/cameras/statistics",
                operationID: "readCameraStatistics",
                summary: "Cameras by purpose, and the events of the last thirty days by kind.",
                tag: "cameras",
                response: .object([
                    "cameras": .integer(),
                    "purposes": .array(
                        of: .object([
                            "purpose": .oneOf(CameraPurpose.allCases.map(\.rawValue)),
                            "count": .integer(),
                        ])
                    ),
                    "events": .array(
                        of: .object([
                            "kind": .oneOf(EventKind.allCases.map(\.rawValue)),
                            "count": .integer(), "falseAlarmCount": .integer(),
                        ])
                    ),
                ])
            )
        ) { (_: NoInput, incoming) in
            let now = incoming.now
            return try await store.read { db in
                let cameras = try PublicCameras.count(in: db).figures
                return Answer(
                    cameras: cameras.count,
                    purposes: cameras.purposes.map {
                        Answer.Purpose(purpose: $0.purpose, count: $0.count)
                    },
                    events: try CameraStatistics.count(of: nil, at: now, in: db).kinds
                )
            }
        }
    }

    private struct NoInput: Decodable, Sendable {}

    private struct Answer: Encodable, Sendable {
        struct Purpose: Encodable, Sendable {
            var purpose: CameraPurpose
            var count: Int
        }

        var cameras: Int
        var purposes: [Purpose]
        var events: [CameraStatistics.KindCount]
    }
}
