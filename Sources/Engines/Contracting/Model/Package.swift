/// What a release or record package says of itself.
public struct PackageMetadata: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// Where the package can be found; an identifier, never fetched.
    public var uri: String? {
        get { json[text: "uri"] }
        set { json[text: "uri"] = newValue }
    }

    /// The version of OCDS, `1.1`; absent in 1.0.
    public var version: String? {
        get { json[text: "version"] }
        set { json[text: "version"] = newValue }
    }

    /// The addresses of extensions: listed, never fetched.
    public var extensions: [String] {
        get { json[texts: "extensions"] }
        set { json[texts: "extensions"] = newValue }
    }

    /// When the package was published, RFC 3339.
    public var publishedDate: String? {
        get { json[text: "publishedDate"] }
        set { json[text: "publishedDate"] = newValue }
    }

    /// Who published it.
    public var publisher: Publisher? {
        get { json[object: "publisher"] }
        set { json[object: "publisher"] = newValue }
    }

    /// The address of the licence.
    public var license: String? {
        get { json[text: "license"] }
        set { json[text: "license"] = newValue }
    }

    /// The address of the publication policy.
    public var publicationPolicy: String? {
        get { json[text: "publicationPolicy"] }
        set { json[text: "publicationPolicy"] = newValue }
    }
}

/// Who published a package.
public struct Publisher: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The name.
    public var name: String? {
        get { json[text: "name"] }
        set { json[text: "name"] = newValue }
    }

    /// The scheme the `uid` is from.
    public var scheme: String? {
        get { json[text: "scheme"] }
        set { json[text: "scheme"] = newValue }
    }

    /// The identifier within the scheme.
    public var uid: String? {
        get { json[text: "uid"] }
        set { json[text: "uid"] = newValue }
    }

    /// The address of the publisher.
    public var uri: String? {
        get { json[text: "uri"] }
        set { json[text: "uri"] = newValue }
    }
}
