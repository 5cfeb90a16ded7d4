public import Basics

/// Why a map could not be read or a way could not be found.
public struct RoutingError: ExplainedError, Hashable {
    /// The kind of the fault, stable for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file is neither OpenStreetMap PBF nor XML.
        case unknownFormat
        /// The file ends too early or its parts contradict each other.
        case damagedMap
        /// A part of the file is larger than the format allows.
        case partTooLarge
        /// The file asks for a feature or a compression that this reader does not have.
        case unsupportedFeature
        /// A coordinate lies outside the world.
        case coordinateOutsideWorld
        /// The map has nothing to walk on.
        case nothingWalkable
        /// The map has more nodes or edges than a network can hold.
        case networkTooLarge
        /// An order does not name every node exactly once.
        case badOrder
        /// A graph's arrays do not fit each other.
        case badGraph
        /// A graph file was damaged or written by another version.
        case badGraphFile
        /// A profile's numbers cannot be used.
        case badProfile
        /// A tile of heights cannot be read.
        case badElevation
        /// A place is too far from any way.
        case tooFarFromNetwork
        /// Two places lie on parts of the network that do not meet.
        case notConnected
        /// A trace has more fixes than are matched at once.
        case traceTooLong
        /// A trace is neither GPX nor GeoJSON, or has no place.
        case badTrace
    }

    /// The kind of the fault.
    public let code: Code
    /// What went wrong and what to do, for the person.
    public let message: Bilingual
    /// What the log needs.
    public let context: String

    init(_ code: Code, _ korean: String, _ english: String, _ context: String = "") {
        self.code = code
        message = Bilingual(korean, english)
        self.context = context
    }
}

extension RoutingError {
    static func unknownFormat(_ context: String) -> RoutingError {
        .init(
            .unknownFormat,
            "OpenStreetMap PBF나 XML 파일이 아닙니다.",
            "This is neither an OpenStreetMap PBF nor an XML file.",
            context
        )
    }

    static func damagedMap(_ context: String) -> RoutingError {
        .init(
            .damagedMap,
            "지도 파일이 중간에 잘렸거나 손상되었습니다. 다시 내려받아 주십시오.",
            "The map file is cut off or damaged; download it again.",
            context
        )
    }

    static func partTooLarge(_ context: String) -> RoutingError {
        .init(
            .partTooLarge,
            "지도 파일의 한 부분이 허용된 크기를 넘어 읽지 않았습니다.",
            "The map file was refused: one of its parts exceeds the allowed size.",
            context
        )
    }

    static func unsupportedFeature(_ name: String) -> RoutingError {
        .init(
            .unsupportedFeature,
            "지도 파일이 지원하지 않는 기능을 씁니다: \(name.prefix(60))",
            "The map file uses a feature that is not supported: \(name.prefix(60))"
        )
    }

    static func coordinateOutsideWorld(_ context: String) -> RoutingError {
        .init(
            .coordinateOutsideWorld,
            "좌표가 지구 밖에 있습니다. 위도는 −90~90, 경도는 −180~180이어야 합니다.",
            "A coordinate lies outside the world: latitude is −90 to 90, longitude −180 to 180.",
            context
        )
    }

    static let nothingWalkable = RoutingError(
        .nothingWalkable,
        "지도에 걸을 수 있는 길이 없습니다.",
        "The map has no way to walk on."
    )

    static func networkTooLarge(_ context: String) -> RoutingError {
        .init(
            .networkTooLarge,
            "지도가 너무 큽니다. 더 작은 지역으로 나누어 주십시오.",
            "The map is too large; cut it into smaller regions.",
            context
        )
    }

    static func badOrder(_ context: String) -> RoutingError {
        .init(
            .badOrder,
            "노드 순서가 모든 노드를 정확히 한 번씩 담고 있지 않습니다.",
            "The order does not name every node exactly once.",
            context
        )
    }

    static func badGraph(_ context: String) -> RoutingError {
        .init(.badGraph, "그래프의 배열이 서로 맞지 않습니다.", "The graph's arrays do not fit.", context)
    }

    static func badGraphFile(_ context: String) -> RoutingError {
        .init(
            .badGraphFile,
            "보행 그래프 파일이 손상되었거나 다른 판이 만든 것입니다. build로 다시 만들어 주십시오.",
            "The graph file is damaged or of another version; make it again with build.",
            context
        )
    }

    static func badProfile(_ context: String) -> RoutingError {
        .init(
            .badProfile,
            "이동 프로필의 값을 쓸 수 없습니다: \(context)",
            "The values of the profile cannot be used: \(context)"
        )
    }

    static func badElevation(_ context: String) -> RoutingError {
        .init(
            .badElevation,
            "표고 파일을 읽을 수 없습니다. N37E126.hgt처럼 위치를 이름으로 한 SRTM HGT 파일이어야 합니다.",
            "The heights cannot be read; an SRTM tile is named after its place, such as N37E126.hgt.",
            context
        )
    }

    static func tooFarFromNetwork(metres: Int) -> RoutingError {
        .init(
            .tooFarFromNetwork,
            "가까운 길이 없습니다. \(metres) m 안에 걸을 수 있는 길이 있는 곳을 골라 주십시오.",
            "No way is near; choose a place within \(metres) m of a way to walk on."
        )
    }

    static let notConnected = RoutingError(
        .notConnected,
        "두 곳을 잇는 보행로가 지도에 없습니다. 섬이거나 지도가 잘린 곳일 수 있습니다.",
        "No way on foot joins the two places in the map: an island, or the edge of the map."
    )

    static func traceTooLong(count: Int) -> RoutingError {
        .init(
            .traceTooLong,
            "궤적의 점이 \(count)개입니다. \(TraceMatcher.maximumFixCount)개 이하로 나누어 주십시오.",
            "The trace has \(count) fixes; cut it into parts of \(TraceMatcher.maximumFixCount)."
        )
    }

    static func badTrace(_ context: String) -> RoutingError {
        .init(
            .badTrace,
            "궤적을 읽을 수 없습니다. GPX 1.1이나 GeoJSON(LineString, Point 목록)이어야 합니다.",
            "The trace cannot be read; it is GPX 1.1 or GeoJSON (a LineString, or Points).",
            context
        )
    }
}
