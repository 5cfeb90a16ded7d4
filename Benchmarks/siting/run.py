#!/usr/bin/env python3
"""Chooses sites for cameras, beside CBC, which solves the same problem exactly.

    Benchmarks/siting/run.py --haechi .build/release/haechi

Sites and demand lie around two hundred centres, from a seed. CBC (in the wheel of PuLP) gets the same
pairs of site and point and a minute; the large problem is Haechi's alone, whose own bound says how far
from the best it may be. CPU seconds of the whole command, files read.
"""

import argparse
import csv
import json
import math
import pathlib
import random
import resource
import subprocess
import tempfile
import time

import pulp

CENTRE = (126.98, 37.56)
METRES = 111_195.0
MAXIMUM_SECONDS = 60


def place(source, centres):
    """A place near one of the centres, in metres."""
    east, north = source.choice(centres)
    return (east + source.gauss(0, 700), north + source.gauss(0, 700))


def degrees(east, north):
    longitude = CENTRE[0] + east / (METRES * math.cos(math.radians(CENTRE[1])))
    return f"{longitude:.7f}", f"{CENTRE[1] + north / METRES:.7f}"


def instance(sites, points, span, seed=5):
    source = random.Random(seed)
    centres = [
        (source.uniform(-span, span), source.uniform(-span, span)) for _ in range(200)
    ]
    return (
        [place(source, centres) for _ in range(sites)],
        [(place(source, centres), source.randint(1, 100)) for _ in range(points)],
    )


def write(folder, sites, points):
    with (folder / "sites.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "longitude", "latitude", "cost"])
        rows.writerows([index, *degrees(*site), 1] for index, site in enumerate(sites))
    with (folder / "demand.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["longitude", "latitude", "weight"])
        rows.writerows([*degrees(*point), weight] for point, weight in points)


def haechi(command, folder, budget, reach):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    arguments = ["--budget", str(budget), "--range", str(reach), "--format", "json"]
    done = subprocess.run(
        [command, "siting", "plan", folder / "sites.csv", folder / "demand.csv", *arguments],
        check=True,
        capture_output=True,
    )
    return json.loads(done.stdout), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def exact(sites, points, budget, reach):
    """What CBC serves and proves within its time."""
    problem = pulp.LpProblem("coverage", pulp.LpMaximize)
    chosen = [pulp.LpVariable(f"x{i}", cat="Binary") for i in range(len(sites))]
    served = [pulp.LpVariable(f"y{j}", 0, 1) for j in range(len(points))]
    problem += pulp.lpSum(weight * served[j] for j, (_, weight) in enumerate(points))
    problem += pulp.lpSum(chosen) <= budget
    for j, ((east, north), _) in enumerate(points):
        near = [
            chosen[i]
            for i, site in enumerate(sites)
            if math.hypot(site[0] - east, site[1] - north) <= reach
        ]
        problem += served[j] <= pulp.lpSum(near)
    start = time.perf_counter()
    problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=MAXIMUM_SECONDS, threads=1))
    return pulp.value(problem.objective), time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, help="a release build")
    options = parser.parse_args()
    print("| sites × points, budget | demand served | of the bound | CPU s | CBC serves | CBC, s |")
    print("|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for count, many, budget, reach, span, beside in [
            (500, 3_000, 40, 250, 5_000, True),
            (2_000, 10_000, 100, 250, 8_000, True),
            (20_000, 100_000, 1_000, 150, 15_000, False),
        ]:
            sites, points = instance(count, many, span)
            write(folder, sites, points)
            plan, seconds = haechi(options.haechi, folder, budget, reach)
            best, wall = exact(sites, points, budget, reach) if beside else (None, None)
            print(
                f"| {count:,} × {many:,}, {budget:,} | {plan['servedWeight']:,.0f} "
                f"| {1 - plan['gap']:.2%} | {seconds:.2f} "
                + (f"| {best:,.0f} | {wall:.1f} |" if beside else "| – | – |")
            )


if __name__ == "__main__":
    main()
