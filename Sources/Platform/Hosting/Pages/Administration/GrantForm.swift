import Basics
import Identity
import Web

/// The choice of a grant: a role, for an organization, in a service.
struct GrantForm: Sendable {
    var role = ""
    var organization = ""
    var service = ""
    /// What is wrong, by the name of the field.
    var errors: [String: Bilingual] = [:]
    private let words: AccountWords
    private let organizations: [OrganizationChoice]
    /// Whether the administrator may give a role for every organization.
    private let reachesAll: Bool

    init(actor: Actor, words: AccountWords) {
        self.words = words
        organizations = words.organizations(of: actor)
        reachesAll = actor.organizations(for: .administrator) == nil
    }

    /// Takes what was chosen and holds it against what there is.
    mutating func fill(_ form: FormFields) {
        role = form["role"] ?? ""
        organization = form["organization"] ?? ""
        service = form["service"] ?? ""
        if !words.roles.contains(where: { $0.role.rawValue == role }) {
            errors["role"] = Bilingual("역할을 골라 주세요.", "Choose a role.")
        }
        let isKnown = organizations.contains { $0.id == organization }
        if !isKnown, !(organization.isEmpty && reachesAll) {
            errors["organization"] = Bilingual("기관을 골라 주세요.", "Choose an organization.")
        }
        if !service.isEmpty, !words.services.contains(where: { $0.rawValue == service }) {
            errors["service"] = Bilingual("서비스를 골라 주세요.", "Choose a service.")
        }
    }

    /// The grant that was chosen.
    var grant: Grant { Self.grant(role: role, organization: organization, service: service) }

    /// The grant that a form of ``hidden(_:)`` names.
    static func named(_ form: FormFields) -> Grant {
        grant(
            role: form["role"] ?? "",
            organization: form["organization"] ?? "",
            service: form["service"] ?? ""
        )
    }

    /// A grant as fields nobody sees.
    static func hidden(_ grant: Grant) -> HTML {
        hiddenField("role", grant.role.rawValue)
            + hiddenField("organization", grant.organization ?? "")
            + hiddenField("service", grant.service ?? "")
    }

    private static func grant(role: String, organization: String, service: String) -> Grant {
        Grant(
            Role(rawValue: role),
            organization: organization.isEmpty ? nil : organization,
            service: service.isEmpty ? nil : service
        )
    }

    func fields(in context: PageContext) -> [FormField] {
        let language = context.language
        func choice(_ value: String, _ title: Bilingual) -> FormField.Choice {
            .init(value: value, label: title[language])
        }
        return [
            FormField(
                name: "role",
                label: context.text("역할", "Role"),
                control: .select(
                    [choice("", Bilingual("고르세요", "Choose"))]
                        + words.roles.map { choice($0.role.rawValue, $0.title) }
                ),
                error: errors["role"]?[language],
                isRequired: true,
                values: [role]
            ),
            FormField(
                name: "organization",
                label: context.text("기관", "Organization"),
                control: .select(
                    (reachesAll ? [choice("", words.organizationTitle(nil))] : [])
                        + organizations.map { choice($0.id, $0.title) }
                ),
                error: errors["organization"]?[language],
                isRequired: true,
                values: [organization]
            ),
            FormField(
                name: "service",
                label: context.text("서비스", "Service"),
                control: .select(
                    [choice("", words.serviceTitle(nil))]
                        + words.services.map { choice($0.rawValue, $0.title) }
                ),
                error: errors["service"]?[language],
                isRequired: true,
                values: [service]
            ),
        ]
    }
}
