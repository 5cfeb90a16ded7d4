public import Basics

/// Something about contracting data that breaks the standard or does not hold together.
public struct ContractingFinding: Sendable, Hashable, Codable {
    /// What is wrong.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// A field the standard demands is missing, null or empty.
        case requiredFieldMissing
        /// A field has another type than the standard says.
        case wrongType
        /// A date-time is not RFC 3339 with an offset.
        case invalidDate
        /// An address has no scheme.
        case invalidAddress
        /// A code is not in a closed codelist.
        case unknownCode
        /// An array demanded to have at least one element has none.
        case emptyArray
        /// The version is not `major.minor`, or not one this reader knows.
        case unknownVersion
        /// A field the standard does not know; extensions may define it.
        case additionalField
        /// An organization is referred to that is not among the parties.
        case danglingReference
        /// An amount is below zero.
        case negativeAmount
        /// An amount is larger than any public budget.
        case absurdAmount
        /// A period ends before it begins.
        case periodReversed
        /// Two releases of a file have the same id.
        case duplicateRelease
        /// Two things in one list have the same id.
        case duplicateID
        /// A contract names an award the release does not have.
        case unknownAward
        /// A release in a record has another ocid than the record.
        case foreignRelease
    }

    /// How much it matters.
    public enum Severity: String, Sendable, Hashable, Codable {
        /// The data is not valid OCDS.
        case error
        /// Valid, but it does not hold together.
        case warning
        /// Worth knowing.
        case note
    }

    /// What is wrong.
    public var code: Code
    /// How much it matters.
    public var severity: Severity
    /// Where, as a JSON Pointer (RFC 6901).
    public var path: String
    /// What is wrong there, for the person.
    public var message: Bilingual
}

extension ContractingFinding.Code {
    /// How much a finding of this kind matters.
    public var severity: ContractingFinding.Severity {
        switch self {
        case .requiredFieldMissing, .wrongType, .invalidDate, .invalidAddress, .unknownCode,
            .emptyArray, .unknownVersion, .duplicateRelease, .duplicateID:
            .error
        case .danglingReference, .negativeAmount, .absurdAmount, .periodReversed, .unknownAward,
            .foreignRelease:
            .warning
        case .additionalField: .note
        }
    }
}
