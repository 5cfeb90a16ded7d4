public import Basics

/// Why footage is not shown, not kept, or not given.
public struct FootageError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// The warrant was never given, or to somebody else.
        case noWarrant
        /// The warrant's time is over.
        case expired
        /// The case is closed, or the warrant was taken back.
        case revoked
        /// A second person has to decide.
        case needsSecondPerson
        /// The question reaches further than the warrant.
        case outsideWarrant
        /// What was asked for is purged, or was never shown in this case.
        case gone
        /// More was asked for than a limit allows.
        case limit
        /// The clock of the machine was set back.
        case clockBehind
        /// A file of the archive is damaged or cannot be written.
        case archive
    }

    /// The kind of refusal.
    public let code: Code
    /// What to do, for the person.
    public let message: Bilingual
    /// What the log needs.
    public let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }

    static func noWarrant(_ context: String) -> FootageError {
        FootageError(
            .noWarrant,
            Bilingual(
                "이 영상을 볼 수 있는 승인된 사건이 없습니다.",
                "No approved case of yours opens this footage."
            ),
            context: context
        )
    }

    static func expired(_ context: String) -> FootageError {
        FootageError(
            .expired,
            Bilingual(
                "승인 기간이 끝났습니다. 더 필요하면 다시 승인을 받아 주세요.",
                "The approval has run out. Ask for a new one if it is still needed."
            ),
            context: context
        )
    }

    static func revoked(_ context: String) -> FootageError {
        FootageError(
            .revoked,
            Bilingual(
                "사건이 끝났거나 승인이 거두어졌습니다. 영상은 더 볼 수 없습니다.",
                "The case is over, or the approval was taken back."
            ),
            context: context
        )
    }

    static func gone(_ context: String) -> FootageError {
        FootageError(
            .gone,
            Bilingual(
                "이 사건에 없는 목격이거나, 보관 기간이 끝나 파기되었습니다.",
                "This case has no such sighting, or its time is over and it was erased."
            ),
            context: context
        )
    }

    static let elsewhere = FootageError(
        .archive,
        Bilingual(
            "영상 보관소는 다른 서버가 맡고 있습니다. 그 서버로 들어가 주세요.",
            "Another server of this city holds the footage. Go to that one."
        ),
        context: "another process has the archive open"
    )

    static func diskFull(_ context: String) -> FootageError {
        FootageError(
            .archive,
            Bilingual(
                "영상 보관소의 디스크가 가득 찼습니다.",
                "The disk of the footage archive is full."
            ),
            context: context
        )
    }

    static func archive(_ context: String) -> FootageError {
        FootageError(
            .archive,
            Bilingual(
                "영상 보관소를 쓸 수 없습니다. 관리자에게 알려 주세요.",
                "The archive of footage cannot be used. Tell the administrator."
            ),
            context: context
        )
    }
}
