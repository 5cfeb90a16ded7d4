/// A decision for suppliers (OCDS 1.1.5, Award).
public struct Award: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id of the award.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// The title.
    public var title: String? {
        get { json[text: "title"] }
        set { json[text: "title"] = newValue }
    }

    /// A code of `awardStatus`.
    public var status: String? {
        get { json[text: "status"] }
        set { json[text: "status"] = newValue }
    }

    /// When it was decided, RFC 3339.
    public var date: String? {
        get { json[text: "date"] }
        set { json[text: "date"] = newValue }
    }

    /// The amount awarded.
    public var value: Value? {
        get { json[object: "value"] }
        set { json[object: "value"] = newValue }
    }

    /// Who won.
    public var suppliers: [OrganizationReference] {
        get { json[objects: "suppliers"] }
        set { json[objects: "suppliers"] = newValue }
    }

    /// What was awarded.
    public var items: [Item] {
        get { json[objects: "items"] }
        set { json[objects: "items"] = newValue }
    }
}

/// A signed contract (OCDS 1.1.5, Contract).
public struct Contract: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id of the contract.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// The award it follows from.
    public var awardID: String? {
        get { json[identifier: "awardID"] }
        set { json[identifier: "awardID"] = newValue }
    }

    /// The title.
    public var title: String? {
        get { json[text: "title"] }
        set { json[text: "title"] = newValue }
    }

    /// A code of `contractStatus`.
    public var status: String? {
        get { json[text: "status"] }
        set { json[text: "status"] = newValue }
    }

    /// When it runs.
    public var period: Period? {
        get { json[object: "period"] }
        set { json[object: "period"] = newValue }
    }

    /// The amount signed.
    public var value: Value? {
        get { json[object: "value"] }
        set { json[object: "value"] = newValue }
    }

    /// When it was signed, RFC 3339.
    public var dateSigned: String? {
        get { json[text: "dateSigned"] }
        set { json[text: "dateSigned"] = newValue }
    }

    /// What was contracted.
    public var items: [Item] {
        get { json[objects: "items"] }
        set { json[objects: "items"] = newValue }
    }
}
