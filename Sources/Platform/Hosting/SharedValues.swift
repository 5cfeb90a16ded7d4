import Synchronization

/// What the rooms of one city share in memory: at most one value of a type.
///
/// A room that keeps something for others (the rules in force) puts its making here, so that whoever
/// asks first makes it and everybody else finds the same.
public final class SharedValues: Sendable {
    private let values = Mutex<[ObjectIdentifier: any Sendable]>([:])

    /// Creates an empty set.
    public init() {}

    /// The city's value of a type; made where nobody asked for it before.
    ///
    /// - Parameters:
    ///   - type: The type.
    ///   - make: Makes it; it must not ask for shared values itself.
    /// - Returns: The value everybody shares.
    /// - Throws: What the making throws; the next one who asks tries again.
    public func value<Value: Sendable>(
        _ type: Value.Type,
        _ make: () throws -> Value
    ) rethrows -> Value {
        try values.withLock { values in
            if let known = values[ObjectIdentifier(type)] as? Value { return known }
            let made = try make()
            values[ObjectIdentifier(type)] = made
            return made
        }
    }
}
