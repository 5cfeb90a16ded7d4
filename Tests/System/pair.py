"""Two servers on one PostgreSQL: what one publishes, both show and tell of once."""

import contextlib
import pathlib
import subprocess
import time

from checks import Skipped, check
from city import FOLLOWER, City
from plans import DISTRICT_AGENCY, DISTRICT_OFFICER, YEAR, Officer, follow, unread

WITH_POSTGRES = pathlib.Path(__file__).resolve().parents[2] / "Scripts" / "with-postgres"
# Twice what the other server may sleep without a signal.
MAXIMUM_NEWS_SECONDS = 12
BUDGET = 123_456_000


@contextlib.contextmanager
def postgres():
    """The address of a private PostgreSQL, which ends with the block."""
    command = [WITH_POSTGRES, "sh", "-c", 'echo "$HAECHI_TEST_POSTGRES"; exec cat']
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        address = process.stdout.readline().strip()
        if not address:
            raise Skipped("no PostgreSQL")
        yield address
        # The end of the block ends `cat`, and with it PostgreSQL.


def within(seconds, condition):
    """Asks until a condition holds or the time is over; whether it does."""
    deadline = time.monotonic() + seconds
    while not (holds := condition()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return holds


@check("what one server publishes, another on the same PostgreSQL shows and tells of once")
def two_servers(place):
    with (
        postgres() as address,
        City(place.haechi, place.data, HAECHI_DATABASE=address) as one,
        City(place.haechi, place.data, arguments=(), HAECHI_DATABASE=address) as other,
    ):
        officer = Officer.signed_in(one, DISTRICT_OFFICER, DISTRICT_AGENCY, 3)
        follower = other.cookie(FOLLOWER)
        place.expect(one.ask("/account", Cookie=follower).status == 200, "a session is one's own")
        follow(other, follower, officer.reference)

        def lists(city):
            page = city.ask(f"/procurement/projects?agency={DISTRICT_AGENCY}&year={YEAR}")
            return f"<strong>{len(officer.rows)}건</strong>" in page.text

        edition = officer.published(one, "plan.csv", officer.plan(BUDGET))
        place.expect(lists(one), "the server that published does not list the plan")
        place.expect(other.ask(edition).status == 200, f"the other does not know {edition}")
        place.expect(
            within(MAXIMUM_NEWS_SECONDS, lambda: lists(other)),
            f"the other does not list the plan within {MAXIMUM_NEWS_SECONDS} s",
        )
        place.expect(
            within(MAXIMUM_NEWS_SECONDS, lambda: unread(other, follower)), "nobody is told"
        )
        # The other way round, on what the other now has.
        officer.published(other, "again.csv", officer.plan(BUDGET + 1_000))
        place.expect(
            within(MAXIMUM_NEWS_SECONDS, lambda: unread(one, follower) >= 2),
            "the second edition is not told of",
        )
        told = unread(one, follower)
        place.expect(told == 2, f"2 editions, {told} notices")
