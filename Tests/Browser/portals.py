"""What residents come to the portals for, and the officers who answer, by keyboard alone.

    python portals.py BASE_URL

Somebody of 27 who rents alone finds what fits and why something does not, applies with two documents,
stops and resumes, and is asked for a correction; parents of twins see what comes when, apply and get a
decision with its letter; somebody who raises a child alone without a PC applies and is allocated one.
Each sees who read the application. The last line is 'N passed, N failed'; the exit code is 1 where
anything failed.
"""

import datetime
import re
import sys
from urllib.parse import urljoin, urlsplit

from driving import PASSWORD, Stuck, Visit, tell_all

MAXIMUM_STEPS = 60
SETTINGS = [
    ("with scripts, wide", 1280, True, "wide"),
    ("without scripts, on a telephone", 360, False, "narrow"),
]
OFFICER, APPROVER = "benefits@sample.example", "approver@sample.example"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63f8cfc0"
    "f01f00050001ff89993d1d0000000049454e44ae426082"
)
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
FILES = [
    {"name": "견본.pdf", "mimeType": "application/pdf", "buffer": PAPER},
    {"name": "견본.png", "mimeType": "image/png", "buffer": PICTURE},
]


class PortalVisit(Visit):
    """Somebody who applies for something, and those who decide about it."""

    procedure = ""
    # What they answer, by the name of the fact or the question.
    answers = {}

    def text(self):
        return self.page.inner_text("main")

    def path(self):
        return urlsplit(self.page.url).path

    def leave(self):
        self.page.context.clear_cookies()

    def sign_up(self, setting, path):
        """A resident of the story's own."""
        self.login = f"{self.procedure}.{setting}@sample.example"
        self.page.goto(urljoin(self.base, "/sign-up"))
        self.answer({"kind": "resident", "name": "견본 신청인", "login": self.login})
        self.start_over()
        self.tab_to("#field-password")
        self.page.keyboard.type(PASSWORD)
        self.enter()
        self.leave()
        self.enter_the_city(self.login, path)

    # MARK: Fields

    def answer(self, answers):
        """Answers the fields of the page whose names end in one of these."""
        fields = self.page.eval_on_selector_all(
            "main form [name]:not([type=hidden], [type=file], button)",
            "all => all.map(one => [one.name, one.type])",
        )
        for name, kind in dict(fields).items():
            fact = name.rpartition(".")[2]
            # Nobody of these stories has received anything before.
            value = "no" if re.match("(everR|r)ecei", fact) else answers.get(fact)
            if value is not None:
                self.start_over()
                self.put(name, kind, value)

    def put(self, name, kind, value):
        self.tab_to(f'main [name="{name}"]')
        keyboard = self.page.keyboard
        if kind == "radio":
            for _ in range(MAXIMUM_STEPS):
                if self.page.evaluate("document.activeElement.value") == value:
                    break
                keyboard.press("ArrowDown")
            keyboard.press("Space")
        elif kind == "checkbox":
            self.tick(name)
        elif kind == "select-one":
            while self.page.evaluate("document.activeElement.value") != value:
                before = self.page.evaluate("document.activeElement.selectedIndex")
                keyboard.press("ArrowDown")
                if self.page.evaluate("document.activeElement.selectedIndex") == before:
                    raise Stuck(f"{name} offers no {value!r}")
        elif kind == "date":
            year, month, day = value.split("-")
            keyboard.type(f"{month}{day}{year}")
            kept = self.page.evaluate("document.activeElement.value")
            self.check(kept == value, f"{name} takes {kept!r} for {value!r}")
        else:
            keyboard.press("Control+A")
            keyboard.type(value)

    def tick(self, name):
        """Checks every box of a name."""
        for place in range(self.page.locator(f'main [name="{name}"]').count()):
            if place:
                self.page.keyboard.press("Tab")
            if not self.page.evaluate("document.activeElement.checked"):
                self.page.keyboard.press("Space")

    def press(self, selector):
        self.start_over()
        self.follow_to(selector)

    # MARK: Applying

    def begin(self):
        self.page.goto(urljoin(self.base, f"/apply/{self.procedure}"))
        self.press(f"main form[action='/apply/{self.procedure}'] button")
        self.go_on()

    def go_on(self):
        """From what the draft has so far to the first page that lacks something."""
        self.check(self.path().startswith("/apply/cases/"), f"the draft is at {self.path()}")
        self.press("main a.button[href^='/apply/cases/']")

    def fill_steps(self, until="check"):
        """Goes through the pages of the form until one."""
        for _ in range(MAXIMUM_STEPS):
            step = self.path().rpartition("/")[2]
            if step.startswith(until):
                return
            if step.startswith("document."):
                self.upload("main form[action*='/upload/']")
                self.press(f"main form[action$='/{step}'] button")
            else:
                self.answer(self.answers)
                self.press("main form button")
                if self.page.is_visible("[data-error-summary]"):
                    raise Stuck(f"{step}: {self.page.inner_text('[data-error-summary]')!r}")
        raise Stuck(f"the form does not come to {until}")

    def upload(self, form):
        """Sends two files in one go; which they are is chosen in a window of the browser's own."""
        self.page.locator(f"{form} input[type=file]").first.set_input_files(FILES)
        self.press(f"{form} button")
        for file in FILES:
            self.check(file["name"] in self.text(), f"{file['name']} is not listed")

    def send(self):
        """Sends the application: its receipt number, and its page."""
        self.press("main form[action$='/check'] button")
        found = re.search(r"\d{4}-[A-Z]+-\d{6}", self.text())
        self.check(found, f"no receipt number on {self.page.url}")
        self.receipt = found[0] if found else ""
        self.case = self.path().rpartition("/")[2]

    def see_application(self):
        self.leave()
        self.enter_the_city(self.login, f"/applications/{self.case}")

    # MARK: The desk

    def open_at_desk(self, officer):
        self.leave()
        self.enter_the_city(officer, "/desk")
        if not self.page.is_visible("#filter-q"):
            self.follow_open("details.filters > summary")
        self.tab_to("#filter-q")
        self.page.keyboard.type(self.receipt)
        self.enter()
        self.follow_to("main a[href^='/desk/cases/']")
        self.check(self.receipt in self.page.inner_text("body"), "the desk opens another case")
        self.case_at_desk = self.path()

    def follow_open(self, selector):
        self.tab_to(selector)
        self.page.keyboard.press("Enter")

    def order(self, action, **answers):
        """Does one of the things an officer can do with the open case."""
        form = f"details:has(input[name=action][value={action}])"
        if not self.page.locator(form).count():
            raise Stuck(f"the desk does not offer {action}")
        self.start_over()
        self.follow_open(f"{form} > summary")
        for name, value in answers.items():
            field = f"{action}.{name}"
            if value is True:
                self.start_over()
                self.tab_to(f'main [name="{field}"]')
                self.page.keyboard.press("Space")
            else:
                self.start_over()
                self.put(field, "text", value)
        self.press(f"{form} form button")
        # A refusal answers at the address of the form.
        self.check(self.path() == self.case_at_desk, f"{action} leads to {self.path()}")

    def correct(self):
        """The officer asks for a document again, and the applicant answers."""
        self.open_at_desk(OFFICER)
        self.order("take")
        reason = "글자가 흐립니다. 다시 올려 주세요."
        self.order("correction", reason=reason, document=True)
        self.see_application()
        self.check(reason in self.text(), "the applicant does not read what is asked for")
        self.upload("#asked form[action*='/upload/']")
        self.start_over()
        self.tab_to("#part-correction textarea")
        self.page.keyboard.type("다시 찍었습니다.")
        self.press("#part-correction button")
        self.check(not self.page.locator("#part-correction").count(), "the correction stays open")

    def approve(self):
        self.open_at_desk(OFFICER)
        if self.page.locator("input[name=action][value=take]").count():
            self.order("take")
        if self.page.locator("input[name=action][value=proposeApproval]").count():
            self.order("proposeApproval", reason="모든 조건에 맞습니다.")
            self.open_at_desk(APPROVER)
        self.order("approve", reason="모든 조건에 맞습니다.")

    def see_readers(self):
        readers = self.page.inner_text("#readers")
        self.check("담당 기관 직원" in readers, f"the readers are not told: {readers!r}")


