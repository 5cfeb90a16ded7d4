#!/usr/bin/env python3
"""Searches generated sightings beside faiss and hnswlib, on the same vectors and queries.

    Benchmarks/sightings/run.py --haechi .build/release/haechi [--rows 1000000] [--dimension 256]

The usual size takes about two minutes of a processor. A whole city, 10 million of 512 values, takes 8 GiB of
disk in TMPDIR, 14 GiB of memory and some minutes: --rows 10000000 --dimension 512; the peers, which want 20 GiB
of memory for it, are left out then, so their ratio is that of a smaller size.

The workload is haechi-sightings-bench beside haechi. 500 directions, 50,000 people around them (one for
each 20 sightings), each seen near a home camera of 2,000, over 7 days. Three kinds of query: a day and a
hundred cameras, seven days and a hundred cameras, the whole city. Recall is against looking at every row
in 32-bit floats. The peers run on one thread, and only where the vectors fit in memory; hnswlib gets the
first rows only, because building its graph takes longest, and filters through its callback.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import numpy

CAMERAS = 2000
DAYS = 7
HOUR = 3_600_000
# 2026-03-02 00:00 in Korea.
MIDNIGHT = 1_772_377_200_000
WANTED = 50
CHUNK = 100_000
QUERIES = 100
GROUPS = ["24 h × 100 cameras", "7 d × 100 cameras", "the whole city, 7 d"]
HNSW_ROWS = 100_000
MAXIMUM_PEER_BYTES = 3 << 30


def unit(vectors):
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


class City:
    """People and where they were seen, in order of hour and camera; their vectors come by chunks."""

    def __init__(self, rows, dimension):
        self.rng = numpy.random.default_rng(7)
        self.rows, self.dimension = rows, dimension
        people = max(rows // 20, 1)
        centres = unit(self.rng.standard_normal((500, dimension), dtype=numpy.float32))
        noise = self.noise(people)
        self.people = unit(0.8 * centres[self.rng.integers(0, 500, people)] + 0.6 * noise)
        self.homes = self.rng.integers(0, CAMERAS, people)
        who = self.rng.integers(0, people, rows)
        cameras = (self.homes[who] + self.rng.integers(-20, 21, rows)) % CAMERAS
        times = self.rng.integers(0, DAYS * 24 * HOUR, rows)
        order = numpy.lexsort((times, cameras, times // HOUR))
        self.who, self.cameras, self.times = who[order], cameras[order], times[order]

    def noise(self, count):
        scale = numpy.float32(1 / numpy.sqrt(self.dimension))
        return self.rng.standard_normal((count, self.dimension), dtype=numpy.float32) * scale

    def seen(self, who):
        return unit(self.people[who] + 0.7 * self.noise(len(who)))

    def chunks(self):
        for start in range(0, self.rows, CHUNK):
            yield start, self.seen(self.who[start : start + CHUNK])


class Query:
    def __init__(self, group, vector, home, rng):
        self.group, self.vector = group, vector
        self.cameras = (home + numpy.arange(-50, 50)) % CAMERAS
        start = int(rng.integers(0, (DAYS - 1) * 24)) if group == 0 else 0
        self.span = (start * HOUR, (start + 24 if group == 0 else DAYS * 24) * HOUR - 1)
        self.best = (numpy.empty(0, numpy.float32), numpy.empty(0, numpy.int64))

    def fits(self, cameras, times):
        """The rows that the filters leave."""
        if self.group == 2:
            return numpy.arange(len(cameras))
        wanted = numpy.zeros(CAMERAS, bool)
        wanted[self.cameras] = True
        return numpy.flatnonzero(
            wanted[cameras] & (times >= self.span[0]) & (times <= self.span[1])
        )

    def packed(self):
        cameras = [] if self.group == 2 else self.cameras
        return b"".join(
            [
                numpy.array([self.group, len(cameras)], numpy.uint32).tobytes(),
                numpy.array([MIDNIGHT + moment for moment in self.span], numpy.int64).tobytes(),
                self.vector.astype(numpy.float32).tobytes(),
                numpy.array(cameras, numpy.uint32).tobytes(),
            ]
        )

    def look(self, scores, rows):
        """Keeps the best of what was seen and these."""
        scores = numpy.concatenate([self.best[0], scores])
        rows = numpy.concatenate([self.best[1], rows])
        if len(scores) > WANTED:
            kept = numpy.argpartition(-scores, WANTED - 1)[:WANTED]
            scores, rows = scores[kept], rows[kept]
        self.best = scores, rows


def feed(city, queries, pipe, kept):
    """Writes the sightings to the workload and looks at every row for the truth."""
    matrix = numpy.stack([query.vector for query in queries]).T
    with pipe:
        for start, vectors in city.chunks():
            cameras = city.cameras[start : start + len(vectors)]
            times = city.times[start : start + len(vectors)]
            pipe.write(numpy.int64(len(vectors)).tobytes())
            pipe.write(cameras.astype(numpy.uint32).tobytes())
            pipe.write((times + MIDNIGHT).astype(numpy.int64).tobytes())
            pipe.write(vectors.tobytes())
            scores = vectors @ matrix
            for index, query in enumerate(queries):
                rows = query.fits(cameras, times)
                query.look(scores[rows, index], rows + start)
            if kept is not None:
                kept[start : start + len(vectors)] = vectors


def haechi(program, city, queries, kept, is_open):
    """The lines of the workload."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        asked = folder / "queries"
        asked.write_bytes(b"".join(query.packed() for query in queries))
        words = [program, folder / "store", str(city.dimension), asked]
        process = subprocess.Popen(
            words + (["open"] if is_open else []), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(process.stdout))
        reader.start()
        feed(city, queries, process.stdin, kept)
        reader.join()
        if process.wait():
            sys.exit("sightings: the workload failed")
        return [json.loads(line) for line in lines]


