import CityTesting
import HTTPTypes
import Identity
import Testing
import Web

@testable import Hosting
@testable import haechi

/// Somebody of the sample city, with what they are and hold, written down apart from the sample.
private struct Person {
    var login: String?
    var kind: AccountKind?
    var roles: Set<String>

    /// Whether a rule lets the person in, decided apart from the rule's own code.
    func isAdmitted(by access: RouteAccess) -> Bool {
        switch access {
        case .everyone: true
        case .signedIn: kind != nil
        case .kind(let kinds): kind.map(kinds.contains) ?? false
        case .role(let role): roles.contains(role.rawValue)
        case .anyRole(let several): several.contains { roles.contains($0.rawValue) }
        case .assured: false
        }
    }
}

private let people = [
    Person(login: nil, kind: nil, roles: []),
    Person(login: "admin", kind: .staff, roles: ["administrator", "auditor"]),
    Person(
        login: "city.plan",
        kind: .staff,
        roles: ["planOfficer", "planPublisher", "directoryOfficer"]
    ),
    Person(login: "district.plan", kind: .staff, roles: ["planOfficer", "directoryOfficer"]),
    Person(login: "staff", kind: .staff, roles: []),
    Person(login: "agent", kind: .staff, roles: ["assistantAgent", "knowledgeKeeper"]),
    Person(login: "knowledge", kind: .staff, roles: ["knowledgeKeeper"]),
    Person(login: "workshop", kind: .staff, roles: ["pcWorkshop"]),
    Person(login: "searcher", kind: .staff, roles: ["missingPersonSearcher"]),
    Person(login: "searchapprover", kind: .staff, roles: ["missingPersonApprover"]),
    Person(login: "footage", kind: .staff, roles: ["footageOfficer"]),
    Person(login: "company", kind: .company, roles: []),
    Person(login: "resident", kind: .resident, roles: []),
]

@Suite struct `Every address of the city` {
    @Test func `lets in whom its rule names, and fails for nobody`() async throws {
        try await CityClient.with(haechi.city) { client in
            for person in people {
                var asker = client
                if let login = person.login {
                    asker = try await client.signedIn(as: "\(login)@sample.example")
                }
                try await Self.walk(client.city.routes.routes, as: person, asker)
            }
        }
    }

    private static func walk(
        _ routes: [Route],
        as person: Person,
        _ asker: CityClient
    ) async throws {
        for route in routes where route.method == .get {
            let path = route.path.split(separator: "/").map {
                $0.hasPrefix("{") ? "0" : String($0)
            }.joined(separator: "/")
            let status = try await asker.get("/" + path).status
            let who = person.login ?? "a visitor"
            #expect(status < 500, "\(route.path) for \(who)")
            let isRefused = status == 401 || status == 403
            #expect(
                isRefused == !person.isAdmitted(by: route.access),
                "\(route.path) answers \(status) to \(who)"
            )
        }
    }
}
