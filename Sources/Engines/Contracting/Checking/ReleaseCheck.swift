internal import Basics

/// Checks releases, records and packages one after the other, and remembers only ids.
///
/// Structure, types, dates and closed codelists follow the release schema of OCDS 1.1.5; the
/// integrity checks (references, amounts, periods, ids) are those a JSON Schema cannot express.
public struct ReleaseCheck {
    /// An amount above this is taken for a slip: a hundred times Seoul's yearly budget, in won.
    public static let maximumPlausibleWon = 5_000_000_000_000_000.0

    /// What was found, the first `maximumFindingCount` of it.
    public private(set) var findings: [ContractingFinding] = []
    /// How often each kind was found, all of them counted.
    public private(set) var counts: [ContractingFinding.Code: Int] = [:]

    private let maximumFindingCount: Int
    private var path = JSONPath()
    private var releaseIDs: Set<String> = []
    private var partyIDs: Set<String> = []
    private var knowsParties = false
    private var additionalFields: Set<String> = []

    /// Creates a check that has seen nothing.
    public init(limits: ContractingLimits = ContractingLimits()) {
        maximumFindingCount = limits.maximumFindingCount
    }

    /// Checks a release; `path` is where it stands.
    public mutating func check(_ release: Release, at path: JSONPath) {
        self.path = path
        let isNew = releaseIDs.insert("\(release.ocid ?? "")\u{0}\(release.id ?? "")").inserted
        if !isNew, let id = release.id {
            self.path.components.append(.member("id"))
            report(
                .duplicateRelease,
                "릴리스 id가 이미 나왔습니다: \(id)",
                "Release id “\(id)” was used before."
            )
            self.path.components.removeLast()
        }
        checkRelease(release)
    }

    /// Checks a record and the releases in it; `path` is where it stands.
    public mutating func check(_ record: Record, at path: JSONPath) {
        self.path = path
        require("ocid", of: record.json)
        for (index, release) in record.releases.enumerated() {
            self.path = path.appending("releases").appending(index)
            // A linked release has only an address; what stands there is never fetched.
            if release.json["url"] != nil, release.json["ocid"] == nil { continue }
            if let ocid = release.ocid, let expected = record.ocid, ocid != expected {
                report(
                    .foreignRelease,
                    "레코드의 ocid(\(expected))와 다른 릴리스(\(ocid))입니다.",
                    "A release of “\(ocid)” in the record of “\(expected)”."
                )
            }
            checkRelease(release)
        }
        if let compiled = record.compiledRelease {
            self.path = path.appending("compiledRelease")
            checkRelease(compiled)
        }
    }

    /// Checks what a package says of itself; `path` is where it stands.
    public mutating func check(_ package: PackageMetadata, at path: JSONPath) {
        self.path = path
        // OCDS 1.0 had no `version`; like its own validator, the check asks for one all the same.
        for field in ["uri", "publishedDate", "version", "publisher"] {
            require(field, of: package.json)
        }
        within(.member("version")) { check in
            guard let version = package.version, version != "1.0", version != "1.1" else { return }
            check.report(
                .unknownVersion,
                "알 수 없는 OCDS 판(\(version))입니다. 1.0과 1.1을 읽습니다.",
                "Unknown version “\(version)” of OCDS; 1.0 and 1.1 are read."
            )
        }
        within(.member("publishedDate")) { $0.checkDate(package.json["publishedDate"]) }
        for field in ["uri", "license", "publicationPolicy"] {
            within(.member(field)) { $0.checkAddress(package.json[field]) }
        }
        if let publisher = package.publisher {
            within(.member("publisher")) { $0.require("name", of: publisher.json) }
        }
        for list in ["releases", "records"] where package.json[list]?.array?.isEmpty == false {
            within(.member(list)) { $0.report(.wrongType, "배열이어야 합니다.", "An array is expected.") }
        }
    }

    /// Says that a package's list of releases or records is empty.
    mutating func reportEmptyPackage() {
        path = JSONPath()
        report(
            .emptyArray,
            "패키지에 릴리스나 레코드가 하나도 없습니다.",
            "The package has no release or record."
        )
    }

