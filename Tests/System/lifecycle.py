"""Starting, stopping, being killed, and refusing to start."""

import hashlib
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess

from checks import Skipped, check
from city import OFFICER, RESIDENT, City, refused

SENTENCE = "a long sentence that nobody guesses"
FULL_DISK_BYTES = 64 << 20


def home(login):
    """An address of its own for everybody: sign-ups of one address are slowed down."""
    return ".".join(
        ["127", *(str(byte % 254 + 1) for byte in hashlib.sha256(login.encode()).digest()[:3])]
    )


def sign_up(city, login):
    fields = {"login": login, "name": "시험", "kind": "resident", "password": SENTENCE}
    return city.post("/sign-up", fields, source=home(login))


def sign_in(city, login):
    return city.post("/sign-in", {"login": login, "password": SENTENCE}, source=home(login))


def verbs(haechi):
    """The verbs that `haechi --help` lists."""
    words = subprocess.run([haechi, "--help"], capture_output=True, text=True).stdout
    listed = words.partition("SUBCOMMANDS:")[2]
    return set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))


def check_store(place):
    """Asks the store, and Haechi where it can, whether all is whole. Needs a stopped server."""
    database = sqlite3.connect(f"file:{place.data}/haechi.sqlite?mode=ro", uri=True)
    found = database.execute("PRAGMA integrity_check").fetchone()[0]
    place.expect(found == "ok", f"integrity_check: {found}")
    orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    place.expect(not orphans, f"foreign_key_check: {orphans[:3]}")
    database.close()
    known = verbs(place.haechi)
    for command in (["check"], ["audit", "verify"]):
        if command[0] in known:
            code, words = refused([place.haechi, *command, "--data", str(place.data)])
            place.expect(code == 0, f"haechi {' '.join(command)} ends with {code}: {words[-300:]}")


