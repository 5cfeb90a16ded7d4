/// A place in a JSON document, written as a JSON Pointer (RFC 6901): `/releases/3/tender/value`.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    public enum Component: Sendable, Hashable {
        /// Into a member of an object.
        case member(String)
        /// Into an element of an array, counted from 0.
        case element(Int)
    }

    /// The steps from the top of the document.
    public var components: [Component]

    /// Creates a path from its steps.
    public init(_ components: [Component] = []) {
        self.components = components
    }

    /// The path one member further down.
    public func appending(_ member: String) -> JSONPath {
        JSONPath(components + [.member(member)])
    }

    /// The path one element further down.
    public func appending(_ element: Int) -> JSONPath {
        JSONPath(components + [.element(element)])
    }

    /// The JSON Pointer; empty for the whole document.
    public var description: String {
        var result = ""
        for component in components {
            result.append("/")
            switch component {
            case .element(let index): result += String(index)
            case .member(let name):
                for character in name.unicodeScalars {
                    switch character {
                    case "~": result += "~0"
                    case "/": result += "~1"
                    default: result.unicodeScalars.append(character)
                    }
                }
            }
        }
        return result
    }
}
