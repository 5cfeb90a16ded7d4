"""The listing of the sample city over HTTP: Haechi beside FastAPI, uvicorn and Jinja2 on SQLite.

    python run.py --haechi .build/release/haechi [--seconds 5] [--connections 16]

Prints a Markdown table. Both servers run one after the other on this machine, which also runs the
load (wrk), with the same 1,431 projects, a signed-in person and no compression. The peer has a
worker for each core. At half its peak, each is asked at a fixed rate, answered or not, and the time
of an answer counts from when its request was due. Needs wrk (Debian: apt install wrk) and the
packages of requirements.txt.
"""

import argparse
import collections
import csv
import hashlib
import http.client
import io
import os
import pathlib
import re
import selectors
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "Tests" / "System"))

from city import OFFICER, City, environment  # noqa: E402

LISTING = "/procurement/projects"
SEARCH = LISTING + "?q=%EC%9C%A0%EC%A7%80%EA%B4%80%EB%A6%AC&year=2023"
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
BANDS = [50, 100, 300, 1_000, 5_000]
START_DEADLINE_SECONDS = 60
STEADY_CONNECTIONS = 64
STEADY_DEADLINE_SECONDS = 10


def first_answer(port, path, process):
    """Seconds from now until the first byte of an answer."""
    start = time.perf_counter()
    while time.perf_counter() - start < START_DEADLINE_SECONDS and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_DEADLINE_SECONDS)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.002)
        finally:
            connection.close()
    sys.exit(f"no server came up on port {port}")


def resident_megabytes(pid):
    """Resident memory of a process and its children."""
    total, waiting = 0, [pid]
    while waiting:
        current = waiting.pop()
        status = pathlib.Path(f"/proc/{current}/status").read_text()
        total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
        for task in pathlib.Path(f"/proc/{current}/task").iterdir():
            waiting += [int(child) for child in (task / "children").read_text().split()]
    return total / 1024


def load(address, path, cookie, options):
    """Requests a second, and the 50th and 99th percentile in milliseconds."""
    command = ["wrk", "-t1", f"-c{options.connections}", "--latency", "-H", f"Cookie: {cookie}"]
    for seconds in (1, options.seconds):  # The first run warms up.
        said = subprocess.run(
            [*command, f"-d{seconds}s", address + path], capture_output=True, text=True, check=True
        ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"{path} fails under load:\n{said}")
    percentiles = dict(re.findall(r"^\s+(\d+)%\s+([\d.]+[a-z]+)$", said, re.MULTILINE))
    number, unit = zip(
        *(re.match(r"([\d.]+)([a-z]+)", percentiles[p]).groups() for p in ("50", "99"))
    )
    p50, p99 = (float(n) * UNITS[u] for n, u in zip(number, unit))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), p50, p99


