"""What people come for, by keyboard alone: with scripts and without, wide and narrow.

    python stories.py BASE_URL

A resident searches, narrows by a condition, opens a project, signs in, follows it and unfollows it;
an administrator gives a grant and takes it; an officer adds to the staff directory; a member of staff
asks the assistant and hands a question over, a colleague answers it and keeps it as knowledge; a keeper
makes a bot, another puts it in force, somebody asks it; whoever stands at the front page finds things
across services, and staff find more there. The last line is 'N passed, N failed'; the exit code is 1
where anything failed.
"""

import re
import sys
from urllib.parse import parse_qs, urljoin, urlsplit

from driving import PASSWORD, Visit, tell_all

# Each story has a person of its own, because it changes what the person follows.
STORIES = [
    ("with scripts, wide", 1280, True, "resident@sample.example"),
    ("without scripts, wide", 1280, False, "company@sample.example"),
    ("with scripts, on a telephone", 360, True, "district.plan@sample.example"),
    ("without scripts, on a telephone", 360, False, "city.plan@sample.example"),
]
ADMINISTRATOR, OFFICER = "admin@sample.example", "district.plan@sample.example"


class Story(Visit):
    """A resident looks for a project and follows it."""

    @property
    def count(self):
        """How many projects the lead of the listing names."""
        found = re.search(r"([\d,]+)건", self.page.inner_text("main .lead"))
        return int(found[1].replace(",", "")) if found else None

    def open_conditions(self):
        if not self.page.is_visible("#filter-q"):
            self.tab_to("details.filters > summary")
            self.page.keyboard.press("Enter")
            self.check(self.page.is_visible("#filter-q"), "Enter does not open the conditions")

    def search(self):
        self.page.goto(urljoin(self.base, "/"))
        self.tab_to("main a[href='/procurement/projects'], nav a[href='/procurement/projects']")
        self.enter()
        whole = self.count
        self.check(whole and whole > 1000, f"the listing counts {whole}")
        self.open_conditions()
        self.tab_to("#filter-q")
        self.page.keyboard.type("유지관리")
        self.enter()
        found = self.count
        self.check(found and found < whole, f"a search finds {found} of {whole}")
        query = parse_qs(urlsplit(self.page.url).query)
        self.check(query.get("q") == ["유지관리"], f"the address does not hold the search: {query}")
        self.check(
            self.page.input_value("#filter-q") == "유지관리", "the search box forgot the words"
        )

    def narrow(self):
        before = self.count
        self.open_conditions()
        self.tab_to("input[name=agencyKind][value=district]")
        label = self.page.locator(
            "label[for='%s']" % self.page.evaluate("document.activeElement.id")
        )
        promised = int(re.search(r"([\d,]+)건", label.inner_text())[1].replace(",", ""))
        self.page.keyboard.press("Space")
        self.tab_to("form[role=search] button[type=submit], form[role=search] button:not([type])")
        self.enter()
        self.check(
            self.count == promised, f"the condition promised {promised}, and gives {self.count}"
        )
        self.check(self.count < before, "a condition does not narrow")
        query = parse_qs(urlsplit(self.page.url).query)
        self.check(
            query.get("agencyKind") == ["district"], f"the address lacks the condition: {query}"
        )
        self.check(query.get("q") == ["유지관리"], f"the condition forgot the search: {query}")

    def open_project(self):
        self.tab_to("main a[href*='/procurement/projects/2']")
        title = self.page.evaluate("document.activeElement.innerText").strip()
        self.enter()
        heading = self.page.inner_text("h1").strip()
        self.check(heading == title, f"the link {title!r} leads to {heading!r}")

    def sign_in(self, login):
        project = urlsplit(self.page.url).path
        self.tab_to("main a[href^='/sign-in']")
        self.enter()
        self.tab_to("#field-login")
        self.page.keyboard.type(login)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type("wrong")
        self.enter()
        self.check(
            self.page.is_visible("[data-error-summary]"), "a wrong password is not explained"
        )
        self.check(self.page.input_value("#field-login") == login, "the sign-in name is forgotten")
        self.page.evaluate("document.body.tabIndex = -1, document.body.focus()")
        self.tab_to("#field-password")
        self.page.keyboard.type(PASSWORD)
        self.enter()
        arrived = urlsplit(self.page.url).path
        self.check(arrived == project, f"signing in leads to {arrived}, not back to {project}")

    def follow(self):
        project = self.page.url
        self.check("관심사업 등록" in self.page.inner_text("main"), "no button to follow")
        self.tab_to("form[action='/procurement/follows'] button")
        self.enter()
        status = self.page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
        self.check(status == 200, f"following answers {status}")
        self.page.goto(project)
        self.check("관심사업 해제" in self.page.inner_text("main"), "the project is not followed")
        self.tab_to("form[action='/procurement/follows'] button")
        self.enter()
        self.page.goto(project)
        self.check("관심사업 등록" in self.page.inner_text("main"), "the project is still followed")

    def steps(self, login):
        self.search()
        self.narrow()
        self.open_project()
        self.sign_in(login)
        self.follow()


