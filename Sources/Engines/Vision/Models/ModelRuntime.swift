import Basics
import COnnxRuntime
import Glibc

/// ONNX Runtime, a shared library that an administrator installs; nothing of it is shipped or linked.
public struct ModelRuntime {
    let handle: OpaquePointer

    /// Names under which the library is found by the system.
    private static let usualNames = ["libonnxruntime.so", "libonnxruntime.so.1"]

    /// Opens the library.
    ///
    /// - Parameter path: The library or a folder with it, such as the `onnxruntime/capi` folder of the
    ///   package of PyPI; the usual places where nil.
    /// - Throws: `VisionError` `noRuntime`.
    public init(path: String? = nil) throws {
        let candidates = path.map(Self.libraries) ?? Self.usualNames
        var reason = "not found"
        for candidate in candidates {
            var opened: OpaquePointer?
            var message = [CChar](repeating: 0, count: Int(HAECHI_ONNX_MESSAGE_SIZE))
            let code = haechi_onnx_load(candidate, &opened, &message)
            if code == 0, let opened {
                handle = opened
                return
            }
            reason = text(message)
        }
        throw VisionError.noRuntime(reason)
    }

    /// The library itself, or those that lie in a folder.
    private static func libraries(_ path: String) -> [String] {
        guard let names = try? SystemFolder.names(in: path) else { return [path] }
        return names.filter { $0.hasPrefix("libonnxruntime.so") }.map { "\(path)/\($0)" }
    }
}

/// A model with one input and one output of numbers; used by one thread at a time.
final class Model {
    let inputSizes: [Int]
    let outputSizes: [Int]
    private let handle: OpaquePointer

    /// Reads a model.
    ///
    /// - Throws: `VisionError` `badModel`.
    init(_ bytes: [UInt8], _ runtime: ModelRuntime) throws {
        guard bytes.count <= KnownModel.maximumFileSize else {
            throw VisionError.badModel("\(bytes.count) bytes")
        }
        var opened: OpaquePointer?
        var message = [CChar](repeating: 0, count: Int(HAECHI_ONNX_MESSAGE_SIZE))
        let code = haechi_onnx_open(runtime.handle, bytes, bytes.count, &opened, &message)
        guard code == 0, let opened else { throw VisionError.badModel(text(message)) }
        handle = opened
        func sizes(_ isOutput: Int32) -> [Int] {
            var sizes = [Int64](repeating: 0, count: Int(HAECHI_ONNX_MAXIMUM_RANK))
            let rank = haechi_onnx_shape(opened, isOutput, &sizes)
            return sizes.prefix(Int(rank)).map(Int.init)
        }
        inputSizes = sizes(0)
        outputSizes = sizes(1)
    }

    deinit {
        haechi_onnx_close(handle)
    }

    /// Runs the model.
    ///
    /// - Throws: `VisionError` `badModel` where it fails or answers with another number of numbers.
    func run(_ input: inout [Float], sizes: [Int], outputCount: Int) throws -> [Float] {
        var message = [CChar](repeating: 0, count: Int(HAECHI_ONNX_MESSAGE_SIZE))
        return try [Float](unsafeUninitializedCapacity: outputCount) { output, filled in
            let code = haechi_onnx_run(
                handle,
                &input,
                sizes.map(Int64.init),
                output.baseAddress,
                outputCount,
                &message
            )
            guard code == 0 else { throw VisionError.badModel(text(message)) }
            filled = outputCount
        }
    }
}

private func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
