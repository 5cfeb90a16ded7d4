"""Contracting data (OCDS 1.1.5): Haechi beside libcoveocds and ocdskit.

    python3 run.py --haechi .build/release/haechi [--releases 10000] [--data DIRECTORY] [--no-export]

Prints Markdown rows with CPU seconds (user and system), because the machine may be shared. Three parts:

1. `haechi procurement export --format ocds` has to be valid in libcoveocds: no validation error, no
   code outside a closed codelist, no additional field;
2. the speed of checking one synthetic package;
3. twelve faults put into a package, and who names them.

Needs `pip install libcoveocds ocdskit` in the Python that runs this. Works offline: the standard is
read from HAECHI_SHARED_DATA (default: ../shared/data beside the repository).
"""

import argparse
import copy
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("HAECHI_SHARED_DATA", ROOT.parent / "shared" / "data")).resolve()
STANDARD = SHARED / "procurement" / "ocds-standard-1__1__5.zip"
SCHEMA = SHARED / "procurement" / "schema-1.1.5" / "dereferenced-release-schema.json"
BIN = pathlib.Path(sys.executable).parent
TYPES = "시스템구축 HW/SW도입 SW개발 유지관리 컨설팅 DB구축 정보통신·보안 교육·기타".split()
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}


def release(number, rng):
    buyer = {"id": f"KR-LG-{number % 178:04d}", "name": f"견본 기관 {number % 178}"}
    amount = {"amount": rng.randint(5, 5000) * 1_000_000, "currency": "KRW"}
    identifier = f"ocds-kr1111-2023-{number:06d}"
    month = number % 12 + 1
    kind = TYPES[number % 8]
    return {
        "ocid": identifier,
        "id": f"{identifier}-planning-1",
        "date": "2023-01-25T09:00:00+09:00",
        "tag": ["planning"],
        "initiationType": "tender",
        "language": "ko",
        "parties": [{**buyer, "roles": ["buyer", "procuringEntity"]}],
        "buyer": buyer,
        "planning": {
            "budget": {"amount": amount, "project": f"견본 {kind} {number}", "projectID": f"P{number}"}
        },
        "tender": {
            "id": f"P{number}",
            "title": f"견본 {kind} {number}",
            "title_ko": f"견본 {kind} {number}",
            "status": "planned",
            "procurementMethod": "open",
            "procuringEntity": buyer,
            "value": amount,
            "tenderPeriod": {
                "startDate": f"2023-{month:02d}-01T00:00:00+09:00",
                "endDate": f"2023-{month:02d}-28T23:59:59+09:00",
            },
            "items": [
                {"id": "1", "description": kind,
                 "classification": {"scheme": "x_informatization-type", "id": kind}}
            ],
        },
    }


def package(count):
    rng = random.Random(7)
    return {
        "uri": "https://example.org/sample.json",
        "version": "1.1",
        "publishedDate": "2023-01-25T09:00:00+09:00",
        "publisher": {"name": "견본"},
        "releases": [release(number, rng) for number in range(count)],
    }


