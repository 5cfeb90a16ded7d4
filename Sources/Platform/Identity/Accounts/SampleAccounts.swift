import Basics
import Store

/// People who do not exist, for a city that is only shown.
public struct SampleAccounts: Sendable, Hashable {
    /// The passwords of the sample people, each the caller's to choose.
    public struct Passwords: Sendable, Hashable {
        /// Of the administrator.
        public var administrator: String
        /// Of everybody else.
        public var everybodyElse: String

        /// Creates the passwords.
        public init(administrator: String, everybodyElse: String) {
            self.administrator = administrator
            self.everybodyElse = everybodyElse
        }
    }

    /// The id of the administrator of everything.
    public let administrator: String
    /// The id of the plan officer and publisher of the city.
    public let cityPlanOfficer: String
    /// The id of the plan officer of a district.
    public let districtPlanOfficer: String
    /// The id of a company.
    public let company: String
    /// The id of a resident.
    public let resident: String

    /// Makes one sample person, or finds the one made before; gives the id.
    ///
    /// - Throws: `IdentityError` with `unacceptablePassword`, or what the store throws.
    public static func add(
        _ account: NewAccount,
        password: String,
        to accounts: Accounts
    ) async throws -> String {
        try PasswordPolicy.check(password, loginName: account.loginName)
        let checked = try Accounts.checked(account)
        // Hashing is slow on purpose, and nothing for somebody who is there.
        if let present = try await accounts.store.read({ try id(of: checked, in: $0) }) {
            return present
        }
        let hash = try await accounts.hasher.hash(password)
        return try await accounts.store.write { tx in
            try id(of: checked, in: tx)
                ?? Accounts.insert(checked, hash: hash, mustChange: false, by: .house, in: tx)
        }
    }

    private static func id(of account: NewAccount, in db: ReadTransaction) throws -> String? {
        try db.value(
            "SELECT id FROM identity_account WHERE login_name = \(account.loginName)",
            as: String.self
        )
    }

    /// Makes the sample people, or finds those made before; every name says that it is a sample.
    ///
    /// - Parameters:
    ///   - accounts: Where the accounts are made.
    ///   - city: The id of the city's organization.
    ///   - district: The id of the organization of a district, 노원구 for one.
    ///   - passwords: Their passwords; they pass the same policy as everybody's.
    ///   - officerRoles: Roles the officers hold for their organization, beside those of plans.
    /// - Returns: The ids of the sample people.
    /// - Throws: `IdentityError` with `unacceptablePassword`, or what the store throws.
    public static func make(
        in accounts: Accounts,
        city: String,
        district: String,
        passwords: Passwords,
        officerRoles: [Role] = []
    ) async throws -> SampleAccounts {
        func make(_ account: NewAccount, _ password: String) async throws -> String {
            try await add(account, password: password, to: accounts)
        }
        let other = passwords.everybodyElse
        return SampleAccounts(
            administrator: try await make(
                NewAccount(
                    kind: .staff,
                    loginName: "admin@sample.example",
                    displayName: "견본 관리자",
                    grants: [Grant(.administrator), Grant(.auditor)]
                ),
                passwords.administrator
            ),
            cityPlanOfficer: try await make(
                NewAccount(
                    kind: .staff,
                    loginName: "city.plan@sample.example",
                    displayName: "견본 시청 발주담당",
                    organization: city,
                    grants: [
                        Grant(.planOfficer, organization: city),
                        Grant(.planPublisher, organization: city),
                    ] + officerRoles.map { Grant($0, organization: city) }
                ),
                other
            ),
            districtPlanOfficer: try await make(
                NewAccount(
                    kind: .staff,
                    loginName: "district.plan@sample.example",
                    displayName: "견본 구청 발주담당",
                    organization: district,
                    grants: [Grant(.planOfficer, organization: district)]
                        + officerRoles.map { Grant($0, organization: district) }
                ),
                other
            ),
            company: try await make(
                NewAccount(
                    kind: .company,
                    loginName: "company@sample.example",
                    displayName: "견본 주식회사"
                ),
                other
            ),
            resident: try await make(
                NewAccount(
                    kind: .resident,
                    loginName: "resident@sample.example",
                    displayName: "견본 시민"
                ),
                other
            )
        )
    }
}
