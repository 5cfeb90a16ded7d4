import Basics
import Web

/// Where an editor decides about one listing.
struct ListingDecisionPage: Sendable {
    let kept: KeptListing
    /// Everything that is known to be wrong with it.
    let findings: [ListingFinding]
    /// Findings of other listings that may be the same programme as it.
    let twins: [ListingFinding]
    /// The programmes of the rules.
    let programmes: [(name: String, title: Bilingual)]
    var form: ListingDecisionForm
    /// Why the decision was refused.
    var complaint: Bilingual?

    func page(in context: PageContext) -> Page {
        let language = context.language
        let fields = fields(context)
        let errors = complaint.map { [FieldError(fieldID: nil, message: $0[language])] } ?? []
        return Page(
            title: context.text("검토: \(kept.listing.title)", "Review: \(kept.listing.title)"),
            breadcrumbs: [ListingReviewPage.crumb(context)],
            lead: lead(context),
            main: """
                \(errorSummary(errors, in: context))\(found(context))\
                \(Web.form(action: link, context: context) {
                    """
                    \(hiddenField("version", String(kept.version)))\
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(buttonRow([
                        button(context.text("이대로 정하기", "Decide")),
                        linkButton(context.text("공개 화면 보기", "Public page"), kept.link),
                    ]))
                    """
                })
                """,
            density: .operator,
            hasErrors: complaint != nil
        )
    }

    private var link: Link { Self.link(to: kept.listing.id) }

    private static func link(to listing: String) -> Link {
        .path("programmes", "listings", listing, "review")
    }

    private func lead(_ context: PageContext) -> HTML {
        let source = kept.listing.source.title[context.language]
        guard let by = kept.decidedBy, let at = kept.decidedAt else { return "\(source)" }
        return """
            \(source) · \(context.text("마지막으로 정한 사람", "decided by")) \(by), \
            \(dateText(at, in: context))
            """
    }

    private func found(_ context: PageContext) -> HTML {
        titledTable(
            context.text("무엇이 이상한가", "What is wrong"),
            columns: [
                .init(context.text("무엇이", "What"), isRowHeader: true),
                .init(context.text("내용", "Detail"), isWide: true),
                .init(context.text("상대", "The other")),
            ],
            rows: findings.map { finding in
                [
                    "\(finding.kind.title[context.language])",
                    "\(finding.detail[context.language])", "\(finding.other ?? "–")",
                ]
            }
                + twins.map { twin in
                    [
                        "\(twin.kind.title[context.language])",
                        "<a href=\"\(Self.link(to: twin.listing))\">\(twin.title)</a>",
                        "\(twin.listing)",
                    ]
                },
            emptyText: context.text("알려진 것이 없습니다.", "Nothing is known."),
            in: context
        )
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        func field(
            _ name: String,
            _ label: Bilingual,
            _ control: FormField.Control,
            hint: Bilingual? = nil
        ) -> FormField {
            FormField(
                name: name,
                label: label[language],
                control: control,
                hint: hint?[language],
                values: [form.values[name] ?? ""],
                autocomplete: "off"
            )
        }
        let nothing = FormField.Choice(value: "", label: "–")
        let rules = programmes.map {
            FormField.Choice(value: $0.name, label: $0.title[language])
        }.sorted { $0.label < $1.label }
        var twins = findings.filter(\.isOfTwins)
            .compactMap { finding in
                finding.other.map { FormField.Choice(value: $0, label: finding.detail[language]) }
            }
        if let merged = form.values["mergedInto"], !merged.isEmpty,
            !twins.contains(where: { $0.value == merged })
        {
            twins.append(.init(value: merged, label: merged))
        }
        return [
            field(
                "ended",
                Bilingual("끝난 사업인가", "Has it ended?"),
                .radios([
                    .init(value: "", label: context.text("원본대로", "As the source says")),
                    .init(value: "yes", label: context.text("끝났음", "Ended")),
                    .init(value: "no", label: context.text("계속함", "Goes on")),
                ])
            ),
            field("mergedInto", Bilingual("이 사업과 합침", "One with"), .select([nothing] + twins)),
            field(
                "sameAs",
                Bilingual("판정 규칙의 이 사업과 같음", "The same as this programme of the rules"),
                .select([nothing] + rules)
            ),
            field(
                "supersededBy",
                Bilingual("대신하는 사업", "Superseded by"),
                .text(),
                hint: Bilingual(
                    "다른 사업의 주소 끝부분이나 규칙의 이름을 적습니다.",
                    "The end of the other listing's address, or the name of a rule."
                )
            ), seenField(context),
        ] + texts(context)
            + [field("note", Bilingual("비고", "Remark"), .textArea(rowCount: 2))]
    }

    private func seenField(_ context: PageContext) -> FormField {
        var kinds: [ListingFinding.Kind] = []
        for finding in findings where !finding.kind.isSettled && !kinds.contains(finding.kind) {
            kinds.append(finding.kind)
        }
        return FormField(
            name: "seen",
            label: context.text("살펴봤고 그대로 둠", "Looked at and left as it is"),
            control: .checkboxes(
                kinds.map { .init(value: $0.rawValue, label: $0.title[context.language]) }
            ),
            values: Array(form.seen)
        )
    }

    private func texts(_ context: PageContext) -> [FormField] {
        ListingField.allCases.map { field in
            let name = "text.\(field.rawValue)"
            let isLong = [.summary, .target, .howToApply, .when].contains(field)
            let isCorrected = kept.decision.corrections[field] != nil
            return FormField(
                name: name,
                label: field.label[context.language],
                control: isLong ? .textArea(rowCount: 4) : .text(),
                hint: isCorrected
                    ? context.text(
                        "원본: \(kept.listing[field].prefix(200))",
                        "Source: \(kept.listing[field].prefix(200))"
                    ) : nil,
                values: [form.values[name] ?? ""],
                autocomplete: "off"
            )
        }
    }
}
