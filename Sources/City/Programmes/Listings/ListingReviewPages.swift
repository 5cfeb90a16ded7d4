import Basics
import City
import Web

/// What waits for an editor: findings that nothing settles yet, and the editions of the catalogues.
struct ListingReviewPage: Sendable {
    /// Findings on one page.
    static let pageSize = 50

    let report: ListingReport
    let editions: [ListingEdition]
    let listings: [KeptListing]
    let kind: ListingFinding.Kind?
    let pageNumber: Int

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(
            title: context.text("지원사업 목록 관리", "Catalogues"),
            link: ListingReviewRoutes.link
        )
    }

    func page(in context: PageContext) -> Page {
        let decisions = Dictionary(
            listings.map { ($0.listing.id, $0.decision) },
            uniquingKeysWith: { first, _ in first }
        )
        let open = report.findings.filter { finding in
            if finding.kind == kind { return true }
            return !(decisions[finding.listing]?.settles(finding) ?? finding.kind.isSettled)
        }
        return Page(
            title: context.text("지원사업 목록 관리", "Catalogues of programmes"),
            lead: """
                \(context.text(
                    "사업 \(listings.count.grouped)건 가운데 사람이 정할 것이 \(open.count.grouped)건 있습니다.",
                    "\(open.count.grouped) findings about \(listings.count.grouped) listings wait."))
                """,
            main: "\(findings(open, context))\(published(context))",
            width: .wide,
            density: .operator,
            aside: kinds(open, context),
            actions: linkButton(
                context.text("목록 올리기", "Upload a catalogue"),
                Link("/programmes/listings/import"),
                style: .primary
            )
        )
    }

    private func kinds(_ open: [ListingFinding], _ context: PageContext) -> HTML {
        let counts = Dictionary(open.map { ($0.kind, 1) }, uniquingKeysWith: +)
        func item(_ title: String, _ count: Int, _ link: Link, isCurrent: Bool) -> HTML {
            let current: HTML = isCurrent ? " aria-current=\"page\"" : .empty
            return "<li><a href=\"\(link)\"\(current)>\(title)</a> (\(count.grouped))</li>"
        }
        let items = HTML(each: ListingFinding.Kind.allCases) { each in
            let count = counts[each] ?? report.counts[each.rawValue] ?? 0
            guard count > 0 else { return .empty }
            return item(
                each.title[context.language],
                count,
                Link("/programmes/listings", query: [("kind", each.rawValue)]),
                isCurrent: each == kind
            )
        }
        let all = item(
            context.text("정할 것 모두", "Everything open"),
            open.count,
            ListingReviewRoutes.link,
            isCurrent: kind == nil
        )
        let title = context.text("종류", "Kind")
        return """
            <nav aria-label="\(title)"><h2>\(title)</h2><ul class="results">\(all)\(items)</ul></nav>
            """
    }

    private func findings(_ open: [ListingFinding], _ context: PageContext) -> HTML {
        let language = context.language
        let found = open.filter { kind == nil || $0.kind == kind }
        let pagination = Pagination(
            page: min(pageNumber, max(1, (found.count + Self.pageSize - 1) / Self.pageSize)),
            itemCount: found.count,
            pageSize: Self.pageSize
        )
        let shown = found.dropFirst((pagination.page - 1) * Self.pageSize).prefix(Self.pageSize)
        return titledTable(
            kind?.title[language] ?? context.text("정할 것", "To be decided"),
            columns: [
                .init(context.text("사업", "Listing"), isRowHeader: true),
                .init(context.text("무엇이", "What")),
                .init(context.text("내용", "Detail"), isWide: true),
            ],
            rows: shown.map { finding in
                let link = Link.path("programmes", "listings", finding.listing, "review")
                return [
                    "<a href=\"\(link)\">\(finding.title)</a>",
                    "\(finding.kind.title[language])", "\(finding.detail[language])",
                ]
            },
            emptyText: context.text("정할 것이 없습니다.", "Nothing waits."),
            in: context,
            more: Web.pagination(pagination, in: context)
        )
    }

    private func published(_ context: PageContext) -> HTML {
        titledTable(
            context.text("펴낸 판", "Editions"),
            columns: [
                .init(context.text("목록", "Catalogue"), isRowHeader: true),
                .init(context.text("판", "Edition"), isNumeric: true),
                .init(context.text("언제", "When")), .init(context.text("누가", "By")),
                .init(context.text("사업", "Listings"), isNumeric: true),
                .init(context.text("새로", "New"), isNumeric: true),
                .init(context.text("바뀜", "Changed"), isNumeric: true),
                .init(context.text("사라짐", "Gone"), isNumeric: true),
            ],
            rows: editions.map { edition in
                [
                    "\(edition.source.title[context.language])", "\(edition.number)",
                    dateText(edition.publishedAt, in: context),
                    edition.actorName.isEmpty ? "–" : "\(edition.actorName)",
                    "\(edition.listingCount.grouped)", "\(edition.newCount.grouped)",
                    "\(edition.changedCount.grouped)", "\(edition.goneCount.grouped)",
                ]
            },
            emptyText: context.text("아직 펴낸 목록이 없습니다.", "None yet."),
            in: context
        )
    }
}

