import Basics
import City
import CityMap
import CityTesting
import Footage
import HTTPTypes
import Hosting
import Identity
import Store
import Testing
import Vision

@testable import Cameras

/// The sample city of one service.
enum ControlRoom {
    static let composition = CityComposition(
        modules: [CityRecords.self, CityMapRoom.self, CityFootage.self],
        services: [Cameras.self]
    )
}

private let composition = ControlRoom.composition

@Suite struct `The control room` {
    /// An event of a camera of the sample, raised as the analysis raises it.
    private static func raise(
        _ kind: EventKind,
        camera number: UInt32 = 1,
        level: CrowdLevel? = nil,
        in client: CityClient
    ) async throws -> CameraEvent {
        let store = client.city.platform.store
        let now = client.city.platform.time.now()
        return try await store.write { tx in
            guard let camera = try CameraRegister.find(number, in: tx) else {
                throw CamerasError.notFound("camera \(number)")
            }
            let seen = VisionEvent(
                id: 1,
                kind: kind,
                level: level,
                startSeconds: 0,
                endSeconds: 12,
                confidence: 0.8,
                evidence: [1, 2, 3]
            )
            let frames = (0..<3).map { Clips.Frame(number: $0, at: now, jpeg: [0xFF, 0xD8, 0xFF]) }
            return try EventKeeping(by: .anonymous).raise(
                EventIntake.event(seen, of: camera, at: now),
                frames: frames,
                in: tx
            )
        }
    }

    private static func event(_ id: Int64, in client: CityClient) async throws -> CameraEvent? {
        try await client.city.platform.store.read { try CameraEvents.find(id, in: $0) }
    }

    @Test func `shows an event on the wall until somebody decides, and keeps who did`() async throws
    {
        try await CityClient.with(composition) { client in
            let raised = try await Self.raise(.fall, camera: 14, in: client)
            let one = try await client.signedIn(as: "operator@sample.example")
            let wall = try await one.get("/cameras/wall")
            #expect(wall.body.contains("data-event=\"\(raised.id)\""))
            let path = "/cameras/events/\(raised.id)"
            let done = try await one.submit(
                "\(path)/state",
                from: "/cameras/wall",
                ["state": "acknowledged", "back": "wall"]
            )
            #expect(done.headers[.location] == "/cameras/wall")
            let kept = try await Self.event(raised.id, in: client)
            #expect(kept?.state == .acknowledged)
            #expect(kept?.settledByName == "견본 관제요원")
            #expect(kept?.surfacedAt != nil)
            let after = try await one.get("/cameras/wall")
            #expect(!after.body.contains("data-event=\"\(raised.id)\""))
            #expect(try await one.get("\(path)/frames/1").status == 200)
            #expect(try await one.get("\(path)/frames/9").status == 404)
            // What is over cannot begin again.
            let wrong = try await one.submit("\(path)/state", from: path, ["state": "open"])
            #expect(wrong.status == 422)
        }
    }

    @Test func `learns from a false alarm, within bounds, and unlearns it`() async throws {
        try await CityClient.with(composition) { client in
            let one = try await client.signedIn(as: "operator@sample.example")
            let store = client.city.platform.store
            var last: Int64 = 0
            for turn in 1...(Thresholds.maximumStepCount + 2) {
                let raised = try await Self.raise(.loitering, camera: 9, in: client)
                last = raised.id
                let path = "/cameras/events/\(raised.id)"
                let bare = try await one.submit(
                    "\(path)/state",
                    from: path,
                    ["state": "falseAlarm"]
                )
                #expect(bare.status == 422)
                let fields: KeyValuePairs = ["state": "falseAlarm", "reason": "light"]
                #expect(try await one.submit("\(path)/state", from: path, fields).status == 303)
                let steps = try await store.read { try Thresholds.steps(camera: 9, in: $0) }
                #expect(steps[.loitering] == min(turn, Thresholds.maximumStepCount))
            }
            let path = "/cameras/events/\(last)"
            _ = try await one.submit("\(path)/state", from: path, ["state": "acknowledged"])
            let back = try await store.read { try Thresholds.steps(camera: 9, in: $0) }
            #expect(back[.loitering] == Thresholds.maximumStepCount - 1)
            let page = "/cameras/list/9"
            let refused = try await one.submit(
                "\(page)/threshold",
                from: page,
                ["kind": "loitering"]
            )
            #expect(refused.status == 403)
            let chief = try await client.signedIn(as: "supervisor@sample.example")
            _ = try await chief.submit("\(page)/threshold", from: page, ["kind": "loitering"])
            #expect(try await store.read { try Thresholds.steps(camera: 9, in: $0) }.isEmpty)
        }
    }

