#!/usr/bin/env python3
"""Follows people through the public detections of MOT15 and scores it, beside norfair.

    Benchmarks/vision/run.py --haechi .build/release/haechi

The scores are motmetrics', at an overlap of half, over the sequences in HAECHI_SHARED_DATA
(default ../shared/data). The peer has the usual settings of its documentation for boxes: distance by
overlap. CPU seconds count the command with its files for Haechi, the loop over frames for the peer.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import motmetrics
import norfair
import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("HAECHI_SHARED_DATA", ROOT.parent / "shared" / "data"))
FOLDER = DATA / "cctv" / "mot15"

# motmetrics 1.4 still asks for a function that NumPy 2 took out.
if not hasattr(numpy, "asfarray"):
    numpy.asfarray = lambda values: numpy.asarray(values, float)


def haechi(command, detections, output, live):
    """The CPU seconds of tracking a file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(
        [command, "vision", "track", detections, "--output", output, *(["--live"] if live else [])],
        check=True,
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def peer(detections, output):
    """norfair on the same boxes."""
    frames = {}
    for line in detections.read_text().split():
        frame, _, x, y, width, height, score = map(float, line.split(",")[:7])
        points = numpy.array([[x, y], [x + width, y + height]])
        frames.setdefault(int(frame), []).append(
            norfair.Detection(points=points, scores=numpy.array([score, score]))
        )
    tracker = norfair.Tracker(
        distance_function="iou", distance_threshold=0.7, initialization_delay=3, hit_counter_max=10
    )
    lines = []
    start = time.process_time()
    for frame in range(1, max(frames) + 1):
        for item in tracker.update(detections=frames.get(frame, [])):
            (left, top), (right, bottom) = item.estimate
            lines.append(
                f"{frame},{item.id},{left},{top},{right - left},{bottom - top},1,-1,-1,-1"
            )
    seconds = time.process_time() - start
    output.write_text("\n".join(lines) + "\n")
    return seconds


def score(names, folder):
    """MOTA, IDF1 and switches over all sequences."""
    accumulators = []
    for name in names:
        truth = motmetrics.io.loadtxt(FOLDER / f"{name}.gt.txt", fmt="mot15-2D", min_confidence=1)
        found = motmetrics.io.loadtxt(folder / f"{name}.txt", fmt="mot15-2D")
        accumulators.append(
            motmetrics.utils.compare_to_groundtruth(truth, found, "iou", distth=0.5)
        )
    summary = motmetrics.metrics.create().compute_many(
        accumulators, names=names, metrics=["mota", "idf1", "num_switches"], generate_overall=True
    )
    return summary.loc["OVERALL"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, help="a release build")
    options = parser.parse_args()
    names = sorted(path.name.removesuffix(".det.txt") for path in FOLDER.glob("*.det.txt"))
    if not names:
        sys.exit(f"vision: no sequences in {FOLDER}")
    frames = sum(
        max(int(line.split(",")[0]) for line in (FOLDER / f"{name}.det.txt").open())
        for name in names
    )
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for title, run in [
            ("Haechi, a recording", lambda d, o: haechi(options.haechi, d, o, live=False)),
            ("Haechi, as a live camera", lambda d, o: haechi(options.haechi, d, o, live=True)),
            ("norfair", peer),
        ]:
            seconds = sum(
                run(FOLDER / f"{name}.det.txt", folder / f"{name}.txt") for name in names
            )
            rows.append((title, score(names, folder), seconds))
    print(f"| {len(names)} sequences of MOT15, {frames:,} frames | MOTA | IDF1 | switches | CPU s |")
    print("|---|---:|---:|---:|---:|")
    for title, result, seconds in rows:
        print(
            f"| {title} | {result['mota']:.3f} | {result['idf1']:.3f} "
            f"| {int(result['num_switches'])} | {seconds:.2f} |"
        )


if __name__ == "__main__":
    main()
