import Packaging
import Web

/// Libraries for browsers that are not ours: set-up puts them into a folder that is never committed.
struct VendorFiles {
    /// The only files that are served, with their media types.
    private static let contentTypes = [
        "maplibre-gl.js": "text/javascript; charset=utf-8",
        "maplibre-gl.css": "text/css; charset=utf-8",
    ]
    /// The library has a megabyte; something much larger is not it.
    static let maximumByteCount = 8 << 20

    let folder: String

    func add(to table: inout RouteTable) {
        let folder = folder
        table.file("/vendor/{name}") { incoming in
            let name = try incoming.pathParameter("name")
            // Without the file pages keep their drawings.
            guard let contentType = Self.contentTypes[name],
                let file = try? FileBytes(path: "\(folder)/\(name)"),
                file.size <= Self.maximumByteCount,
                let bytes = try? file.bytes(at: 0, count: file.size)
            else { throw Problem.notFound }
            return Outgoing(
                contentType: contentType,
                body: .bytes(bytes),
                // Scripts name the version, so that an address never changes what it means.
                cache: incoming.query.text("v") == nil ? .revalidate : .immutable
            )
        }
    }
}
