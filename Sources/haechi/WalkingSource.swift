import Basics
import Foundation
import Hosting
import Packaging
import Routing

/// A map to walk on, from the forms that the verbs of `haechi wayfinding` take.
enum WalkingSource {
    /// Opens an OpenStreetMap file, or a folder of an OpenSidewalks data set, and adds the inside of the
    /// stations of GTFS feeds.
    static func open(_ path: String, stations: [String]) throws -> OSMFile {
        var isFolder: ObjCBool = false
        var map =
            FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && isFolder.boolValue
            ? try openSidewalks(path) : try OSMFile(FileBytes(path: path))
        for station in stations {
            let feed = try FileBytes(path: station)
            map = try OSMFile(map, adding: try GTFSStations.elements(feed))
        }
        return map
    }

    private static func openSidewalks(_ folder: String) throws -> OSMFile {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        func document(_ part: String) throws -> JSONValue {
            guard let name = names.first(where: { $0.contains(part) && $0.hasSuffix("json") })
            else {
                throw CommandOutcome.refused(
                    Bilingual(
                        "\(folder): OpenSidewalks의 \(part) 파일이 없습니다.",
                        "\(folder) has no OpenSidewalks document of \(part)."
                    )
                )
            }
            let bytes = try CommandInput.bytes("\(folder)/\(name)")
            return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        }
        return OSMFile(
            try OpenSidewalks.elements(nodes: document("nodes"), edges: document("edges"))
        )
    }
}
