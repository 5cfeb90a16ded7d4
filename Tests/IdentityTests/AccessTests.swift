import Testing

@testable import Identity

/// Accounts that stand for every column of the access table.
enum People {
    static func actor(
        _ kind: AccountKind,
        _ grants: [Grant] = [],
        assurance: Assurance = .password
    ) -> Actor {
        .account(
            SignedInAccount(
                id: "id-\(kind.rawValue)",
                kind: kind,
                displayName: "견본",
                grants: grants,
                assurance: assurance
            )
        )
    }

    static let resident = actor(.resident)
    static let company = actor(.company)
    static let planOfficer = actor(.staff, [Grant(.planOfficer, organization: "nowon")])
    static let administrator = actor(.staff, [Grant(.administrator)])
    static let sureAdministrator = actor(
        .staff,
        [Grant(.administrator)],
        assurance: .passwordAndOneTimeCode
    )
}

@Suite struct `Access rules` {
    struct Row: Sendable, CustomTestStringConvertible {
        let rule: RouteAccess
        /// Anonymous, resident, company, plan officer, administrator, administrator with a code.
        let decisions: [AccessDecision]
        var testDescription: String { "\(rule)" }
    }

    static let table: [Row] = [
        Row(
            rule: .everyone,
            decisions: [.allowed, .allowed, .allowed, .allowed, .allowed, .allowed]
        ),
        Row(
            rule: .signedIn,
            decisions: [.needsSignIn, .allowed, .allowed, .allowed, .allowed, .allowed]
        ),
        Row(
            rule: .kind([.resident]),
            decisions: [.needsSignIn, .allowed, .refused, .refused, .refused, .refused]
        ),
        Row(
            rule: .kind([.staff, .company]),
            decisions: [.needsSignIn, .refused, .allowed, .allowed, .allowed, .allowed]
        ),
        Row(
            rule: .role(.planOfficer),
            decisions: [.needsSignIn, .refused, .refused, .allowed, .refused, .refused]
        ),
        Row(
            rule: .anyRole([.planOfficer, .administrator]),
            decisions: [.needsSignIn, .refused, .refused, .allowed, .allowed, .allowed]
        ),
        Row(
            rule: .assured(.passwordAndOneTimeCode, .role(.administrator)),
            decisions: [
                .needsSignIn, .refused, .refused, .refused, .needsStrongerSignIn, .allowed,
            ]
        ),
    ]

    @Test(arguments: table)
    func `every kind of actor gets the decision of the table`(_ row: Row) {
        let actors: [Actor] = [
            .anonymous, People.resident, People.company, People.planOfficer, People.administrator,
            People.sureAdministrator,
        ]
        #expect(actors.map(row.rule.allows) == row.decisions)
    }

    @Test(
        arguments: [
            (Grant(.planOfficer), "nowon", "procurement", true),
            (Grant(.planOfficer), "nowon", nil, true),
            (Grant(.planOfficer, organization: "nowon"), "nowon", "procurement", true),
            (Grant(.planOfficer, organization: "nowon"), "mapo", nil, false),
            (Grant(.planOfficer, service: "procurement"), "mapo", "procurement", true),
            (Grant(.planOfficer, service: "procurement"), "mapo", nil, false),
            (Grant(.planOfficer, organization: "nowon", service: "wifi"), "nowon", "wifi", true),
            (Grant(.planOfficer, organization: "nowon", service: "wifi"), "nowon", "cctv", false),
            (Grant(.planOfficer, organization: "nowon"), "", nil, false),
            (Grant(.planPublisher), "nowon", nil, false),
            (Grant(.administrator), "nowon", nil, false),
        ] as [(Grant, String, String?, Bool)]
    )
    func `a grant reaches its organization and service and no other`(
        _ grant: Grant,
        _ organization: String,
        _ service: String?,
        _ isAllowed: Bool
    ) {
        let actor = People.actor(.staff, [grant])
        #expect(actor.may(.planOfficer, in: organization, service: service) == isAllowed)
    }

    @Test func `the policy gives 401, 403 and 404`() {
        #expect(throws: AccessError(.signInRequired, context: "signedIn")) {
            try Actor.anonymous.require(.signedIn)
        }
        let codes = [AccessError.Code.signInRequired, .strongerSignInRequired, .refused, .notFound]
        #expect(codes.map(\.httpStatus) == [401, 401, 403, 404])
    }

    @Test func `the organizations of a role are some, all or none`() {
        #expect(People.planOfficer.organizations(for: .planOfficer) == ["nowon"])
        #expect(People.administrator.organizations(for: .administrator) == nil)
        #expect(Actor.anonymous.organizations(for: .administrator) == [])
    }
}
