import Basics
import Testing

@testable import Web

/// Every example in every language.
private let cases: [(String, Language)] = ComponentExamples.all.flatMap { example in
    Language.allCases.map { (example.id, $0) }
}

private let hostile = #"<script>alert("1")</script>' & ""#

private func tags(_ html: HTML) throws -> [StartTag] {
    try #require(StartTag.all(in: html.markup), "unbalanced: \(html.markup.prefix(400))")
}

private func example(_ id: String) throws -> ComponentExample {
    try #require(ComponentExamples.all.first { $0.id == id })
}

@Suite struct `every component` {
    @Test(arguments: cases)
    func `closes what it opens and labels what it asks`(id: String, language: Language) throws {
        let tags = try tags(try example(id).render(testContext(language)))
        let ids = tags.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        let labels = Set(tags.filter { $0.name == "label" }.compactMap { $0.attributes["for"] })
        for tag in tags where ["input", "select", "textarea"].contains(tag.name) {
            guard tag.attributes["type"] != "hidden" else { continue }
            let control = try #require(tag.attributes["id"])
            #expect(labels.contains(control))
        }
        for tag in tags {
            for name in ["aria-describedby", "aria-labelledby"] {
                for part in (tag.attributes[name] ?? "").split(separator: " ") {
                    #expect(ids.contains(String(part)), "\(name) leads nowhere: \(part)")
                }
            }
        }
    }

    @Test(arguments: cases)
    func `has no inline style and no script`(id: String, language: Language) throws {
        let tags = try tags(try example(id).render(testContext(language)))
        #expect(!tags.contains { $0.name == "script" || $0.name == "style" })
        #expect(
            !tags.contains { $0.attributes.keys.contains { $0 == "style" || $0.hasPrefix("on") } }
        )
    }

    @Test func `stands on one page without a repeated identifier`() throws {
        let context = testContext()
        let tags = try tags(document(componentsPage(in: context), in: context))
        let ids = tags.compactMap { $0.attributes["id"] }
        #expect(Dictionary(grouping: ids) { $0 }.filter { $1.count > 1 }.isEmpty)
        #expect(tags.count { $0.name == "h1" } == 1)
        #expect(tags.count { $0.name == "main" } == 1)
    }

    @Test func `says nothing in Korean on an English page that is not data`() throws {
        let context = testContext(.english)
        for id in ["pagination", "steps", "error-summary", "field-error", "form", "receipt"] {
            let markup = try example(id).render(context).markup
            #expect(!markup.contains(/[가-힣]/), "\(id)")
        }
    }
}

@Suite struct `hostile text` {
    /// Each component with the same hostile text wherever it takes text.
    static let pieces: [(String, HTML)] = {
        let context = testContext(path: "/x", query: [(hostile, hostile)])
        let choice = FormField.Choice(value: hostile, label: hostile, hint: hostile)
        let controls: [FormField.Control] = [
            .text(), .textArea(), .select([choice]), .radios([choice]), .checkboxes([choice]),
            .date(), .file(FileUpload(acceptedTypes: [hostile])), .password,
        ]
        let fields = controls.map {
            FormField(
                name: hostile,
                label: hostile,
                control: $0,
                hint: hostile,
                error: hostile,
                values: [hostile],
                autocomplete: hostile
            )
        }
        let caption = ChartCaption(id: "chart", title: hostile, summary: hostile)
        let panel = FilterPanel(
            action: Link("/x"),
            searchLabel: hostile,
            searchText: hostile,
            facets: [
                .init(
                    name: hostile,
                    title: hostile,
                    options: [.init(value: hostile, label: hostile, count: 1, isSelected: true)]
                )
            ],
            kept: [hostile]
        )
        return [
            ("fields", HTML(each: fields) { formField($0, in: context) }),
            ("errors", errorSummary(of: fields, in: context)),
            ("filter", filterPanel(panel, in: context) + appliedFilters(panel, in: context)),
            ("pages", pagination(Pagination(page: 2, itemCount: 90, pageSize: 10), in: context)),
            ("status", statusTag(StatusTag(hostile, kind: .done))),
            (
                "table",
                table(
                    DataTable(
                        caption: hostile,
                        columns: [.init(hostile), .init(hostile)],
                        rows: [["x", HTML(text: hostile)]]
                    ),
                    in: context
                )
            ),
            (
                "bars",
                barChart(
                    BarChart(
                        caption: caption,
                        categoryTitle: hostile,
                        valueTitle: hostile,
                        unit: .count(hostile),
                        bars: [.init(label: hostile, value: 3)]
                    ),
                    in: context
                )
            ),
            (
                "lines",
                lineChart(
                    LineChart(
                        caption: caption,
                        timeTitle: hostile,
                        times: [hostile],
                        unit: .won,
                        series: [.init(name: hostile, values: [1])]
                    ),
                    in: context
                )
            ),
            (
                "document",
                document(
                    Page(
                        title: hostile,
                        breadcrumbs: [.init(title: hostile, link: Link("/"))],
                        lead: HTML(text: hostile),
                        main: .empty,
                        source: PageSource(name: hostile)
                    ),
                    in: context
                )
            ),
        ]
    }()

