"""Plans of agencies, as an officer brings them: a file, a look at it, an edition."""

import csv
import dataclasses
import io
import re

from city import City

CITY_AGENCY = "11000"
DISTRICT_AGENCY = "11350"
DISTRICT_OFFICER = "district.plan@sample.example"
YEAR = 2023
BASIS = re.compile(r'name="basis" value="(\d*)"')
BUDGET_COLUMN = "사업비(원)"
BOUNDARY = "haechi-test-boundary"
BADGE = re.compile(r'<span class="badge">([\d,]+)</span>')


def multipart(fields, file_name, content):
    """The body of a form with one file, and its Content-Type (RFC 7578)."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return body, f"multipart/form-data; boundary={BOUNDARY}"


def table(header, rows):
    """A CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


@dataclasses.dataclass
class Officer:
    """Who publishes an agency's plan. A session outlives its server: each step is given one."""

    agency: str
    cookie: str
    token: str
    header: list
    rows: list

    @classmethod
    def signed_in(cls, city: City, login, agency, row_count):
        """Signs in and takes the first rows of the agency's present plan."""
        cookie = city.cookie(login)
        token = city.token(cookie, "/procurement/uploads")
        address = f"/procurement/projects.csv?agency={agency}&year={YEAR}"
        lines = csv.reader(io.StringIO(city.ask(address).body.decode("utf-8-sig")))
        header, *rows = lines
        return cls(agency, cookie, token, header, rows[:row_count])

    @property
    def reference(self):
        """The project whose budget every plan changes."""
        return f"{YEAR}/{self.agency}/{self.rows[0][0]}"

    def plan(self, budget):
        """The plan with another budget of its first project."""
        first = list(self.rows[0])
        first[self.header.index(BUDGET_COLUMN)] = str(budget)
        return table(self.header, [first, *self.rows[1:]])

    def upload(self, city, file_name, content):
        """The answer to an upload; it leads to the dry run."""
        fields = {
            "_token": self.token,
            "agency": self.agency,
            "year": YEAR,
            "kind": "revised",
            "unit": "",
        }
        body, kind = multipart(fields, file_name, content)
        return city.ask("/procurement/uploads", "POST", body, Cookie=self.cookie, Content_Type=kind)

    def look(self, city, path):
        """The dry run of an upload."""
        return city.ask(path, Cookie=self.cookie)

    def publish(self, city, path):
        """The answer to a publication; it leads to the edition."""
        # The edition that the dry run was compared with; none is named once it is published.
        found = BASIS.search(self.look(city, path).text)
        fields = {"_token": self.token, "basis": found[1] if found else ""}
        return city.post(path + "/publish", fields, Cookie=self.cookie)

    def published(self, city, file_name, content):
        """The address of the edition that a file became."""
        path = self.upload(city, file_name, content).place
        assert self.look(city, path).status == 200, f"no dry run of {file_name}"
        answer = self.publish(city, path)
        assert answer.status == 303, f"{file_name} is not published: {answer.status}"
        return answer.place


def follow(city, cookie, reference):
    """Has the person of a session told when a project changes."""
    answer = city.post(
        "/procurement/follows",
        {"_token": city.token(cookie), "reference": reference},
        Cookie=cookie,
    )
    assert answer.status == 303, f"{reference} cannot be followed: {answer.status}"


def unread(city, cookie):
    """How many notices the masthead counts."""
    found = BADGE.search(city.ask("/account", Cookie=cookie).text)
    return int(found[1].replace(",", "")) if found else 0
