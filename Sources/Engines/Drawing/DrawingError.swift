public import Basics

/// Why a draw could not be committed, held or read.
public struct DrawingError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// A document is not JSON of the right form.
        case unreadable
        /// A document is larger than the limit.
        case tooLarge
        /// The rule cannot be followed.
        case badRule
        /// An entrant's text is not one.
        case badEntrant
        /// The list has no or another header.
        case badHeader
        /// There are no entrants.
        case noEntrants
        /// There are more entrants than the limit.
        case tooManyEntrants
        /// A receipt number stands twice.
        case duplicateReceipt
        /// An entrant names a stratum that the rule does not have.
        case unknownStratum
        /// No entrant has the receipt number.
        case unknownEntrant
        /// A public value cannot be read in its form.
        case badInput
        /// There are too few or too many public values.
        case inputCount
        /// An official's secret is missing.
        case missingReveal
        /// An official's secret is not the one committed to.
        case wrongReveal
        /// A key or a secret has the wrong form.
        case badKey
        /// The proof of the city's key is missing, not asked for, or does not hold.
        case badProof
        /// The entrants or the rule are not those committed to.
        case brokenCommitment
        /// A pool or a count of RFC 3797 is out of range.
        case badPool
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String

    private init(_ code: Code, _ korean: String, _ english: String, _ context: String = "") {
        self.code = code
        message = Bilingual(korean, english)
        self.context = context
    }

    static func unreadable(_ reason: String) -> DrawingError {
        .init(
            .unreadable,
            "추첨 문서로 읽을 수 없습니다. 파일이 온전한지 확인하세요.",
            "This cannot be read as a document of a draw. Check that the file is whole.",
            String(reason.prefix(300))
        )
    }

    static func tooLarge(_ count: Int) -> DrawingError {
        .init(
            .tooLarge,
            "파일이 너무 큽니다(최대 \(CanonicalJSON.maximumByteCount >> 20) MiB).",
            "The file is too large (at most \(CanonicalJSON.maximumByteCount >> 20) MiB).",
            "\(count) bytes"
        )
    }

    static func badRule(_ reason: Bilingual) -> DrawingError {
        .init(
            .badRule,
            "추첨 규칙이 잘못되었습니다: \(reason.korean).",
            "The rule of the draw is wrong: \(reason.english)."
        )
    }

    static func badEntrant(_ text: String) -> DrawingError {
        .init(
            .badEntrant,
            "신청자를 읽을 수 없습니다: “\(text)”. 접수번호,구간[,세대]를 영문자·숫자·-·_·.로 적습니다.",
            "“\(text)” is not an entrant: receipt,stratum[,group] of letters, digits, -, _ and ."
        )
    }

    static func badLine(_ number: Int, _ text: String) -> DrawingError {
        .init(
            .badEntrant,
            "명단 \(number)행을 읽을 수 없습니다: “\(text)”. 접수번호,구간[,세대]를 영문자·숫자·-·_·.로 적습니다.",
            "Line \(number) of the list, “\(text)”, is not receipt,stratum[,group] of letters, digits, -, _ and ."
        )
    }

    static func badHeader(_ text: String) -> DrawingError {
        .init(
            .badHeader,
            "명단의 첫 행은 receipt,stratum 또는 receipt,stratum,group이어야 합니다: “\(text)”",
            "The first line of the list is receipt,stratum or receipt,stratum,group, not “\(text)”."
        )
    }

    static let noEntrants = DrawingError(.noEntrants, "신청자가 없습니다.", "There are no entrants.")

    static func tooManyEntrants(_ count: Int) -> DrawingError {
        .init(
            .tooManyEntrants,
            "신청자가 너무 많습니다(\(count)명). 최대 \(EntrantList.maximumEntrantCount)명입니다.",
            "There are too many entrants (\(count)); at most \(EntrantList.maximumEntrantCount)."
        )
    }

    static func duplicateReceipt(_ receipt: String) -> DrawingError {
        .init(
            .duplicateReceipt,
            "접수번호 \(receipt)가 두 번 있습니다.",
            "The receipt number \(receipt) stands twice."
        )
    }

    static func unknownStratum(_ entrant: DrawEntrant) -> DrawingError {
        .init(
            .unknownStratum,
            "\(entrant.receipt)의 구간 “\(entrant.stratum)”이 규칙에 없습니다.",
            "The stratum “\(entrant.stratum)” of \(entrant.receipt) is not in the rule."
        )
    }

    static func unknownEntrant(_ receipt: String) -> DrawingError {
        .init(
            .unknownEntrant,
            "이 추첨에 접수번호 \(receipt)가 없습니다.",
            "The receipt number \(receipt) is not in this draw."
        )
    }

    static func badInput(_ text: String) -> DrawingError {
        .init(
            .badInput,
            "공개값을 규칙이 정한 형식으로 읽을 수 없습니다: “\(text.prefix(80))”",
            "The public value “\(text.prefix(80))” cannot be read in the form the rule names."
        )
    }

    static func inputCount(_ count: Int, needed: Int) -> DrawingError {
        .init(
            .inputCount,
            "공개값이 \(needed)개 필요한데 \(count)개 있습니다.",
            "The rule names \(needed) public values; \(count) are given."
        )
    }

    static func reveal(_ name: String, isMissing: Bool) -> DrawingError {
        isMissing
            ? .init(
                .missingReveal,
                "\(name)의 비밀값이 공개되지 않았습니다.",
                "The secret of “\(name)” is missing."
            )
            : .init(
                .wrongReveal,
                "\(name)의 비밀값이 약속한 값과 다릅니다.",
                "The secret of “\(name)” is not the one committed to."
            )
    }

    static let tooManyReveals = DrawingError(
        .wrongReveal,
        "담당자보다 비밀값이 많습니다.",
        "There are more secrets than officials."
    )

    /// An official to whom no commitment belongs.
    public static func unknownOfficial(_ name: String) -> DrawingError {
        .init(
            .wrongReveal,
            "규칙에 담당자 “\(name)”이(가) 없습니다.",
            "The rule names no official “\(name)”."
        )
    }

    static func badKey(_ context: String) -> DrawingError {
        .init(
            .badKey,
            "키나 비밀값의 형식이 잘못되었습니다(32바이트, 소문자 16진수 64자).",
            "A key or a secret has the wrong form (32 bytes: 64 lowercase hexadecimal digits).",
            context
        )
    }

    static func vrf(isNamed: Bool) -> DrawingError {
        isNamed
            ? .init(
                .badProof,
                "시의 키로 만든 증명(VRF)이 없거나 맞지 않습니다.",
                "The proof of the city's key (VRF) is missing or does not hold."
            )
            : .init(
                .badProof,
                "규칙에 시의 키가 없는데 증명(VRF)이 들어 있습니다.",
                "There is a proof (VRF), but the rule names no key of the city."
            )
    }

    static let brokenCommitment = DrawingError(
        .brokenCommitment,
        "규칙이나 신청자 명단이 약속값과 맞지 않습니다. 미리 공고한 파일로 추첨하세요.",
        "The rule or the entrants are not those committed to. Draw from the file as published."
    )

    static func badPool(size: Int, count: Int) -> DrawingError {
        .init(
            .badPool,
            "모집단은 1~\(RFC3797.maximumPoolSize), 선정 수는 모집단 이하여야 합니다.",
            "The pool is 1 to \(RFC3797.maximumPoolSize) and the count at most the pool.",
            "\(count) of \(size)"
        )
    }
}
