import Basics

/// A page that says what went wrong and what to do.
public struct ProblemPage: Sendable, Hashable {
    /// The HTTP status.
    public var status: Int
    /// What went wrong, in a few words; the status' own words where nil.
    public var title: String?
    /// What went wrong and what to do; the status' own words where nil.
    public var message: String?
    /// What is wrong with single parameters.
    public var faults: [String]
    /// The number under which the log tells more.
    public var requestID: String?
    /// Seconds after which trying again makes sense.
    public var retryAfterSeconds: Int?

    /// Creates a page.
    public init(
        status: Int,
        title: String? = nil,
        message: String? = nil,
        faults: [String] = [],
        requestID: String? = nil,
        retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.title = title
        self.message = message
        self.faults = faults
        self.requestID = requestID
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// A page that says what went wrong and what to do next.
public func problemPage(_ problem: ProblemPage, in context: PageContext) -> Page {
    let words = problemWords(problem.status)
    let faults: HTML? =
        problem.faults.isEmpty
        ? nil : "<ul class=\"plain\">\(HTML(each: problem.faults) { "<li>\($0)</li>" })</ul>"
    let retry: HTML? = problem.retryAfterSeconds.map { seconds in
        let text = context.text(
            "\(seconds)초 뒤에 다시 시도할 수 있습니다.",
            "You can try again in \(seconds) seconds."
        )
        return "<p>\(text)</p>"
    }
    let number: HTML? = problem.requestID.map { id in
        let label = context.text("문의할 때 알려 주실 번호", "Quote this number when you ask")
        return "<p class=\"hint\">\(label): <code>\(id)</code></p>"
    }
    var actions = [linkButton(context.text("처음 화면으로", "Front page"), Link("/"))]
    if problem.status == 401 {
        actions.insert(
            linkButton(
                context.text("로그인", "Sign in"),
                context.accountLinks.signIn,
                style: .primary
            ),
            at: 0
        )
    }
    return Page(
        title: problem.title ?? words.title[context.language],
        lead: HTML(text: problem.message ?? words.message[context.language]),
        main: """
            <div class="problem"><p class="code" aria-hidden="true">\(problem.status)</p>\
            <div>\(faults)\(retry)\(buttonRow(actions))\(number)</div></div>
            """
    )
}

private func problemWords(_ status: Int) -> (title: Bilingual, message: Bilingual) {
    switch status {
    case 401:
        (
            Bilingual("로그인이 필요합니다", "Sign in first"),
            Bilingual("이 화면은 로그인한 뒤에 볼 수 있습니다.", "This page is for people who have signed in.")
        )
    case 403:
        (
            Bilingual("권한이 없습니다", "Not permitted"),
            Bilingual(
                "이 화면을 볼 권한이 없습니다. 필요하면 소속 기관의 관리자에게 요청해 주세요.",
                "You may not see this page. Ask the administrator of your organization."
            )
        )
    case 404:
        (
            Bilingual("찾을 수 없습니다", "Not found"),
            Bilingual(
                "주소가 바뀌었거나 없는 페이지입니다. 주소를 확인하거나 처음 화면에서 찾아 주세요.",
                "The address has changed or never existed. Check it, or start from the front page."
            )
        )
    case 413:
        (
            Bilingual("너무 큽니다", "Too large"),
            Bilingual("받을 수 있는 크기를 넘었습니다. 나누어 보내 주세요.", "Send it in smaller parts.")
        )
    case 429:
        (
            Bilingual("요청이 너무 많습니다", "Too many requests"),
            Bilingual("잠시 뒤에 다시 시도해 주세요.", "Try again in a moment.")
        )
    case 500...:
        (
            Bilingual("처리하지 못했습니다", "Something failed here"),
            Bilingual(
                "저희 쪽 문제로 처리하지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
                "A fault on our side stopped this. Try again in a moment."
            )
        )
    default:
        (
            Bilingual("요청을 읽을 수 없습니다", "The request cannot be read"),
            Bilingual("주소나 입력한 내용을 확인해 주세요.", "Check the address or what you entered.")
        )
    }
}
