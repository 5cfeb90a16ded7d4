/// The smallest question of the compiled rules: one column held against one constant.
///
/// `atLeast`, `moreThan` and the like are turned into `atMost` and its opposite, so that rules that ask
/// the same in other words share an atom and a pass over columns ranks each threshold once.
struct Atom: Sendable, Hashable {
    enum Test: UInt8, Sendable {
        /// The column is at most the constant.
        case atMost
        /// The column is the constant.
        case equals
        /// The column is one of the choices whose bits the constant has.
        case isOneOf
        /// The column, a set, has any of the constant's bits.
        case hasAny
        /// The column, a set, has all of the constant's bits.
        case hasAll
    }

    var column: Int32
    var test: Test
    var constant: Int64

    @inline(__always)
    func truth(of value: Int64) -> Truth {
        if value == FactCode.unknown { return .unknown }
        let holds: Bool =
            switch test {
            case .atMost: value <= constant
            case .equals: value == constant
            case .isOneOf: value >= 0 && value < 63 && constant & (1 << value) != 0
            case .hasAny: value & constant != 0
            case .hasAll: value & constant == constant
            }
        return holds ? .yes : .no
    }
}

/// A formula over atoms, opposites pushed down to them.
indirect enum Formula: Sendable, Hashable {
    /// An atom by twice its place, plus one for its opposite.
    case literal(Int32)
    case all([Formula])
    case any([Formula])

    /// The opposite, by De Morgan's laws, which hold in Kleene's logic too.
    var negated: Formula {
        switch self {
        case .literal(let literal): .literal(literal ^ 1)
        case .all(let parts): .any(parts.map(\.negated))
        case .any(let parts): .all(parts.map(\.negated))
        }
    }
}

/// Formulas in one array: a node is its kind, its count and its parts; a part is a literal, or where it
/// is negative the complement of another node's place.
struct FormulaArena: Sendable {
    static let all: Int32 = 0
    static let any: Int32 = 1

    private(set) var nodes: [Int32] = []

    /// Adds a formula and returns the part that stands for it.
    mutating func add(_ formula: Formula) -> Int32 {
        switch formula {
        case .literal(let literal): return literal
        case .all(let parts): return addNode(Self.all, parts)
        case .any(let parts): return addNode(Self.any, parts)
        }
    }

    private mutating func addNode(_ kind: Int32, _ parts: [Formula]) -> Int32 {
        // A group inside a group of its own kind is one group; alone, a part stands for itself.
        var flat: [Formula] = []
        for part in parts {
            switch (kind, part) {
            case (Self.all, .all(let inner)), (Self.any, .any(let inner)): flat += inner
            default: flat.append(part)
            }
        }
        if flat.count == 1, let only = flat.first { return add(only) }
        // Literals first: they are the cheapest to look at.
        var children: [Int32] = []
        for part in flat { children.append(add(part)) }
        children.sort { ($0 < 0 ? 1 : 0, $0) < ($1 < 0 ? 1 : 0, $1) }
        let start = Int32(nodes.count)
        nodes.append(kind)
        nodes.append(Int32(children.count))
        nodes += children
        return ~start
    }
}

/// Formulas evaluated by the truth of literals.
enum FormulaEvaluation {
    /// The truth of a part, as the raw value of `Truth`.
    static func truth(
        _ part: Int32,
        _ nodes: UnsafePointer<Int32>,
        _ literals: UnsafePointer<UInt8>
    ) -> UInt8 {
        if part >= 0 { return literals[Int(part)] }
        let node = nodes + Int(~part)
        let count = Int(node[1])
        if node[0] == FormulaArena.all {
            var result: UInt8 = 2
            for index in 2..<(2 + count) {
                result = min(result, truth(node[index], nodes, literals))
                if result == 0 { return 0 }
            }
            return result
        }
        var result: UInt8 = 0
        for index in 2..<(2 + count) {
            result = max(result, truth(node[index], nodes, literals))
            if result == 2 { return 2 }
        }
        return result
    }
}
