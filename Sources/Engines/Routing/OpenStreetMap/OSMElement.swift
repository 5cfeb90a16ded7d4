/// The tags of an element, as the file has them.
public struct OSMTags: Sendable {
    private let strings: [String]
    private let indexes: [UInt32]
    private let range: Range<Int>

    /// Creates from a table of strings and, in a range of a list of indexes, keys and values by turns.
    init(strings: [String], indexes: [UInt32], range: Range<Int>) {
        self.strings = strings
        self.indexes = indexes
        self.range = range
    }

    /// Creates from pairs.
    public init(_ pairs: [(key: String, value: String)]) {
        strings = pairs.flatMap { [$0.key, $0.value] }
        indexes = Array(0..<UInt32(strings.count))
        range = 0..<indexes.count
    }

    /// Whether there are none.
    public var isEmpty: Bool { range.isEmpty }

    /// The value of a key.
    public subscript(key: String) -> String? {
        for at in stride(from: range.lowerBound, to: range.upperBound, by: 2)
        where strings[Int(indexes[at])] == key {
            return strings[Int(indexes[at + 1])]
        }
        return nil
    }

    /// The pairs in the order of the file.
    public var pairs: [(key: String, value: String)] {
        stride(from: range.lowerBound, to: range.upperBound, by: 2).map {
            (strings[Int(indexes[$0])], strings[Int(indexes[$0 + 1])])
        }
    }
}

/// A node of OpenStreetMap.
public struct OSMNode: Sendable {
    /// Its id.
    public let id: Int64
    /// Where it is.
    public let position: GeoPoint
    /// What it is.
    public let tags: OSMTags

    /// Creates a node.
    public init(id: Int64, position: GeoPoint, tags: OSMTags) {
        self.id = id
        self.position = position
        self.tags = tags
    }
}

/// A way of OpenStreetMap.
public struct OSMWay: Sendable {
    /// Its id.
    public let id: Int64
    /// The ids of its nodes in order.
    public let nodes: [Int64]
    /// What it is.
    public let tags: OSMTags

    /// Creates a way.
    public init(id: Int64, nodes: [Int64], tags: OSMTags) {
        self.id = id
        self.nodes = nodes
        self.tags = tags
    }
}

/// A relation of OpenStreetMap: other elements that make up something together.
public struct OSMRelation: Sendable {
    /// One of its elements.
    public struct Member: Sendable, Hashable {
        /// What kind of element it is.
        public enum Kind: Int, Sendable, Hashable {
            /// A node.
            case node = 0
            /// A way.
            case way = 1
            /// Another relation.
            case relation = 2
        }

        /// What kind of element it is.
        public let kind: Kind
        /// Its id.
        public let id: Int64
        /// What it is in the relation: `outer`, `inner`.
        public let role: String
    }

    /// Its id.
    public let id: Int64
    /// Its elements in order.
    public let members: [Member]
    /// What it is.
    public let tags: OSMTags
}

/// Takes the elements of a file one after the other.
public protocol OSMVisitor {
    /// Which elements are wanted; the reader passes over the others.
    var wanted: OSMElements { get }
    /// A node came.
    mutating func node(_ node: OSMNode) throws
    /// A way came.
    mutating func way(_ way: OSMWay) throws
    /// A relation came.
    mutating func relation(_ relation: OSMRelation) throws
}

extension OSMVisitor {
    /// Few need relations.
    public mutating func relation(_ relation: OSMRelation) throws {}
}

/// Kinds of elements.
public struct OSMElements: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Creates from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Nodes.
    public static let nodes = OSMElements(rawValue: 1)
    /// Ways.
    public static let ways = OSMElements(rawValue: 2)
    /// Relations.
    public static let relations = OSMElements(rawValue: 4)
}
