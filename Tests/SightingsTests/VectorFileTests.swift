import Basics
import Sightings
import Testing

struct VectorFileTests {
    private let folder = TemporaryFolder()

    private func file(_ header: String, _ values: [Float], version: UInt8 = 1) -> String {
        let text = Array(header.utf8)
        var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, version, 0]
        bytes += version == 1 ? [UInt8(text.count), 0] : [UInt8(text.count), 0, 0, 0]
        bytes += text
        values.withUnsafeBytes { bytes += $0 }
        let path = folder.path + "/vectors.npy"
        TemporaryFolder.write(bytes, to: path)
        return path
    }

    @Test(arguments: [1, 2] as [UInt8])
    func `a table of floats is read row by row`(version: UInt8) throws {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n"
        let vectors = try VectorFile(file(header, [1, 2, 3, 4, 5, 6], version: version))
        #expect(vectors.count == 2 && vectors.dimension == 3)
        #expect(vectors[0] == [1, 2, 3] && vectors[1] == [4, 5, 6])
        let list = "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }\n"
        #expect(try VectorFile(file(list, [1, 2, 3, 4, 5, 6]))[0] == [1, 2, 3, 4, 5, 6])
    }

    @Test(arguments: [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 3), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 9223372036854775807), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), }",
        "",
    ])
    func `any other file is refused`(header: String) {
        #expect(throws: SightingsError.self) { try VectorFile(file(header, [1, 2, 3, 4, 5, 6])) }
    }
}
