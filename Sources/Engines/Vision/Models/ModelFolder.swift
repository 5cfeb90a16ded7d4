import Basics
import Glibc

/// The models that an administrator added: ONNX files in a folder, each told by its SHA-256.
public struct ModelFolder: Sendable {
    /// Files that are looked at.
    public static let maximumFileCount = 100

    private let path: String

    /// Names a folder; one that is not there holds nothing.
    public init(_ path: String) {
        self.path = path
    }

    /// The known models in the folder with their files, by the names of the files.
    public func installed() -> [(model: KnownModel, file: String)] {
        let names = ((try? SystemFolder.names(in: path)) ?? []).sorted()
        return names.filter { $0.hasSuffix(".onnx") }.prefix(Self.maximumFileCount)
            .compactMap { name in
                let file = "\(path)/\(name)"
                guard let model = try? KnownModel(of: Self.bytes(of: file)) else { return nil }
                return (model, file)
            }
    }

    /// The bytes of the first model that is for one of some purposes, in the order of the purposes.
    ///
    /// - Throws: `VisionError` `badModel` where its file cannot be read.
    public func model(for purposes: [KnownModel.Purpose]) throws -> [UInt8]? {
        let installed = installed()
        for purpose in purposes {
            if let found = installed.first(where: { $0.model.purpose == purpose }) {
                return try Self.bytes(of: found.file)
            }
        }
        return nil
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw VisionError.badModel(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        let piece = 1 << 20
        while bytes.count <= KnownModel.maximumFileSize {
            let read = [UInt8](unsafeUninitializedCapacity: piece) { buffer, filled in
                filled = fread(buffer.baseAddress, 1, piece, file)
            }
            bytes += read
            if read.count < piece { return bytes }
        }
        throw VisionError.badModel("\(path) is larger than \(KnownModel.maximumFileSize) bytes")
    }
}