    @Test func `ticks the procedure, which the supervisor writes`() async throws {
        try await CityClient.with(composition) { client in
            let raised = try await Self.raise(.crowd, camera: 5, level: .alert, in: client)
            let one = try await client.signedIn(as: "operator@sample.example")
            let path = "/cameras/events/\(raised.id)"
            let step = Procedure.standard(.crowd).steps[0]
            _ = try await one.submit("\(path)/steps", from: path, ["step": step, "done": "yes"])
            let page = try await one.get(path).body
            #expect(page.contains("ticked"))
            // Who is told at this level, and who is not yet.
            #expect(page.contains("해치 현장 순찰반"))
            #expect(!page.contains("119 종합상황실"))
            let chief = try await client.signedIn(as: "supervisor@sample.example")
            let saved = try await chief.submit(
                "/cameras/procedures/crowd",
                from: "/cameras/procedures",
                ["steps.crowd": "둘러본다\n알린다"]
            )
            #expect(saved.status == 303)
            let old = try await one.submit(
                "\(path)/steps",
                from: path,
                ["step": step, "done": "no"]
            )
            #expect(old.status == 422)
            #expect(try await one.get(path).body.contains("둘러본다"))
        }
    }

    @Test func `hands over from one to another, signed once`() async throws {
        try await CityClient.with(composition) { client in
            let one = try await client.signedIn(as: "operator@sample.example")
            let page = "/cameras/handover"
            let empty = try await one.submit(page, from: page, ["shift": "day", "note": " "])
            #expect(empty.status == 422)
            _ = try await one.submit(page, from: page, ["shift": "day", "note": "시장 북문을 더 볼 것"])
            let entry = try await client.city.platform.store.read {
                try Handovers.page(1, of: "11000", in: $0).entries[0]
            }
            let take = "/cameras/handover/\(entry.id)/take"
            #expect(try await one.submit(take, from: page, [:]).status == 422)
            let chief = try await client.signedIn(as: "supervisor@sample.example")
            #expect(try await chief.submit(take, from: page, [:]).status == 303)
            #expect(try await chief.submit(take, from: page, [:]).status == 422)
            #expect(try await one.get(page).body.contains("시장 북문을 더 볼 것"))
        }
    }

    @Test func `is closed to everybody else, and pictures are nowhere in public`() async throws {
        try await CityClient.with(composition) { client in
            let paths = [
                "/cameras/wall", "/cameras/wall/events", "/cameras/live/1/still",
                "/cameras/live/1/stream", "/cameras/events", "/cameras/list", "/cameras/list/1",
                "/cameras/crowd", "/cameras/planner", "/cameras/statistics",
            ]
            let resident = try await client.signedIn(as: "resident@sample.example")
            let manager = try await client.signedIn(as: "assets@sample.example")
            for path in paths {
                #expect(try await client.get(path).status == 401)
                #expect(try await resident.get(path).status == 403)
                #expect(try await manager.get(path).status == 403)
            }
            let open = try await client.get("/cameras").body
            #expect(open.contains("16"))
            #expect(!open.contains("/cameras/live"))
            #expect(!open.contains("<img"))
            let data = try await client.get("/cameras/open-data.csv").body
            #expect(data.split(whereSeparator: \.isNewline).count == 17)
            #expect(data.contains("설치목적구분"))
        }
    }