class Line:
    """A connection that stays open, with one request under way at the most."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request, due):
        self.due, self.answer, self.size = due, bytearray(), None
        self.socket.sendall(request)

    def has_answer(self):
        """Takes what has come; whether the answer is whole."""
        piece = self.socket.recv(1 << 18)
        self.answer += piece
        if self.size is None and (end := self.answer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.answer[:end])
            length = re.search(rb"(?i)\ncontent-length: *(\d+)", head)
            if not head.startswith(b"HTTP/1.1 200 ") or not length:
                sys.exit(f"an unexpected answer under steady load: {head[:200]!r}")
            self.size = end + 4 + int(length[1])
        if not piece:
            sys.exit("the server hangs up under steady load")
        return self.size is not None and len(self.answer) >= self.size


def steady(address, path, cookie, rate, seconds):
    """The 99th percentile, in milliseconds, of answers to requests that come at a fixed rate."""
    port = int(address.rpartition(":")[2])
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
    # select(2) waits in microseconds; epoll rounds up to milliseconds.
    poll = selectors.SelectSelector()
    free = [Line(port) for _ in range(STEADY_CONNECTIONS)]
    for line in free:
        poll.register(line.socket, selectors.EVENT_READ, line)
    lines, waiting, times = list(free), collections.deque(), []
    total, sent = int(rate * seconds), 0
    start = time.perf_counter()
    while len(times) < total:
        now = time.perf_counter() - start
        if now > seconds + STEADY_DEADLINE_SECONDS:
            sys.exit(f"{path} does not keep up with {rate:.0f} requests a second")
        while sent < total and sent / rate <= now:
            waiting.append(sent / rate)
            sent += 1
        while waiting and free:
            free.pop().ask(request, waiting.popleft())
        pause = sent / rate - (time.perf_counter() - start) if sent < total else 0.1
        for key, _ in poll.select(max(pause, 0)):
            if key.data.has_answer():
                times.append(time.perf_counter() - start - key.data.due)
                free.append(key.data)
    for line in lines:
        line.socket.close()
    return sorted(times)[int(0.99 * (total - 1))] * 1000


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def fill(path, table, token):
    """The peer's database, from the listing's own download."""
    database = sqlite3.connect(path)
    database.executescript(
        "PRAGMA journal_mode = WAL;"
        "CREATE TABLE project (key TEXT, year TEXT, agency_kind TEXT, agency TEXT, department TEXT,"
        " title TEXT, type TEXT, budget INTEGER, timing TEXT, technology TEXT, status TEXT, band INTEGER);"
        "CREATE INDEX project_budget ON project (budget DESC, key);"
        "CREATE TABLE session (token_hash BLOB PRIMARY KEY, name TEXT);"
    )
    rows = [
        (
            row["관리번호"],
            row["계획연도"],
            row["기관구분"],
            row["기관명"],
            row["담당부서"],
            row["사업명"],
            row["사업유형"],
            int(row["사업비(원)"]),
            row["발주시기"],
            row["신기술"],
            row["상태"],
            sum(int(row["사업비(원)"]) >= limit * 1_000_000 for limit in BANDS),
        )
        for row in csv.DictReader(io.StringIO(table))
    ]
    database.executemany(f"INSERT INTO project VALUES ({','.join('?' * 12)})", rows)
    digest = hashlib.sha256(token.encode()).digest()
    database.execute("INSERT INTO session VALUES (?, ?)", (digest, "표본 담당자"))
    database.commit()
    database.close()
    return len(rows)


def measure(address, pid, cookie, options):
    idle = resident_megabytes(pid)
    bare = load(address, "/health", cookie, options)
    listing = load(address, LISTING, cookie, options)
    return {
        "idle": idle,
        "bare": bare,
        "listing": listing,
        "steady": steady(address, LISTING, cookie, listing[0] / 2, options.seconds),
        "search": load(address, SEARCH, cookie, options),
        "after": resident_megabytes(pid),
    }


def measure_haechi(options, folder):
    with City(options.haechi, f"{folder}/data") as city:  # Makes the sample; not measured.
        table = city.ask("/procurement/projects.csv").body.decode("utf-8-sig")
    port = free_port()
    command = [options.haechi, "serve", "--data", f"{folder}/data", "--port", str(port)]
    with open(f"{folder}/haechi.log", "ab") as log:
        process = subprocess.Popen(command, env=environment(), stdout=log, stderr=log)
    try:
        start = first_answer(port, "/health", process)
        found = measure(f"http://127.0.0.1:{port}", process.pid, sign_in(port), options)
        return {"start": start} | found, table
    finally:
        process.terminate()
        process.wait()


def sign_in(port):
    """The session cookie of an officer."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = f"login={OFFICER}&password=haechi+sample+city"
    connection.request(
        "POST", "/sign-in", body, {"Content-Type": "application/x-www-form-urlencoded"}
    )
    cookie = connection.getresponse().headers["Set-Cookie"].split(";")[0]
    connection.close()
    return cookie


def measure_peer(options, folder, table):
    count = fill(f"{folder}/peer.sqlite", table, "a-session")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "peer:app",
        "--port",
        str(port),
        "--no-access-log",
        "--workers",
        str(os.cpu_count()),
        "--log-level",
        "warning",
    ]
    peer_environment = environment(PEER_DATABASE=f"{folder}/peer.sqlite")
    process = subprocess.Popen(command, cwd=HERE, env=peer_environment)
    try:
        start = first_answer(port, "/health", process)
        return {"start": start} | measure(
            f"http://127.0.0.1:{port}", process.pid, "session=a-session", options
        ), count
    finally:
        process.terminate()
        process.wait()


def report(ours, theirs, count, options):
    print(
        f"| {count:,} projects, {options.connections} connections | Haechi | FastAPI + uvicorn | Ratio |"
    )
    print("|---|---:|---:|---:|")
    for title, key in (
        ("a bare answer (`/health`)", "bare"),
        ("the listing", "listing"),
        ("a search in the listing", "search"),
    ):
        mine, other = ours[key], theirs[key]
        row(f"{title}, requests/s", mine[0], other[0], mine[0] / other[0], "{:,.0f}")
        row(f"{title}, p50 ms", mine[1], other[1], other[1] / mine[1], "{:.2f}")
        row(f"{title}, p99 ms", mine[2], other[2], other[2] / mine[2], "{:.2f}")
    row(
        "the listing at half its peak, p99 ms",
        ours["steady"],
        theirs["steady"],
        theirs["steady"] / ours["steady"],
        "{:.2f}",
    )
    row(
        "start to first answer, ms",
        ours["start"] * 1000,
        theirs["start"] * 1000,
        theirs["start"] / ours["start"],
        "{:,.0f}",
    )
    row(
        "memory when idle, MB",
        ours["idle"],
        theirs["idle"],
        theirs["idle"] / ours["idle"],
        "{:.0f}",
    )
    row(
        "memory after the load, MB",
        ours["after"],
        theirs["after"],
        theirs["after"] / ours["after"],
        "{:.0f}",
    )


def row(title, mine, other, ratio, form):
    print(f"| {title} | {form.format(mine)} | {form.format(other)} | {ratio:.1f}× |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--haechi", required=True, type=lambda path: str(pathlib.Path(path).resolve())
    )
    parser.add_argument("--seconds", type=int, default=5, help="how long each address is asked")
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt install wrk")
    with tempfile.TemporaryDirectory(prefix="haechi-bench-") as folder:
        ours, table = measure_haechi(options, folder)
        theirs, count = measure_peer(options, folder, table)
    report(ours, theirs, count, options)


if __name__ == "__main__":
    main()
