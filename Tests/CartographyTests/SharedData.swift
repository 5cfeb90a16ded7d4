import Packaging
import Routing
import RoutingTesting
import SharedDataTesting
import Testing

extension SharedData {
    static let isPresent = hasNavigation
    static let absence: Comment = "HAECHI_SHARED_DATA has no navigation"
}

extension OSMFile {
    /// A map of a few elements.
    init(elements: String) throws {
        try self.init(MemoryBytes(Array("<osm version=\"0.6\">\(elements)</osm>".utf8)))
    }
}
