import Basics
import Eligibility
import Web

/// The conditions of a version as nested lists, with the reader's own result where they answered.
struct ConditionList: Sendable {
    let version: ProgrammeVersion
    let catalogue: RuleCatalogue
    /// How every clause stands, in the order of the version; empty where nothing was answered.
    let findings: [Judgement.Finding]

    private var sources: ClauseSources { ClauseSources(version.clauses) }

    func html(in context: PageContext) -> HTML {
        let conditions =
            switch version.condition {
            case .all(let parts, _): list(parts, context)
            case let other: list([other], context)
            }
        return conditions + sources.common(in: context)
    }

    private func list(_ parts: [Condition], _ context: PageContext) -> HTML {
        "<ul>\(HTML(each: parts) { "<li>\(part($0, context))</li>" })</ul>"
    }

    private func part(_ condition: Condition, _ context: PageContext) -> HTML {
        switch condition {
        case .clause(let index): clause(index, context)
        case .all(let parts, let label):
            group(label, Bilingual("다음을 모두", "All of these"), parts, context)
        case .any(let parts, let label):
            group(label, Bilingual("다음 중 하나 이상", "At least one of these"), parts, context)
        case .not(let inner, let label):
            group(label, Bilingual("다음에 해당하지 않음", "Not this"), [inner], context)
        }
    }

    private func group(
        _ label: Bilingual?,
        _ kind: Bilingual,
        _ parts: [Condition],
        _ context: PageContext
    ) -> HTML {
        let title = [label?[context.language], kind[context.language]].compactMap { $0 }
            .joined(separator: " — ")
        return "\(title)\(list(parts, context))"
    }

    private func clause(_ index: Int, _ context: PageContext) -> HTML {
        let clause = version.clauses[index]
        let source = sources.note(clause, in: context)
        guard findings.indices.contains(index) else {
            return "\(catalogue.requirement(clause)[context.language])\(source)"
        }
        let finding = findings[index]
        return """
            \(statusTag(finding.truth.status(context))) \(finding.sentence[context.language])\
            \(source)
            """
    }
}