    @Test(arguments: 0..<9) func `stays text`(index: Int) throws {
        let (name, html) = Self.pieces[index]
        #expect(!html.markup.contains("<script>"), "\(name)")
        #expect(html.markup.contains("&lt;script&gt;") || html.markup.contains("%3Cscript%3E"))
        _ = try tags(html)
    }
}

@Suite struct `a form` {
    @Test func `carries its token and its key, and only when it is posted`() {
        let context = testContext()
        let post = form(action: Link("/a"), context: context, idempotencyKey: "k1") { "<p></p>" }
        #expect(post.markup.contains(#"name="_token" value="token&quot;&lt;1&gt;""#))
        #expect(post.markup.contains(#"name="_idempotency" value="k1""#))
        let get = form(action: Link("/a"), method: .get, context: context) { .empty }
        #expect(!get.markup.contains("_token"))
    }

    @Test func `never writes a password back`() {
        let field = FormField(
            name: "p",
            label: "비밀번호",
            control: .password,
            values: ["secret-1"]
        )
        #expect(!formField(field, in: testContext()).markup.contains("secret-1"))
    }

    @Test func `leads from its errors to the first choice of a group`() throws {
        let field = FormField(
            name: "way",
            label: "방법",
            control: .radios([.init(value: "a", label: "가")]),
            error: "하나를 고르세요."
        )
        let context = testContext()
        let link = try #require(
            try tags(errorSummary(of: [field], in: context)).first { $0.name == "a" }
        )
        #expect(link.attributes["href"] == "#field-way")
        let inputs = try tags(formField(field, in: context)).filter { $0.name == "input" }
        #expect(inputs.map { $0.attributes["id"] } == ["field-way"])
    }

    @Test func `says nothing where nothing is wrong`() {
        #expect(errorSummary([], in: testContext()).isEmpty)
    }
}

@Suite struct `pages of a list` {
    @Test(arguments: [
        (1, 5, "1 2 3 4 5"), (1, 3, "1 2 3"), (3, 5, "1 2 3 4 5"), (6, 29, "1 _ 4 5 6 7 8 _ 29"),
        (4, 29, "1 2 3 4 5 6 _ 29"), (29, 29, "1 _ 27 28 29"), (1, 1, "1"),
    ])
    func `show the ends and their neighbours`(page: Int, count: Int, expected: String) {
        let window = Pagination(page: page, itemCount: count * 10, pageSize: 10).window
        let text = window.map { $0.map(String.init) ?? "_" }.joined(separator: " ")
        #expect(text == expected)
    }

