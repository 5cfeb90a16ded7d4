/// The shape of a release in OCDS 1.1.5, as far as a publisher can get it wrong: which fields an
/// object has, of which type, and which it must have (release-schema.json of the standard).
enum ReleaseSchema {
    /// The kinds of object in a release.
    enum Definition: Int, Sendable, CaseIterable {
        case release, planning, budget, tender, award, contract, implementation, transaction
        case milestone, document, organization, organizationReference, identifier, address
        case contactPoint, item, unit, classification, amendment, value, period, relatedProcess
    }

    /// What a field holds; a field that is not required may also be null.
    enum Kind: Sendable {
        case text, identifier, number, integer, boolean, dateTime, address, texts, any
        case code(Codelist)
        case codes(Codelist)
        case object(Definition)
        case objects(Definition)
    }

    /// A field of an object.
    struct Field: Sendable {
        let kind: Kind
        let isRequired: Bool

        static func required(_ kind: Kind) -> Field { Field(kind: kind, isRequired: true) }
        static func optional(_ kind: Kind) -> Field { Field(kind: kind, isRequired: false) }
    }

    /// The fields of a kind of object and the names of those it must have.
    struct Shape: Sendable {
        let fields: [String: Field]
        let required: [String]
    }

    /// The shape of a kind of object.
    static func shape(of definition: Definition) -> Shape { shapes[definition.rawValue] }

    private static let shapes: [Shape] = Definition.allCases.map { definition in
        let all = fields(of: definition)
        return Shape(
            fields: all,
            required: all.filter(\.value.isRequired).map(\.key).sorted()
        )
    }

    private static func fields(of definition: Definition) -> [String: Field] {
        switch definition {
        case .release: release
        case .planning, .budget, .tender: beforeTheAward(definition)
        case .award, .contract, .implementation, .transaction: afterTheTender(definition)
        case .organization, .organizationReference, .identifier, .address, .contactPoint:
            parties(definition)
        default: parts(definition)
        }
    }

    private static func optionalFields(_ kinds: [String: Kind]) -> [String: Field] {
        kinds.mapValues(Field.optional)
    }

    private static func fields(
        id: Kind,
        _ kinds: [String: Kind]
    ) -> [String: Field] {
        optionalFields(kinds).merging(["id": .required(id)]) { $1 }
    }

    private static let release: [String: Field] = [
        "ocid": .required(.text), "id": .required(.text), "date": .required(.dateTime),
        "tag": .required(.codes(.releaseTag)),
        "initiationType": .required(.code(.initiationType)),
        "parties": .optional(.objects(.organization)),
        "buyer": .optional(.object(.organizationReference)),
        "planning": .optional(.object(.planning)), "tender": .optional(.object(.tender)),
        "awards": .optional(.objects(.award)), "contracts": .optional(.objects(.contract)),
        "language": .optional(.text), "relatedProcesses": .optional(.objects(.relatedProcess)),
    ]

    private static func beforeTheAward(_ definition: Definition) -> [String: Field] {
        switch definition {
        case .planning:
            optionalFields([
                "rationale": .text, "budget": .object(.budget), "documents": .objects(.document),
                "milestones": .objects(.milestone),
            ])
        case .budget:
            optionalFields([
                "id": .identifier, "description": .text, "amount": .object(.value),
                "project": .text, "projectID": .identifier, "uri": .address, "source": .address,
            ])
        default:
            fields(
                id: .identifier,
                [
                    "title": .text, "description": .text, "status": .code(.tenderStatus),
                    "procuringEntity": .object(.organizationReference), "items": .objects(.item),
                    "value": .object(.value), "minValue": .object(.value),
                    "procurementMethod": .code(.method), "procurementMethodDetails": .text,
                    "procurementMethodRationale": .text,
                    "mainProcurementCategory": .code(.procurementCategory),
                    "additionalProcurementCategories": .texts, "awardCriteria": .text,
                    "awardCriteriaDetails": .text, "submissionMethod": .texts,
                    "submissionMethodDetails": .text, "tenderPeriod": .object(.period),
                    "enquiryPeriod": .object(.period), "hasEnquiries": .boolean,
                    "eligibilityCriteria": .text, "awardPeriod": .object(.period),
                    "contractPeriod": .object(.period), "numberOfTenderers": .integer,
                    "tenderers": .objects(.organizationReference),
                    "documents": .objects(.document), "milestones": .objects(.milestone),
                    "amendments": .objects(.amendment), "amendment": .object(.amendment),
                ]
            )
        }
    }

