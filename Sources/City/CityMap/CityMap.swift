public import Basics
public import Hosting
import Packaging
public import Routing

/// The map of the city: one file, read once, shared by every room.
public final class CityMap: Sendable {
    /// The network to walk on.
    public let network: WalkingNetwork
    /// Plans ways over the network, for every profile.
    public let planner: RoutePlanner
    /// Whether it is the sample neighbourhood.
    public let isSample: Bool

    /// Reads a map.
    ///
    /// - Throws: `RoutingError` where it cannot be read.
    public init(_ file: OSMFile, isSample: Bool = false) throws {
        network = try WalkingNetwork(file)
        planner = try RoutePlanner(network)
        self.isSample = isSample
    }

    /// The map of a city: the file of the setting `map`, or the sample neighbourhood.
    ///
    /// - Throws: Where the file cannot be read.
    public static func of(_ platform: Platform) throws -> CityMap {
        try platform.shared.value(CityMap.self) {
            let path = platform.settings["map"]
            guard !path.isEmpty else { return try sample.get() }
            return try CityMap(OSMFile(FileBytes(path: path)))
        }
    }

    /// The sample neighbourhood, made once a process: it is the same for everybody.
    private static let sample = Result {
        let bytes = MemoryBytes(Array(SampleNeighbourhood.openStreetMapXML().utf8))
        return try CityMap(OSMFile(bytes), isSample: true)
    }

    /// Whose map it is, to be shown beside it.
    public var attribution: Bilingual {
        isSample
            ? Bilingual("견본 자료: 지어낸 동네", "Sample data: a made-up neighbourhood")
            : Bilingual("© OpenStreetMap 기여자 (ODbL)", "© OpenStreetMap contributors (ODbL)")
    }
}
