"""kill -9 while people sign up and in, and officers upload and publish plans."""

import collections
import contextlib
import dataclasses
import http.client
import itertools
import random
import sqlite3
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from checks import check
from city import OFFICER, FOLLOWER, City, environment
from lifecycle import check_store, sign_in, sign_up
from plans import CITY_AGENCY, DISTRICT_AGENCY, DISTRICT_OFFICER, Officer, follow, unread

# Two clients a life: a plan then takes about 0.2 s from file to edition, and every step is hit.
CLIENTS = 2
LONGEST_LIFE_SECONDS = 0.35
PLAN_ROW_COUNT = 10
ROUNDS_BETWEEN_STORE_CHECKS = 10
LEAST_BUDGET = 1_000_000
MAXIMUM_NEWS_SECONDS = 30
# A first start takes about 0.5 s, most of it for the sample.
FIRST_STARTS = 12
FIRST_LIFE_SECONDS = (0.05, 0.5)
LOST = (OSError, http.client.HTTPException)  # No answer, or half of one, from a dying server.


@dataclasses.dataclass
class Upload:
    """How far a plan came before the server died."""

    officer: Officer
    name: str
    path: str = ""  # Empty until the upload was answered.
    is_asked: bool = False  # Whether its publication was sent.
    edition: str = ""  # Empty until the publication was answered.


@dataclasses.dataclass
class Burst:
    """What one life of the server was asked, and what of it was answered."""

    acknowledged: list = dataclasses.field(default_factory=list)  # Sign-ups.
    unanswered: list = dataclasses.field(default_factory=list)  # Sign-ups.
    cookies: list = dataclasses.field(default_factory=list)  # Sign-ins.
    uploads: list = dataclasses.field(default_factory=list)


@check("what was answered before kill -9 is there after it, once")
def killed(place):
    source = random.Random(place.seed)
    with City(place.haechi, place.data) as city:
        officers = [
            Officer.signed_in(city, OFFICER, CITY_AGENCY, PLAN_ROW_COUNT),
            Officer.signed_in(city, DISTRICT_OFFICER, DISTRICT_AGENCY, PLAN_ROW_COUNT),
        ]
        follower = city.cookie(FOLLOWER)
        for officer in officers:
            follow(city, follower, officer.reference)
    budgets = itertools.count(LEAST_BUDGET, 1_000)
    burst, uploads = Burst(), []
    for turn in range(place.rounds):
        city = City(place.haechi, place.data, arguments=())
        try:
            expect_kept(place, city, burst)
            uploads += burst.uploads
            burst = attacked(place, city, turn, officers, budgets, source)
        finally:
            city.kill()
        if turn % ROUNDS_BETWEEN_STORE_CHECKS == 0:
            check_store(place)
    with City(place.haechi, place.data, arguments=()) as city:
        expect_kept(place, city, burst)
        uploads += burst.uploads
        published = sum(upload.is_asked for upload in uploads)
        wait_for_news(city, follower, published)
        told = unread(city, follower)
        place.expect(told == published, f"{published} editions, {told} notices for the follower")
    check_store(place)
    expect_whole(place, uploads)


