import Basics
import Drawing
import HTTPTypes
import Store
import Web

/// The public page of a draw and the files with which anybody checks it.
struct DrawRoutes: Sendable {
    let store: Store

    func add(to table: inout RouteTable) {
        table.page("/draws") { incoming in
            let draws = try await store.read { try CaseDraws.published(in: $0) }
            return DrawListPage(draws: draws).page(in: incoming.page)
        }
        table.page("/draws/{id}") { incoming in
            let draw = try await draw(incoming)
            let file = try await file(of: draw)
            let words = String((incoming.query.text("q") ?? "").prefix(DrawPage.maximumWordCount))
            return DrawPage(
                draw: draw,
                entrants: file.entrants,
                result: file.result,
                words: words,
                number: incoming.query.pageNumber()
            ).page(in: incoming.page)
        }
        table.file("/draws/{id}/committed.json") { incoming in
            let draw = try await draw(incoming)
            return .download(
                fileName: "\(draw.id)-commit.json",
                contentType: "application/json",
                body: .bytes(try await bytes(draw.committedDigest))
            )
        }
        table.file("/draws/{id}/draw.json") { incoming in
            let draw = try await draw(incoming)
            return .download(
                fileName: "\(draw.id).json",
                contentType: "application/json",
                body: .bytes(try await bytes(draw.completedDigest))
            )
        }
        table.file("/draws/{id}/list.csv") { incoming in
            let draw = try await draw(incoming)
            let entrants = try await file(of: draw).entrants
            let lines = ["receipt,stratum"] + entrants.map(\.text)
            return .download(
                fileName: "\(draw.id).csv",
                contentType: "text/csv; charset=utf-8",
                body: .bytes(Array((lines.joined(separator: "\n") + "\n").utf8))
            )
        }
    }

    /// The draw of the address, once it is published.
    private func draw(_ incoming: Incoming) async throws -> CaseDraw {
        let id = try incoming.pathParameter("id")
        let draw = try await store.read { try CaseDraws.find(id, in: $0) }
        guard let draw, draw.committedAt != nil else { throw Problem.notFound }
        return draw
    }

    private func bytes(_ digest: String?) async throws -> [UInt8] {
        guard let blob = digest.flatMap({ BlobID(rawValue: $0) }) else { throw Problem.notFound }
        return try await store.blobs.get(blob, maximumSize: CaseDraw.maximumByteCount)
    }

    private func file(
        of draw: CaseDraw
    ) async throws -> (entrants: [DrawEntrant], result: DrawResult?) {
        if draw.completedDigest != nil {
            let completed = try CompletedDraw.read(try await bytes(draw.completedDigest))
            return (completed.entrants, completed.result)
        }
        let committed = try CommittedDraw.read(try await bytes(draw.committedDigest))
        return (committed.entrants, nil)
    }
}

/// The draws that everybody may check.
struct DrawListPage: Sendable {
    let draws: [CaseDraw]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("공개 추첨", "Public draws"),
            lead: """
                \(context.text(
                    "누구나 결과를 다시 계산해 확인할 수 있는 추첨입니다.",
                    "Draws whose result anybody can compute again."))
                """,
            main: draws.isEmpty
                ? emptyState(
                    title: context.text("공개한 추첨이 없습니다", "No draw yet"),
                    text: context.text(
                        "추첨은 약속값을 공개할 때부터 여기에 있습니다.",
                        "A draw is here from the day of its commitment."
                    )
                )
                : table(
                    DataTable(
                        caption: context.text("공개 추첨", "Public draws"),
                        hidesCaption: true,
                        columns: [
                            .init(context.text("추첨", "Draw"), isRowHeader: true),
                            .init(context.text("단계", "Stage")),
                            .init(context.text("약속값 공개", "Committed")),
                        ],
                        rows: draws.map { draw in
                            [
                                "<a href=\"\(draw.link)\">\(draw.title)</a>",
                                draw.state.tag(in: context),
                                draw.committedAt.map { dateText($0, in: context) } ?? "–",
                            ]
                        }
                    ),
                    in: context
                )
        )
    }
}

