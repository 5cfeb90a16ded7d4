"""What leaves the house: notices by e-mail through the relay, and to web hooks."""

import datetime
import email
import email.policy
import email.utils
import json
import shutil
import sqlite3
import subprocess

from checks import Skipped, check
from city import City
from lifecycle import SENTENCE, sign_up
from outside import HANG, Forbidden, Receiver, Relay, certificate
from plans import BUDGET_COLUMN, DISTRICT_AGENCY, DISTRICT_OFFICER, YEAR, Officer, follow

SENDER = "notices@city.example"
SITE = "시험시"
TRUSTED = "/etc/ssl/certs/ca-certificates.crt"
LONG_TITLE = "줄을 바꾼\n아주 긴 이름의 사업 " * 30
# This machine, as those write it who hope that nobody notices.
INSIDE = ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:7f00:1]")
KEY_COLUMN, TITLE_COLUMN = "관리번호", "사업명"


def reader(city, login, reference, channels):
    """A person who follows a project and is told over these channels."""
    assert sign_up(city, login).status == 303, f"{login} cannot sign up"
    cookie = city.cookie(login, SENTENCE)
    token = city.token(cookie)
    for kind, address in channels:
        fields = {"_token": token, "kind": kind, "address": address}
        answer = city.post("/notices/channels", fields, Cookie=cookie)
        assert answer.status == 303, f"{address} is not taken: {answer.status}"
    follow(city, cookie, reference)
    return cookie


def deliveries(place):
    """The address, state, attempts and last error of every delivery. Needs a stopped server."""
    database = sqlite3.connect(f"file:{place.data}/haechi.sqlite?mode=ro", uri=True)
    rows = database.execute(
        "SELECT c.address, j.state, j.attempts, coalesce(j.last_error, '')"
        " FROM job AS j JOIN city_notice_channel AS c ON c.id = j.payload ->> 'channelID'"
        " WHERE j.name = 'city.notice-delivery'"
    ).fetchall()
    database.close()
    return {address: rest for address, *rest in rows}


@check("a notice goes out by e-mail once, again after 4xx, never again after 5xx")
def mail(place):
    replies = {
        "later@mail.example": ["451 4.7.1 come back later"],
        "never@mail.example": ["550 5.1.1 no such mailbox"],
        "hung@mail.example": [HANG],
    }
    with Relay(replies) as relay:
        settings = {
            "HAECHI_MAIL_RELAY": f"smtp://127.0.0.1:{relay.port}",
            "HAECHI_MAIL_FROM": SENDER,
            "HAECHI_SITE_NAME": SITE,
            "HAECHI_PUBLIC_URL": "http://city.example",
        }
        with City(place.haechi, place.data, **settings) as city:
            officer = Officer.signed_in(city, DISTRICT_OFFICER, DISTRICT_AGENCY, 3)
            rename(officer)
            officer.published(city, "before.csv", officer.plan(1_000_000))
            for name in ("prompt", "later", "never", "hung"):
                channels = [("mail", f"{name}@mail.example")]
                reader(city, f"{name}@people.example", officer.reference, channels)
            long = f"{YEAR}/{DISTRICT_AGENCY}/{officer.rows[1][0]}"
            reader(city, "long@people.example", long, [("mail", "long@mail.example")])
            second = officer.rows[1]
            second[officer.header.index(BUDGET_COLUMN)] = "3000000"
            officer.published(city, "after.csv", officer.plan(2_000_000))
            for name in ("prompt", "later", "long"):
                address = f"{name}@mail.example"
                arrived = relay.wait(lambda address=address: relay.taken[address])
                place.expect(arrived, f"nothing arrives at {address}")
            tried = relay.wait(lambda: relay.attempts["never@mail.example"])
            place.expect(tried, "nobody asked for never@mail.example")
            place.expect(relay.attempts["hung@mail.example"] == 1, "the relay did not hang")
            place.expect(city.is_well(), "a hanging relay stops the pages")
        for name in ("prompt", "later", "long"):
            count = len(relay.taken[f"{name}@mail.example"])
            place.expect(count == 1, f"{name}@mail.example gets {count} messages")
        place.expect(relay.attempts["later@mail.example"] == 2, "451 is not tried again once")
        if relay.taken["prompt@mail.example"]:
            expect_message(place, officer, *relay.taken["prompt@mail.example"][0])
    found = deliveries(place)
    for name, state, attempts in (
        ("prompt", "done", 1),
        ("long", "done", 1),
        ("later", "done", 2),
        ("never", "dead", 1),
    ):
        given = found.get(f"{name}@mail.example")
        place.expect(
            given and given[:2] == [state, attempts],
            f"{name}@mail.example is {given}, not {state} after {attempts}",
        )


def rename(officer):
    """Gives the first project a Korean key, and the second a title that is no subject."""
    first, second = officer.rows[:2]
    first[officer.header.index(KEY_COLUMN)] = "디지털정보과-2023-정보화-001"
    second[officer.header.index(TITLE_COLUMN)] = LONG_TITLE