    @Test func `keep the query and its order`() throws {
        let context = testContext(query: [("q", "한글 &"), ("page", "2"), ("sort", "-sum")])
        let html = pagination(Pagination(page: 2, itemCount: 30, pageSize: 10), in: context)
        let next = try #require(try tags(html).first { $0.attributes["rel"] == "next" })
        #expect(
            next.attributes["href"]
                == "/example?q=%ED%95%9C%EA%B8%80%20%26&amp;sort=-sum&amp;page=3"
        )
        #expect(html.markup.contains("30건 중 11–20"))
    }

    @Test func `a removed condition goes back to page one`() {
        let context = testContext(query: [("quarter", "1"), ("quarter", "2"), ("page", "7")])
        #expect(context.link(removing: "quarter", value: "1").target == "/example?quarter=2")
    }
}

@Suite struct `a chart` {
    @Test func `an axis holds its largest value in few round steps`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 {
            let largest = Double(Int64.random(in: 1...4_000_000_000_000, using: &random)) / 7
            let scale = ChartScale(largest: largest)
            #expect(scale.maximum >= largest && scale.maximum <= largest * 2.01)
            #expect((2...6).contains(scale.ticks.count))
        }
        #expect(ChartScale(largest: 0).maximum == 1)
        #expect(ChartScale(largest: .nan).maximum == 1)
        #expect(ChartScale(largest: 370_300_000_000).ticks.count == 5)
    }

    @Test func `a drawing has its numbers as a table`() throws {
        for id in ["bar-chart", "stacked-chart", "line-chart", "line-chart-two", "map"] {
            let tags = try tags(try example(id).render(testContext()))
            #expect(tags.contains { $0.name == "svg" && $0.attributes["role"] == "img" })
            #expect(tags.contains { $0.name == "title" } && tags.contains { $0.name == "desc" })
            #expect(tags.contains { $0.name == "table" })
        }
    }

    @Test func `a long label breaks at a space and ends in an ellipsis`() {
        let lines = labelLines("하드웨어 및 소프트웨어 도입과 통신망 고도화 사업", maximumWidth: 20)
        #expect(lines == ["하드웨어 및 소프트웨어 도입과 통신망", "고도화 사업"])
        let long = labelLines(String(repeating: "가", count: 60), maximumWidth: 20)
        #expect(long.count == 2 && long[1].hasSuffix("…"))
    }

    @Test func `bars without a value have no width`() {
        let chart = StackedBarChart(
            caption: ChartCaption(id: "c", title: "가", summary: "나"),
            categoryTitle: "다",
            parts: ["라"],
            unit: .won,
            bars: [.init(label: "마", values: [0])]
        )
        #expect(!stackedBarChart(chart, in: testContext()).markup.contains("nan"))
    }
}

@Suite struct `a document` {
    @Test func `names its language, its title and its feed`() {
        let context = testContext(.english)
        let page = Page(
            title: "Plans",
            main: "<p>x</p>",
            alternates: [.atom(title: "Feed", link: Link("/f.atom"))],
            hasErrors: true
        )
        let markup = document(page, in: context).markup
        #expect(markup.hasPrefix("<!doctype html>\n<html lang=\"en\""))
        #expect(markup.contains("<title>Error: Plans | Haechi City</title>"))
        #expect(markup.contains(#"type="application/atom+xml" title="Feed" href="/f.atom""#))
        #expect(markup.contains("A sample city"))
    }

    @Test func `asks of the browser what its pieces ask, and nothing because of a text`() {
        let piece: HTML = HTML("<video></video>").needing(.camera)
        let nested: HTML =
            "<p>\([piece])\(HTML(each: [1, 2]) { _ in HTML.empty.needing(.map) })</p>"
        let page = Page(title: "길", main: [nested, "x"].joined(separator: ", "))
        #expect(document(page, in: testContext()).needs == [.camera, .map])
        let typed = Page(title: " data-map", main: "<p>\(" data-camera data-map")</p>")
        #expect(document(typed, in: testContext()).needs == [])
    }

    @Test func `is dark for operators until they choose`() {
        var context = testContext()
        let page = Page(title: "운영", main: .empty, density: .operator)
        #expect(document(page, in: context).markup.contains(#"data-theme="dark""#))
        context.preferences.theme = .light
        #expect(document(page, in: context).markup.contains(#"data-theme="light""#))
    }

