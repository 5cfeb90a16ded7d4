import Basics
import City
import Store

/// A machine on its way; what it is stands in its asset of the same identifier.
struct Machine: Sendable, Hashable, Codable {
    /// The most machines that are moved at once.
    static let maximumBulkCount = 200

    /// The asset.
    var assetID: String
    /// The batch it came with.
    var batchID: String
    var state: MachineState
    var form: MachineForm
    /// The grade, once it was looked over.
    var grade: MachineGrade?
    /// How many disks it came with.
    var diskCount: Int
    /// When this life of it began, at the intake or when it was taken back; older wipes prove nothing.
    var lifeStartedAt: Instant
    /// What the workshop did to it.
    var work: JSONColumn<Refurbishment>
    /// When it came into its state.
    var since: Instant
    /// Grows with every change, so that two people do not overwrite each other.
    var version: Int
}

/// A disk in a machine, or one that was in it.
struct Disk: Sendable, Hashable, Codable {
    /// The most disks of a machine.
    static let maximumCount = 16

    /// The maker's serial number.
    var serial: String
    var assetID: String
    /// Whether it came new out of the workshop's stock, so that there is nothing on it.
    var isNew: Bool
    /// When it was taken out to be destroyed; nothing while it is in the machine.
    var removedAt: Instant?
}

/// Who gives machines.
struct Donor: Sendable, Hashable, Codable {
    /// The longest name, in characters.
    static let maximumNameCharacterCount = 80

    /// The kinds of donors.
    enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case publicOffice
        case district
        case company
        case person

        /// The kind in words.
        var title: Bilingual {
            switch self {
            case .publicOffice: Bilingual("공공기관(불용 물품)", "Public office (surplus)")
            case .district: Bilingual("자치구", "District")
            case .company: Bilingual("기업", "Company")
            case .person: Bilingual("개인", "Private person")
            }
        }
    }

    var id: String
    var kind: Kind
    var name: String
    var isSample: Bool
    var createdAt: Instant

    /// What is wrong with a name, or nothing: an address that leads to a person is not a name, since
    /// the name is printed on certificates.
    static func fault(ofName name: String) -> Bilingual? {
        if name.isEmpty { return Bilingual("기증자 이름을 적어 주세요.", "Give the donor's name.") }
        if name.count > maximumNameCharacterCount {
            return Bilingual(
                "이름은 \(maximumNameCharacterCount)자까지 적을 수 있습니다.",
                "A name has at most \(maximumNameCharacterCount) characters."
            )
        }
        let digits = name.filter(\.isNumber).count
        if name.contains("@") || digits >= 9 {
            return Bilingual(
                "이름 자리에 전자우편이나 전화번호를 적지 마세요. 인수증에 그대로 나옵니다.",
                "No e-mail address or telephone number here: the name is printed on the certificate."
            )
        }
        return nil
    }
}

/// Machines that came together, with one hand-over certificate (인수증).
struct Batch: Sendable, Hashable, Codable {
    /// The longest remark, in characters.
    static let maximumNoteCharacterCount = 1_000
    /// The most machines of a batch.
    static let maximumMachineCount = 20_000

    var id: String
    /// The number of the certificate: `인수-2026-0001`.
    var number: String
    var donorID: String
    var receivedOn: LocalDate
    /// The position or name of whoever handed them over, as it stands on the certificate.
    var handedOverBy: String
    var note: String
    /// Who took them in.
    var receivedBy: String
    var receivedByName: String
    var isSample: Bool
    var createdAt: Instant
}

/// A change that cannot be made.
struct SharedPCError: ExplainedError, Hashable {
    /// The kinds of refusal.
    enum Code: String, Sendable, Hashable {
        case notFound
        case badInput
        case serialTaken
        case impossibleState
        case notWiped
        case notChecked
        case outOfStock
        case alreadyAllocated
        case sameHousehold
        case outdated
        case wipeRefused
    }

    let code: Code
    let message: Bilingual
    let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }

    static func notFound(_ context: String) -> SharedPCError {
        SharedPCError(.notFound, Bilingual("찾지 못했습니다.", "Not found."), context: context)
    }

    static func badInput(_ korean: String, _ english: String) -> SharedPCError {
        SharedPCError(.badInput, Bilingual(korean, english), context: english)
    }
}
