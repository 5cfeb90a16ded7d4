import Basics
import CityMap
import Routing
import Store
import Web

/// The statistics and the downloads.
struct StatisticsRoutes {
    let desk: WayDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/wayfinding/statistics") { incoming in
            StatisticsPage(
                statistics: try await desk.store.read { try BarrierStatistics(in: $0) },
                now: incoming.now,
                attribution: desk.map.attribution
            ).page(in: incoming.page)
        }
        table.file("/wayfinding/statistics.csv") { incoming in
            let statistics = try await desk.store.read { try BarrierStatistics(in: $0) }
            return .download(
                fileName: "haechi-barriers.csv",
                contentType: "text/csv; charset=utf-8",
                body: .bytes(try statistics.csv(incoming.language))
            )
        }
        table.file("/wayfinding/barriers.geojson") { incoming in
            let found = try await desk.store.read { db in
                (try Reports.active(in: db), try LiftStatuses.all(in: db))
            }
            let features = BarrierFeatures(
                reports: found.0,
                lifts: desk.barriers.lifts.all,
                statuses: found.1
            )
            return Outgoing(
                contentType: "application/geo+json",
                body: .bytes(features.geoJSON(language: incoming.language).utf8)
            )
        }
        table.file("/wayfinding/opensidewalks.zip") { incoming in
            guard desk.map.network.segments.count <= OpenSidewalks.maximumSegmentCount else {
                throw Problem.badRequest(
                    Bilingual(
                        "보행망이 너무 커서 한 번에 내보낼 수 없습니다.",
                        "The network is too large for one export."
                    )
                )
            }
            var closures: [Int: [Closure]] = [:]
            for closure in desk.live.closures {
                for segment in closure.segments { closures[segment, default: []].append(closure) }
            }
            let export = OpenSidewalks(
                network: desk.map.network,
                closures: closures,
                attribution: desk.map.attribution,
                now: incoming.now
            )
            return .download(
                fileName: "haechi-opensidewalks.zip",
                contentType: "application/zip",
                body: .bytes(try export.archive())
            )
        }
    }
}
