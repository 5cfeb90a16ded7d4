import Basics
import Web

/// The form of a decision, as it stands or as it was sent.
struct ListingDecisionForm: Sendable {
    /// What was filled in, by the name of the field.
    var values: [String: String] = [:]
    /// The kinds of findings that were looked at.
    var seen: Set<String> = []

    /// What is decided now.
    init(_ kept: KeptListing) {
        let decision = kept.decision
        values["ended"] = decision.isEnded.map { $0 ? "yes" : "no" } ?? ""
        values["mergedInto"] = decision.mergedInto ?? ""
        values["sameAs"] = decision.sameAs ?? ""
        values["supersededBy"] = decision.supersededBy ?? ""
        values["note"] = decision.note
        for field in ListingField.allCases {
            values["text.\(field.rawValue)"] = kept.shown[field]
        }
        seen = decision.seen
    }

    /// What somebody sent.
    init(_ fields: FormFields) {
        for name in ["ended", "mergedInto", "sameAs", "supersededBy", "note"] {
            values[name] = fields.text(name) ?? ""
        }
        for field in ListingField.allCases {
            values["text.\(field.rawValue)"] = fields.text("text.\(field.rawValue)")
        }
        seen = Set(fields.all("seen"))
    }

    /// The decision; a text that reads as at the source is no correction.
    func decision(over kept: KeptListing) -> ListingDecision {
        func name(_ field: String) -> String? {
            values[field].flatMap { $0.isEmpty ? nil : String($0.prefix(200)) }
        }
        var decision = ListingDecision()
        decision.isEnded = values["ended"] == "yes" ? true : values["ended"] == "no" ? false : nil
        decision.mergedInto = name("mergedInto")
        decision.sameAs = name("sameAs")
        decision.supersededBy = name("supersededBy")
        decision.note = String(
            (values["note"] ?? "").prefix(ListingDecision.maximumNoteCharacterCount)
        )
        let kinds = Set(ListingFinding.Kind.allCases.map(\.rawValue))
        decision.seen = seen.intersection(kinds)
        for field in ListingField.allCases {
            guard let sent = values["text.\(field.rawValue)"] else { continue }
            let text = String(
                sent.replacing("\r\n", with: "\n")
                    .prefix(ListingDecision.maximumCorrectionCharacterCount)
            )
            let original = kept.listing[field]
            guard text != original, !(field == .title && text.isEmpty) else { continue }
            if field.isAddress, !text.isEmpty, Link(external: text) == nil { continue }
            decision.corrections[field] = .init(text: text, original: original)
        }
        return decision
    }
}