def expect_message(place, officer, sender, message):
    title = officer.rows[0][officer.header.index(TITLE_COLUMN)]
    place.expect(sender == SENDER, f"the envelope says {sender!r}")
    place.expect(message.isascii(), "the message is not ASCII")
    place.expect(b"\n" not in message.replace(b"\r\n", b""), "a line ends in LF alone")
    longest = max(map(len, message.split(b"\r\n")))
    place.expect(longest <= 78, f"a line has {longest} characters")
    found = email.message_from_bytes(message, policy=email.policy.default)
    place.expect(not found.defects, f"defects: {found.defects}")
    for name, value in {
        "Subject": f"관심사업이 바뀌었습니다: {title}",
        "From": f"{SITE} <{SENDER}>",
        "To": "prompt@mail.example",
        "MIME-Version": "1.0",
        "Auto-Submitted": "auto-generated",
    }.items():
        place.expect(found[name] == value, f"{name} is {found[name]!r}, not {value!r}")
    place.expect(found.get_content_type() == "text/plain", found.get_content_type())
    place.expect(found["Message-ID"].endswith("@city.example>"), f"{found['Message-ID']!r}")
    written = email.utils.parsedate_to_datetime(found["Date"])
    age = datetime.datetime.now(datetime.UTC) - written
    place.expect(abs(age) < datetime.timedelta(minutes=1), f"the date is {found['Date']!r}")
    text = found.get_content()
    for words in ("노원구", "http://city.example/procurement/projects/2023/11350/"):
        place.expect(words in text, f"{words!r} is not in {text!r}")


@check("a web hook is called once, again after 503, never again after 410 or inside the house")
def web_hooks(place):
    wrapper = trusting(place)
    pem = place.folder / "certificate.pem"
    with Forbidden() as forbidden:
        elsewhere = f"https://127.0.0.1:{forbidden.port}/"
        replies = {
            "/busy": [(503, "")],
            "/gone": [(410, "")] * 3,
            "/moved": [(307, elsewhere)] * 3,
        }
        with Receiver(replies, pem) as receiver:
            settings = {
                "HAECHI_PRIVATE_HOSTS": f"127.0.0.1:{receiver.port}",
                "HAECHI_PUBLIC_URL": "http://city.example",
            }
            with City(place.haechi, place.data, wrapper=wrapper, **settings) as city:
                officer = Officer.signed_in(city, DISTRICT_OFFICER, DISTRICT_AGENCY, 3)
                allowed = [
                    ("webHook", f"https://127.0.0.1:{receiver.port}{path}")
                    for path in ("/prompt", "/busy", "/gone", "/moved")
                ]
                inside = [("webHook", f"https://{host}:{forbidden.port}/") for host in INSIDE]
                reader(city, "hooks@people.example", officer.reference, allowed)
                reader(city, "inside@people.example", officer.reference, inside)
                officer.published(city, "after.csv", officer.plan(2_000_000))
                for path in ("/prompt", "/busy"):
                    arrived = receiver.wait(lambda path=path: receiver.taken[path])
                    place.expect(arrived, f"nothing arrives at {path}")
                for path in ("/gone", "/moved"):
                    tried = receiver.wait(lambda path=path: receiver.attempts[path])
                    place.expect(tried, f"nobody called {path}")
            place.expect(not forbidden.has_visitor, "an address inside the house was contacted")
            for path, count in (("/prompt", 1), ("/busy", 2)):
                found = receiver.attempts[path]
                place.expect(found == count, f"{path} was called {found} times, not {count}")
            if receiver.taken["/prompt"]:
                expect_hook(place, officer, *receiver.taken["/prompt"][0])
    found = deliveries(place)
    state, attempts, _ = found[allowed[2][1]]
    place.expect((state, attempts) == ("dead", 1), f"410 is {state} after {attempts}")
    for _, address in inside:
        state, attempts, error = found[address]
        place.expect(attempts > 0 and state != "done", f"{address} is {state} after {attempts}")
        place.expect("addressRefused" in error, f"{address}: {error[:200]}")


def expect_hook(place, officer, headers, body):
    title = officer.rows[0][officer.header.index(TITLE_COLUMN)]
    kind = headers["Content-Type"]
    place.expect(kind == "application/json", f"the hook's Content-Type is {kind!r}")
    told = json.loads(body)
    place.expect(told["title"] == f"관심사업이 바뀌었습니다: {title}", f"title: {told['title']!r}")
    place.expect("노원구" in told["body"], f"body: {told['body']!r}")
    place.expect(
        told["url"] == f"http://city.example/procurement/projects/{officer.reference}",
        f"url: {told['url']!r}",
    )
    datetime.datetime.fromisoformat(told["createdAt"])
    place.expect(told["id"], "the hook has no identifier")


def trusting(place):
    """Words before a command that then trusts the certificate of the receiver alone."""
    if not shutil.which("openssl"):
        raise Skipped("no openssl to make a certificate with")
    certificate(place.folder)
    mount = f"mount --bind {place.folder}/public.pem {TRUSTED}"
    allowed = subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True, text=True)
    if allowed.returncode != 0:
        raise Skipped(f"no private mount: {allowed.stderr.strip()}")
    return ["unshare", "-m", "sh", "-c", f'{mount} && exec "$@"', "sh"]
