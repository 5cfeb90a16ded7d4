#!/usr/bin/env python3
"""Brings the events of a city's cameras onto the walls of its districts, beside a naive scheduler.

    Benchmarks/wall/run.py --haechi .build/release/haechi

Ten thousand events a second from 167,132 cameras go to 25 walls of nine tiles, in real time. No product
that can be installed does this by itself, so the peer is what one writes first: a list of everything that
waits, sorted by its weight at every look (Python, the same events at the same pace). The time of an event
runs from its raising to the end of the look that gave it its place.
"""

import argparse
import math
import pathlib
import random
import resource
import subprocess
import time

CAMERAS, WALLS, TILES, PACE = 167_132, 25, 9, 10_000
SECONDS = 10
DOUBLING_SECONDS, MAXIMUM_WAIT_SECONDS = 60, 600


def quantile(share, values):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def haechi(command):
    program = pathlib.Path(command).with_name("haechi-wall-bench")
    done = subprocess.run([program, str(SECONDS)], check=True, capture_output=True, text=True)
    numbers = [float(word) for word in done.stdout.split()]
    return dict(
        events=int(numbers[1]), cpu=numbers[2], median=numbers[3], slow=numbers[4],
        shown=int(numbers[5]), shown_slow=numbers[7],
    )


def naive():
    """Everything that waits at a wall, sorted at every look."""
    source = random.Random(5)
    waiting = [[] for _ in range(WALLS)]
    latencies, sent = [], 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    began = time.monotonic()
    while (now := time.monotonic() - began) < SECONDS:
        fresh = []
        for _ in range(int(now * PACE) - sent):
            # Raised where it is due, however late this loop comes to it.
            raised = sent / PACE
            fresh.append(raised)
            camera = source.randrange(CAMERAS)
            waiting[camera % WALLS].append((math.exp(3 * source.random()), raised, camera))
            sent += 1
        for wall in waiting:
            wall.sort(
                key=lambda one: one[0] * 2 ** ((now - one[1]) / DOUBLING_SECONDS), reverse=True
            )
            tiles = wall[:TILES]
            wall[:] = [one for one in wall if now - one[1] < MAXIMUM_WAIT_SECONDS]
            assert len(tiles) <= TILES
        after = time.monotonic() - began
        latencies += [(after - raised) * 1000 for raised in fresh]
    cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    return dict(
        events=sent, cpu=cpu, median=quantile(0.5, latencies), slow=quantile(0.99, latencies)
    )


def row(name, figures):
    cores = figures["cpu"] / SECONDS
    return (
        f"| {name} | {figures['events']:,} | {figures['median']:,.1f} ms "
        f"| {figures['slow']:,.1f} ms | {cores:.2f} |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True)
    own, peer = haechi(parser.parse_args().haechi), naive()
    print(f"{SECONDS} seconds, {PACE:,} events a second, {CAMERAS:,} cameras, {WALLS} walls\n")
    print("| scheduler | events | event to place, median | p99 | cores |")
    print("|---|--:|--:|--:|--:|")
    print(row("Haechi", own))
    print(row("sort everything (Python)", peer))
    print(
        f"\n- {own['shown']:,} events outranked a tile when they came and were shown by the next look, "
        f"p99 {own['shown_slow']:.1f} ms."
    )


if __name__ == "__main__":
    main()
