#!/usr/bin/env python3
"""Follows people, names events and finds people in a video, beside its peers.

    Benchmarks/vision/run.py --haechi .build/release/haechi

Tracking: the public detections of MOT15, beside norfair. Events: generated streets with seeds that were
not used while the analyzer was written. Detection: YOLOX-nano on PETS09-S2L1, beside the same model in
ONNX Runtime's Python package, whose library Haechi opens. The share of a core that the analysis of the
sample city's cameras takes of a server.

The scores are motmetrics', at an overlap of half, over the sequences in HAECHI_SHARED_DATA
(default ../shared/data). The peer has the usual settings of its documentation for boxes: distance by
overlap. CPU seconds count the command with its files for Haechi, the loop over frames for the peer.
"""

import argparse
import json
import os
import pathlib
import resource
import socket
import subprocess
import sys
import tempfile
import time

import motmetrics
import norfair
import numpy
import onnxruntime

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


# Seeds from here on are for measuring only.
FIRST_SEED = 5_000


def events(command, seeds):
    """Found, invented and missed events of generated streets."""
    text = subprocess.run(
        [command, "vision", "events", "--seed", str(FIRST_SEED), "--count", str(seeds),
         "--format", "json"],
        check=True, capture_output=True,
    ).stdout
    print(f"\n| {seeds} streets of each kind | found | invented | missed | F1 |")
    print("|---|---:|---:|---:|---:|")
    for row in json.loads(text):
        count = row["score"]
        print(
            f"| {row['kind']} | {count['found']} | {count['invented']} | {count['missed']} "
            f"| {row['f1']:.3f} |"
        )


VIDEO = DATA / "cctv" / "videos" / "vtest_tiodh.mp4"
WEIGHTS = DATA / "cctv" / "weights" / "yolox_nano_416x416.onnx"
SIDE = 416


def boxes(path, is_truth=False):
    """The boxes of a MOTChallenge file by frame, in the video's pixels."""
    frames = {}
    across, down = (480 / 768, 360 / 576) if is_truth else (1, 1)
    for line in path.read_text().split():
        frame, _, x, y, width, height, score = map(float, line.split(",")[:7])
        if not is_truth or score:
            frames.setdefault(int(frame), []).append(
                (x * across, y * down, width * across, height * down, score)
            )
    return frames


def overlap(one, other):
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0
    shared = width * height
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def f1(found, truth, frames):
    """F1 at an overlap of half, the surest first."""
    right = wrong = missed = 0
    for frame in frames:
        left = list(truth.get(frame, []))
        for box in sorted(found.get(frame, []), key=lambda box: -box[4]):
            best = max(left, key=lambda other: overlap(box, other), default=None)
            if best and overlap(box, best) >= 0.5:
                left.remove(best)
                right += 1
            else:
                wrong += 1
        missed += len(left)
    return 2 * right / (2 * right + wrong + missed)