class YouthStory(PortalVisit):
    """Renting alone at 27."""

    procedure = "seoul-youth-rent"
    answers = {
        "telephone": "010-0000-0000", "birthDate": "1999-02-10", "militaryServiceMonths": "0",
        "seoulResident": "yes", "householdForm": "single", "tenancy": "privateRent",
        "homeOwned": "no", "insuranceHouseholdSize": "1", "insuranceIncome": "2400000",
        "deposit": "30000000", "rent": "550000", "generalAssets": "30000000", "carValue": "0",
        "basicLivelihood": "none", "account": "견본은행 000-0000-0000", "consent": "",
    }  # fmt: skip
    # Without an account they are asked of less, and the deposit is too high for the rent support.
    guesses = answers | {"deposit": "85000000"}
    ASKED = 16

    def find(self):
        self.page.goto(urljoin(self.base, "/youth"))
        self.follow_to("main a[href='/youth/check']")
        for _ in range(self.ASKED):
            asked = self.page.locator("input[name=asked]")
            if not asked.count():
                break
            knows = asked.input_value() in self.guesses
            self.answer(self.guesses)
            self.press(f"main button[value={'answer' if knows else 'later'}]")
        self.press("main a[href$='/results']")
        self.check("받을 수 있음" in self.text(), "the results do not say what fits")
        self.press("main a[href*='group=not']")
        self.check("서울시 청년월세지원" in self.text(), "a deposit of 85,000,000 won is no reason")
        self.check("보증금이 500만원 낮으면 가능합니다." in self.text(), "what would fit is not told")

    def steps(self, setting):
        self.find()
        self.sign_up(setting, "/youth")
        self.begin()
        self.fill_steps(until="document.")
        self.stop_and_resume()
        self.fill_steps()
        self.send()
        self.correct()
        self.approve()
        self.see_application()
        self.check("선정" in self.text(), "the applicant is not told of the selection")
        self.see_readers()

    def stop_and_resume(self):
        draft = self.path().rpartition("/")[0]
        self.press("main button[name=later]")
        self.page.goto(urljoin(self.base, f"/apply/{self.procedure}"))
        self.follow_to("main a[href^='/apply/cases/']")
        self.go_on()
        self.check(self.path().startswith(draft), f"{draft} goes on at {self.path()}")