class OfficeStory(Story):
    """What people who work for the city come for."""

    def give_and_take(self):
        self.enter_the_city(ADMINISTRATOR, "/admin/accounts")
        self.open_conditions()
        self.tab_to("#filter-q")
        self.page.keyboard.type("company@sample")
        self.enter()
        self.tab_to("main tbody a[href^='/admin/accounts/']")
        self.enter()
        self.choose("#field-role", "감사 담당자")
        self.tab_to("form[action$='/grants'] button")
        self.enter()
        self.check("감사 담당자" in self.page.inner_text("#grants"), "the grant is not there")
        self.tab_to("form[action$='/grants/take'] button")
        self.enter()
        self.check("감사 담당자" not in self.page.inner_text("#grants"), "the grant is not gone")

    def add_to_directory(self):
        self.enter_the_city(OFFICER, "/people")
        self.tab_to("main a[href='/people/new']")
        self.enter()
        for name, words in [
            ("department", "공원녹지과"), ("position", "주무관"), ("name", "견본 여덟"),
            ("duty", "놀이터 관리"), ("telephone", "010-0000-0000"),
        ]:  # fmt: skip
            self.tab_to(f"#field-{name}")
            self.page.keyboard.type(words)
        self.tab_to("main form button")
        self.enter()
        self.check(self.page.is_visible("#field-telephone-error"), "a mobile number is taken")
        kept = self.page.input_value("#field-duty")
        self.check(kept == "놀이터 관리", f"the refused form forgot: {kept!r}")
        self.page.evaluate("document.body.tabIndex = -1, document.body.focus()")
        self.tab_to("#field-telephone")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type("02-000-0177")
        self.tab_to("main form button")
        self.enter()
        self.check("놀이터 관리" in self.page.inner_text("main"), "the entry is not there")
        self.tab_to("form[action$='/remove'] button")
        self.enter()
        self.check(urlsplit(self.page.url).path == "/people", "removing leads elsewhere")

    def steps(self, _):
        self.give_and_take()
        self.page.context.clear_cookies()
        self.add_to_directory()


class AssistantStory(OfficeStory):
    """A question that is answered, and one that goes to a person and comes back as knowledge."""

    QUESTION = "옥상 텃밭 분양"

    def ask(self, words):
        self.page.goto(urljoin(self.base, "/assistant"))
        self.tab_to("#field-question")
        self.page.keyboard.type(words)
        self.tab_to("main form[action='/assistant/talks'] button")
        self.enter()
        # With scripts the answer comes into the page, and the focus goes back to the box at its end.
        self.page.wait_for_selector("[data-talk-stop]", state="hidden")

    def be_answered(self):
        self.enter_the_city("staff@sample.example", "/assistant")
        self.ask("복지포인트는 언제 얼마나 받나요")
        answer = self.page.inner_text(".talk .assistant")
        self.check("맞춤형복지포인트" in answer, f"no document is named: {answer!r}")
        self.check(self.page.is_visible("blockquote"), "nothing is quoted")
        self.tab_to("form[action$='/helpful'] button")
        self.enter()
        said = self.page.inner_text(".talk .assistant")
        self.check("도움이 되었다고" in said, "what was said of the answer is not kept")

    def hand_over(self):
        self.ask(self.QUESTION)
        answer = self.page.inner_text(".talk .assistant")
        self.check("답을 찾지 못했습니다" in answer, f"an absurd answer: {answer!r}")
        self.tab_to("form[action$='/hand-over'] button")
        self.enter()
        answer = self.page.inner_text(".talk .assistant")
        self.check("담당자에게 넘겼습니다" in answer, "the hand-over is not told")
        return self.page.url

    def reply(self):
        self.enter_the_city("agent@sample.example", "/assistant/queue")
        self.tab_to("main tbody a")
        self.enter()
        self.tab_to("#field-reply")
        self.page.keyboard.type("후생팀에 신청합니다.")
        self.tab_to("form[action$='/reply'] button")
        self.enter()
        self.tab_to("form[action$='/promote'] button")
        self.enter()
        self.check("초안" in self.page.inner_text("main"), "it is not kept as a draft")

    def steps(self, _):
        self.be_answered()
        talk = self.hand_over()
        self.page.context.clear_cookies()
        self.reply()
        self.page.context.clear_cookies()
        self.enter_the_city("staff@sample.example", "/assistant")
        self.page.goto(talk)
        told = self.page.inner_text(".talk")
        self.check("후생팀에 신청합니다." in told, "the reply is not in the talk")


