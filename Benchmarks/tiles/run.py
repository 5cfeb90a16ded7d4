#!/usr/bin/env python3
"""Times vector tiles of a real extract, and has mapbox-vector-tile read and write the same tiles.

    Benchmarks/tiles/run.py --haechi .build/release/haechi

The workload is haechi-tiles-bench beside haechi. The peer (mapbox-vector-tile) decodes every tile, which
also checks it, and encodes the same features again: its time is encoding alone, ours is finding,
simplifying, clipping and encoding.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import mapbox_vector_tile
from shapely.geometry import shape

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("HAECHI_SHARED_DATA", ROOT / "../shared/data"))
# Tiles a zoom level that the peer encodes: it takes a second for one of a city.
PEER_TILES = 40
GOAL_MILLISECONDS = 20


def peer(folder, zoom):
    """Microseconds the peer takes a tile, how many features it read, and how many it wrote back."""
    paths = sorted(folder.glob(f"{zoom}-*.mvt"))
    # Spread over the city, not its first street.
    paths = paths[:: max(1, len(paths) // PEER_TILES)][:PEER_TILES]
    times, read, written = [], 0, 0
    for path in paths:
        decoded = mapbox_vector_tile.decode(path.read_bytes(), default_options={"y_coord_down": True})
        layers = [
            {
                "name": name,
                "features": [
                    {
                        "geometry": shape(feature["geometry"]),
                        "properties": feature["properties"],
                        "id": feature.get("id"),
                    }
                    for feature in layer["features"]
                ],
            }
            for name, layer in decoded.items()
        ]
        start = time.process_time()
        encoded = mapbox_vector_tile.encode(layers, default_options={"y_coord_down": True})
        times.append((time.process_time() - start) * 1e6)
        again = mapbox_vector_tile.decode(encoded, default_options={"y_coord_down": True})
        read += sum(len(layer["features"]) for layer in decoded.values())
        written += sum(len(layer["features"]) for layer in again.values())
    times.sort()
    return times, read, written


def measure(program, name):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [program, SHARED / "navigation" / name, folder],
            check=True, stdout=subprocess.PIPE, text=True,
        )
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        print(
            f"- {name}: {lines[0]['features']:,} features read in {lines[0]['milliseconds']:,.0f} ms"
        )
        print("| zoom | tiles | KiB a tile | haechi p50 (ms) | p99 | mapbox-vector-tile p50 | slowest |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        good, total = True, [0, 0]
        for line in lines[1:]:
            times, read, written = peer(pathlib.Path(folder), line["zoom"])
            total = [total[0] + read, total[1] + written]
            good = good and line["p99"] / 1e3 <= GOAL_MILLISECONDS
            print(
                f"| {line['zoom']} | {line['tiles']:,} | {line['bytes'] / line['tiles'] / 1024:.1f} "
                f"| {line['p50'] / 1e3:.2f} | {line['p99'] / 1e3:.2f} "
                f"| {times[len(times) // 2] / 1e3:.1f} | {times[-1] / 1e3:.1f} |"
            )
    print(f"- the peer read {total[0]:,} features of the tiles it wrote and wrote {total[1]:,}")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, type=pathlib.Path)
    program = parser.parse_args().haechi.with_name("haechi-tiles-bench")
    if not (SHARED / "navigation").is_dir():
        print("HAECHI_SHARED_DATA has no navigation", file=sys.stderr)
        return 0
    return 0 if measure(program, "heidelberg.test.pbf") else 1


if __name__ == "__main__":
    sys.exit(main())