def run(*command, stdin=None, accepted=(0,)):
    """Runs a command; returns its output and the CPU seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [str(part) for part in command], stdin=stdin, capture_output=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in accepted:
        sys.exit(f"{command[0]} failed ({done.returncode}): {done.stderr.decode()[-500:]}")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, seconds


def cove(path):
    output, seconds = run(BIN / "libcoveocds", "--standard-zip", STANDARD, path)
    return json.loads(output), seconds


def cove_faults(result):
    return [
        name
        for name in ("validation_errors", "additional_closed_codelist_values", "all_additional_fields")
        if result.get(name)
    ]


def check(haechi, path):
    # 1 says that the file has faults, which the report names.
    output, seconds = run(
        haechi, "contracting", "check", path, "--format", "json", accepted=(0, 1))
    return json.loads(output), seconds


def verify_export(haechi, folder, data):
    path = folder / "export.json"
    where = ["--data", data] if data else []
    run(haechi, "procurement", "export", "--format", "ocds", "--output", path, *where)
    result, _ = cove(path)
    ours, _ = check(haechi, path)
    faults = cove_faults(result)
    print("| exported plan | releases | libcoveocds | Haechi |\n|---|---|---|---|")
    print(f"| `procurement export --format ocds` | {ours['releaseCount']:,} "
          f"| {', '.join(faults) or '0 errors'} | {len(ours['findings'])} findings |\n")
    if faults:
        sys.exit(f"the export is not valid: {json.dumps({key: result[key] for key in faults})[:2000]}")


def measure(haechi, folder, count):
    path = folder / "package.json"
    path.write_text(json.dumps(package(count), ensure_ascii=False), encoding="utf-8")
    report, ours = check(haechi, path)
    if report["releaseCount"] != count or report["findings"]:
        sys.exit(f"unexpected report: {json.dumps(report)[:500]}")
    result, theirs = cove(path)
    if cove_faults(result):
        sys.exit("the synthetic package is not valid in libcoveocds")
    with path.open("rb") as stdin:
        _, merged = run(BIN / "ocdskit", "compile", "--schema", SCHEMA, stdin=stdin)
    megabytes = path.stat().st_size / 1e6
    print(f"| {count:,} releases ({megabytes:.1f} MB) | CPU s | releases/s | Haechi is |\n|---|---|---|---|")
    print(f"| Haechi `contracting check` | {ours:.3f} | {count / ours:,.0f} | – |")
    for name, seconds in (("libcoveocds (same task)", theirs), ("ocdskit compile (reads and merges)", merged)):
        print(f"| {name} | {seconds:.3f} | {count / seconds:,.0f} | {seconds / ours:,.0f}× faster |")
    print()


def faults():
    def change(*path, value):
        def apply(data):
            place = data["releases"][0]
            for step in path[:-1]:
                place = place[step]
            if value is None:
                del place[path[-1]]
            else:
                place[path[-1]] = value
        return apply

    return {
        "ocid missing": change("ocid", value=None),
        "amount is a text": change("tender", "value", "amount", value="오억"),
        "date without a day": change("tender", "tenderPeriod", "startDate", value="2023-13"),
        "date without an offset": change("date", value="2023-01-25T09:00:00"),
        "status not in the codelist": change("tender", "status", value="발주예정"),
        "currency not in the codelist": change("tender", "value", "currency", value="원"),
        "tag empty": change("tag", value=[]),
        "unknown field": change("budgetKRW", value=1),
        "negative amount": change("tender", "value", "amount", value=-1),
        "buyer not among the parties": change("buyer", "id", value="KR-LG-9999"),
        "period reversed": change("tender", "tenderPeriod", "endDate", value="2022-01-01T00:00:00+09:00"),
        "release given twice": lambda data: data["releases"].append(copy.deepcopy(data["releases"][0])),
    }


def compare_faults(haechi, folder):
    path = folder / "fault.json"
    print("| fault | libcoveocds | Haechi |\n|---|---|---|")
    for name, apply in faults().items():
        data = package(2)
        # Each object its own, so that a fault has one place.
        data = json.loads(json.dumps(data))
        apply(data)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        theirs = cove_faults(cove(path)[0])
        ours = sorted({finding["code"] for finding in check(haechi, path)[0]["findings"]})
        print(f"| {name} | {', '.join(theirs) or '–'} | {', '.join(ours) or '–'} |")
        if not ours:
            sys.exit(f"Haechi did not notice: {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, type=pathlib.Path)
    parser.add_argument("--releases", type=int, default=10_000)
    parser.add_argument("--data", help="the data folder of the city whose plan is exported")
    parser.add_argument("--no-export", action="store_true", help="leave the exported plan out")
    arguments = parser.parse_args()
    if not STANDARD.exists():
        print(f"skipped: {STANDARD} is not there (set HAECHI_SHARED_DATA)")
        return
    haechi = arguments.haechi.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if not arguments.no_export:
            verify_export(haechi, folder, arguments.data)
        measure(haechi, folder, arguments.releases)
        compare_faults(haechi, folder)


if __name__ == "__main__":
    main()
