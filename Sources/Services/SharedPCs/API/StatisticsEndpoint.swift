import Basics
import City
import HTTPTypes
import Store
import Web

/// The figures of the service for programs.
struct StatisticsEndpoint {
    let store: Store

    func add(to table: inout RouteTable) {
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/shared-pcs/statistics",
                operationID: "readSharedPCStatistics",
                summary: "Shared PCs: given by year and district, waiting, in stock.",
                tag: "shared-pcs",
                parameters: [.query("year", .integer(2001...2100))],
                response: .object([
                    "given": .integer(), "waiting": .integer(), "underWay": .integer(),
                    "ready": .integer(),
                    "givenByYear": .array(of: .object(["year": .integer(), "count": .integer()])),
                    "givenByDistrict": .array(
                        of: .object([
                            "code": .string(), "name": .string(), "count": .integer(),
                        ])
                    ),
                    "stock": .array(
                        of: .object([
                            "state": .oneOf(MachineState.allCases.map(\.rawValue)),
                            "count": .integer(),
                        ])
                    ),
                ])
            )
        ) { (input: YearInput, _) in
            Answer(try await store.read { try SharedPCStatistics.count(year: input.year, in: $0) })
        }
    }

    private struct YearInput: Decodable, Sendable {
        var year: Int?
    }

    private struct Answer: Encodable, Sendable {
        struct YearCount: Encodable, Sendable {
            var year: Int
            var count: Int
        }
        struct DistrictCount: Encodable, Sendable {
            var code: String
            var name: String
            var count: Int
        }
        struct StateCount: Encodable, Sendable {
            var state: MachineState
            var count: Int
        }
        var given: Int
        var waiting: Int
        var underWay: Int
        var ready: Int
        var givenByYear: [YearCount]
        var givenByDistrict: [DistrictCount]
        var stock: [StateCount]

        init(_ statistics: SharedPCStatistics) {
            given = statistics.givenCount
            waiting = statistics.waitingCount
            underWay = statistics.underWayCount
            ready = statistics.readyCount
            givenByYear = statistics.givenByYear.sorted { $0.key < $1.key }
                .map { YearCount(year: $0.key, count: $0.value) }
            givenByDistrict = District.all.map {
                DistrictCount(
                    code: $0.code,
                    name: $0.name.korean,
                    count: statistics.givenByDistrict[$0.code] ?? 0
                )
            }
            stock = MachineState.allCases.compactMap { state in
                statistics.stock[state].map { StateCount(state: state, count: $0) }
            }
        }
    }
}
