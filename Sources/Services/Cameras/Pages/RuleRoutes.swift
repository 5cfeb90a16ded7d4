import Basics
import City
import Footage
import HTTPTypes
import Identity
import Store
import Vision
import Web

/// The rules of cameras.
struct RuleRoutes {
    let desk: CamerasDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/list/{number}/rules", access: CamerasDesk.watchers) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        table.submission("/cameras/list/{number}/rules", access: CamerasDesk.supervisors) {
            incoming,
            form in
            let camera = try await CameraRoutes.kept(desk, incoming)
            let page = try await Self.page(desk, incoming)
            let keeping = EventKeeping(by: incoming.actor)
            let version = form["version"].flatMap(Int.init) ?? 0
            let refusal = try await desk.attempt { tx in
                let rules = try RuleReader(form: form).rules(over: page.rules)
                try keeping.save(rules, over: version, of: camera.number, in: tx)
            }
            guard let refusal else { return .other(.seeOther(Ways.rules(camera.number))) }
            var refused = page
            refused.refusal = refusal
            refused.typed = form
            return .page(refused.page(in: incoming.page), .unprocessableContent)
        }
    }

    private static func page(_ desk: CamerasDesk, _ incoming: Incoming) async throws -> RulePage {
        let camera = try await desk.camera(incoming)
        let row = try await desk.store.read { try RuleSets.find(camera.number, in: $0) }
        let canWrite = incoming.actor.may(.cameraSupervisor, in: camera.asset.organizationID)
        return RulePage(
            camera: camera,
            rules: row?.rules.value ?? camera.sceneRules,
            version: row?.version ?? 0,
            canWrite: canWrite
        )
    }
}

extension Camera {
    /// What a camera is watched for where nobody wrote it: the rules its drawn scene comes with.
    var sceneRules: SceneRules {
        guard let scene, let drawn = try? GeneratedScene(scene, seed: UInt64(number)) else {
            return SceneRules()
        }
        return drawn.rules
    }
}
