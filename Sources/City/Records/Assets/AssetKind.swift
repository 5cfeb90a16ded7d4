public import Basics

/// What kind of thing an asset is, a word of the service that keeps such things.
///
/// The city names computers; a service adds its own as static members and describes them with
/// ``AssetKindDescription``.
public struct AssetKind: RawRepresentable, Sendable, Hashable, Codable {
    /// The stored word: `computer`.
    public let rawValue: String

    /// Creates a kind from its stored word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A personal computer (PC).
    public static let computer = AssetKind(rawValue: "computer")
}

/// What the city has to know of a kind of asset to show it, take it in and number it.
///
/// Descriptions are rows of the store, so that a service brings in a kind without a change to the
/// city: `AssetKinds.describe` at the start of the service.
public struct AssetKindDescription: Sendable, Hashable, Codable {
    /// The most fields of a kind.
    public static let maximumFieldCount = 24

    /// The kind.
    public var kind: AssetKind
    /// What people call it.
    public var title: Bilingual
    /// What the numbers made by the city begin with: `PC`.
    public var numberPrefix: String
    /// What is known of things of this kind beside what every asset has.
    public var fields: [AssetField]

    /// Describes a kind; fields past the limit are left out.
    public init(
        kind: AssetKind,
        title: Bilingual,
        numberPrefix: String,
        fields: [AssetField] = []
    ) {
        self.kind = kind
        self.title = title
        self.numberPrefix = numberPrefix
        self.fields = Array(fields.prefix(AssetKindDescription.maximumFieldCount))
    }

    /// Personal computers.
    public static let computer = AssetKindDescription(
        kind: .computer,
        title: Bilingual("PC", "Computer"),
        numberPrefix: "PC",
        fields: [
            AssetField(
                "form",
                Bilingual("형태", "Form"),
                .choice([
                    .init(value: "desktop", title: Bilingual("데스크톱", "Desktop")),
                    .init(value: "laptop", title: Bilingual("노트북", "Laptop")),
                    .init(value: "allInOne", title: Bilingual("일체형", "All in one")),
                ])
            ),
            AssetField("processor", Bilingual("중앙처리장치", "Processor"), .text),
            AssetField("memoryGB", Bilingual("메모리(GB)", "Memory (GB)"), .number(0...4_096)),
            AssetField("storageGB", Bilingual("저장장치(GB)", "Storage (GB)"), .number(0...131_072)),
            AssetField(
                "storage",
                Bilingual("저장장치 종류", "Kind of storage"),
                .choice([
                    .init(value: "ssd", title: Bilingual("SSD", "SSD")),
                    .init(value: "hdd", title: Bilingual("하드디스크", "Hard disk")),
                ])
            ),
            AssetField("displayInch", Bilingual("화면(인치)", "Display (inches)"), .number(0...120)),
            AssetField("operatingSystem", Bilingual("운영체제", "Operating system"), .text),
        ]
    )
}

/// Something known of the assets of one kind.
public struct AssetField: Sendable, Hashable, Codable {
    /// What the field holds.
    public enum Content: Sendable, Hashable, Codable {
        /// Any line of text.
        case text
        /// A whole number of a range.
        case number(ClosedRange<Int>)
        /// A number of a range with digits behind the point.
        case decimal(ClosedRange<Double>)
        /// A day.
        case date
        /// One of a few.
        case choice([Choice])
    }

    /// One of the values to choose from.
    public struct Choice: Sendable, Hashable, Codable {
        /// The stored word.
        public var value: String
        /// What is shown.
        public var title: Bilingual

        /// Creates a choice.
        public init(value: String, title: Bilingual) {
            self.value = value
            self.title = title
        }
    }

    /// The longest text of a field, in characters.
    public static let maximumCharacterCount = 200

    /// The stored name, lowerCamelCase.
    public var name: String
    /// What people call it.
    public var title: Bilingual
    /// What it holds.
    public var content: Content

    /// Creates a field.
    public init(_ name: String, _ title: Bilingual, _ content: Content) {
        self.name = name
        self.title = title
        self.content = content
    }

    /// The stored form of what a person or a file says, or what is wrong with it.
    ///
    /// A choice may be given by its word or by either of its titles.
    func value(of text: String) -> Result<String, AssetFault> {
        switch content {
        case .text:
            guard text.count <= AssetField.maximumCharacterCount else {
                return .failure(.tooLong(AssetField.maximumCharacterCount))
            }
            return .success(text)
        case .number(let range):
            let digits = text.filter { $0 != "," }
            guard let number = Int(digits), range.contains(number) else {
                return .failure(.notInRange(range))
            }
            return .success(String(number))
        case .decimal(let range):
            guard let number = Double(text), range.contains(number) else {
                return .failure(.notInRange(range))
            }
            return .success(text)
        case .date:
            guard let day = LocalDate(iso: text) else { return .failure(.notADay) }
            return .success(day.iso)
        case .choice(let choices):
            let found = choices.first {
                $0.value == text || $0.title.korean == text || $0.title.english == text
            }
            guard let found else {
                return .failure(.notAChoice(choices.map(\.title)))
            }
            return .success(found.value)
        }
    }

    /// What people read for a stored value.
    func shown(_ value: String) -> Bilingual {
        guard case .choice(let choices) = content else { return Bilingual(same: value) }
        return choices.first { $0.value == value }?.title ?? Bilingual(same: value)
    }
}

/// What is wrong with a value of an asset.
struct AssetFault: Error, Sendable, Hashable {
    /// What is wrong and what to do.
    let message: Bilingual

    static let missing = AssetFault(message: Bilingual("적어 주세요.", "Fill this in."))
    static let notADay = AssetFault(
        message: Bilingual("2026-03-02처럼 날짜를 적어 주세요.", "Give a day, as in 2026-03-02.")
    )

    static func tooLong(_ maximumCount: Int) -> AssetFault {
        AssetFault(
            message: Bilingual(
                "\(maximumCount)자까지 적을 수 있습니다.",
                "At most \(maximumCount) characters."
            )
        )
    }

    static func notInRange(_ range: ClosedRange<Int>) -> AssetFault {
        let (least, most) = (range.lowerBound.grouped, range.upperBound.grouped)
        return AssetFault(
            message: Bilingual(
                "\(least)–\(most) 사이의 정수를 적어 주세요.",
                "A whole number from \(least) to \(most)."
            )
        )
    }

    static func notInRange(_ range: ClosedRange<Double>) -> AssetFault {
        AssetFault(
            message: Bilingual(
                "\(range.lowerBound)–\(range.upperBound) 사이의 수를 적어 주세요.",
                "A number from \(range.lowerBound) to \(range.upperBound)."
            )
        )
    }

    static func notAChoice(_ titles: [Bilingual]) -> AssetFault {
        AssetFault(
            message: Bilingual(
                "다음 가운데 하나여야 합니다: \(titles.map(\.korean).joined(separator: ", "))",
                "One of: \(titles.map(\.english).joined(separator: ", "))"
            )
        )
    }
}
