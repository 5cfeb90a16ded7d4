import Basics
import Web

/// The addresses and the names that every page of the portal uses.
enum Places {
    static let projects = Link("/procurement/projects")

    static func home(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(
            title: context.text("정보화사업 발주정보", "Informatization projects"),
            link: Link("/procurement")
        )
    }

    static func list(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("사업 찾기", "Projects"), link: projects)
    }

    static let mine = Link("/procurement/mine")

    static func project(_ project: PlannedProject) -> Link {
        .path("procurement", "projects", String(project.planYear), project.agencyID, project.key)
    }

    static func project(_ parts: ReferenceParts) -> Link {
        .path("procurement", "projects", String(parts.planYear), parts.agencyID, parts.key)
    }

    static func upload(_ upload: PlanUpload) -> Link {
        .path("procurement", "uploads", upload.id)
    }

    static func edition(_ edition: EditionRecord) -> Link {
        .path("procurement", "editions", String(edition.id))
    }

    /// The listing narrowed by the query of a figure.
    static func listing(_ pairs: [(name: String, value: String)]) -> Link {
        Link("/procurement/projects", query: pairs)
    }

    static func agencyName(_ project: PlannedProject, _ language: Language) -> String {
        project.department.isEmpty
            ? project.agencyName : "\(project.agencyName) \(project.department)"
    }

    static func orderText(_ order: OrderTime) -> Bilingual {
        if order.timing == .orderedInPreviousYear { return order.timing.label }
        guard let month = order.month else {
            return Bilingual(
                "\(order.year)년 \(order.timing.label.korean)",
                "\(order.year), \(order.timing.label.english.lowercased())"
            )
        }
        return Bilingual(
            "\(order.year)년 \(month)월",
            "\(order.year)-\(month < 10 ? "0" : "")\(month)"
        )
    }

    static func source(_ context: PageContext, updatedAt: Instant?) -> PageSource {
        PageSource(
            name: context.text(
                "각 기관이 발행한 정보화사업 계획",
                "The plans published by each agency"
            ),
            updatedAt: updatedAt,
            link: Link("/procurement/editions")
        )
    }

    static func statusTag(_ status: ProjectStatus, _ language: Language) -> HTML {
        let kind: StatusTag.Kind =
            switch status {
            case .planned: .planned
            case .preSpecification, .announced: .active
            case .contracted: .active
            case .completed: .done
            case .cancelled: .refused
            }
        return Web.statusTag(StatusTag(status.label[language], kind: kind))
    }
}
