#!/usr/bin/env python3
"""Commits, holds and checks a draw of 100,000 entrants, and has Scripts/verify-draw check it too.

    Benchmarks/drawing/run.py --haechi .build/release/haechi

CPU seconds of whole commands, files read and written: the best of several rounds.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENTRANTS = 100_000
STRATA = 5
ROUNDS = 5

RULE = {
    "draw": "bench-1",
    "title": "bench",
    "strata": [
        {"id": str(i), "name": str(i), "places": 2000, "waiting": 1000} for i in range(STRATA)
    ],
    "leftover": {"method": "proportional", "order": []},
    "onePerGroup": True,
    "inputs": [{"name": "lottery", "form": "set", "publishedOn": "2026-06-06"}],
    "officials": [],
}


def cpu_seconds(command):
    """The CPU seconds of a command that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True)
    haechi = parser.parse_args().haechi
    with tempfile.TemporaryDirectory() as folder:
        rule, entrants, committed, draw = (
            f"{folder}/{name}" for name in ("rule.json", "list.csv", "commit.json", "draw.json")
        )
        pathlib.Path(rule).write_text(json.dumps(RULE))
        lines = [f"R-2026-{i:06},{i % STRATA},H{i // 3}" for i in range(ENTRANTS)]
        pathlib.Path(entrants).write_text("\n".join(["receipt,stratum,group", *lines, ""]))
        value = ["--seed-input", "9 18 26 34 41 45"]
        steps = {
            "commit": [haechi, "draw", "commit", entrants, "--rule", rule, "--output", committed],
            "run": [haechi, "draw", "run", committed, *value, "--output", draw],
            "verify": [haechi, "draw", "verify", draw],
            "peer": [sys.executable, str(ROOT / "Scripts" / "verify-draw"), draw],
        }
        best = {
            name: min(cpu_seconds(command) for _ in range(ROUNDS))
            for name, command in steps.items()
        }
    print(f"| a draw of {ENTRANTS:,} entrants, {STRATA} strata | haechi | Python, hashlib | ratio |")
    print("|---|---:|---:|---:|")
    print(f"| commit (CPU s) | {best['commit']:.3f} | | |")
    print(f"| draw (CPU s) | {best['run']:.3f} | | |")
    ratio = best["peer"] / best["verify"]
    print(f"| verify (CPU s) | {best['verify']:.3f} | {best['peer']:.3f} | {ratio:.1f}× |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