    private static func afterTheTender(_ definition: Definition) -> [String: Field] {
        switch definition {
        case .award:
            fields(
                id: .identifier,
                [
                    "title": .text, "description": .text, "status": .code(.awardStatus),
                    "date": .dateTime, "value": .object(.value),
                    "suppliers": .objects(.organizationReference), "items": .objects(.item),
                    "contractPeriod": .object(.period), "documents": .objects(.document),
                    "amendments": .objects(.amendment), "amendment": .object(.amendment),
                ]
            )
        case .contract:
            fields(
                id: .identifier,
                [
                    "title": .text, "description": .text, "status": .code(.contractStatus),
                    "period": .object(.period), "value": .object(.value),
                    "items": .objects(.item), "dateSigned": .dateTime,
                    "documents": .objects(.document), "implementation": .object(.implementation),
                    "relatedProcesses": .objects(.relatedProcess),
                    "milestones": .objects(.milestone), "amendments": .objects(.amendment),
                    "amendment": .object(.amendment),
                ]
            ).merging(["awardID": .required(.identifier)]) { $1 }
        case .implementation:
            optionalFields([
                "transactions": .objects(.transaction), "milestones": .objects(.milestone),
                "documents": .objects(.document),
            ])
        default:
            fields(
                id: .identifier,
                [
                    "source": .address, "date": .dateTime, "value": .object(.value),
                    "payer": .object(.organizationReference),
                    "payee": .object(.organizationReference), "uri": .address,
                    "amount": .object(.value), "providerOrganization": .object(.identifier),
                    "receiverOrganization": .object(.identifier),
                ]
            )
        }
    }

    private static func parties(_ definition: Definition) -> [String: Field] {
        switch definition {
        case .organization:
            optionalFields([
                "name": .text, "id": .text, "identifier": .object(.identifier),
                "additionalIdentifiers": .objects(.identifier), "address": .object(.address),
                "contactPoint": .object(.contactPoint), "roles": .texts, "details": .any,
            ])
        case .organizationReference:
            optionalFields([
                "name": .text, "id": .identifier, "identifier": .object(.identifier),
                "address": .object(.address), "additionalIdentifiers": .objects(.identifier),
                "contactPoint": .object(.contactPoint),
            ])
        case .identifier:
            optionalFields([
                "scheme": .text, "id": .identifier, "legalName": .text, "uri": .address,
            ])
        case .address:
            optionalFields([
                "streetAddress": .text, "locality": .text, "region": .text, "postalCode": .text,
                "countryName": .text,
            ])
        default:
            optionalFields([
                "name": .text, "email": .text, "telephone": .text, "faxNumber": .text,
                "url": .address,
            ])
        }
    }

    private static func parts(_ definition: Definition) -> [String: Field] {
        switch definition {
        case .milestone:
            fields(
                id: .identifier,
                [
                    "title": .text, "type": .text, "description": .text, "code": .text,
                    "dueDate": .dateTime, "dateMet": .dateTime, "dateModified": .dateTime,
                    "status": .code(.milestoneStatus), "documents": .objects(.document),
                ]
            )
        case .document:
            fields(
                id: .identifier,
                [
                    "documentType": .text, "title": .text, "description": .text, "url": .address,
                    "datePublished": .dateTime, "dateModified": .dateTime, "format": .text,
                    "language": .text,
                ]
            )
        case .item:
            fields(
                id: .identifier,
                [
                    "description": .text, "classification": .object(.classification),
                    "additionalClassifications": .objects(.classification), "quantity": .number,
                    "unit": .object(.unit),
                ]
            )
        case .unit:
            optionalFields([
                "scheme": .text, "id": .text, "name": .text, "value": .object(.value),
                "uri": .address,
            ])
        case .classification:
            optionalFields([
                "scheme": .text, "id": .identifier, "description": .text, "uri": .address,
            ])
        case .amendment:
            optionalFields([
                "date": .dateTime, "rationale": .text, "id": .text, "description": .text,
                "amendsReleaseID": .text, "releaseID": .text, "changes": .any,
            ])
        case .value: optionalFields(["amount": .number, "currency": .code(.currency)])
        case .period:
            optionalFields([
                "startDate": .dateTime, "endDate": .dateTime, "maxExtentDate": .dateTime,
                "durationInDays": .integer,
            ])
        default:
            optionalFields([
                "id": .text, "relationship": .texts, "title": .text, "scheme": .text,
                "identifier": .text, "uri": .address,
            ])
        }
    }
}
