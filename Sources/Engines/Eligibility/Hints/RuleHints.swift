public import Basics

/// Drafts of rules from the answers of two public interfaces: 보조금24's service list with supportConditions, and
/// 온통청년's getPlcy.
public enum RuleHints {
    /// How many records one file may have.
    public static let maximumRecordCount = 20_000

    /// Reads an answer of either interface, or a list of its records.
    ///
    /// Records of one service, as 보조금24 gives its description and its codes apart, become one draft.
    ///
    /// - Parameters:
    ///   - document: The answer.
    ///   - date: The day on which it was read.
    /// - Returns: A draft for each service, in the order of the records.
    /// - Throws: `EligibilityError` `malformedSituation` where it has no such records, or `tooLarge`.
    public static func drafts(_ document: JSONValue, on date: LocalDate) throws -> [RuleDraft] {
        let records = records(document)
        guard records.count <= maximumRecordCount else {
            throw EligibilityError(
                .tooLarge,
                Bilingual(
                    "기록이 \(maximumRecordCount.grouped)건보다 많습니다.",
                    "There are more than \(maximumRecordCount.grouped) records."
                )
            )
        }
        let drafts = merged(records).compactMap { record -> RuleDraft? in
            if SupportConditions.reads(record) {
                return SupportConditions(record: record, date: date).draft()
            }
            return YouthPolicy.reads(record) ? YouthPolicy(record: record, date: date).draft() : nil
        }
        guard !drafts.isEmpty else {
            throw EligibilityError(
                .malformedSituation,
                Bilingual(
                    "보조금24(서비스ID)나 온통청년(plcyNo)의 기록이 없습니다.",
                    "There are no records of 보조금24 (서비스ID) or 온통청년 (plcyNo)."
                )
            )
        }
        return drafts
    }

    /// The records wherever the interfaces put them.
    private static func records(_ document: JSONValue) -> [CatalogueRecord] {
        switch document {
        case .array(let items): items.flatMap(records)
        case .object(let fields):
            if fields["서비스ID"] != nil || fields["plcyNo"] != nil {
                [CatalogueRecord(fields: fields)]
            } else {
                ["data", "result", "youthPolicyList"].flatMap { fields[$0].map(records) ?? [] }
            }
        default: []
        }
    }

    /// Records of one identity as one, in the order in which they came first.
    private static func merged(_ records: [CatalogueRecord]) -> [CatalogueRecord] {
        var places: [String: Int] = [:]
        var merged: [CatalogueRecord] = []
        for record in records {
            let id = record["서비스ID"] ?? record["plcyNo"] ?? ""
            if let place = places[id] {
                let fields = merged[place].fields.merging(record.fields) { first, _ in first }
                merged[place] = CatalogueRecord(fields: fields)
            } else {
                places[id] = merged.count
                merged.append(record)
            }
        }
        return merged
    }
}
