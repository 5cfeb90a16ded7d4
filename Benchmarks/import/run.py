"""A million plans from a CSV file to the searchable, durable city, beside what peers do with the file.

    python3 run.py --haechi .build/release/haechi [--rows 1000000] [--data DIRECTORY]

Prints Markdown rows: CPU seconds, because the machine may be shared, and the peak memory of each
process. Fails where two systems count or sum differently.

What the rows compare: Haechi checks every cell, writes the projects into its store (durable, with the
unique index of an edition's keys) and fills the catalogue's facets and its index of any substring;
`serve` is a later start on that store until the first answer. DuckDB takes the columns as they are into
a file, without a search index. Python reads the file with `csv` into SQLite (durable, with the same
unique index), an index of the facets, and FTS5 with its trigram tokenizer over the same words.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

import plans

GOAL = {"cpu": 6.0, "megabytes": 400}


def measured(command):
    """Runs a program: what it printed, its CPU seconds and its peak memory in megabytes."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}: {output}")
    return output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def haechi_import(haechi, csv, folder):
    output, cpu, memory = measured(
        [*haechi, "procurement", "import", csv, "--publish", "--data", folder, "--format", "json"])
    report = json.loads(output)
    if report["searchableCount"] != report["importableCount"]:
        sys.exit(f"{report['searchableCount']} of {report['importableCount']} can be searched")
    return report["importableCount"], report["budget"], cpu, memory


def haechi_start(haechi, folder, count):
    """A server's start on the store, up to its first answer: CPU seconds and peak megabytes."""
    process = subprocess.Popen(
        [*haechi, "serve", "--data", folder, "--port", "0"], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True)
    try:
        # The first line may name the first administrator.
        address = None
        while not address:
            address = re.search(r"http://\S+", process.stdout.readline())
        with urllib.request.urlopen(f"{address[0]}/api/procurement/projects") as answer:
            found = json.load(answer)["count"]
        kernel = pathlib.Path(f"/proc/{process.pid}")
        ticks = kernel.joinpath("stat").read_text().rsplit(")", 1)[1].split()[11:13]
        memory = re.search(r"VmHWM:\s+(\d+)", kernel.joinpath("status").read_text())[1]
    finally:
        process.terminate()
        process.wait()
    if found != count:
        sys.exit(f"the server finds {found} of {count}")
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), int(memory) / 1024


def duckdb_import(csv, path):
    import duckdb

    database = duckdb.connect(path)
    database.execute("SET threads = 1")
    database.execute(f"CREATE TABLE plan AS SELECT * FROM read_csv('{csv}')")
    database.execute("CHECKPOINT")
    return database.execute('SELECT count(*), sum("사업비(원)") FROM plan').fetchone()


def sqlite_import(csv, path):
    import csv as reader
    import sqlite3

    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(
        "CREATE TABLE plan (id INTEGER PRIMARY KEY, key, year INT, kind, agency, department, title, "
        "type, technologies, budget INT, timing, method, status, contact)")
    database.execute("CREATE UNIQUE INDEX plan_key ON plan (agency, year, key)")
    database.execute(
        "CREATE VIRTUAL TABLE words USING fts5 (title, agency, department, type, content='plan', "
        "tokenize='trigram')")
    with open(csv, encoding="utf-8", newline="") as file:
        rows = reader.reader(file)
        next(rows)
        database.executemany(
            "INSERT INTO plan (key, year, kind, agency, department, title, type, technologies, "
            "budget, timing, method, status, contact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows)
    database.execute(
        "CREATE INDEX facet ON plan (year, kind, agency, type, timing, status, technologies, budget)")
    database.execute("INSERT INTO words (words) VALUES ('rebuild')")
    database.commit()
    return database.execute("SELECT count(*), sum(budget) FROM plan").fetchone()


PEERS = {"duckdb": duckdb_import, "sqlite": sqlite_import}


def peer(name, csv, path):
    """A peer in a process of its own."""
    output, cpu, memory = measured([sys.executable, __file__, "--peer", name, csv, path])
    count, total = output.split()
    return int(count), int(total), cpu, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", nargs="+", help="the haechi command")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--data", type=pathlib.Path, help="a directory to keep the file in")
    parser.add_argument("--peer", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        name, csv, path = options.peer
        count, total = PEERS[name](csv, path)
        print(count, int(total))
        return
    if not options.haechi:
        parser.error("--haechi is needed")
    with tempfile.TemporaryDirectory() as temporary:
        csv = str((options.data or pathlib.Path(temporary)) / f"city-plans-{options.rows}.csv")
        if not os.path.exists(csv):
            plans.generate(csv, options.rows)
        folder = f"{temporary}/city"
        *own, cpu, memory = haechi_import(options.haechi, csv, folder)
        start_cpu, start_memory = haechi_start(options.haechi, folder, options.rows)
        print(f"| {options.rows:,} plans, {os.path.getsize(csv) / 1e6:.0f} MB of CSV "
              "| CPU s | peak memory, MB | Haechi is |")
        print("|---|---:|---:|---|")
        print(f"| Haechi: checked, durable, searchable | {cpu:.2f} | {memory:.0f} | – |")
        print(f"| Haechi: `serve` on them, to the first answer | {start_cpu:.2f} "
              f"| {start_memory:.0f} | – |")
        for name, title in [("duckdb", "DuckDB: durable, not searchable"),
                            ("sqlite", "Python csv + SQLite + FTS5 trigram")]:
            *found, peer_cpu, peer_memory = peer(name, csv, f"{temporary}/{name}")
            if found != own:
                sys.exit(f"{name} counts and sums {found}, Haechi {own}")
            ratio = peer_cpu / cpu
            print(f"| {title} | {peer_cpu:.2f} | {peer_memory:.0f} | {ratio:.1f}× as fast |")
        print()
        print(f"- goal for {1_000_000:,} plans: at most {GOAL['cpu']:.0f} CPU seconds and "
              f"{GOAL['megabytes']} MB")


if __name__ == "__main__":
    main()
