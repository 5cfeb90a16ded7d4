import Basics
import Foundation
import Testing

@testable import Vision

/// ONNX Runtime and the models beside the project, where both are there.
private struct Installed {
    var runtime: ModelRuntime
    var folder: URL

    init?() {
        let environment = ProcessInfo.processInfo.environment
        let data = environment["HAECHI_SHARED_DATA"] ?? "../shared/data"
        folder = URL(filePath: data).appending(path: "cctv/weights")
        guard FileManager.default.fileExists(atPath: folder.path()),
            let runtime = try? ModelRuntime(path: environment["HAECHI_ONNXRUNTIME"])
        else {
            print("skipped: needs ONNX Runtime (HAECHI_ONNXRUNTIME) and HAECHI_SHARED_DATA")
            return nil
        }
        self.runtime = runtime
    }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: "\(name).onnx")))
    }
}

@Suite struct `Models` {
    @Test func `a file that is not known is refused with its checksum`() {
        let error = #expect(throws: VisionError.self) { try KnownModel(of: Array("abc".utf8)) }
        // FIPS 180-2, appendix B.1.
        #expect(
            error?.context == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }

    @Test func `a library that is not there is said so`() {
        let error = #expect(throws: VisionError.self) { try ModelRuntime(path: "/nowhere/lib.so") }
        #expect(error?.code == .noRuntime)
    }

    @Test func `a model of another shape is refused, garbage as well`() throws {
        guard let models = Installed() else { return }
        let appearance = try models.bytes("osnet_x0_25_msmt17")
        let wrong: [() throws -> Void] = [
            { _ = try PersonDetector(unchecked: appearance, models.runtime) },
            { _ = try PersonDetector(appearance, models.runtime) },
            { _ = try PersonDetector(unchecked: Array("abc".utf8), models.runtime) },
            { _ = try AppearanceModel(try models.bytes("yolox_nano_416x416"), models.runtime) },
        ]
        for run in wrong {
            let error = #expect(throws: VisionError.self) { try run() }
            #expect(error?.code == .badModel)
        }
    }

    @Test func `nobody is found in a grey picture, and a vector has the length of one`() throws {
        guard let models = Installed() else { return }
        let grey = try Picture(width: 200, height: 120, filledWith: RGB(90, 90, 90))
        for name in ["yolox_nano_416x416", "light_person_detector"] {
            let detector = try PersonDetector(try models.bytes(name), models.runtime)
            #expect(try detector.detect(in: grey).isEmpty)
        }
        let model = try AppearanceModel(try models.bytes("osnet_x0_25_msmt17"), models.runtime)
        let scene = try GeneratedScene(.walkers, seed: 1)
        let box = BoundingBox(x: 100, y: 50, width: 40, height: 100)
        let vector = try #require(try model.vector(of: box, in: scene.frame(50)))
        #expect(vector.count == AppearanceModel.dimension)
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
    }
}
