import Basics

/// What a file field takes.
public struct FileUpload: Sendable, Hashable {
    /// Endings and media types, as in the `accept` attribute: `.pdf`, `image/*`.
    public var acceptedTypes: [String]
    /// The largest file taken, in bytes.
    public var maximumByteCount: Int
    /// Whether several files can be chosen.
    public var takesMany: Bool

    /// Creates what a field takes.
    public init(
        acceptedTypes: [String] = [],
        maximumByteCount: Int = 10 << 20,
        takesMany: Bool = false
    ) {
        self.acceptedTypes = acceptedTypes
        self.maximumByteCount = maximumByteCount
        self.takesMany = takesMany
    }

    var attributes: Attributes {
        var attributes: Attributes = [
            "accept": acceptedTypes.isEmpty ? nil : acceptedTypes.joined(separator: ","),
            "data-maximum-bytes": String(maximumByteCount),
        ]
        attributes.append("multiple", if: takesMany)
        return attributes
    }

    /// The limits in a sentence: what is refused afterwards is said before.
    func limits(in context: PageContext) -> String {
        let size =
            maximumByteCount >= 1 << 20
            ? "\(maximumByteCount >> 20)MB" : "\(max(1, maximumByteCount >> 10))kB"
        let endings = acceptedTypes.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 }
            .joined(separator: ", ")
        guard !endings.isEmpty else {
            return context.text("파일당 \(size)까지.", "Up to \(size) a file.")
        }
        return context.text("\(endings) 파일, \(size)까지.", "\(endings), up to \(size) a file.")
    }

    static let examples = [
        ComponentExample("file", Bilingual("파일 올리기", "File upload")) { context in
            formField(
                FormField(
                    name: "example-plan",
                    label: context.text("발주계획 파일", "Plan file"),
                    control: .file(
                        FileUpload(acceptedTypes: [".xlsx", ".csv"], maximumByteCount: 20 << 20)
                    ),
                    hint: context.text("기관에서 쓰던 엑셀 그대로 올리면 됩니다.", "Send it as it is."),
                    isRequired: true
                ),
                in: context
            )
        }
    ]
}
