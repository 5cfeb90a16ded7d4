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

    /// What is said of the reader's own answers at a condition.
    private enum Standing {
        /// How it stands.
        case own
        /// Another way is met already: whether this one is does not matter.
        case spared
        /// What stands above says it.
        case silent
    }

    func html(in context: PageContext) -> HTML {
        let conditions =
            switch version.condition {
            case .all(let parts, _): list(parts.map { ($0, .own) }, context)
            case let other: list([(other, .own)], context)
            }
        return conditions + sources.common(in: context)
    }

    private func list(_ parts: [(Condition, Standing)], _ context: PageContext) -> HTML {
        "<ul>\(HTML(each: parts) { "<li>\(part($0, $1, context))</li>" })</ul>"
    }

    private func part(
        _ condition: Condition,
        _ standing: Standing,
        _ context: PageContext
    ) -> HTML {
        let parts: [(Condition, Standing)]
        let title: HTML
        switch condition {
        case .clause(let index): return clause(index, standing, context)
        case .all(let inner, let label):
            title = heading(label, Bilingual("다음을 모두", "All of these"), context)
            parts = inner.map { ($0, standing) }
        case .any(let inner, let label):
            title = heading(label, Bilingual("다음 중 하나 이상", "At least one of these"), context)
            let isMet = truth(condition) == .yes
            parts = inner.map {
                ($0, standing == .own && isMet && truth($0) != .yes ? .spared : standing)
            }
        case .not(let inner, let label):
            title = heading(label, Bilingual("다음에 해당하지 않음", "Not this"), context)
            parts = [(inner, standing == .own ? .silent : standing)]
        }
        return "\(tag(truth(condition), standing, context))\(title)\(list(parts, context))"
    }

    private func heading(_ label: Bilingual?, _ kind: Bilingual, _ context: PageContext) -> HTML {
        let words = [label?[context.language], kind[context.language]].compactMap { $0 }
        return HTML(text: words.joined(separator: " — "))
    }

    private func clause(_ index: Int, _ standing: Standing, _ context: PageContext) -> HTML {
        let clause = version.clauses[index]
        let source = sources.note(clause, in: context)
        guard findings.indices.contains(index) else {
            return "\(catalogue.requirement(clause)[context.language])\(source)"
        }
        let finding = findings[index]
        return """
            \(tag(finding.truth, standing, context))\(finding.sentence[context.language])\
            \(source)
            """
    }

    private func tag(_ truth: Truth?, _ standing: Standing, _ context: PageContext) -> HTML {
        guard let truth else { return .empty }
        switch standing {
        case .own: return statusTag(truth.status(context)) + " "
        case .spared: return statusTag(truth.status(context, decides: false)) + " "
        case .silent: return .empty
        }
    }

    /// How a condition stands for the reader; nil where nothing was answered.
    private func truth(_ condition: Condition) -> Truth? {
        switch condition {
        case .clause(let index):
            findings.indices.contains(index) ? findings[index].truth : nil
        case .all(let parts, _): findings.isEmpty ? nil : parts.compactMap(truth).min() ?? .yes
        case .any(let parts, _): findings.isEmpty ? nil : parts.compactMap(truth).max() ?? .no
        case .not(let inner, _): truth(inner).map { !$0 }
        }
    }
}
