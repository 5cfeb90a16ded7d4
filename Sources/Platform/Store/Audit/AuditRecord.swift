public import Basics

/// What someone did: the word that is stored, and the words that people read.
///
/// Two actions are the same where their stored words are; a line of the trail is read back without its
/// title, which the program's list of actions knows (`CityModule.auditActions`).
public struct AuditAction: Sendable, Hashable {
    /// The stored word.
    public let rawValue: String
    /// What people read.
    public let title: Bilingual

    /// Declares an action with its title.
    public init(_ rawValue: String, _ title: Bilingual) {
        self.rawValue = rawValue
        self.title = title
    }

    /// Reads an action from its stored word.
    init(stored rawValue: String) { self.init(rawValue, Bilingual(same: rawValue)) }

    /// Compares the stored words.
    public static func == (left: AuditAction, right: AuditAction) -> Bool {
        left.rawValue == right.rawValue
    }

    /// Hashes the stored word.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

    /// Looked at a record.
    public static let read = AuditAction("read", Bilingual("봄", "Looked at it"))
    /// Made a record.
    public static let create = AuditAction("create", Bilingual("만듦", "Made it"))
    /// Changed a record.
    public static let update = AuditAction("update", Bilingual("고침", "Changed it"))
    /// Removed a record.
    public static let delete = AuditAction("delete", Bilingual("지움", "Removed it"))
    /// Took records out of the system.
    public static let export = AuditAction("export", Bilingual("내려받음", "Took it along"))
    /// Signed in.
    public static let signIn = AuditAction("signIn", Bilingual("로그인", "Signed in"))
    /// Signed out.
    public static let signOut = AuditAction("signOut", Bilingual("로그아웃", "Signed out"))
    /// Was refused.
    public static let refuse = AuditAction("refuse", Bilingual("거절됨", "Was refused"))

    /// The actions that every room may record.
    public static let common: [AuditAction] = [
        read, create, update, delete, export, signIn, signOut, refuse,
    ]
}

/// Whose record it was: a person, a case, a camera.
public struct AuditSubject: Sendable, Hashable {
    /// The kind of record, a word of the program: `resident`.
    public let kind: String
    /// The record's number.
    public let id: String

    /// Creates a subject.
    public init(kind: String, id: String) {
        self.kind = kind
        self.id = id
    }
}

/// Who did it.
public struct AuditActor: Sendable, Hashable {
    /// The kinds of actors.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A resident.
        case resident
        /// A member of the staff.
        case staff
        /// A company.
        case company
        /// A device.
        case device
        /// The program itself.
        case system
        /// Someone who is not signed in.
        case visitor
    }

    /// The kind of actor.
    public let kind: Kind
    /// The actor's number.
    public let id: String

    /// Creates an actor.
    public init(kind: Kind, id: String) {
        self.kind = kind
        self.id = id
    }
}

/// Why a record was used, in a code for statistics and in words for the person it is about.
public struct Purpose: Sendable, Hashable, Codable {
    /// The stored code: `childcare.application`.
    public let code: String
    /// The purpose in words.
    public let text: Bilingual

    /// Creates a purpose.
    public init(code: String, _ text: Bilingual) {
        self.code = code
        self.text = text
    }
}

/// One line of the audit.
public struct AuditRecord: Sendable, Hashable {
    /// The place in the chain, from 1 without gaps.
    public let sequence: Int64
    /// When.
    public let at: Instant
    /// What.
    public let action: AuditAction
    /// On whose record.
    public let subject: AuditSubject
    /// By whom.
    public let actor: AuditActor
    /// Why.
    public let purpose: Purpose
    /// Further facts as JSON with sorted keys, exactly as they are hashed.
    public let details: String
    /// SHA-256 of this record and the hash before it.
    public let hash: [UInt8]
}

/// The row of `audit_record`.
struct AuditRow: Codable {
    var sequence: Int64
    var at: Instant
    var action: String
    var subjectKind: String
    var subjectId: String
    var actorKind: String
    var actorId: String
    var purposeCode: String
    var purposeKorean: String
    var purposeEnglish: String
    var details: String
    var hash: [UInt8]

    static let columns = [
        "sequence", "at", "action", "subject_kind", "subject_id", "actor_kind", "actor_id",
        "purpose_code", "purpose_korean", "purpose_english", "details", "hash",
    ]
    static let list = SQL(trusted: columns.joined(separator: ", "))

    var record: AuditRecord {
        AuditRecord(
            sequence: sequence,
            at: at,
            action: AuditAction(stored: action),
            subject: AuditSubject(kind: subjectKind, id: subjectId),
            actor: AuditActor(kind: AuditActor.Kind(rawValue: actorKind) ?? .system, id: actorId),
            purpose: Purpose(code: purposeCode, Bilingual(purposeKorean, purposeEnglish)),
            details: details,
            hash: hash
        )
    }
}
