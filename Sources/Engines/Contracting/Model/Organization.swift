/// A party of a process (OCDS 1.1.5, Organization).
public struct Organization: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id that references point to.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// The name.
    public var name: String? {
        get { json[text: "name"] }
        set { json[text: "name"] = newValue }
    }

    /// The identifier in a public register.
    public var identifier: OrganizationIdentifier? {
        get { json[object: "identifier"] }
        set { json[object: "identifier"] = newValue }
    }

    /// Whom to ask.
    public var contactPoint: ContactPoint? {
        get { json[object: "contactPoint"] }
        set { json[object: "contactPoint"] = newValue }
    }

    /// What the party does, codes of `partyRole`.
    public var roles: [String] {
        get { json[texts: "roles"] }
        set { json[texts: "roles"] = newValue }
    }
}

/// A pointer to a party (OCDS 1.1.5, OrganizationReference).
public struct OrganizationReference: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id of the party.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// The name of the party, for readers.
    public var name: String? {
        get { json[text: "name"] }
        set { json[text: "name"] = newValue }
    }
}

/// An identifier in a register of organizations (OCDS 1.1.5, Identifier).
public struct OrganizationIdentifier: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The register, a code of org-id.guide.
    public var scheme: String? {
        get { json[text: "scheme"] }
        set { json[text: "scheme"] = newValue }
    }

    /// The identifier in the register.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// The registered name.
    public var legalName: String? {
        get { json[text: "legalName"] }
        set { json[text: "legalName"] = newValue }
    }
}

/// Whom to ask (OCDS 1.1.5, ContactPoint).
public struct ContactPoint: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// A department or a role; the house never exports a person.
    public var name: String? {
        get { json[text: "name"] }
        set { json[text: "name"] = newValue }
    }
}
