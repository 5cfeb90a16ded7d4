public import Basics

/// A component as it is used, for `/_components` and for the tests that look at each.
public struct ComponentExample: Sendable {
    /// Its identifier on the page.
    public let id: String
    /// What it shows.
    public let title: Bilingual
    /// Renders it.
    public let render: @Sendable (PageContext) -> HTML

    /// Creates an example.
    public init(
        _ id: String,
        _ title: Bilingual,
        render: @escaping @Sendable (PageContext) -> HTML
    ) {
        self.id = id
        self.title = title
        self.render = render
    }
}

/// Every component with its examples.
public enum ComponentExamples {
    /// The examples, in the order a page uses the components.
    public static let all: [ComponentExample] = [
        Breadcrumb.examples, TabLink.examples, NotificationBanner.examples, KeyFigure.examples,
        Card.examples, StatusTag.examples, Money.examples, DateWords.examples, DataTable.examples,
        TitledTable.examples, Pagination.examples, FilterPanel.examples, SearchBox.examples,
        EmptyState.examples, BarChart.examples,
        StackedBarChart.examples, LineChart.examples, MapFrame.examples, TimelineEvent.examples,
        SummaryList.examples, StepIndicator.examples, FieldError.examples, FormField.examples,
        FileUpload.examples, FormMethod.examples, ButtonStyle.examples, Dialog.examples,
        Receipt.examples, QRCode.examples,
    ].flatMap { $0 }
}

/// The page that shows every component with its examples, at `/_components`.
public func componentsPage(in context: PageContext) -> Page {
    let parts = HTML(each: ComponentExamples.all) { example in
        section(
            example.title[context.language],
            id: example.id,
            "<div class=\"example\">\(example.render(context))</div>"
        )
    }
    return Page(
        title: context.text("부품", "Components"),
        lead: HTML(
            text: context.text(
                "모든 화면은 이 부품으로 만듭니다. 부품마다 보기와 접근성 검사가 있습니다.",
                "Every page is made of these parts; each has its example and its accessibility test."
            )
        ),
        main: parts,
        width: .wide
    )
}
