import Basics
import Store
import Vision

/// Who is told of a crowd, from which level on, and how (비상연락망).
struct Contact: Sendable, Hashable, Codable {
    /// Contacts of one organization.
    static let maximumCount = 100
    /// The longest name, in characters.
    static let maximumNameCharacterCount = 80

    /// How somebody is told.
    enum Means: String, Sendable, Hashable, Codable, CaseIterable {
        case telephone
        case radio
        case message
        case signboard
        case siren
        case disasterText

        /// The means in words.
        var title: Bilingual {
            switch self {
            case .telephone: Bilingual("전화", "Telephone")
            case .radio: Bilingual("무전", "Radio")
            case .message: Bilingual("문자", "Message")
            case .signboard: Bilingual("전광판", "Signboard")
            case .siren: Bilingual("경광등·사이렌", "Beacon and siren")
            case .disasterText: Bilingual("재난문자(행정동)", "Disaster text (neighbourhood)")
            }
        }
    }

    var id: String
    var organizationID: String
    /// The lowest level at which they are told, from 1 to 4.
    var level: Int
    /// Who, as an office: no person's name or number stands here.
    var name: String
    var means: Means
    var position: Int

    /// Whether they are told at a level.
    func isTold(at level: Int) -> Bool { self.level <= level }
}

/// The contacts in the store.
enum Contacts {
    static func all(of organizationID: String, in db: ReadTransaction) throws -> [Contact] {
        try db.rows(
            """
            SELECT * FROM cameras_contact WHERE organization_id = \(organizationID)
            ORDER BY level, position, id
            """,
            as: Contact.self
        )
    }

    static func insert(_ contact: Contact, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO cameras_contact (id, organization_id, level, name, means, position)
            VALUES (\(contact.id), \(contact.organizationID), \(contact.level), \(contact.name),
                \(contact.means), \(contact.position))
            """
        )
    }

    static func remove(
        _ id: String,
        of organizationID: String,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            DELETE FROM cameras_contact WHERE id = \(id) AND organization_id = \(organizationID)
            """
        )
    }
}
