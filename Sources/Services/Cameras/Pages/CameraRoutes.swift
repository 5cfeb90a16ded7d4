import Basics
import City
import Footage
import HTTPTypes
import Hosting
import Identity
import Store
import Vision
import Web

/// The cameras of the control room.
struct CameraRoutes {
    let desk: CamerasDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/list", access: CamerasDesk.watchers) { incoming in
            try await Self.list(desk, incoming).page(in: incoming.page)
        }
        table.page("/cameras/list/{number}", access: CamerasDesk.watchers) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        table.submission("/cameras/list/numbers", access: CamerasDesk.supervisors) {
            incoming,
            _ in
            _ = try desk.supervised(by: incoming.actor)
            let keeping = EventKeeping(by: incoming.actor)
            try await desk.store.write { tx in
                let count = try CameraRegister.assignNumbers(in: tx)
                let details = ["numbered": String(count)]
                try keeping.record(.update, "cameraRegister", "numbers", details, in: tx)
            }
            try await desk.refresh()
            return .other(.seeOther(Ways.list))
        }
        addChanges(to: &table)
    }

    private func addChanges(to table: inout RouteTable) {
        let desk = desk
        table.submission("/cameras/list/{number}/threshold", access: CamerasDesk.supervisors) {
            incoming,
            form in
            let camera = try await Self.kept(desk, incoming)
            guard let kind = form["kind"].flatMap(EventKind.init) else { throw Problem.notFound }
            let keeping = EventKeeping(by: incoming.actor)
            try await desk.store.write {
                try keeping.resetThreshold(kind, of: camera.number, in: $0)
            }
            return .other(.seeOther(Ways.camera(camera.number).at("thresholds")))
        }
        table.submission("/cameras/list/{number}/stream", access: CamerasDesk.supervisors) {
            incoming,
            form in
            let camera = try await Self.kept(desk, incoming)
            let sealed: [UInt8]?
            do {
                sealed = try form.text("address").map {
                    try CameraSecrets.seal(
                        StreamAddress($0),
                        of: camera.number,
                        desk.platform.secrets
                    )
                }
            } catch let error as CamerasError {
                var page = try await Self.page(desk, incoming)
                page.refusal = error.message
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let keeping = EventKeeping(by: incoming.actor)
            try await desk.store.write { tx in
                try CameraRegister.set(sealedStream: sealed, of: camera.number, in: tx)
                let details = ["stream": sealed == nil ? "removed" : "set"]
                try keeping.record(.update, "camera", String(camera.number), details, in: tx)
            }
            return .other(.seeOther(Ways.camera(camera.number)))
        }
    }

    /// The camera of the address, where the actor answers for it.
    static func kept(_ desk: CamerasDesk, _ incoming: Incoming) async throws -> Camera {
        let camera = try await desk.camera(incoming)
        guard try desk.supervised(by: incoming.actor) == camera.asset.organizationID else {
            throw Problem.refused
        }
        return camera
    }

    private static func list(
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> CameraListPage {
        let organizationID = try desk.organization(of: incoming.actor)
        let words = String((incoming.query.text("q") ?? "").prefix(80))
        let onlyFaults = incoming.query["health"] == "faults"
        let (all, unnumbered) = try await desk.store.read { db in
            (
                try CameraRegister.all(in: db).filter {
                    $0.asset.organizationID == organizationID
                }, try CameraRegister.unnumberedCount(in: db)
            )
        }
        let rows = all.map {
            CameraListPage.Row(camera: $0, status: desk.board.status(of: $0.number))
        }
        let faults = rows.filter { $0.needsCheck }
        let found = (onlyFaults ? faults : rows).filter { $0.camera.matches(words) }
        let number = incoming.query.pageNumber()
        let start = min((number - 1) * CameraListPage.pageSize, found.count)
        return CameraListPage(
            words: words,
            onlyFaults: onlyFaults,
            rows: Array(found[start..<min(start + CameraListPage.pageSize, found.count)]),
            total: found.count,
            number: number,
            faultCount: faults.count,
            unnumberedCount: unnumbered,
            canKeep: incoming.actor.may(.cameraSupervisor, in: organizationID)
        )
    }

    private static func page(
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> CameraPage {
        let camera = try await desk.camera(incoming)
        let views = try CityViews.of(desk.platform)
        let neighbours = try await desk.neighbours(of: camera)
        let canKeep = incoming.actor.may(.cameraSupervisor, in: camera.asset.organizationID)
        return try await desk.store.read { db in
            CameraPage(
                camera: camera,
                status: desk.board.status(of: camera.number),
                ring: views.view(of: camera).map { views.ring(of: $0) } ?? [],
                neighbours: neighbours,
                history: try CameraEvents.history(
                    of: camera.number,
                    limit: CameraPage.historyCount,
                    in: db
                ),
                rules: try RuleSets.find(camera.number, in: db),
                steps: try Thresholds.steps(camera: camera.number, in: db),
                canKeep: canKeep
            )
        }
    }
}

extension CameraListPage.Row {
    /// Whether somebody has to look after the camera: its picture or its place is not in order.
    fileprivate var needsCheck: Bool {
        status?.condition.isFault == true || camera.asset.state == .faulty || camera.place == nil
    }
}

extension Camera {
    /// Whether a search finds it.
    fileprivate func matches(_ words: String) -> Bool {
        words.isEmpty || name.contains(words) || asset.number.contains(words)
            || asset.spot.contains(words) || String(number) == words
    }
}

/// Seals the addresses of pictures.
enum CameraSecrets {
    static func seal(
        _ address: StreamAddress,
        of camera: UInt32,
        _ box: SecretBox
    ) throws -> [UInt8] {
        try box.seal(Array(address.text.utf8), for: purpose(camera))
    }

    /// Opens a sealed address; what does not open any more throws.
    static func open(_ sealed: [UInt8], of camera: UInt32, _ box: SecretBox) throws -> StreamAddress
    {
        let bytes = try box.open(sealed, for: purpose(camera))
        return try StreamAddress(String(decoding: bytes, as: UTF8.self))
    }

    private static func purpose(_ camera: UInt32) -> String { "footage_camera.stream \(camera)" }
}
