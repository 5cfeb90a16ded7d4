"""Residents of a table matched with rules, without a server."""

import csv
import json
import pathlib
import subprocess

from checks import check

RULES = """
households: {family: {label: {ko: 가족, en: family}}}
facts:
  birthDate: {label: {ko: 생년월일, en: date of birth}, question: {ko: 묻기, en: ask}, type: date}
  rent: {label: {ko: 월세, en: rent}, question: {ko: 묻기, en: ask}, type: money}
  youngestBirthDate:
    label: {ko: 막내의 생년월일, en: birth of the youngest}
    question: {ko: 묻기, en: ask}
    type: date
    none: lowest
    derived: {largestOf: {household: family, of: birthDate, where: {fact: relation, is: child}}}
  childBirthDate: {label: {ko: 아이의 생년월일, en: birth of the child}, type: date, none: lowest, derived: youngestBirthDate}
  childMonths: {label: {ko: 아이의 개월 수, en: months of the child}, type: months, derived: {monthsSince: childBirthDate}}
beneficiaries:
  child: {label: {ko: 아이, en: child}, household: family, relation: child, facts: {childBirthDate: birthDate}}
programmes:
  - name: rent-support
    title: {ko: 월세 지원, en: Rent Support}
    summary: {ko: 시험, en: test}
    provider: {ko: 시험, en: test}
    versions:
      - from: 2026-01-01
        source: {title: 시험, url: 'https://example.org/', checked: 2026-01-01}
        conditions: {all: [{fact: rent, atMost: 60만원}]}
        windows: [{always: yes}]
  - name: toddlers
    title: {ko: 아이 돌봄, en: Care}
    summary: {ko: 시험, en: test}
    provider: {ko: 시험, en: test}
    versions:
      - from: 2026-01-01
        source: {title: 시험, url: 'https://example.org/', checked: 2026-01-01}
        for each: child
        conditions: {all: [{fact: childMonths, atLeast: 24 months, lessThan: 36 months}]}
        windows: [{always: yes}]
"""
HEADER = ["id", "family", "parents", "birthDate", "rent"]


def family(number, births, rent):
    """A parent and children, one row each."""
    parent = f"p{number}"
    rows = [[parent, f"f{number}", "", "1990-01-01", rent]]
    rows += [
        [f"c{number}-{place}", f"f{number}", parent, birth, ""]
        for place, birth in enumerate(births)
    ]
    return rows


def write(path, rows, header=HEADER):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return str(path)


def match(place, *words):
    return subprocess.run(
        [place.haechi, "eligibility", "match", str(place.folder / "rules"), *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def rules(place):
    folder = place.folder / "rules"
    folder.mkdir()
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return folder


def counts(done):
    return {
        entry["programme"]: (entry["matches"], entry["new"], entry["ended"])
        for entry in json.loads(done.stdout)["programmes"]
    }


@check("a table of residents is matched with a folder of rules, and what is new or over is told")
def residents_are_matched(place):
    rules(place)
    # The older child of the first family is too old, the younger one old enough on the day itself.
    yesterday = family(1, ["2019-03-01", "2024-11-25"], "70만원") + family(2, ["2026-01-01"], "50만원")
    today = (
        family(3, [], "600000") + family(1, ["2019-03-01", "2024-11-25"], "60만원")
        + family(2, ["2026-01-01"], "61만원")
    )
    old, new = write(place.folder / "old.csv", yesterday), write(place.folder / "new.csv", today)
    changes = place.folder / "changes.csv"
    done = match(
        place, new, "--on", "2026-11-25", "--against", old, "--candidates", str(changes),
        "--format", "json",
    )
    place.expect(done.returncode == 0, f"exit {done.returncode}: {done.stderr[:300]}")
    found = counts(done)
    place.expect(found.get("rent-support") == (2, 2, 1), f"rent: {found}")
    place.expect(found.get("toddlers") == (1, 1, 0), f"toddlers: {found}")
    told = set(changes.read_text(encoding="utf-8").splitlines()[1:])
    expected = {
        "p1,rent-support,new", "p3,rent-support,new", "p2,rent-support,ended", "p1,toddlers,new",
    }
    place.expect(told == expected, f"told {told}")
    # The same table on two days: only the child grew older.
    done = match(place, new, "--on", "2026-11-25", "--against-on", "2026-11-24", "--format", "json")
    found = counts(done)
    place.expect(found.get("toddlers") == (1, 1, 0), f"a day later: {found}")
    place.expect(found.get("rent-support") == (2, 0, 0), f"a day later: {found}")


@check("a faulty table of residents is refused or told row by row, with file and line")
def faulty_tables_are_told(place):
    rules(place)
    good = family(1, ["2024-01-01"], "50만원")
    # A wrong cell costs its row, and the rest is matched.
    wrong = write(place.folder / "wrong.csv", good + [["x", "", "", "2026-13-01", "1"]])
    done = match(place, wrong, "--on", "2026-11-25", "--format", "json")
    place.expect(done.returncode == 1, f"a wrong cell: exit {done.returncode}")
    place.expect(f"{wrong}:4:" in done.stderr, f"a wrong cell: {done.stderr[:300]}")
    place.expect(counts(done).get("rent-support") == (1, 0, 0), "the rest was not matched")
    refused = [
        ("an unknown column", write(place.folder / "a.csv", [], [*HEADER, "shoeSize"]), ":1:"),
        ("no id", write(place.folder / "b.csv", [], HEADER[1:]), ":1:"),
        ("a short row", write(place.folder / "c.csv", [["1", "f"]]), ":2:"),
        ("an empty id", write(place.folder / "d.csv", [["", "f", "", "", ""]]), ":2:"),
        (
            "a household in two places",
            write(place.folder / "e.csv", good + family(2, [], "") + [["z", "f1", "", "", ""]]),
            ":5:",
        ),
        ("no file", str(place.folder / "none.csv"), "none.csv"),
    ]
    for name, path, words in refused:
        done = match(place, path, "--on", "2026-11-25")
        place.expect(done.returncode == 2, f"{name}: exit {done.returncode}")
        place.expect(words in done.stderr, f"{name}: {done.stderr[:300]}")
        place.expect(done.stderr.count("\n") == 1, f"{name}: {done.stderr[:300]}")


@check("a table of many residents is matched in little memory")
def many_residents_need_little_memory(place):
    rules(place)
    rows = [row for number in range(5_000) for row in family(number, ["2024-06-01"] * 2, "55만원")]
    path = write(place.folder / "many.csv", rows)
    words = [place.haechi, "eligibility", "match", str(place.folder / "rules"), path, "--on", "2026-11-25"]
    program = subprocess.Popen([*words, "--format", "json"], stdout=subprocess.PIPE, text=True)
    peak = 0
    status = pathlib.Path(f"/proc/{program.pid}/status")
    while program.poll() is None:
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            break
        peak = max(peak, int(lines.get("VmHWM", "0 kB").split()[0]))
    text = program.stdout.read()
    program.wait(timeout=120)
    found = {entry["programme"]: entry["matches"] for entry in json.loads(text)["programmes"]}
    place.expect(found == {"rent-support": 5_000, "toddlers": 5_000}, f"found {found}")
    place.expect(0 < peak < 400_000, f"{peak} kB at most")