    @Test func `keeps the address of a picture sealed and to itself`() async throws {
        try await CityClient.with(composition) { client in
            let chief = try await client.signedIn(as: "supervisor@sample.example")
            let page = "/cameras/list/3"
            let address = "rtsp://user:secret@camera.example/1"
            let set = try await chief.submit("\(page)/stream", from: page, ["address": address])
            #expect(set.status == 303)
            #expect(!(try await chief.get(page).body.contains("secret")))
            let platform = client.city.platform
            let sealed = try await platform.store.read {
                try CameraRegister.sealedStream(of: 3, in: $0)
            }
            let bytes = try #require(sealed)
            #expect(!String(decoding: bytes, as: UTF8.self).contains("secret"))
            #expect(try CameraSecrets.open(bytes, of: 3, platform.secrets).text == address)
            #expect(throws: (any Error).self) {
                try CameraSecrets.open(bytes, of: 4, platform.secrets)
            }
            let bad = try await chief.submit("\(page)/stream", from: page, ["address": "ftp://x"])
            #expect(bad.status == 422)
        }
    }

    @Test func `plans with a bound that holds, and compares neighbourhoods`() async throws {
        try await CityClient.with(composition) { client in
            let platform = client.city.platform
            let cameras = try await platform.store.read { try CameraRegister.all(in: $0) }
            let request = PlanRequest(budget: Won(40_000_000), unitCost: Won(9_000_000))
            let plan = try PlanMaker.placement(request, cameras: cameras, on: platform)
            #expect(plan.sites.count == 4)
            #expect(plan.cost == Won(36_000_000))
            #expect(plan.served > plan.servedBefore)
            #expect(plan.served <= plan.upperBound && plan.upperBound <= plan.weight + 1e-6)
            #expect(plan.gap < 0.05)
            #expect(plan.areas.reduce(0) { $0 + $1.count } == 4)
            let day = platform.time.today
            let old = PlanMaker.replacement(
                PlanRequest(budget: Won(3_000_000), unitCost: Won(1_000_000)),
                cameras: cameras,
                on: day
            )
            let due = cameras.count { camera in
                guard let installed = camera.installedOn else { return false }
                return (camera.megapixels ?? 9) < 1.3 || installed.adding(days: 7 * 366) <= day
            }
            #expect(old.sites.count == 3)
            #expect(Int(old.weight) >= due)
            #expect(old.gap == 0)
        }
    }

    @Test func `takes a plan from the form, keeps it and gives it away as a table`() async throws {
        try await CityClient.with(composition) { client in
            let chief = try await client.signedIn(as: "supervisor@sample.example")
            let made = try await chief.submit(
                "/cameras/planner",
                from: "/cameras/planner",
                [
                    "kind": "replacement", "replacement.title": "올해 교체",
                    "replacement.budget": "3000000", "replacement.unitCost": "1000000",
                    "replacement.equity": "50",
                ]
            )
            let place = try #require(made.headers[.location])
            #expect(try await chief.get(place).body.contains("올해 교체"))
            let table = try await chief.get("\(place)/sites.csv").body
            #expect(table.split(whereSeparator: \.isNewline).count == 4)
            #expect(try await chief.get("/cameras/planner").body.contains("올해 교체"))
        }
    }

    @Test func `looks a file over before it takes it in`() async throws {
        try await CityClient.with(composition) { client in
            let chief = try await client.signedIn(as: "supervisor@sample.example")
            let (north, east) = (37.4505, 126.3005)
            let file = """
                관리기관명,소재지도로명주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,보관일수,설치연월,위도,경도
                해치시,솔향로 7,생활방범,2,200,북쪽,30,2020-03,\(north),\(east)
                해치시,솔향로 9,생활방범,1,200,북쪽,30,2020-03,\(east),\(north)
                """
            let sent = try await chief.upload(
                "/cameras/import",
                from: "/cameras/import",
                [:],
                file: (name: "cctv.csv", content: file)
            )
            let review = try #require(sent.headers[.location])
            #expect(try await chief.get(review).body.contains("위도와 경도가 바뀌었습니다."))
            _ = try await chief.submit(review, from: review, [:])
            _ = try await chief.submit(review, from: review, [:])
            let cameras = try await client.city.platform.store.read {
                try CameraRegister.all(in: $0)
            }
            #expect(cameras.count == 18)
            #expect(Set(cameras.map(\.number)).count == 18)
            let wrong = try await chief.upload(
                "/cameras/import",
                from: "/cameras/import",
                [:],
                file: (name: "x.csv", content: "가,나\n1,2")
            )
            #expect(wrong.status == 422)
        }
    }

    @Test func `erases clips when their time is over`() async throws {
        try await CityClient.with(composition) { client in
            let store = client.city.platform.store
            let raised = try await Self.raise(.fall, in: client)
            try await store.write { try PurgeEvents.purge(in: $0) }
            #expect(try await store.read { try Clips.times(of: raised.id, in: $0) }.count == 3)
            try await store.write { tx in
                let old = tx.now.adding(seconds: -(Clips.keptDays * 86_400 + 1))
                try tx.run("UPDATE cameras_clip_frame SET at = \(old)")
                try PurgeEvents.purge(in: tx)
            }
            #expect(try await store.read { try Clips.times(of: raised.id, in: $0) }.isEmpty)
        }
    }
}