class SearchStory(OfficeStory):
    """Finding things from the front page without knowing which service keeps them."""

    def search_the_city(self, words):
        self.page.goto(urljoin(self.base, "/"))
        self.tab_to("main #search-q")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Tab")
        self.enter()
        arrived = urlsplit(self.page.url).path
        self.check(arrived == "/search", f"searching leads to {arrived}")
        kept = self.page.input_value("#search-q")
        self.check(kept == words, f"the box forgot the words: {kept!r}")

    def groups(self):
        return self.page.locator("main section h2").all_inner_texts()

    def find_and_open(self):
        self.search_the_city("쳇봇을")
        self.check("챗봇" in self.page.inner_text(".also"), "what was searched is not told")
        self.check(self.page.locator("main mark").count() > 0, "nothing is marked")
        self.tab_to("main .results a[href^='/procurement/projects/']")
        title = self.page.evaluate("document.activeElement.innerText").strip()
        self.enter()
        self.check(self.page.inner_text("h1").strip() == title, f"{title!r} leads elsewhere")

    def turn_the_page(self):
        self.search_the_city("유지관리")
        self.tab_to("main a[href*='in=projects']")
        self.enter()
        first = self.page.inner_text("main .results li:first-child")
        self.tab_to("nav.pages a[rel=next]")
        self.enter()
        second = self.page.inner_text("main .results li:first-child")
        self.check(first != second, "the second page shows what the first does")
        self.tab_to("main a[href^='/procurement/projects?q=']")
        self.enter()
        self.check(self.count and self.count > 20, f"the service's own list counts {self.count}")

    def steps(self, _):
        self.find_and_open()
        self.turn_the_page()
        self.search_the_city("복지포인트")
        self.check(
            not any("업무 지식" in group for group in self.groups()),
            "a visitor finds what only staff may read",
        )
        self.enter_the_city("staff@sample.example", "/assistant")
        self.search_the_city("복지포인트")
        self.check(
            any("업무 지식" in group for group in self.groups()), "staff do not find knowledge"
        )
        self.tab_to("main .results a[href^='/assistant/knowledge/']")
        self.enter()
        self.check("복지포인트" in self.page.inner_text("main"), "the passage is not there")


class BotStory(AssistantStory):
    """A keeper makes a bot, another puts it in force, and somebody asks it."""

    NAME = "복무 도우미"
    MENU = ["연가", "- 신청 방법: 연가 신청은 어떻게 하나요?"]

    def take(self, words):
        """Presses the button that takes the bot a step further."""
        self.page.evaluate("document.body.tabIndex = -1, document.body.focus()")
        self.tab_to("form[action$='/status'] button")
        found = self.page.evaluate("document.activeElement.innerText").strip()
        self.check(found == words, f"the next step is {found!r}, not {words!r}")
        self.enter()

    def make(self):
        self.enter_the_city("knowledge@sample.example", "/assistant/bots")
        self.tab_to("main a[href='/assistant/bots/new']")
        self.enter()
        self.tab_to("#field-name")
        self.page.keyboard.type(self.NAME)
        self.tab_to("input[name=shelf][value=personnel]")
        self.page.keyboard.press("Space")
        self.tab_to("#field-menu")
        for line in self.MENU:
            self.page.keyboard.type(line)
            self.page.keyboard.press("Enter")
        self.tab_to("main form[action='/assistant/bots'] button")
        self.enter()
        self.check(self.page.is_visible("#field-greeting-error"), "an empty greeting is taken")
        kept = self.page.input_value("#field-name")
        self.check(kept == self.NAME, f"the refused form forgot: {kept!r}")
        self.page.evaluate("document.body.tabIndex = -1, document.body.focus()")
        self.tab_to("#field-greeting")
        self.page.keyboard.type("연가를 물어보세요.")
        self.tab_to("main form[action='/assistant/bots'] button")
        self.enter()
        self.check("초안" in self.page.inner_text("main"), "a new bot is no draft")
        return urlsplit(self.page.url).path

    def put_in_force(self, place):
        self.enter_the_city("agent@sample.example", place)
        self.take("검토 완료")
        self.take("시행하기")

    def ask_bot(self, place):
        bot = place.removesuffix("/manage")
        self.enter_the_city("staff@sample.example", bot)
        self.tab_to(".menu summary")
        self.page.keyboard.press("Enter")
        self.tab_to(".menu details button")
        self.enter()
        self.check(self.page.is_visible("blockquote"), "the bot quotes nothing")
        self.check(self.NAME in self.page.inner_text("body"), "the talk names no bot")

    def retire(self, place):
        self.enter_the_city("knowledge@sample.example", place)
        self.take("폐지하기")

    def steps(self, _):
        place = self.make()
        for step in (self.put_in_force, self.ask_bot, self.retire):
            self.page.context.clear_cookies()
            step(place)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    kinds = (Story, OfficeStory, AssistantStory, BotStory, SearchStory)
    sys.exit(tell_all(kinds, STORIES, sys.argv[1]))