def digests(folder):
    """The files of a folder with a digest of each."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def expect_refusal(place, result, *words):
    """Exit code 2, one line on standard error, which names what is wrong."""
    code, said = result
    # The log may come before the line; the line that starts with the program's name is for people.
    lines = [line for line in said.splitlines() if line.startswith("haechi: ")]
    place.expect(code == 2, f"exit code {code}, not 2: {said[-300:]!r}")
    place.expect(len(lines) == 1, f"{len(lines)} lines for the person: {said[-400:]!r}")
    place.expect("Fatal error" not in said and "\n0x" not in said, f"a crash: {said[-300:]!r}")
    for word in words:
        place.expect(word in "".join(lines), f"{word!r} is not in {lines}")


@check("a city starts, stops on SIGTERM with 0 and finds its data again")
def starts_and_stops(place):
    with City(place.haechi, place.data) as city:
        lead = city.ask("/procurement/projects").text.partition('class="lead"')[2][:200]
        place.expect(sign_up(city, "again@test.example").status == 303, "no sign-up")
    logs = [path.name for path in place.data.glob("*-wal") if path.stat().st_size]
    place.expect(not logs, f"a stopped store leaves {logs}")
    with City(place.haechi, place.data) as city:
        again = city.ask("/procurement/projects").text.partition('class="lead"')[2][:200]
        place.expect(lead == again, "the listing changed")
        place.expect(city.sign_in("again@test.example", SENTENCE).status == 303, "account lost")
        place.expect(city.sign_in(RESIDENT).status == 303, "the sample's account is lost")
    check_store(place)


@check("a city without a sample prints its first administrator once")
def first_administrator(place):
    with City(place.haechi, place.data, arguments=()) as city:
        place.expect(city.ask("/procurement/projects").status == 200, "an empty listing fails")
        place.expect(city.sign_in(OFFICER).status == 422, "a sample account exists")
        found = re.search(r"First administrator: (\S+) / one-time password: (\S+)", city.greeting)
        place.expect(found, f"no first administrator in {city.greeting!r}")
    with City(place.haechi, place.data, arguments=("--sample",)) as city:
        place.expect("administrator" not in city.greeting, f"again: {city.greeting!r}")
        place.expect(city.sign_in(OFFICER).status == 422, "a used store was filled with a sample")
        answer = city.sign_in(found[1], found[2])
        place.expect(answer.place == "/account/password", f"sign-in leads to {answer.place!r}")


@check("a backup of a running city restores to the same city, and a changed audit is noticed")
def backup(place):
    if not {"backup", "restore", "check", "audit"} <= verbs(place.haechi):
        raise Skipped("this haechi has no backup")
    copy, restored = place.folder / "copy", place.folder / "restored"

    def verb(*words):
        return refused([place.haechi, *map(str, words)])

    with City(place.haechi, place.data) as city:
        place.expect(sign_up(city, "kept@backup.example").status == 303, "no sign-up")
        code, said = verb("backup", copy, "--data", place.data)
        if code == 2:  # Where the store belongs to one process, it is copied when that has ended.
            place.expect(said.startswith("haechi: "), f"a running city: {said!r}")
    if code == 2:
        code, said = verb("backup", copy, "--data", place.data)
    place.expect(code == 0, f"backup ends with {code}: {said}")
    code, said = verb("restore", copy, "--data", restored)
    place.expect(code == 0, f"restore ends with {code}: {said}")
    expect_refusal(place, verb("restore", copy, "--data", place.data))
    expect_refusal(place, verb("backup", copy, "--data", place.data))
    for words in (["check"], ["audit", "verify"]):
        code, said = verb(*words, "--data", restored)
        place.expect(code == 0, f"{words} ends with {code}: {said}")
    with City(place.haechi, restored, arguments=()) as city:
        place.expect(sign_in(city, "kept@backup.example").status == 303, "the account is lost")
        place.expect("1,431건" in city.ask("/procurement/projects").text, "projects are lost")
    database = sqlite3.connect(restored / "haechi.sqlite")
    for trigger in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        database.execute(f'DROP TRIGGER "{trigger[0]}"')
    changed = database.execute(
        "UPDATE audit_record SET action = 'changed' WHERE sequence = (SELECT max(sequence) / 2"
        " FROM audit_record)"
    ).rowcount
    database.commit()
    database.close()
    place.expect(changed == 1, "no audit entry to change")
    code, said = verb("audit", "verify", "--data", restored)
    place.expect(code == 1, f"a changed entry: audit verify ends with {code}: {said}")


@check("an occupied port is refused with one line")
def occupied_port(place):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [place.haechi, "serve", "--data", str(place.data), "--port", str(port)]
        expect_refusal(place, refused(command), str(port), "--port")
    with City(place.haechi, place.data, arguments=()) as city:
        place.expect(city.is_well(), "the folder cannot be used afterwards")


@check("an unknown or wrong setting is refused by its name")
def unknown_setting(place):
    command = [place.haechi, "serve", "--data", str(place.data), "--port", "0"]
    expect_refusal(place, refused(command, HAECHI_NONSENSE="1"), "HAECHI_NONSENSE")
    expect_refusal(place, refused(command, HAECHI_BEHIND_PROXY="maybe"), "behindProxy", "maybe")
    expect_refusal(place, refused(command, HAECHI_LOG_LEVEL="loud"), "logLevel")
    expect_refusal(place, refused([*command[:-1], "99999"]), "port", "99999")
    file = place.folder / "settings.json"
    for text, word in (
        ('{"nonsense": 1}', "nonsense"),
        ('{"port": "many"}', "port"),
        ("{", "settings.json"),
        ("[]", "settings.json"),
    ):
        file.write_text(text)
        expect_refusal(place, refused([*command[:-2], "--config", str(file)]), word)
    file.unlink()
    expect_refusal(place, refused([*command, "--config", str(file)]), "settings.json")
    place.expect(not place.data.exists(), "a refused start left a folder")


@check("flags win over the environment, and the environment over the file")
def order_of_settings(place):
    file = place.folder / "settings.json"
    file.write_text(json.dumps({"siteName": "파일시", "host": "127.0.0.9", "requestBurst": 7}))
    command = [place.haechi, "config", "--format", "json", "--config", str(file)]
    command += ["--data", str(place.data)]
    done = subprocess.run(
        command,
        env=os.environ | {"HAECHI_HOST": "127.0.0.8", "HAECHI_DATA": "elsewhere"},
        capture_output=True,
        text=True,
    )
    found = {entry["name"]: (entry["value"], entry["origin"]) for entry in json.loads(done.stdout)}
    expected = {
        "data": (str(place.data), "flag"),
        "host": ("127.0.0.8", "environment"),
        "siteName": ("파일시", "file"),
        "requestBurst": ("7", "file"),
        "port": ("8080", "standard"),
    }
    for name, value in expected.items():
        place.expect(found.get(name) == value, f"{name} is {found.get(name)}, not {value}")
    file.write_text(json.dumps({"secretKey": "0" * 64, "oidcSecret": "whisper"}))
    for form in ("json", "text"):
        said = subprocess.run([*command, "--format", form], capture_output=True, text=True).stdout
        place.expect(
            "whisper" not in said and "0" * 64 not in said, f"config --format {form} tells a secret"
        )


@check("a folder that may only be read is refused, and stays as it is")
def read_only_folder(place):
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        raise Skipped("needs root and setpriv, to run the server as nobody")
    as_nobody = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]
    haechi = place.haechi
    if subprocess.run([*as_nobody, "test", "-x", haechi]).returncode != 0:
        haechi = shutil.copy(haechi, place.folder / "haechi")
    with City(place.haechi, place.data):
        pass
    os.chmod(place.data, 0o755)
    for path in place.data.iterdir():
        path.chmod(0o644)
    before = digests(place.data)
    command = [*as_nobody, haechi, "serve", "--port", "0", "--data"]
    expect_refusal(place, refused([*command, str(place.data)]), str(place.data))
    place.expect(digests(place.data) == before, "the refused server changed the folder")
    closed = place.folder / "closed"
    closed.mkdir(mode=0o755)
    expect_refusal(place, refused([*command, str(closed / "new")]), str(closed))


@check("a second server on the same folder is refused, and the first goes on")
def second_server(place):
    with City(place.haechi, place.data) as city:
        command = [place.haechi, "serve", "--data", str(place.data), "--port", "0"]
        expect_refusal(place, refused(command))
        place.expect(city.is_well(), "the first server is not well")
        place.expect(city.sign_in(RESIDENT).status == 303, "the first server cannot write")
    check_store(place)


@check("a damaged or foreign database is refused, and stays as it is")
def damaged_database(place):
    with City(place.haechi, place.data):
        pass
    file = place.data / "haechi.sqlite"
    whole = file.read_bytes()
    assert len(whole) > 100_000, "the store is not in its file"
    broken = bytearray(whole)
    broken[100:4096] = random.Random(place.seed).randbytes(3996)
    for name, content in (
        ("not a database", b"This is a letter, not a database.\n" * 200),
        ("a broken first page", bytes(broken)),
        ("half a file", whole[: len(whole) // 8192 * 4096]),
    ):
        for log in place.data.glob("haechi.sqlite-*"):
            log.unlink()
        file.write_bytes(content)
        command = [place.haechi, "serve", "--data", str(place.data), "--port", "0"]
        try:
            result = refused(command)
        except subprocess.TimeoutExpired:
            place.expect(False, f"{name}: the server starts on it")
            continue
        count = len(place.findings)
        expect_refusal(place, result)
        place.findings[count:] = [f"{name}: {words}" for words in place.findings[count:]]
        place.expect(file.read_bytes() == content, f"{name}: the file was changed")
    for log in place.data.glob("haechi.sqlite-*"):
        log.unlink()
    file.write_bytes(whole)
    with City(place.haechi, place.data, arguments=()) as city:
        place.expect(city.sign_in(RESIDENT).status == 303, "the restored file does not work")


@check("a full disk is said clearly, and loses nothing")
def full_disk(place):
    # The mount is seen by the server alone: the shell that makes it becomes the server.
    place.data.mkdir()
    mount = f"mount -t tmpfs -o size={FULL_DISK_BYTES} none {place.data}"
    allowed = subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True, text=True)
    if allowed.returncode != 0:
        raise Skipped(f"no private mount: {allowed.stderr.strip()}")
    wrapper = ["unshare", "-m", "sh", "-c", f'{mount} && exec "$@"', "sh"]
    with City(place.haechi, place.data, wrapper=wrapper) as city:
        inside = f"/proc/{city.process.pid}/root{place.data}"
        place.expect(
            sign_up(city, "before@disk.example").status == 303, "no sign-up with space left"
        )
        filler = os.open(f"{inside}/filler", os.O_WRONLY | os.O_CREAT)
        fill(filler)
        statuses = {}
        for count in range(60):
            answer = sign_up(city, f"during{count}@disk.example")
            statuses[f"during{count}@disk.example"] = answer.status
            if answer.status >= 500:
                break
        place.expect(answer.status in (503, 507), f"a full disk answers {answer.status}")
        place.expect("<h1>" in answer.text, "no page says that the disk is full")
        place.expect(city.ask("/procurement/projects").status == 200, "reading does not work")
        os.ftruncate(filler, 0)
        os.close(filler)
        place.expect(
            sign_up(city, "after@disk.example").status == 303, "no sign-up after space came"
        )
        kept = [name for name, status in statuses.items() if status == 303]
        for login in ["before@disk.example", *kept, "after@disk.example"]:
            status = sign_in(city, login).status
            place.expect(status == 303, f"{login} was signed up and gets {status}")


@check("a city that finds no space at all is refused")
def no_space_at_all(place):
    place.data.mkdir()
    mount = f"mount -t tmpfs -o size=64k none {place.data}"
    allowed = subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True, text=True)
    if allowed.returncode != 0:
        raise Skipped(f"no private mount: {allowed.stderr.strip()}")
    wrapper = ["unshare", "-m", "sh", "-c", f'{mount} && exec "$@"', "sh"]
    command = [place.haechi, "serve", "--sample", "--data", str(place.data), "--port", "0"]
    expect_refusal(place, refused([*wrapper, *command]), "disk")


def fill(descriptor):
    """Writes until the disk takes no more, at last byte by byte."""
    size = 1 << 16
    while size:
        try:
            os.write(descriptor, b"\0" * size)
        except OSError:
            size //= 2


@check("a folder of texts is indexed and searched on the command line, and refusals are clear")
def folder_search(place):
    texts, index = place.folder / "texts", place.folder / "texts.idx"
    texts.mkdir()
    page = texts / "leave.md"
    page.write_text("# 연가\n\n## 일수\n\n연가 일수는 열하루입니다.\n\n## 신청\n\n연가를 신청합니다.\n")
    (texts / "broken.txt").write_bytes(b"\xff\xfe\x00")
    korean = [place.haechi, "korean"]

    def ask(*words):
        done = subprocess.run([*korean, "search", index, *words, "--format", "json"],
                              capture_output=True, text=True)
        return done.returncode, json.loads(done.stdout) if done.stdout else None

    code, words = refused([*korean, "index", str(texts), "--output", str(index)])
    place.expect(code == 1 and "broken.txt" in words, f"a file of no text: {code}, {words}")
    code, answer = ask("연가일수", "--explain")
    hit = answer["hits"][0]
    place.expect(code == 0 and hit["heading"] == "연가 > 일수", f"the best passage is {hit}")
    place.expect("열하루" in hit["snippet"] and hit["explanation"], f"a poor hit: {hit}")
    page.write_text(page.read_text().replace("열하루", "스무날"))
    code, answer = ask("연가일수")
    place.expect(code == 1 and answer["changedFiles"] == ["leave.md"], f"a changed file: {answer}")
    expect_refusal(place, refused([*korean, "search", str(index), " "]), "empty")
    expect_refusal(place, refused([*korean, "index", str(index), "--output", "x"]), "no folder")
    index.write_bytes(index.read_bytes()[:-8])
    expect_refusal(place, refused([*korean, "search", str(index), "연가"]), "build it again")
