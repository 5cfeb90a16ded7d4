"""Search over a million synthetic plans: Haechi beside DuckDB and SQLite with FTS5.

    python3 run.py --haechi .build/release/haechi [--rows 1000000] [--data DIRECTORY]

Prints Markdown rows. Times are CPU times, because the machine may be shared. DuckDB is skipped
where its package is not installed. Fails where the counts or sums of two systems differ.

What the rows compare: Haechi imports the facet columns and the title into memory; DuckDB all columns
into memory without a search index; SQLite all columns into a file with a covering index and FTS5.
Haechi keeps the totals of all rows ready, so that a query without filters scans nothing.
"""

import argparse
import json
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

WORDS = (
    "통합 지능형 CCTV 홈페이지 유지관리 챗봇 복지 스마트경로당 구축 고도화 시스템 운영 데이터 플랫폼 "
    "행정 민원 클라우드 전환 보안 관제 네트워크 장비 도입 교체 서버 정보화 빅데이터 분석 메타버스 서비스 "
    "모바일 앱 개발 공공와이파이 도서관 교통 안전 환경 동주민센터 컨설팅"
).split()
TYPES = "시스템구축 HW/SW도입 SW개발 유지관리 컨설팅 DB구축 정보통신·보안 교육·기타".split()
TECHS = "none AI 빅데이터 IoT 블록체인 메타버스 디지털트윈 클라우드".split()
METHODS = "일반경쟁 제한경쟁 협상에의한계약 수의계약".split()
STATUSES = "계획 사전규격 공고 낙찰 계약 준공".split()
FACETS = "org_kind org type quarter status year tech band".split()
BAND = (
    "CASE WHEN budget_krw < 50000000 THEN 0 WHEN budget_krw < 100000000 THEN 1 "
    "WHEN budget_krw < 300000000 THEN 2 WHEN budget_krw < 1000000000 THEN 3 "
    "WHEN budget_krw < 5000000000 THEN 4 ELSE 5 END"
)
FILTERS = {
    "facetsAll": {},
    "facetsYear": {"year": ["2023"]},
    "facetsThree": {"year": ["2023", "2022"], "type": ["유지관리"], "quarter": ["1"]},
}
LIKES = {"substringLong": "스마트경로당", "substringTwo": "복지", "substringOne": "동"}


def generate(path, rows):
    """Writes the same file for the same number of rows (seed 11)."""
    source = random.Random(11)
    districts = [f"자치구{i:02d}" for i in range(25)]
    bodies = [f"투자출연{i:02d}" for i in range(26)]
    kinds = source.choices(("시", "자치구", "투자출연"), (29, 60, 11), k=rows)
    types = source.choices(TYPES, (7, 13, 6, 55, 3, 2, 9, 5), k=rows)
    techs = source.choices(TECHS, (81, 5, 4, 3, 1, 1, 2, 3), k=rows)
    quarters = source.choices(range(4), (41, 45, 11, 3), k=rows)
    titles = source.choices(WORDS, k=rows * 5)
    number = source.random
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            "id,year,org_kind,org,dept,title,type,tech,budget_krw,quarter,method,status,contact\n")
        for row in range(rows):
            kind = kinds[row]
            org = (
                "서울특별시" if kind == "시"
                else districts[int(number() * 25)] if kind == "자치구"
                else bodies[int(number() * 26)])
            file.write(
                f"P{row:07d},{2009 + int(number() * 17)},{kind},{org},"
                f"정보화담당관{int(number() * 60):02d},"
                f"{' '.join(titles[row * 5:row * 5 + 5])},{types[row]},{techs[row]},"
                f"{(3 + int(number() * 8997)) * 1000000},{quarters[row]},"
                f"{METHODS[int(number() * 4)]},{STATUSES[int(number() * 6)]},02-2133-{row % 10000:04d}\n")


def milliseconds(run, times):
    """The mean CPU time of a call, and its last result."""
    start = time.process_time()
    for _ in range(times):
        result = run()
    return (time.process_time() - start) / times * 1000, result


def where(filters, own):
    def literal(name, value):
        return value if name in ("year", "quarter") else f"'{value}'"

    terms = [
        f"{name} IN ({', '.join(literal(name, value) for value in values)})"
        for name, values in filters.items() if name != own]
    return " AND ".join(terms) or "1 = 1"


def facets(query, filters):
    """The total, after one query a facet without the facet's own filter."""
    for name in FACETS:
        column = BAND if name == "band" else name
        query(
            f"SELECT {column}, count(*), sum(budget_krw) FROM plan "
            f"WHERE {where(filters, name)} GROUP BY 1")
    return query(f"SELECT count(*), sum(budget_krw) FROM plan WHERE {where(filters, None)}")[0]


def measure(query, repeats):
    report = {}
    for name, filters in FILTERS.items():
        time_, (count, total) = milliseconds(lambda: facets(query, filters), repeats)
        report[name] = {"milliseconds": time_, "count": count, "sum": int(total)}
    for name, word in LIKES.items():
        time_, rows = milliseconds(
            lambda: query(f"SELECT count(*) FROM plan WHERE title LIKE '%{word}%'"),
            repeats)
        report[name] = {"milliseconds": time_, "count": rows[0][0]}
    return report


