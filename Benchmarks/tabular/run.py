"""Times `haechi tabular convert` beside openpyxl and flatten-tool on one synthetic table.

    python run.py --haechi PATH [--rows 10000] [--repeat 3]

The table is a synthetic plan list of 13 columns (seed 11). Each conversion is a process of its own;
the figure is the least CPU time (user + system) of the repeats, start-up included. The output is a
Markdown table with a row for each task and peer.
"""

import argparse
import csv
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

COLUMNS = (
    "id,year,org_kind,org,dept,title,type,tech,budget_krw,quarter,method,status,contact".split(",")
)
WORDS = (
    "통합 지능형 CCTV 홈페이지 유지관리 챗봇 복지 스마트경로당 빅데이터 플랫폼 구축 고도화 클라우드 전환 행정 시스템 민원 "
    "포털 안전 관제 교통 정보 보안 인프라 개선 운영 도시 데이터 서비스 모바일 앱 전자 문서 기록 관리 상담 AI 문화 관광 재난"
).split()
TYPES = ["시스템구축", "HW/SW 도입", "SW개발", "유지관리", "컨설팅", "DB구축", "정보통신·보안", "교육·기타"]
TECHNOLOGIES = ["", "AI", "빅데이터", "IoT", "블록체인", "메타버스", "디지털트윈", "클라우드"]
METHODS = ["일반경쟁", "제한경쟁", "협상에 의한 계약", "수의계약"]
STATUSES = ["계획", "사전규격", "공고", "낙찰", "계약", "준공"]


def plan_rows(count):
    """Rows of a synthetic plan list; the same for every run."""
    source = random.Random(11)
    for index in range(count):
        kind = source.choices(["시", "자치구", "투자출연"], [29, 60, 11])[0]
        bodies = {"시": 1, "자치구": 25, "투자출연": 26}[kind]
        yield [
            index,
            2009 + source.randrange(18),
            kind,
            f"{kind}{source.randrange(bodies) + 1:02d}",
            f"부서{source.randrange(60) + 1:02d}과",
            " ".join(source.choice(WORDS) for _ in range(5)),
            source.choices(TYPES, [7, 13, 6, 55, 3, 2, 9, 5])[0],
            source.choices(TECHNOLOGIES, [81, 5, 4, 3, 1, 1, 2, 3])[0],
            source.randrange(3, 9000) * 1_000_000,
            source.choices(range(4), [41, 45, 11, 3])[0],
            source.choice(METHODS),
            source.choice(STATUSES),
            f"02-2133-{source.randrange(10000):04d}",
        ]


def cpu_seconds(command, repeat):
    """The least CPU time of a command, start-up included."""
    best = None
    for _ in range(repeat):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = used if best is None else min(best, used)
    return best


def same_table(left, right):
    """Whether two CSV files hold the same texts."""
    with open(left, newline="", encoding="utf-8") as one:
        with open(right, newline="", encoding="utf-8") as two:
            return list(csv.reader(one)) == list(csv.reader(two))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, help="the release build of haechi")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    peers = [sys.executable, str(pathlib.Path(__file__).with_name("peers.py"))]
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        rows = list(plan_rows(options.rows))
        with open(path("table.csv"), "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([COLUMNS] + rows)
        with open(path("table.json"), "w", encoding="utf-8") as file:
            json.dump([dict(zip(COLUMNS, row)) for row in rows], file, ensure_ascii=False)

        def ours(source, target):
            command = [options.haechi, "tabular", "convert", path(source), path(target)]
            return cpu_seconds(command, options.repeat)

        def theirs(peer, source, target):
            return cpu_seconds(peers + [peer, path(source), path(target)], options.repeat)

        out = ours("table.csv", "ours.xlsx")
        back = ours("ours.xlsx", "ours.csv")
        if not same_table(path("table.csv"), path("ours.csv")):
            sys.exit("the table did not come back the same")
        results = [
            ("CSV → XLSX", out, "openpyxl", theirs("openpyxl", "table.csv", "peer.xlsx")),
            ("XLSX → CSV", back, "openpyxl", theirs("openpyxl", "peer.xlsx", "peer.csv")),
            ("CSV → XLSX", out, "flatten-tool (from JSON)",
             theirs("flatten-tool", "table.json", "flat.xlsx")),
            ("XLSX → CSV", back, "flatten-tool (to JSON)",
             theirs("flatten-tool", "flat.xlsx", "flat.json")),
        ]
    print(f"| {options.rows:,} rows × {len(COLUMNS)} columns | Haechi, CPU s | Peer | CPU s | Ratio |")
    print("|---|---:|---|---:|---:|")
    for task, own, peer, other in results:
        print(f"| {task} | {own:.3f} | {peer} | {other:.3f} | {other / own:.1f}× |")


if __name__ == "__main__":
    main()
