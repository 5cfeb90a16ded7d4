/// What is or will be put to tender (OCDS 1.1.5, Tender).
public struct Tender: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The id of the tender.
    public var id: String? {
        get { json[identifier: "id"] }
        set { json[identifier: "id"] = newValue }
    }

    /// The title, in the language of the release.
    public var title: String? {
        get { json[text: "title"] }
        set { json[text: "title"] = newValue }
    }

    /// The description, in the language of the release.
    public var description: String? {
        get { json[text: "description"] }
        set { json[text: "description"] = newValue }
    }

    /// Where the tender stands, a code of `tenderStatus`.
    public var status: String? {
        get { json[text: "status"] }
        set { json[text: "status"] = newValue }
    }

    /// Who runs the procurement.
    public var procuringEntity: OrganizationReference? {
        get { json[object: "procuringEntity"] }
        set { json[object: "procuringEntity"] = newValue }
    }

    /// What is to be bought.
    public var items: [Item] {
        get { json[objects: "items"] }
        set { json[objects: "items"] = newValue }
    }

    /// The estimated value.
    public var value: Value? {
        get { json[object: "value"] }
        set { json[object: "value"] = newValue }
    }

    /// The least estimated value.
    public var minValue: Value? {
        get { json[object: "minValue"] }
        set { json[object: "minValue"] = newValue }
    }

    /// The method, a code of `method`.
    public var procurementMethod: String? {
        get { json[text: "procurementMethod"] }
        set { json[text: "procurementMethod"] = newValue }
    }

    /// The method in local words.
    public var procurementMethodDetails: String? {
        get { json[text: "procurementMethodDetails"] }
        set { json[text: "procurementMethodDetails"] = newValue }
    }

    /// `goods`, `works` or `services`.
    public var mainProcurementCategory: String? {
        get { json[text: "mainProcurementCategory"] }
        set { json[text: "mainProcurementCategory"] = newValue }
    }

    /// When bids are taken; of a plan, when it will be ordered.
    public var tenderPeriod: Period? {
        get { json[object: "tenderPeriod"] }
        set { json[object: "tenderPeriod"] = newValue }
    }

    /// When the contract will run.
    public var contractPeriod: Period? {
        get { json[object: "contractPeriod"] }
        set { json[object: "contractPeriod"] = newValue }
    }

    /// The documents of the tender.
    public var documents: [Document] {
        get { json[objects: "documents"] }
        set { json[objects: "documents"] = newValue }
    }
}
