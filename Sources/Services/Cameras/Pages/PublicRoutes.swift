import Basics
import City
import Footage
import HTTPTypes
import Identity
import Store
import Tabular
import Web

/// What anybody may know of the city's cameras.
struct PublicRoutes {
    let desk: CamerasDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras") { incoming in
            let now = incoming.now
            let isWatcher = CamerasDesk.watchers.allows(incoming.actor) == .allowed
            return try await desk.store.read { db in
                PublicPage(
                    cameras: try PublicCameras.count(in: db).figures,
                    figures: try CameraStatistics.count(of: nil, at: now, in: db),
                    isWatcher: isWatcher
                )
            }.page(in: incoming.page)
        }
        table.page("/cameras/statistics", access: CamerasDesk.watchers) { incoming in
            let organizationID = try desk.organization(of: incoming.actor)
            let now = incoming.now
            let figures = try await desk.store.read {
                try CameraStatistics.count(of: organizationID, at: now, in: $0)
            }
            return StatisticsPage(figures: figures).page(in: incoming.page)
        }
        table.file("/cameras/open-data.csv") { incoming in
            let (cameras, owners) = try await desk.store.read { db in
                let cameras = try PublicCameras.count(in: db).cameras
                let owners = try Organizations.all(in: db)
                return (cameras, Dictionary(owners.map { ($0.id, $0.name) }) { $1 })
            }
            return .download(
                fileName: "CCTV표준데이터.csv",
                contentType: "text/csv; charset=utf-8",
                body: .bytes(try Self.document(cameras, owners, on: incoming.now.date))
            )
        }
    }

    /// The cameras in the columns of the standard data set (전국CCTV표준데이터).
    static func document(
        _ cameras: [Camera],
        _ owners: [String: String],
        on day: LocalDate
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var options = CSVWriter.Options()
        options.writesByteOrderMark = true
        var writer = CSVWriter(options: options) { bytes += $0 }
        try writer.write([
            "관리기관명", "소재지도로명주소", "설치목적구분", "카메라대수", "카메라화소수", "촬영방면정보",
            "보관일수", "설치연월", "위도", "경도", "데이터기준일자",
        ])
        for camera in cameras {
            let turns = camera.fieldOfViewDegrees >= 360
            try writer.write([
                .text(owners[camera.asset.organizationID] ?? ""), .text(camera.asset.spot),
                .text(camera.purpose.title.korean), .text("1"),
                .text(camera.megapixels.map { String(Int(($0 * 100).rounded())) } ?? ""),
                .text(turns ? "360도 전방면" : "\(Int(camera.bearingDegrees))도 방면"),
                .text(camera.keptDays.map(String.init) ?? ""),
                .text(camera.installedOn.map { String($0.iso.prefix(7)) } ?? ""),
                .text(camera.place.map { "\($0.latitude)" } ?? ""),
                .text(camera.place.map { "\($0.longitude)" } ?? ""), .text(day.iso),
            ])
        }
        try writer.finish()
        return bytes
    }
}