    @Test func `says that it is official only where the city says so`() {
        var context = testContext()
        let page = Page(title: "처음", main: .empty)
        #expect(!document(page, in: context).markup.contains("공식 전자정부"))
        context.showsOfficialBanner = true
        #expect(document(page, in: context).markup.contains("공식 전자정부"))
    }

    @Test(arguments: [400, 401, 403, 404, 413, 429, 500, 503])
    func `tells what to do about a problem`(status: Int) {
        for language in Language.allCases {
            let context = testContext(language)
            let page = problemPage(
                ProblemPage(status: status, requestID: "r-1", retryAfterSeconds: 5),
                in: context
            )
            let markup = document(page, in: context).markup
            #expect(markup.contains("r-1") && markup.contains("href=\"/\""))
            #expect(markup.contains("/sign-in\"") == (status == 401))
        }
    }

    @Test func `preferences come back from their cookie`() {
        for theme in DisplayPreferences.Theme.allCases {
            for contrast in DisplayPreferences.Contrast.allCases {
                let one = DisplayPreferences(theme: theme, contrast: contrast, textSize: .large)
                #expect(DisplayPreferences(cookie: one.cookie) == one)
            }
        }
        for text in ["", "light", "light.high", "light.high.huge", "light.high.large.x"] {
            #expect(DisplayPreferences(cookie: text) == nil)
        }
    }
}

@Suite struct `written values` {
    @Test func `dates are written as each language writes them`() throws {
        let day = try #require(LocalDate(iso: "2023-01-25"))
        let korean = dateText(day, style: .long, in: testContext()).markup
        #expect(korean == #"<time datetime="2023-01-25">2023년 1월 25일(수)</time>"#)
        let english = dateText(day, style: .long, in: testContext(.english)).markup
        #expect(english.contains("Wednesday, 25 January 2023"))
    }

    @Test func `money keeps its exact won`() {
        let markup = money(Won(184_512_345), in: testContext()).markup
        #expect(markup.contains(#"value="184512345" title="184,512,345원""#))
        #expect(markup.contains("1억 8,451만원"))
    }

    @Test func `what is chosen is never hidden behind more`() throws {
        let options = (0..<9).map {
            FilterPanel.Option(value: "\($0)", label: "\($0)", count: $0, isSelected: $0 == 8)
        }
        let panel = FilterPanel(
            action: Link("/x"),
            facets: [.init(name: "f", title: "가", options: options, isOpen: false)]
        )
        let markup = filterPanel(panel, in: testContext()).markup
        let more = try #require(markup.ranges(of: "2개 더 보기").first)
        let chosen = try #require(markup.ranges(of: "value=\"8\" checked").first)
        #expect(chosen.lowerBound < more.lowerBound)
    }
}

@Suite struct `A line chart` {
    private func drawn(_ times: [String], _ values: [Double]) -> String {
        let chart = LineChart(
            caption: ChartCaption(id: "chart", title: "일별", summary: "요약"),
            timeTitle: "날",
            times: times,
            unit: .count("건"),
            series: [.init(name: "건수", values: values)]
        )
        return lineChart(chart, in: testContext()).markup
    }

    @Test func `writes every time and value of few`() {
        let drawing = drawn(["2021", "2022", "2023"], [1, 7, 4])
        #expect(drawing.matches(of: /value inside/).count == 3)
        for year in ["2021", "2022", "2023"] { #expect(drawing.contains(">\(year)</text>")) }
    }

    @Test func `of many writes some times, the largest value and the last`() {
        let days = (1...30).map { "\($0)일" }
        let drawing = drawn(days, days.indices.map { $0 == 11 ? 40 : Double($0 % 5) })
        #expect(drawing.matches(of: /일<\/text>/).count == 8)
        #expect(drawing.contains(">30일</text>"), "the last day is written")
        #expect(drawing.matches(of: /value inside/).count == 2)
        #expect(drawing.matches(of: /class="point/).count == 30)
    }
}
