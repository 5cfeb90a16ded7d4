/// A release: what was known of a contracting process at one time (OCDS 1.1.5, Release).
public struct Release: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The open contracting id of the process, the publisher's prefix included.
    public var ocid: String? {
        get { json[text: "ocid"] }
        set { json[text: "ocid"] = newValue }
    }

    /// The id of the release, unique within the process.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// When the information was released, RFC 3339.
    public var date: String? {
        get { json[text: "date"] }
        set { json[text: "date"] = newValue }
    }

    /// What kind of news it is: `planning`, `tender`, `award` and so on.
    public var tag: [String] {
        get { json[texts: "tag"] }
        set { json[texts: "tag"] = newValue }
    }

    /// How the process began; `tender` is the only code.
    public var initiationType: String? {
        get { json[text: "initiationType"] }
        set { json[text: "initiationType"] = newValue }
    }

    /// The language of texts without a language of their own.
    public var language: String? {
        get { json[text: "language"] }
        set { json[text: "language"] = newValue }
    }

    /// Everyone who takes part, with their roles.
    public var parties: [Organization] {
        get { json[objects: "parties"] }
        set { json[objects: "parties"] = newValue }
    }

    /// Whose budget pays.
    public var buyer: OrganizationReference? {
        get { json[object: "buyer"] }
        set { json[object: "buyer"] = newValue }
    }

    /// What was planned, and with what money.
    public var planning: Planning? {
        get { json[object: "planning"] }
        set { json[object: "planning"] = newValue }
    }

    /// What is or will be put to tender.
    public var tender: Tender? {
        get { json[object: "tender"] }
        set { json[object: "tender"] = newValue }
    }

    /// What was awarded.
    public var awards: [Award] {
        get { json[objects: "awards"] }
        set { json[objects: "awards"] = newValue }
    }

    /// What was signed.
    public var contracts: [Contract] {
        get { json[objects: "contracts"] }
        set { json[objects: "contracts"] = newValue }
    }
}

/// A record: all that is known of one contracting process (OCDS 1.1.5, record package).
public struct Record: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The open contracting id of the process.
    public var ocid: String? {
        get { json[text: "ocid"] }
        set { json[text: "ocid"] = newValue }
    }

    /// The releases; a linked one has only `url`, `date` and `tag`.
    public var releases: [Release] {
        get { json[objects: "releases"] }
        set { json[objects: "releases"] = newValue }
    }

    /// The latest state, merged from the releases.
    public var compiledRelease: Release? {
        get { json[object: "compiledRelease"] }
        set { json[object: "compiledRelease"] = newValue }
    }
}
