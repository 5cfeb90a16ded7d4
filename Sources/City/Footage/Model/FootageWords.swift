import Basics
public import Identity
public import Store

extension Role {
    /// Keeps the ledger of footage and answers requests of residents (개인영상정보 관리책임자).
    public static let footageOfficer = Role(rawValue: "footageOfficer")
}

extension AuditAction {
    /// Searched what cameras saw.
    public static let searchFootage = AuditAction(
        "footage.search",
        Bilingual("영상에서 찾음", "Searched footage")
    )
    /// Looked at a picture, others masked.
    public static let viewFootage = AuditAction(
        "footage.view",
        Bilingual("가린 영상을 봄", "Looked at a masked picture")
    )
    /// Looked at a picture in which nobody is masked.
    public static let unmaskFootage = AuditAction(
        "footage.unmask",
        Bilingual("가림을 풀고 봄", "Looked at an unmasked picture")
    )
    /// Gave pictures to somebody.
    public static let giveFootage = AuditAction(
        "footage.give",
        Bilingual("영상을 제공함", "Gave footage")
    )
    /// Erased footage whose time was over.
    public static let eraseFootage = AuditAction(
        "footage.erase",
        Bilingual("영상을 파기함", "Erased footage")
    )
    /// Began or ended a live watch.
    public static let watchFootage = AuditAction(
        "footage.watch",
        Bilingual("실시간 알림을 켜거나 끔", "Began or ended a live watch")
    )
    /// Opened a case to the archive.
    public static let issueWarrant = AuditAction(
        "footage.issue",
        Bilingual("영상 열람을 승인함", "Opened footage to a case")
    )
    /// Took the right of a case back.
    public static let revokeWarrant = AuditAction(
        "footage.revoke",
        Bilingual("영상 열람을 끝냄", "Closed footage to a case")
    )
    /// Looked at the ledger.
    static let readLedger = AuditAction(
        "footage.ledger",
        Bilingual("영상 관리대장을 봄", "Looked at the ledger of footage")
    )

    static let footage: [AuditAction] = [
        searchFootage, viewFootage, unmaskFootage, giveFootage, eraseFootage, watchFootage,
        issueWarrant, revokeWarrant, readLedger,
    ]
}

extension Purpose {
    /// The end of the time that footage is kept.
    public static let footageRetention = Purpose(
        code: "footage.retention",
        Bilingual("영상 보관기간 만료", "The end of the time footage is kept")
    )
    /// The keeping of the ledger.
    static let footageLedger = Purpose(
        code: "footage.ledger",
        Bilingual("영상정보 관리대장 점검", "Checking the ledger of footage")
    )
}

extension AuditActor {
    /// The program itself.
    static let footageKeeper = AuditActor(kind: .system, id: "footage")
}