def recall(query, rows):
    return len(numpy.intersect1d(query.best[1], rows)) / max(len(query.best[1]), 1)


def faiss_flat(city, queries, vectors):
    """Processor seconds and recall of each query by faiss, exact, with a bitmap of the rows."""
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(city.dimension)
    index.add(vectors)
    for query in queries:
        bits = numpy.zeros(city.rows, bool)
        bits[query.fits(city.cameras, city.times)] = True
        bitmap = numpy.packbits(bits, bitorder="little")
        start = time.process_time()
        parameters = None
        if query.group != 2:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bitmap))
        found = index.search(query.vector[None], WANTED, params=parameters)[1][0]
        yield query.group, time.process_time() - start, recall(query, found)


def hnsw(city, queries, vectors):
    """The same by hnswlib over the first rows, against the best of those rows."""
    import hnswlib

    count = min(HNSW_ROWS, city.rows)
    index = hnswlib.Index(space="ip", dim=city.dimension)
    index.init_index(max_elements=count, M=16, ef_construction=60)
    index.set_num_threads(1)
    index.add_items(vectors[:count])
    index.set_ef(256)
    for query in queries:
        rows = query.fits(city.cameras[:count], city.times[:count])
        if len(rows) < WANTED:
            continue
        best = rows[numpy.argsort(-(vectors[rows] @ query.vector))[:WANTED]]
        allowed = None
        if query.group != 2:
            wanted = set(rows.tolist())
            allowed = wanted.__contains__
        start = time.process_time()
        try:
            found = index.knn_query(query.vector[None], WANTED, filter=allowed)[0][0]
        except RuntimeError:
            # It gives up where its walk meets fewer rows that pass than are wanted.
            found = []
        seconds = time.process_time() - start
        yield query.group, seconds, len(numpy.intersect1d(best, found)) / len(best)


def row(title, measured):
    """A line of the table: for each kind of query, processor time and recall."""
    cells = []
    for group in range(len(GROUPS)):
        found = [(seconds, share) for kind, seconds, share in measured if kind == group]
        if not found:
            cells.append("")
            continue
        seconds, shares = numpy.array(found).T
        cells.append(f"{numpy.median(seconds) * 1e3:.2f} · {shares.mean():.4f}")
    print(f"| {title} | {' | '.join(cells)} |")


def tell(lines, queries, city):
    by_measure = {line["measure"]: line for line in lines if line["measure"] != "query"}
    answers = [line for line in lines if line["measure"] == "query"]
    measured = [
        (query.group, line["cpuSeconds"], recall(query, line.get("rows", [])))
        for query, line in zip(queries, answers)
    ]
    row("Haechi", measured)
    notes = []
    for group, name in enumerate(GROUPS):
        walls = [line["wallSeconds"] * 1e3 for line in answers if line["group"] == group]
        said = numpy.mean([line["expectedRecall"] for line in answers if line["group"] == group])
        scanned = numpy.mean([line["scanned"] for line in answers if line["group"] == group])
        notes.append(
            f"- {name}: {scanned:,.0f} rows, wall p50 {numpy.percentile(walls, 50):.2f} ms, "
            f"p99 {numpy.percentile(walls, 99):.2f} ms, recall said {said:.4f}"
        )
    ingest, opened, purge = by_measure["ingest"], by_measure["open"], by_measure["purge"]
    notes.append(
        f"- taking in: {city.rows / ingest['wallSeconds']:,.0f} sightings/s "
        f"({ingest['cpuSeconds'] * 1e6 / city.rows:.1f} CPU µs each, "
        f"{city.rows / ingest['cpuSeconds']:,.0f} a CPU second), "
        f"{ingest['fileByteCount'] / city.rows:.0f} bytes each on disk; "
        f"opening all again {opened['wallSeconds']:.2f} s; "
        f"purging a day {purge['wallSeconds'] * 1e3:.1f} ms ({purge['cpuSeconds'] * 1e3:.1f} CPU ms)"
    )
    return notes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--open", action="store_true", help="without keys, files mapped")
    options = parser.parse_args()
    city = City(options.rows, options.dimension)
    queries = []
    for group in range(len(GROUPS)):
        who = city.rng.integers(0, len(city.people), QUERIES)
        vectors = city.seen(who)
        queries += [
            Query(group, vector, city.homes[person], city.rng)
            for vector, person in zip(vectors, who)
        ]
    has_peers = options.rows * options.dimension * 4 <= MAXIMUM_PEER_BYTES
    kept = (
        numpy.empty((options.rows, options.dimension), numpy.float32) if has_peers else None
    )
    program = f"{options.haechi}-sightings-bench"
    lines = haechi(program, city, queries, kept, options.open)
    title = f"{options.rows:,} × {options.dimension}, CPU ms p50 · recall@{WANTED}"
    print(f"| {title} | {' | '.join(GROUPS)} |")
    print("|---|---:|---:|---:|")
    notes = tell(lines, queries, city)
    if has_peers:
        row("faiss Flat, bitmap of the rows", list(faiss_flat(city, queries, kept)))
        count = min(HNSW_ROWS, options.rows)
        row(f"hnswlib over {count:,} rows, callback", list(hnsw(city, queries, kept)))
    print("\n" + "\n".join(notes))


if __name__ == "__main__":
    main()