    private mutating func checkRelease(_ release: Release) {
        partyIDs.removeAll(keepingCapacity: true)
        knowsParties = release.json["parties"] != nil
        for party in release.parties {
            if let id = party.id { partyIDs.insert(id) }
        }
        check(release.json, as: .release)
        let awards = Set(release.awards.compactMap(\.id))
        guard !awards.isEmpty else { return }
        for (index, contract) in release.contracts.enumerated() {
            guard let award = contract.awardID, !awards.contains(award) else { continue }
            let start = path
            path = path.appending("contracts").appending(index).appending("awardID")
            report(
                .unknownAward,
                "이 릴리스에 없는 낙찰 id입니다: \(award)",
                "No award “\(award)” in this release."
            )
            path = start
        }
    }
}

// The walk along the schema.
extension ReleaseCheck {
    private mutating func check(_ object: JSONObject, as definition: ReleaseSchema.Definition) {
        let shape = ReleaseSchema.shape(of: definition)
        for field in shape.required { require(field, of: object) }
        for member in object.members {
            path.components.append(.member(member.name))
            if let field = shape.fields[member.name] {
                if case .null = member.value {
                    // A required one was reported above.
                } else {
                    check(member.value, as: field.kind)
                }
            } else {
                checkAdditional(member.name, shape)
            }
            path.components.removeLast()
        }
        switch definition {
        case .value: checkAmount(Value(json: object))
        case .period: checkOrder(Period(json: object))
        case .organizationReference: checkReference(OrganizationReference(json: object))
        default: break
        }
    }

    private mutating func check(_ value: JSONValue, as kind: ReleaseSchema.Kind) {
        switch (kind, value) {
        case (.any, _), (.text, .string), (.number, .number), (.boolean, .bool),
            (.identifier, .string):
            break
        case (.identifier, .number(let text)), (.integer, .number(let text)):
            if Value.wholeNumber(text) == nil { reportType("정수", "a whole number", value) }
        case (.dateTime, .string): checkDate(value)
        case (.address, .string): checkAddress(value)
        case (.code(let list), .string(let code)): checkCode(code, list)
        case (.codes(let list), .array(let elements)):
            checkTexts(elements) { check, code in check.checkCode(code, list) }
            if elements.isEmpty { report(.emptyArray, "배열이 비어 있습니다.", "The array is empty.") }
        case (.texts, .array(let elements)): checkTexts(elements) { _, _ in }
        case (.object(let definition), .object(let object)): check(object, as: definition)
        case (.objects(let definition), .array(let elements)):
            check(elements, as: definition)
        default:
            let (korean, english) = ReleaseCheck.names(kind)
            reportType(korean, english, value)
        }
    }

    private mutating func check(
        _ elements: [JSONValue],
        as definition: ReleaseSchema.Definition
    ) {
        var ids: Set<String> = []
        for (index, element) in elements.enumerated() {
            path.components.append(.element(index))
            if case .object(let object) = element {
                check(object, as: definition)
                // Classifications and references repeat ids of other lists; the rest own theirs.
                let ownsID = definition != .organizationReference && definition != .identifier
                if elements.count > 1, ownsID, definition != .classification,
                    let id = object[identifier: "id"], !ids.insert(id).inserted
                {
                    report(
                        .duplicateID,
                        "같은 목록에 같은 id가 두 번 있습니다: \(id)",
                        "Id “\(id)” occurs twice in one list."
                    )
                }
            } else {
                reportType("객체", "an object", element)
            }
            path.components.removeLast()
        }
    }

    private mutating func checkTexts(
        _ elements: [JSONValue],
        _ body: (inout ReleaseCheck, String) -> Void
    ) {
        for (index, element) in elements.enumerated() {
            path.components.append(.element(index))
            if let text = element.text {
                body(&self, text)
            } else {
                reportType("문자열", "a string", element)
            }
            path.components.removeLast()
        }
    }

    /// A field no schema knows is reported once a place, however many releases have it; a language
    /// variant (`title_ko`) of a text is known.
    private mutating func checkAdditional(_ name: String, _ shape: ReleaseSchema.Shape) {
        if let underscore = name.lastIndex(of: "_"),
            case .text? = shape.fields[String(name[..<underscore])]?.kind
        {
            return
        }
        let place = path.components.compactMap { component in
            if case .member(let name) = component { name } else { nil }
        }.joined(separator: "/")
        guard additionalFields.count < maximumFindingCount,
            additionalFields.insert(place).inserted
        else { return }
        report(
            .additionalField,
            "OCDS 1.1에 없는 필드 \(name)입니다(확장일 수 있음).",
            "OCDS 1.1 has no field “\(name)” here (an extension may)."
        )
    }

