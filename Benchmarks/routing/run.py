#!/usr/bin/env python3
"""Checks and times the routing engine on RoutingKit's test data and on real extracts.

    Benchmarks/routing/run.py --haechi .build/release/haechi

The workload is haechi-routing-bench beside haechi. RoutingKit itself is built from source and so is
measured by hand: its figures on Luxembourg, on a 2-core x86-64 machine, stand beside ours.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("HAECHI_SHARED_DATA", ROOT / "../shared/data"))
# Microseconds: p50 and p99, RoutingKit 247aef1, travel_time, inertial-flow order of the data set.
ROUTINGKIT = {
    "distance": ("17.7–20.3", "30.4–31.0"),
    "path": ("57–59", "135–149"),
    "customisation": ("9,200–10,600", ""),
    "partial update": ("3.2–4.0", "242–303"),
}
ROUTINGKIT_TILED = {
    "distance": ("28.8–29.0", "65.6"),
    "path": ("154–173", "364–382"),
    "customisation": ("106,000–116,000", ""),
}


def lines(program, *arguments):
    """What the workload prints, by the name of the measure."""
    done = subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["measure"]: line for line in found}


def luxembourg(program):
    found = lines(program, "luxembourg", SHARED / "navigation/routingkit-luxembourg")
    checks = [line for name, line in found.items() if "reference" in name]
    wrong = [line for line in checks if line["count"] != line["of"]]
    print("| Luxembourg, travel time (µs) | haechi p50 | haechi p99 | RoutingKit p50 | p99 |")
    print("|---|---:|---:|---:|---:|")
    for name, (p50, p99) in ROUTINGKIT.items():
        line = found[f"given order, travel_time: {name}"]
        print(f"| {name} | {line['p50']:,.1f} | {line['p99']:,.1f} | {p50} | {p99} |")
    order = found["own order"]["p50"] / 1e6
    print(f"| own order (s) | {order:.2f} | | 2.16–2.24 | |")
    equal, total = (sum(line[key] for line in checks) for key in ("count", "of"))
    print(f"- {equal:,} of {total:,} distances and paths equal the reference")
    return not wrong


def tiled(program):
    found = lines(program, "tiled", SHARED / "navigation/routingkit-luxembourg")
    print("| nine Luxembourgs, 689,355 nodes (µs) | haechi p50 | p99 | RoutingKit p50 | p99 |")
    print("|---|---:|---:|---:|---:|")
    for name, (p50, p99) in ROUTINGKIT_TILED.items():
        line = found[name]
        print(f"| {name} | {line['p50']:,.1f} | {line['p99']:,.1f} | {p50} | {p99} |")
    closure = found["one closure or opening in eight metrics"]
    print(f"| a closure in eight metrics | {closure['p50']:,.1f} | {closure['p99']:,.1f} | | |")
    print(f"| own order (s) | {found['own order']['p50'] / 1e6:.1f} | | 33.5–33.6 | |")
    check = found["answers equal to Dijkstra's"]
    return check["count"] == check["of"]


def extracts(program):
    good = True
    for name in ("heidelberg.test.pbf", "london-northern-line.osm.pbf", "da_hbf.osm"):
        found = lines(program, "exactness", SHARED / "navigation" / name)
        equal = sum(line["count"] for line in found.values())
        total = sum(line["of"] for line in found.values())
        good = good and equal == total
        print(f"- {name}: {equal:,} of {total:,} answers of eight profiles equal Dijkstra's")
    return good


def heidelberg(program):
    found = lines(program, "import", SHARED / "navigation/heidelberg.test.pbf")
    seconds = found["map to eight profiles"]["p50"] / 1e6
    memory = found["peak memory in bytes"]["count"] / (1 << 20)
    print(f"- heidelberg.test.pbf to eight profiles: {seconds:.2f} s, {memory:.0f} MiB")
    chair = found["manualWheelchair: route with instructions"]
    print(f"- wheelchair route with instructions: {chair['p50']:.0f}/{chair['p99']:.0f} µs p50/p99")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, type=pathlib.Path)
    program = parser.parse_args().haechi.with_name("haechi-routing-bench")
    if not (SHARED / "navigation").is_dir():
        print("HAECHI_SHARED_DATA has no navigation", file=sys.stderr)
        return 0
    good = luxembourg(program)
    good = tiled(program) and good
    good = extracts(program) and good
    heidelberg(program)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
