/// Something that is bought (OCDS 1.1.5, Item).
public struct Item: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id within the list.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// What it is.
    public var description: String? {
        get { json[text: "description"] }
        set { json[text: "description"] = newValue }
    }

    /// The main classification.
    public var classification: Classification? {
        get { json[object: "classification"] }
        set { json[object: "classification"] = newValue }
    }

    /// Further ones.
    public var additionalClassifications: [Classification] {
        get { json[objects: "additionalClassifications"] }
        set { json[objects: "additionalClassifications"] = newValue }
    }
}

/// A code of a classification (OCDS 1.1.5, Classification).
public struct Classification: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The classification the code is from.
    public var scheme: String? {
        get { json[text: "scheme"] }
        set { json[text: "scheme"] = newValue }
    }

    /// The code.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// What the code means.
    public var description: String? {
        get { json[text: "description"] }
        set { json[text: "description"] = newValue }
    }
}

/// A document about a process (OCDS 1.1.5, Document).
public struct Document: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id within the list.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// A code of `documentType`.
    public var documentType: String? {
        get { json[text: "documentType"] }
        set { json[text: "documentType"] = newValue }
    }

    /// The title.
    public var title: String? {
        get { json[text: "title"] }
        set { json[text: "title"] = newValue }
    }

    /// Where it can be found; never fetched.
    public var url: String? {
        get { json[text: "url"] }
        set { json[text: "url"] = newValue }
    }
}