/// Where a catalogue is brought.
struct ListingImportPage: Sendable {
    /// Why the file was refused.
    var fault: Bilingual?

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "file",
            label: context.text("지원사업 목록 파일", "File of a catalogue"),
            control: .file(
                FileUpload(
                    acceptedTypes: [".csv", ".xlsx", ".json"],
                    maximumByteCount: ListingFile.maximumByteCount
                )
            ),
            hint: context.text(
                "몽땅정보통의 표(CSV, XLSX)나 청년몽땅정보통의 목록(JSON)을 받은 그대로 올립니다. 펴내기 전에 살펴봅니다.",
                "The table or list as it came. You look it over before it is published."
            ),
            error: fault?[context.language],
            isRequired: true
        )
        return Page(
            title: context.text("목록 올리기", "Upload a catalogue"),
            breadcrumbs: [ListingReviewPage.crumb(context)],
            main: """
                \(errorSummary(of: [field], in: context))\
                \(form(
                    action: Link("/programmes/listings/import"), context: context, takesFiles: true
                ) {
                    """
                    \(formField(field, in: context))\
                    \(button(context.text("올리고 살펴보기", "Upload and check")))
                    """
                })
                """,
            hasErrors: fault != nil
        )
    }
}

/// What a file of a catalogue would change and what is wrong in it, before it is published.
struct ListingDryRunPage: Sendable {
    /// The lines of each table that are shown; the rest are counted.
    static let shownCount = 100

    let upload: ListingUpload
    let file: ListingFile
    let changes: ListingChanges
    let report: ListingReport

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("살펴보기: \(upload.fileName)", "Check: \(upload.fileName)"),
            breadcrumbs: [ListingReviewPage.crumb(context)],
            lead: """
                \(file.source.title[context.language]) · \
                \(context.text(
                    "사업 \(file.listings.count.grouped)건", "\(file.listings.count.grouped) listings"))
                """,
            main: "\(figures(context))\(apply(context))\(changed(context))\(findings(context))",
            width: .wide,
            density: .operator
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        keyFigures([
            KeyFigure(label: context.text("새로", "New"), value: changes.added.count.grouped),
            KeyFigure(label: context.text("바뀜", "Changed"), value: changes.changed.count.grouped),
            KeyFigure(label: context.text("사라짐", "Gone"), value: changes.gone.count.grouped),
            KeyFigure(
                label: context.text("그대로", "As it was"),
                value: changes.unchangedCount.grouped
            ),
        ])
    }

    private func apply(_ context: PageContext) -> HTML {
        if let number = upload.editionNumber {
            return """
                <p>\(context.text(
                    "이 파일은 \(number)판으로 펴냈습니다.", "Published as edition \(number)."))</p>\
                \(linkButton(context.text("정할 것 보기", "What waits"), ListingReviewRoutes.link))
                """
        }
        return form(action: upload.link, context: context) {
            """
            <p>\(context.text(
                "의심스러운 것은 그대로 옮기고 검토 목록에 올립니다. 지금까지 정한 것은 남습니다.",
                "What is doubtful is taken as it is and waits for review. Decisions stay."))</p>\
            \(button(context.text("이 판 펴내기", "Publish this edition")))
            """
        }
    }

    private func changed(_ context: PageContext) -> HTML {
        let new = changes.added.map { ($0, context.text("새로", "New"), "") }
        let changed = changes.changed.map { old, new in
            let fields = ListingField.allCases.filter { old[$0] != new[$0] }
                .map { $0.label[context.language] }
            return (new, context.text("바뀜", "Changed"), fields.joined(separator: ", "))
        }
        let gone = changes.gone.map { ($0, context.text("사라짐", "Gone"), "") }
        let all = changed + gone + new
        return titledTable(
            context.text("지난 판과 다른 것", "Unlike the last edition"),
            columns: [
                .init(context.text("사업", "Listing"), isRowHeader: true),
                .init(context.text("무엇이", "What")), .init(context.text("어디가", "Where")),
            ],
            rows: all.prefix(Self.shownCount).map { ["\($0.0.title)", "\($0.1)", "\($0.2)"] },
            emptyText: context.text("없습니다.", "Nothing."),
            in: context,
            more: rest(all.count, context)
        )
    }

    private func findings(_ context: PageContext) -> HTML {
        let language = context.language
        let counts = ListingFinding.Kind.allCases.compactMap { kind in
            report.counts[kind.rawValue].map { count -> [HTML] in
                [
                    "\(kind.title[language])", "\(count.grouped)",
                    "\(kind.isSettled ? context.text("알림", "for information") : context.text("사람이 정함", "a person decides"))",
                ]
            }
        }
        let lines = report.findings.filter { !$0.kind.isSettled }
        return titledTable(
            context.text("품질", "Quality"),
            columns: [
                .init(context.text("무엇이", "What"), isRowHeader: true),
                .init(context.text("몇 건", "How many"), isNumeric: true),
                .init(context.text("처리", "Handling")),
            ],
            rows: counts,
            emptyText: context.text("이상이 없습니다.", "Nothing is wrong."),
            in: context
        )
            + titledTable(
                context.text("사람이 정할 것", "For a person to decide"),
                columns: [
                    .init(context.text("사업", "Listing"), isRowHeader: true),
                    .init(context.text("무엇이", "What")),
                    .init(context.text("내용", "Detail"), isWide: true),
                ],
                rows: lines.prefix(Self.shownCount).map {
                    ["\($0.title)", "\($0.kind.title[language])", "\($0.detail[language])"]
                },
                emptyText: context.text("없습니다.", "Nothing."),
                in: context,
                more: rest(lines.count, context)
            )
    }

    private func rest(_ count: Int, _ context: PageContext) -> HTML {
        guard count > Self.shownCount else { return .empty }
        let rest = (count - Self.shownCount).grouped
        return "<p>\(context.text("그 밖에 \(rest)건", "and \(rest) more"))</p>"
    }
}