def yolox_in_python():
    """The same model in ONNX Runtime's Python package."""
    import av

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(WEIGHTS), options)
    cells = numpy.array(
        [(x, y, stride) for stride in (8, 16, 32) for y in range(SIDE // stride)
         for x in range(SIDE // stride)], float,
    )
    frames = {}
    start = time.process_time()
    for number, frame in enumerate(av.open(str(VIDEO)).decode(video=0), 1):
        share = min(SIDE / frame.width, SIDE / frame.height)
        width, height = int(frame.width * share), int(frame.height * share)
        picture = frame.reformat(
            width=width, height=height, format="bgr24", interpolation="BILINEAR"
        ).to_ndarray()
        square = numpy.full((1, 3, SIDE, SIDE), 114, numpy.float32)
        square[0, :, :height, :width] = picture.transpose(2, 0, 1)
        answers = session.run(None, {session.get_inputs()[0].name: square})[0][0]
        scores = answers[:, 4] * answers[:, 5]
        kept = []
        for at in sorted(numpy.flatnonzero(scores >= 0.3), key=lambda at: -scores[at]):
            stride = cells[at, 2]
            x, y = (answers[at, :2] + cells[at, :2]) * stride / share
            wide, high = numpy.exp(answers[at, 2:4]) * stride / share
            box = (x - wide / 2, y - high / 2, wide, high, scores[at])
            if all(overlap(box, other) <= 0.45 for other in kept):
                kept.append(box)
        frames[number] = kept
    return frames, time.process_time() - start


def detection(command):
    """People in a video: without a model, with one, with one where something moves; and the peer."""
    truth = boxes(FOLDER / "PETS09-S2L1.gt.txt", is_truth=True)
    frames = range(60, 796)
    library = pathlib.Path(onnxruntime.__file__).parent / "capi"
    print("\n| PETS09-S2L1, 736 frames | F1 | people a frame (truth "
          f"{sum(len(truth.get(frame, [])) for frame in frames) / len(frames):.2f}) "
          "| CPU ms a frame | cameras a core at 5 a second |")
    print("|---|---:|---:|---:|---:|")

    def row(title, found, seconds):
        count = sum(len(found.get(frame, [])) for frame in frames) / len(frames)
        milliseconds = 1000 * seconds / 795
        print(f"| {title} | {f1(found, truth, frames):.3f} | {count:.2f} | {milliseconds:.1f} "
              f"| {200 / milliseconds:.0f} |")

    model = ["--model", WEIGHTS, "--runtime", library, "--detections"]
    with tempfile.TemporaryDirectory() as temporary:
        output = pathlib.Path(temporary) / "tracks.txt"
        for title, more in [
            ("Haechi, no model", []),
            ("Haechi, YOLOX-nano", model),
            ("Haechi, YOLOX-nano where something moves", [*model, "--gated"]),
        ]:
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run(
                [command, "vision", "analyze", VIDEO, "--output", output, *more],
                check=True, capture_output=True,
            )
            seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            row(title, boxes(output), seconds)
    found, seconds = yolox_in_python()
    row("YOLOX-nano in Python", found, seconds)


QUIET_VIDEO = DATA / "cctv" / "videos" / "one-by-one-person-detection.mp4"
FRAMES_A_SECOND = 5


def gated(command):
    """The model asked about every frame of a gate that people pass one by one, and only where something moves.

    There is no truth for this video: F1 says how well the second finds what the first found.
    """
    library = pathlib.Path(onnxruntime.__file__).parent / "capi"
    print(f"\n| A gate, people one by one, {FRAMES_A_SECOND} frames a second | frames asked about | F1 "
          "| CPU ms a frame | cameras a core |")
    print("|---|---:|---:|---:|---:|")
    asked = None
    with tempfile.TemporaryDirectory() as temporary:
        for title, more in [
            ("YOLOX-nano, every frame", []),
            ("YOLOX-nano where something moves", ["--gated"]),
        ]:
            output = pathlib.Path(temporary) / "found.txt"
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            text = subprocess.run(
                [command, "vision", "analyze", QUIET_VIDEO, "--fps", str(FRAMES_A_SECOND),
                 "--model", WEIGHTS, "--runtime", library, "--detections", "--output", output,
                 "--format", "json", *more],
                check=True, capture_output=True,
            ).stdout
            seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            report = json.loads(text)
            found = boxes(output)
            asked = asked or found
            milliseconds = 1000 * seconds / report["analyzedFrames"]
            print(
                f"| {title} | {report['detectorRuns']} of {report['analyzedFrames']} "
                f"| {f1(found, asked, sorted({*found, *asked})):.3f} | {milliseconds:.1f} "
                f"| {1000 / FRAMES_A_SECOND / milliseconds:.0f} |"
            )


SERVER_SECONDS = 30


def server(command, analysis):
    """The share of one core that a server of the sample city takes while nobody asks for anything."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        door.close()
        process = subprocess.Popen(
            [command, "serve", "--sample", "--data", folder, "--port", str(port)],
            cwd=ROOT, env={**os.environ, "HAECHI_CAMERA_ANALYSIS": analysis},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(600):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.5)

            def ticks():
                words = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1]
                return sum(int(word) for word in words.split()[11:13])

            time.sleep(10)  # what a start leaves to be done
            before = ticks()
            time.sleep(SERVER_SECONDS)
            return (ticks() - before) / os.sysconf("SC_CLK_TCK") / SERVER_SECONDS
        finally:
            process.terminate()
            process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, help="a release build")
    parser.add_argument("--streets", type=int, default=20, help="generated streets of each kind")
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
    events(options.haechi, options.streets)
    if VIDEO.exists() and WEIGHTS.exists():
        detection(options.haechi)
    else:
        print(f"vision: no video or model in {DATA / 'cctv'}; detection is left out")
    if QUIET_VIDEO.exists() and WEIGHTS.exists():
        gated(options.haechi)
    watching, idle = (server(options.haechi, switch) for switch in ("true", "false"))
    print(
        f"\n- A server of the sample city, 16 cameras, nobody looking: {watching:.1%} of one core; "
        f"with `cameraAnalysis` false {idle:.1%} (budget: 15%)"
    )


if __name__ == "__main__":
    main()