class ChildcareStory(PortalVisit):
    """Expecting twins."""

    procedure = "pregnancy-transport"
    answers = {
        "telephone": "010-0000-0000", "seoulResident": "yes", "seoulSince": "2020-01-01",
        "pregnantWeeks": "20", "bothParentsForeign": "no", "birthOrder": "1", "card": "kb",
        "youngestBirthDate": None, "consent": "",
    }  # fmt: skip

    def see_what_comes(self, children):
        self.page.goto(urljoin(self.base, "/childcare/timeline"))
        due = datetime.date.today() + datetime.timedelta(days=140)
        self.answer(self.answers | {"due": due.isoformat(), "expected": children})
        self.press("main form[action='/childcare/timeline/family'] button")
        return self.text()

    def steps(self, setting):
        amounts = []
        for children in ("1", "2"):
            said = self.see_what_comes(children)
            found = re.search(r"서울형 산후조리경비 지원[^\n]*\n.*?(\d+)만원", said, re.DOTALL)
            amounts.append(int(found[1]) if found else 0)
            self.leave()
        one, two = amounts
        self.check(one and two >= 2 * one, f"care after birth is {two} for twins, {one} for one")
        self.sign_up(setting, "/childcare")
        self.begin()
        self.fill_steps()
        self.send()
        self.correct()
        self.approve()
        self.see_application()
        self.check("승인" in self.text(), "the applicant is not told of the approval")
        self.see_readers()


class SharedPCStory(PortalVisit):
    """Raising a child alone without a PC."""

    procedure = "shared-pc"
    answers = {
        "telephone": "010-0000-0000", "seoulResident": "yes", "onlyParent": "yes",
        "basicLivelihood": "none", "situation": None, "deliveryDistrict": "11350",
        "deliveryTelephone": "010-0000-0000", "wish": "desktop", "installation": "yes",
        "consent": "",
    }  # fmt: skip

    def steps(self, setting):
        home = f"서울 노원구 견본로 {setting}"
        self.answers = self.answers | {"registeredAddress": home, "deliveryAddress": home}
        self.sign_up(setting, "/shared-pcs")
        self.begin()
        self.fill_steps()
        self.send()
        self.approve()
        self.leave()
        self.enter_the_city("workshop@sample.example", "/shared-pcs/allocations")
        place = self.page.locator(f"main a:has-text('{self.receipt}')").get_attribute("href")
        self.follow_to(f"main a[href='{place}']")
        self.press("main form[action$='/allocate'] button")
        self.check("배정 풀기" in self.text(), "no machine was allocated")
        self.leave()
        self.enter_the_city(self.login, "/shared-pcs/mine")
        said = self.text()
        self.check(self.receipt in said, f"the machine of {self.receipt} is not shown")
        self.check("배정됨" in said, "the machine is not said to be allocated")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    kinds = (YouthStory, ChildcareStory, SharedPCStory)
    sys.exit(tell_all(kinds, SETTINGS, sys.argv[1]))
