/// What is planned before a tender (OCDS 1.1.5, Planning).
public struct Planning: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// Why it is needed.
    public var rationale: String? {
        get { json[text: "rationale"] }
        set { json[text: "rationale"] = newValue }
    }

    /// The money set aside.
    public var budget: Budget? {
        get { json[object: "budget"] }
        set { json[object: "budget"] = newValue }
    }

    /// Documents of the plan.
    public var documents: [Document] {
        get { json[objects: "documents"] }
        set { json[objects: "documents"] = newValue }
    }
}

/// The money set aside for a process (OCDS 1.1.5, Budget).
public struct Budget: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id of the budget line.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// A short explanation.
    public var description: String? {
        get { json[text: "description"] }
        set { json[text: "description"] = newValue }
    }

    /// The amount.
    public var amount: Value? {
        get { json[object: "amount"] }
        set { json[object: "amount"] = newValue }
    }

    /// The name of the project the money is for.
    public var project: String? {
        get { json[text: "project"] }
        set { json[text: "project"] = newValue }
    }

    /// The id of that project.
    public var projectID: String? {
        get { json[identifier: "projectID"] }
        set { json[identifier: "projectID"] = newValue }
    }

    /// The address of the budget line.
    public var uri: String? {
        get { json[text: "uri"] }
        set { json[text: "uri"] = newValue }
    }
}