    private mutating func within(
        _ component: JSONPath.Component,
        _ body: (inout ReleaseCheck) -> Void
    ) {
        path.components.append(component)
        body(&self)
        path.components.removeLast()
    }
}

// The single checks.
extension ReleaseCheck {
    private mutating func require(_ field: String, of object: JSONObject) {
        switch object[field] {
        case .some(.null), .none, .some(.string("")):
            path.components.append(.member(field))
            report(
                .requiredFieldMissing,
                "필수 필드가 없거나 비어 있습니다: \(field)",
                "The required field “\(field)” is missing or empty."
            )
            path.components.removeLast()
        default: break
        }
    }

    private mutating func checkDate(_ value: JSONValue?) {
        guard let text = value?.text, Timestamp.instant(text) == nil else { return }
        report(
            .invalidDate,
            "시간대가 있는 RFC 3339 날짜·시각이 아닙니다: \(text)",
            "“\(text)” is not a date-time of RFC 3339 with an offset."
        )
    }

    private mutating func checkAddress(_ value: JSONValue?) {
        guard let text = value?.text else { return }
        let scheme = text.utf8.prefix { $0 != UInt8(ascii: ":") }
        let hasScheme =
            scheme.count < text.utf8.count && !scheme.isEmpty
            && scheme.allSatisfy {
                (48...57).contains($0) || (97...122).contains($0 | 0x20) || $0 == 43 || $0 == 45
                    || $0 == 46
            }
        guard !hasScheme else { return }
        report(.invalidAddress, "URI가 아닙니다: \(text)", "“\(text)” is not a URI.")
    }

    private mutating func checkCode(_ code: String, _ list: Codelist) {
        guard !list.codes.contains(code) else { return }
        report(
            .unknownCode,
            "닫힌 코드 목록 \(list.name)에 없는 코드입니다: \(code)",
            "“\(code)” is not in the closed codelist \(list.name)."
        )
    }

    private mutating func checkAmount(_ value: Value) {
        guard let text = value.amountText, let amount = Double(text) else { return }
        path.components.append(.member("amount"))
        if amount < 0 {
            report(.negativeAmount, "금액이 음수(\(text))입니다.", "The amount is negative (\(text)).")
        } else if amount > ReleaseCheck.maximumPlausibleWon, value.currency == "KRW" {
            report(
                .absurdAmount,
                "금액(\(text)원)이 있을 수 없을 만큼 큽니다. 단위를 확인해 주세요.",
                "The amount (KRW \(text)) is implausibly large; check the unit."
            )
        }
        path.components.removeLast()
    }

    private mutating func checkOrder(_ period: Period) {
        guard let start = period.startDate.flatMap(Timestamp.instant),
            let end = period.endDate.flatMap(Timestamp.instant), end < start
        else { return }
        report(
            .periodReversed,
            "기간의 끝이 시작보다 빠릅니다.",
            "The period ends before it begins."
        )
    }

    private mutating func checkReference(_ reference: OrganizationReference) {
        guard let id = reference.id else { return }
        // OCDS 1.0 had no parties: there the organization stands where it is named.
        guard knowsParties || reference.json["identifier"] == nil, !partyIDs.contains(id) else {
            return
        }
        report(
            .danglingReference,
            "parties에 없는 기관입니다: \(id)",
            "Organization “\(id)” is not among the parties."
        )
    }

    private static func names(_ kind: ReleaseSchema.Kind) -> (String, String) {
        switch kind {
        case .text, .dateTime, .address, .code: ("문자열", "a string")
        case .identifier: ("문자열이나 정수", "a string or a whole number")
        case .number: ("숫자", "a number")
        case .integer: ("정수", "a whole number")
        case .boolean: ("참·거짓", "true or false")
        case .texts, .codes, .objects: ("배열", "an array")
        case .object: ("객체", "an object")
        case .any: ("값", "a value")
        }
    }

    private mutating func reportType(_ korean: String, _ english: String, _ value: JSONValue) {
        report(
            .wrongType,
            "\(korean) 자리에 \(value.typeName) 값이 있습니다.",
            "Expected \(english), found \(value.typeName)."
        )
    }

    private mutating func report(
        _ code: ContractingFinding.Code,
        _ korean: @autoclosure () -> String,
        _ english: @autoclosure () -> String
    ) {
        counts[code, default: 0] += 1
        guard findings.count < maximumFindingCount else { return }
        findings.append(
            ContractingFinding(
                code: code,
                severity: code.severity,
                path: path.description,
                message: Bilingual(korean(), english())
            )
        )
    }
}
