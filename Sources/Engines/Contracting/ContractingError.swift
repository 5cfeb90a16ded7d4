public import Basics

/// Why contracting data could not be read or written.
public struct ContractingError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// There was nothing but white space.
        case empty
        /// The input ends in the middle of a value.
        case truncated
        /// The bytes are not JSON.
        case notJSON
        /// The bytes are not UTF-8.
        case notUTF8
        /// Arrays and objects nest deeper than the limit.
        case tooDeep
        /// One release or record is larger than the limit.
        case tooLarge
        /// JSON, but neither a package, a record nor a release.
        case notContractingData
        /// A value the structure of a package depends on has the wrong type.
        case wrongType
        /// A package without a release cannot be written: OCDS demands at least one.
        case emptyPackage
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String
    /// Where in the document.
    public var path: JSONPath
    /// The byte of the input at which it was noticed, counted from 0.
    public var byteOffset: Int

    init(
        _ code: Code,
        _ message: Bilingual,
        path: JSONPath = JSONPath(),
        byteOffset: Int = 0,
        context: String = ""
    ) {
        let place = path.components.isEmpty ? "/" : path.description
        self.code = code
        self.message = Bilingual(
            "\(message.korean) (위치 \(place), \(byteOffset.grouped)바이트째)",
            "\(message.english) (at \(place), byte \(byteOffset.grouped))"
        )
        self.path = path
        self.byteOffset = byteOffset
        self.context = context.isEmpty ? "\(code.rawValue) at \(place) byte \(byteOffset)" : context
    }
}

extension ContractingError {
    /// A failure of the scanner, in words.
    init(_ failure: JSONFailure, path: JSONPath, byteOffset: Int, limits: ContractingLimits) {
        let (code, message): (Code, Bilingual) =
            switch failure.kind {
            case .truncated:
                (
                    .truncated,
                    Bilingual(
                        "파일이 값의 중간에서 끝납니다. 전송이 끊겼는지 확인해 주세요.",
                        "The file ends in the middle of a value. Check that it arrived in full."
                    )
                )
            case .unexpectedByte:
                (
                    .notJSON,
                    Bilingual(
                        "JSON 문법에 맞지 않는 글자가 있습니다.",
                        "A character here breaks the JSON grammar."
                    )
                )
            case .notUTF8:
                (
                    .notUTF8,
                    Bilingual(
                        "문자열이 UTF-8이 아닙니다. 파일을 UTF-8로 저장해 주세요.",
                        "A string is not UTF-8. Save the file as UTF-8."
                    )
                )
            case .badEscape:
                (
                    .notJSON,
                    Bilingual("문자열의 역슬래시 표기가 올바르지 않습니다.", "A string has an invalid escape.")
                )
            case .badNumber:
                (.notJSON, Bilingual("숫자 표기가 올바르지 않습니다.", "A number is not written as JSON."))
            case .tooDeep:
                (
                    .tooDeep,
                    Bilingual(
                        "값이 \(limits.maximumDepth)단계보다 깊게 겹쳐 있습니다.",
                        "Values nest deeper than \(limits.maximumDepth) levels."
                    )
                )
            }
        self.init(code, message, path: path, byteOffset: byteOffset)
    }
}

/// How much a reader takes before it refuses.
public struct ContractingLimits: Sendable, Hashable {
    /// How deeply arrays and objects may nest.
    public var maximumDepth = 64
    /// How many bytes one release, record or piece of package metadata may have.
    public var maximumValueByteCount = 64 << 20
    /// How many findings are kept; the counts go on.
    public var maximumFindingCount = 1000

    /// Creates the limits of the house.
    public init() {}
}