extension CaseDraw.State {
    func tag(in context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .preparing: .planned
            case .committed: .active
            case .completed: .done
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}

/// One draw for everybody: what was promised, what the seed is made of, who was drawn, how to check it.
struct DrawPage: Sendable {
    /// Entrants on one page.
    static let pageSize = 100
    /// The longest text that is searched for, in characters.
    static let maximumWordCount = 64

    let draw: CaseDraw
    let entrants: [DrawEntrant]
    let result: DrawResult?
    /// A part of a receipt number.
    let words: String
    let number: Int

    func page(in context: PageContext) -> Page {
        Page(
            title: draw.title,
            breadcrumbs: [
                Breadcrumb(title: context.text("공개 추첨", "Public draws"), link: Link("/draws"))
            ],
            lead: """
                \(draw.state.tag(in: context)) \(context.text(
                    "참가 \(entrants.count.grouped)건", "\(entrants.count.grouped) entrants"))
                """,
            main: """
                \(promise(context))\(seed(context))\(strata(context))\(list(context))\
                \(checking(context))
                """,
            source: PageSource(
                name: context.text("담당 기관", "The organization in charge"),
                updatedAt: draw.completedAt ?? draw.committedAt
            )
        )
    }

    private func promise(_ context: PageContext) -> HTML {
        section(
            context.text("약속값", "Commitment"),
            "<p>"
                + HTML(
                    text: context.text(
                        "명단과 규칙을 이 값으로 먼저 공개하고, 그 뒤에 나오는 공개값으로 추첨합니다. "
                            + "명단이나 규칙을 나중에 한 글자라도 바꾸면 값이 달라집니다.",
                        "These values bind the list and the rule before the public values appear. "
                            + "Changing a letter of either later changes them."
                    )
                ) + "</p>"
                + summaryList(
                    SummaryList([
                        .init(
                            context.text("공개한 때", "Published"),
                            draw.committedAt.map { dateText($0, in: context) } ?? "–"
                        ),
                        .init(
                            context.text("약속값(SHA-256)", "Commitment (SHA-256)"),
                            code(draw.commitmentHash)
                        ),
                        .init(
                            context.text("명단의 머클 루트", "Merkle root of the list"),
                            code(draw.merkleRoot)
                        ),
                    ]),
                    in: context
                )
        )
    }

    private func code(_ text: String?) -> HTML { "<code class=\"hash\">\(text ?? "–")</code>" }

    private func seed(_ context: PageContext) -> HTML {
        let inputs = draw.inputs.value.map { input -> [HTML] in
            [
                "\(input.name)", dateText(input.publishedOn, in: context),
                "\(context.text("공개값", "Public value"))",
            ]
        }
        let officials = draw.officials.value.map { official -> [HTML] in
            [
                "\(official.name)", code(official.commitment.hex),
                official.secret.map { code($0.hex) }
                    ?? "\(context.text("아직 밝히지 않음", "Not shown yet"))",
            ]
        }
        return titledTable(
            context.text("시드가 되는 공개값", "Public values of the seed"),
            columns: [
                .init(context.text("이름", "Name"), isRowHeader: true),
                .init(context.text("나오는 날", "Appears on")),
                .init(context.text("종류", "Kind")),
            ],
            rows: inputs,
            in: context
        )
            + titledTable(
                context.text("담당자의 봉인", "Seals of officials"),
                columns: [
                    .init(context.text("담당자", "Official"), isRowHeader: true),
                    .init(context.text("봉인값", "Commitment"), isWide: true),
                    .init(context.text("비밀값", "Secret"), isWide: true),
                ],
                rows: officials,
                in: context
            )
    }