def duckdb_report(csv):
    try:
        import duckdb
    except ImportError:
        return None
    database = duckdb.connect()
    time_, _ = milliseconds(
        lambda: database.execute(f"CREATE TABLE plan AS SELECT * FROM read_csv('{csv}')"), 1)
    report = measure(lambda sql: database.execute(sql).fetchall(), 3)
    return report | {"importCPUSeconds": time_ / 1000}


def sqlite_report(csv, directory):
    database = sqlite3.connect(directory / "plan.sqlite")
    database.execute("PRAGMA synchronous = OFF")

    def load():
        database.execute(
            "CREATE TABLE plan (id, year INT, org_kind, org, dept, title, type, tech, "
            "budget_krw INT, quarter INT, method, status, contact)")
        with open(csv, encoding="utf-8") as file:
            next(file)
            database.executemany(
                f"INSERT INTO plan VALUES ({', '.join('?' * 13)})",
                (line.rstrip("\n").split(",") for line in file))
        database.execute(
            "CREATE INDEX facet ON plan (year, org_kind, org, type, quarter, status, tech, budget_krw)")
        database.execute(
            "CREATE VIRTUAL TABLE title_index USING fts5 "
            "(title, content='plan', tokenize='trigram')")
        database.execute("INSERT INTO title_index (title_index) VALUES ('rebuild')")
        database.commit()

    time_, _ = milliseconds(load, 1)
    report = measure(lambda sql: database.execute(sql).fetchall(), 1)
    match, rows = milliseconds(
        lambda: database.execute(
            "SELECT count(*) FROM title_index WHERE title MATCH '\"스마트경로당\"'").fetchall(), 3)
    report["substringLong"]["milliseconds"] = min(match, report["substringLong"]["milliseconds"])
    assert rows[0][0] == report["substringLong"]["count"]
    return report | {"importCPUSeconds": time_ / 1000}


def check_samples(csv, samples):
    """Compares the counts of sampled queries with reading every title."""
    with open(csv, encoding="utf-8") as file:
        next(file)
        titles = [line.split(",", 6)[5].lower() for line in file]
    compact = [title.replace(" ", "") for title in titles]
    for sample in samples:
        query = sample["query"].lower()
        if query.startswith('"'):
            word = query.strip('"').strip()
            count = sum(word in title for title in titles)
        else:
            words = query.split()
            count = sum(all(word in title for word in words) for title in compact)
        if count != sample["count"]:
            sys.exit(f"{query}: {sample['count']} found, {count} present")


def print_table(haechi, peers):
    rows = [("import to searchable", "importCPUSeconds", "s")]
    rows += [(f"8 facets, count and sum: {name}", name, "ms") for name in FILTERS]
    rows += [(f"substring: {word}", name, "ms") for name, word in LIKES.items()]
    print(f"| {haechi['rows']:,} plans, CPU time | Haechi | " + " | ".join(
        f"{peer} | ratio" for peer in peers) + " |")
    print("|---" * (2 + 2 * len(peers)) + "|")
    for title, key, unit in rows:
        def value(report):
            return report[key] if key == "importCPUSeconds" else report[key]["milliseconds"]
        own = haechi[key] if key == "importCPUSeconds" else haechi["named"][key]["milliseconds"]
        cells = [f"{own:.2f} {unit}"]
        for report in peers.values():
            cells += [f"{value(report):.2f} {unit}", f"{value(report) / max(own, 0.001):.1f}x"]
        print(f"| {title} | " + " | ".join(cells) + " |")
    print()
    for title, key in [("random facet query", "facet"), ("random substring query", "substring"),
                       ("sorted page of 50", "page")]:
        print(f"- {title}: p50 {haechi[key + 'MillisecondsP50']} ms, "
              f"p99 {haechi[key + 'MillisecondsP99']} ms")
    print(f"- edition of 500 rows replaced in both indexes: {haechi['editionMilliseconds']} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--haechi", nargs="+", required=True, help="the haechi command")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--data", type=pathlib.Path, help="a directory to keep the file in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        directory = pathlib.Path(temporary)
        data = arguments.data or directory
        csv = data / f"plans-{arguments.rows}.csv"
        if not csv.exists():
            generate(csv, arguments.rows)
        output = subprocess.run(
            arguments.haechi + ["search", "benchmark", str(csv)], check=True, capture_output=True)
        haechi = json.loads(output.stdout)
        check_samples(csv, haechi["samples"])
        peers = {"DuckDB": duckdb_report(csv), "SQLite + FTS5": sqlite_report(csv, directory)}
        peers = {name: report for name, report in peers.items() if report}
        for name, report in peers.items():
            for query in list(FILTERS) + list(LIKES):
                own = haechi["named"][query]
                if any(own[key] != report[query][key] for key in own if key != "milliseconds"):
                    sys.exit(f"{name} differs in {query}: {report[query]}, Haechi {own}")
        print_table(haechi, peers)


if __name__ == "__main__":
    main()
