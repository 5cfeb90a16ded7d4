#!/usr/bin/env python3
"""Times walking routes over HTTP beside OSRM, and the start from a mapped graph file.

    Benchmarks/wayfinding/run.py --haechi .build/release/haechi [--pairs 2000]

Both servers answer the same random pairs of places in Heidelberg to one client on a connection that
stays open, with steps and the whole line; haechi adds spoken sentences, banners and barriers in
Korean. OSRM comes from PyPI (osrm-bindings, Python 3.12 alone) into .build/osrm-venv; without such a
Python its published figures on a 2-core x86-64 machine stand beside ours.
"""

import argparse
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "System"))

from city import City  # noqa: E402

SHARED = pathlib.Path(os.environ.get("HAECHI_SHARED_DATA", ROOT / "../shared/data"))
MAPS = SHARED / "navigation"
TOWN = MAPS / "heidelberg.test.pbf"
VENV = ROOT / ".build" / "osrm-venv"
PACKAGE = "osrm-bindings==26.10.0"
# Milliseconds, p50 and p99: OSRM 26.10 on this town, steps and polyline6, one client.
PUBLISHED = (2.00, 4.91)
QUERY = "steps=true&overview=full&geometries=polyline6"
SPOKEN = "&language=ko&voice_instructions=true&banner_instructions=true"
# osrm-routed hangs up on a connection after some hundred answers.
ANSWERS_PER_CONNECTION = 400
START_SECONDS = 30


def places(count):
    """Random places within the town, always the same."""
    chosen = random.Random(1)
    return [
        (chosen.uniform(8.63, 8.73), chosen.uniform(49.36, 49.43)) for _ in range(2 * count)
    ]


def paths(prefix, pairs, query):
    found = places(pairs)
    for start, end in zip(found[::2], found[1::2]):
        ends = ";".join(f"{longitude:.6f},{latitude:.6f}" for longitude, latitude in (start, end))
        yield f"{prefix}/{ends}?{query}"


def times(port, asked):
    """Milliseconds of each answer, sorted, and how many were no route."""
    taken, refused, connection = [], 0, None
    for number, path in enumerate(asked):
        if number % ANSWERS_PER_CONNECTION == 0:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        taken.append((time.perf_counter() - start) * 1000)
        if answer.status != 200 or b'"Ok"' not in body:
            refused += 1
    return sorted(taken), refused


def percentiles(taken):
    return taken[len(taken) // 2], taken[min(len(taken) - 1, len(taken) * 99 // 100)]


def osrm_programs():
    """The folder of OSRM's programs and its profile for walkers, or nothing."""
    python = shutil.which("python3.12")
    if not (VENV / "installed").is_file():
        runs = python and subprocess.run([python, "-V"], capture_output=True).returncode == 0
        if not runs:
            return None
        pip = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet"]
        wheel = ["--only-binary=:all:", "--disable-pip-version-check", PACKAGE]
        for command in ([python, "-m", "venv", VENV], [*pip, *wheel]):
            if subprocess.run(command).returncode != 0:
                return None
        (VENV / "installed").touch()
    package = next(VENV.glob("lib/python3.12/site-packages/osrm"))
    return package / "bin", package / "share" / "profiles" / "foot.lua"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def osrm(pairs):
    """The times of OSRM and the seconds of its preparation; nothing where it cannot run here."""
    found = osrm_programs()
    if found is None:
        return None
    programs, profile = found
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with tempfile.TemporaryDirectory() as folder:
        town = shutil.copy(TOWN, f"{folder}/town.osm.pbf")
        base = f"{folder}/town.osrm"
        start = time.perf_counter()
        subprocess.run([programs / "osrm-extract", "-p", profile, town], check=True, **quiet)
        subprocess.run([programs / "osrm-partition", base], check=True, **quiet)
        subprocess.run([programs / "osrm-customize", base], check=True, **quiet)
        prepared = time.perf_counter() - start
        port = free_port()
        server = subprocess.Popen(
            [programs / "osrm-routed", "--algorithm", "mld", "-t", "1", "-i", "127.0.0.1"]
            + ["-p", str(port), base],
            **quiet,
        )
        try:
            wait(port, server)
            times(port, paths("/route/v1/foot", 50, QUERY))
            return *times(port, paths("/route/v1/foot", pairs, QUERY)), prepared
        finally:
            server.terminate()
            server.wait()


def wait(port, server):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("osrm-routed did not start")


def memory(pid, name):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024


def served(haechi, town, pairs):
    """The times of haechi's answers and its memory after them."""
    with tempfile.TemporaryDirectory() as folder:
        city = City(haechi, f"{folder}/data", arguments=(), HAECHI_MAP=os.fspath(town))
        try:
            route = "/osrm/route/v1/foot"
            times(city.port, paths(route, 50, QUERY + SPOKEN))
            found = times(city.port, paths(route, pairs, QUERY + SPOKEN))
            return *found, memory(city.process.pid, "RssAnon")
        finally:
            city.stop()


def loads(haechi):
    """How a graph file starts, beside the map that it was made of."""
    program = haechi.with_name("haechi-routing-bench")
    print("| start of a planner | seconds | own memory (MiB) | of a file, shared (MiB) |")
    print("|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("heidelberg.test.pbf", "london-northern-line.osm.pbf"):
            graph = f"{folder}/{name}.graph"
            subprocess.run([program, "write", MAPS / name, graph], check=True)
            for kind, path in (("from the map", MAPS / name), ("from its graph file", graph)):
                said = subprocess.run(
                    [program, "load", path], check=True, stdout=subprocess.PIPE, text=True
                ).stdout
                found = {line["measure"]: line for line in map(json.loads, said.splitlines())}
                own = found["own memory of the planner in bytes"]["count"] / (1 << 20)
                mapped = found["mapped file in bytes"]["count"] / (1 << 20)
                seconds = found["load"]["p50"] / 1e6
                print(f"| {name}, {kind} | {seconds:.3f} | {own:.1f} | {mapped:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, type=pathlib.Path)
    parser.add_argument("--pairs", type=int, default=2_000)
    options = parser.parse_args()
    if not TOWN.is_file():
        print("HAECHI_SHARED_DATA has no navigation", file=sys.stderr)
        return 0
    haechi = options.haechi.resolve()
    taken, refused, own = served(haechi, TOWN, options.pairs)
    p50, p99 = percentiles(taken)
    peer = osrm(options.pairs)
    print("| a walking route with steps over HTTP (ms) | p50 | p99 | times haechi's p50 |")
    print("|---|---:|---:|---:|")
    print(f"| haechi, with voice, banners and barriers in Korean | {p50:.2f} | {p99:.2f} | 1 |")
    if peer:
        other = percentiles(peer[0])
        name = f"OSRM ({PACKAGE}), the same pairs, steps alone"
        print(f"| {name} | {other[0]:.2f} | {other[1]:.2f} | {other[0] / p50:.1f} |")
    else:
        other = PUBLISHED
        name = "OSRM 26.10, as published, steps alone"
        print(f"| {name} | {other[0]:.2f} | {other[1]:.2f} | {other[0] / p50:.1f} |")
    print()
    print(f"- {options.pairs - refused:,} of {options.pairs:,} pairs answered by haechi", end="")
    print(f"; {peer[1]:,} refused by OSRM, which took {peer[2]:.1f} s to prepare" if peer else "")
    print(f"- the server's own memory after them: {own:.0f} MiB")
    print()
    loads(haechi)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
