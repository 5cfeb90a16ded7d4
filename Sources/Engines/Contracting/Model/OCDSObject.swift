/// An object of the Open Contracting Data Standard 1.1.5, seen through the names of its fields.
///
/// Each type is a view of an ordered JSON object: the house reads and sets the fields it needs, and
/// everything else (extensions, fields of a later version, translations) stays where it was, so
/// that what is imported can be exported again without a loss.
public protocol OCDSObject: Sendable, Hashable {
    /// The whole object, fields nobody here knows included.
    var json: JSONObject { get set }
    /// Sees an object as this type; nothing is checked.
    init(json: JSONObject)
}

extension OCDSObject {
    /// Creates an object without fields.
    public init() { self.init(json: JSONObject()) }

    /// A field in one language: `title_ko` for the field `title` and the language `ko`.
    public subscript(_ field: String, language language: String) -> String? {
        get { json[text: "\(field)_\(language)"] }
        set { json[text: "\(field)_\(language)"] = newValue }
    }
}