@check("a sample city that kill -9 cut short is made to its end at the next start")
def killed_at_first(place):
    source = random.Random(place.seed)
    for turn in range(FIRST_STARTS):
        data = place.folder / f"first{turn}"
        with open(data.with_suffix(".log"), "ab") as log:
            server = subprocess.Popen(
                [place.haechi, "serve", "--sample", "--data", data, "--port", "0"],
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(source.uniform(*FIRST_LIFE_SECONDS))
        server.kill()
        server.wait()
        with City(place.haechi, data) as city:
            listing = city.ask("/procurement/projects").text
            place.expect("1,431건" in listing, f"{data.name}: not all projects")
            place.expect("표본 도시입니다" in listing, f"{data.name}: not said to be a sample")
            place.expect(city.sign_in(FOLLOWER).status == 303, f"{data.name}: nobody to sign in")


def attacked(place, city, turn, officers, budgets, source):
    """Asks side by side, each client something else, until the server is killed."""
    burst = Burst()

    def taken(answer, what):
        """A dying server gives no answer; one that refuses is another fault."""
        place.expect(answer.status == 303, f"{what} gets {answer.status}")
        return answer.status == 303

    def sign_people_up():
        for count in itertools.count():
            login = f"turn{turn}.{count}@kill.example"
            burst.unanswered.append(login)
            if not taken(sign_up(city, login), f"signing {login} up"):
                return
            burst.unanswered.remove(login)
            burst.acknowledged.append(login)

    def sign_people_in():
        while taken(answer := city.sign_in(FOLLOWER), "signing in"):
            burst.cookies.append(answer.headers["Set-Cookie"].split(";")[0])

    def publish(officer):
        for count in itertools.count():
            upload = Upload(officer, f"{officer.agency}-{turn}-{count}.csv")
            burst.uploads.append(upload)
            answer = officer.upload(city, upload.name, officer.plan(next(budgets)))
            if not taken(answer, f"uploading {upload.name}"):
                return
            upload.path = answer.place
            officer.look(city, upload.path)
            upload.is_asked = True
            answer = officer.publish(city, upload.path)
            if not taken(answer, f"publishing {upload.name}"):
                return
            upload.edition = answer.place

    def client(work, *arguments):
        with contextlib.suppress(*LOST):
            work(*arguments)

    works = [(sign_people_up,), (sign_people_in,), *((publish, officer) for officer in officers)]
    threads = [threading.Thread(target=client, args=work) for work in source.sample(works, CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        # The life of the server: it ends at this moment, whatever is under way.
        threads[0].join(source.uniform(0, LONGEST_LIFE_SECONDS))
    finally:
        city.kill()
        for thread in threads:
            thread.join()
    return burst


def expect_kept(place, city, burst):
    """Holds what the last server answered against what this one knows."""

    def account(login):
        status = sign_in(city, login).status
        place.expect(status == 303, f"{login} was signed up, and after the crash gets {status}")

    def half_account(login):
        statuses = sign_in(city, login).status, sign_up(city, login).status
        # Either it was kept whole, or nothing of it was.
        place.expect(
            statuses in ((303, 422), (422, 303)), f"{login} is half an account: {statuses}"
        )

    def session(cookie):
        status = city.ask("/account", Cookie=cookie).status
        place.expect(status == 200, f"a session is lost: {status}")

    def plan(upload):
        if not upload.path:
            return
        look = upload.officer.look(city, upload.path)
        place.expect(
            look.status == 200 and upload.name in look.text,
            f"{upload.name} was taken, and after the crash gets {look.status}",
        )
        if not upload.is_asked:
            return
        # Pressed again, as people do who got no answer.
        again = upload.officer.publish(city, upload.path)
        place.expect(
            again.status == 303 and again.place.startswith("/procurement/editions/"),
            f"{upload.name} cannot be published again: {again.status} {again.place!r}",
        )
        if upload.edition:
            place.expect(
                again.place == upload.edition,
                f"{upload.name} was {upload.edition}, and now is {again.place}",
            )
        upload.edition = again.place

    with ThreadPoolExecutor(4) as pool:
        for work, things in (
            (account, burst.acknowledged),
            (half_account, burst.unanswered),
            (session, burst.cookies),
            (plan, burst.uploads),
        ):
            list(pool.map(work, things))


def wait_for_news(city, cookie, count):
    """Waits until the events of the last editions were handed on."""
    deadline = time.monotonic() + MAXIMUM_NEWS_SECONDS
    while unread(city, cookie) < count and time.monotonic() < deadline:
        time.sleep(0.05)


def expect_whole(place, uploads):
    """Asks the stopped store for halves and doubles, past what the pages show."""
    database = sqlite3.connect(f"file:{place.data}/haechi.sqlite?mode=ro", uri=True)

    def rows(question):
        return database.execute(question).fetchall()

    for name, question in {
        "doubled accounts": "SELECT login_name FROM identity_account"
        " GROUP BY lower(login_name) HAVING count(*) > 1",
        "accounts without a password": "SELECT login_name FROM identity_account"
        " WHERE login_name LIKE '%@kill.example'"
        " AND id NOT IN (SELECT account_id FROM identity_password)",
        "editions without all their projects": "SELECT id FROM procurement_edition AS e"
        " WHERE project_count"
        " <> (SELECT count(*) FROM procurement_project WHERE edition_id = e.id)",
        "plans with more or less than one current edition": "SELECT agency_id, plan_year"
        " FROM procurement_edition GROUP BY 1, 2 HAVING sum(is_current) <> 1",
        "plans whose numbers have gaps": "SELECT agency_id, plan_year FROM procurement_edition"
        " GROUP BY 1, 2 HAVING max(number) <> count(*)",
        # Nobody listens to some events of the sample yet: those of roads that wait for repair.
        "events that were not handed on": "SELECT id FROM event_outbox"
        " WHERE id NOT IN (SELECT event_id FROM event_delivery WHERE state = 'delivered')"
        " AND name IN (SELECT o.name FROM event_outbox AS o"
        " JOIN event_delivery AS d ON d.event_id = o.id)",
    }.items():
        found = rows(question)
        place.expect(not found, f"{name}: {found[:3]}")
    editions = collections.Counter(
        name for (name,) in rows("SELECT source_file FROM procurement_edition")
    )
    for upload in uploads:
        count = editions[upload.name]
        place.expect(count == upload.is_asked, f"{upload.name} became {count} editions")
    events = rows("SELECT count(*) FROM event_outbox WHERE name LIKE 'procurement.%'")[0][0]
    place.expect(
        events == editions.total(), f"{editions.total()} editions were told of {events} times"
    )
    audited = rows("SELECT count(*) FROM audit_record WHERE action = 'procurement.publish'")[0][0]
    asked = sum(upload.is_asked for upload in uploads)
    place.expect(audited == asked, f"{asked} publications have {audited} audit records")
    database.close()
