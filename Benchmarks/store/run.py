"""The store beside Python's sqlite3 module (the same SQLite library, loops in C), in one run.

    python3 run.py [--rows 1000000] [--folder DIRECTORY]

Prints Markdown rows: wall seconds, CPU seconds, and the peer's CPU over ours. With
HAECHI_TEST_POSTGRES set (Scripts/with-postgres python3 run.py) our figures on PostgreSQL follow.
"""

import argparse
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGE = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "store-benchmark",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CPostgres"),
        .target(name: "Basics", swiftSettings: settings),
        .target(name: "Store", dependencies: ["Basics", "CPostgres",
            .product(name: "GRDB", package: "GRDB.swift"),
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "Logging", package: "swift-log")], swiftSettings: settings),
        .executableTarget(name: "StoreBenchmark", dependencies: ["Store", "Basics",
            .product(name: "Logging", package: "swift-log")]),
    ])
var settings: [SwiftSetting] {
    [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
     .enableUpcomingFeature("MemberImportVisibility")]
}
"""


def build():
    """A package of links to the real sources, because the product itself exports no library."""
    folder = ROOT / ".build" / "benchmark-store"
    sources = folder / "Sources"
    sources.mkdir(parents=True, exist_ok=True)
    (folder / "Package.swift").write_text(PACKAGE)
    links = {"CPostgres": "C/CPostgres", "Basics": "Engines/Basics", "Store": "Platform/Store"}
    for name, path in links.items():
        link = sources / name
        link.unlink(missing_ok=True)
        link.symlink_to(ROOT / "Sources" / path)
    own = sources / "StoreBenchmark"
    own.mkdir(exist_ok=True)
    shutil.copy(HERE / "StoreBenchmark.swift", own)
    subprocess.run(["swift", "build", "-c", "release", "--package-path", folder], check=True)
    return folder / ".build" / "release" / "StoreBenchmark"


def ours(binary, location, rows):
    output = subprocess.run(
        [binary, location, str(rows)], check=True, capture_output=True, text=True).stdout
    lines = [line.split() for line in output.splitlines() if not line.startswith("#")]
    return {name: (float(wall), float(cpu)) for name, wall, cpu in lines}


def peer(path, rows):
    result = {}

    def timed(name, count, body):
        wall, cpu = time.perf_counter(), time.process_time()
        body()
        result[name] = (
            (time.perf_counter() - wall) / count, (time.process_time() - cpu) / count)

    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE plan (id INTEGER PRIMARY KEY AUTOINCREMENT, year BIGINT NOT NULL,"
               " org_name TEXT NOT NULL, title TEXT NOT NULL, budget BIGINT NOT NULL,"
               " share DOUBLE PRECISION NOT NULL)")
    db.execute("CREATE TABLE post (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)")

    def insert():
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?)", (
            (i, 2015 + i % 10, f"기관 {i % 50}", f"정보시스템 유지관리 {i}", i * 977, i / 3)
            for i in range(1, rows + 1)))
        db.execute("COMMIT")

    def stream():
        total = 0
        for a, b, c, d, e, f in db.execute("SELECT * FROM plan"):
            total += a + b + e + len(c) + len(d) + int(f)

    def decode():
        names = ("id", "year", "orgName", "title", "budget", "share")
        [dict(zip(names, row)) for row in db.execute("SELECT * FROM plan")]

    def commits():
        for i in range(400):
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO post (body) VALUES (?)", (str(i),))
            db.execute("COMMIT")

    def reads():
        for i in range(5000):
            db.execute("SELECT * FROM plan WHERE id = ?", (i * 7919 % rows + 1,)).fetchone()

    timed("insert", 1, insert)
    timed("stream", 1, stream)
    timed("decode", 1, decode)
    timed("commits1", 400, commits)
    timed("reads", 5000, reads)
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", default=None, help="the disk to write on")
    options = parser.parse_args()
    binary = build()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        mine = ours(binary, f"{folder}/haechi.sqlite", options.rows)
        theirs = peer(f"{folder}/python.sqlite", options.rows)
    print("| task | ours, wall s | ours, CPU s | python sqlite3, CPU s | ratio |")
    print("|---|---|---|---|---|")
    for name, (wall, cpu) in mine.items():
        other = theirs.get(name)
        tail = f"{other[1]:.3g} | {other[1] / max(cpu, 1e-9):.2f}" if other else "– | –"
        print(f"| {name} | {wall:.3g} | {cpu:.3g} | {tail} |")
    url = os.environ.get("HAECHI_TEST_POSTGRES")
    if url:
        for name, (wall, cpu) in ours(binary, url, options.rows).items():
            print(f"| {name}, PostgreSQL | {wall:.3g} | {cpu:.3g} | – | – |")


if __name__ == "__main__":
    main()