    private func strata(_ context: PageContext) -> HTML {
        titledTable(
            context.text("구간", "Strata"),
            columns: [
                .init(context.text("구간", "Stratum"), isRowHeader: true),
                .init(context.text("자리", "Places"), isNumeric: true),
                .init(context.text("참가", "Entrants"), isNumeric: true),
                .init(context.text("선정", "Selected"), isNumeric: true),
                .init(context.text("예비", "Waiting"), isNumeric: true),
            ],
            rows: draw.strata.value.map { stratum in
                let outcome = result?.strata.first { $0.id == stratum.id }
                let count = entrants.count { $0.stratum == stratum.id }
                return [
                    "\(stratum.name)", "\(stratum.places.grouped)", "\(count.grouped)",
                    "\(outcome?.selected.count.grouped ?? "–")",
                    "\(outcome?.waiting.count.grouped ?? "–")",
                ]
            },
            in: context
        )
    }

    private func list(_ context: PageContext) -> HTML {
        let outcomes = outcomes()
        let found = entrants.filter { words.isEmpty || $0.receipt.contains(words) }
        let shown = found.dropFirst((number - 1) * Self.pageSize).prefix(Self.pageSize)
        let box = SearchBox(
            action: draw.link,
            label: context.text("접수번호로 찾기", "Find a receipt number"),
            text: words,
            maximumLength: Self.maximumWordCount
        )
        return titledTable(
            context.text("참가 명단", "Entrants"),
            id: "entrants",
            columns: [
                .init(context.text("접수번호", "Receipt"), isRowHeader: true),
                .init(context.text("구간", "Stratum")),
                .init(context.text("결과", "Result")),
            ],
            rows: shown.map { entrant in
                let stratum = draw.strata.value.first { $0.id == entrant.stratum }
                let outcome = outcomes[entrant.receipt] ?? .notSelected
                return [
                    "\(entrant.receipt)", "\(stratum?.name ?? entrant.stratum)",
                    result == nil
                        ? "\(context.text("추첨 전", "Not drawn yet"))"
                        : "\(outcome.text[context.language])",
                ]
            },
            emptyText: context.text("그런 접수번호가 없습니다.", "There is no such receipt."),
            in: context,
            lead: searchBox(box, in: context),
            more: pagination(
                Pagination(page: number, itemCount: found.count, pageSize: Self.pageSize),
                in: context
            )
        )
    }

    private func outcomes() -> [String: DrawOutcome] {
        var outcomes: [String: DrawOutcome] = [:]
        for stratum in result?.strata ?? [] {
            for (index, receipt) in stratum.selected.enumerated() {
                outcomes[receipt] = .selected(index + 1)
            }
            for (index, receipt) in stratum.waiting.enumerated() {
                outcomes[receipt] = .waiting(index + 1)
            }
        }
        return outcomes
    }

    private func checking(_ context: PageContext) -> HTML {
        let files: [(String, String, Bool)] = [
            ("committed.json", context.text("약속한 추첨", "The committed draw"), true),
            ("draw.json", context.text("추첨 결과", "The draw with its result"), result != nil),
            ("list.csv", context.text("명단", "The list"), true),
        ]
        let links = HTML(each: files.filter(\.2)) { name, title, _ in
            "<li><a href=\"\(Link(draw.link.target + "/" + name))\" download>\(title)</a></li>"
        }
        let command =
            "Scripts/verify-draw \(draw.id).json --list \(draw.id).csv --commitment "
            + (draw.commitmentHash ?? "")
        return section(
            context.text("직접 확인하기", "Check it yourself"),
            """
            <p>\(context.text(
                "파일을 내려받아 아래 명령으로 다시 계산합니다. 프로그램은 파이썬 150줄이고, 계산법은 공개되어 있습니다.",
                "Download the files and compute the draw again with this command: 150 lines of Python, "
                    + "by a published protocol."))</p><ul>\(links)</ul>\
            <pre class="command" tabindex="0"><code>\(command)</code></pre>
            """
        )
    }
}
