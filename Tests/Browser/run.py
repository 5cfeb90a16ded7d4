"""Looks at a Haechi of its own in a browser: every page, what scripts add, stories by keyboard.

    python run.py --haechi PATH [--only PROGRAM] [--screenshots DIR]

Starts the server with the sample city on a free port and a folder of its own, signs in, runs the
programs beside this one, and stops the server. The last line is 'N passed, N failed'; the exit code
is 1 where anything failed.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "System"))

from city import ADMINISTRATOR, OFFICER, RESIDENT, City  # noqa: E402

PROGRAMS = ["cameras", "pages", "enhancements", "stories", "portals", "wayfinding", "walking", "missing", "maps"]

PEOPLE = {
    "resident": RESIDENT,
    "company": "company@sample.example",
    "officer": OFFICER,
    "administrator": ADMINISTRATOR,
    "staff": "staff@sample.example",
    "agent": "agent@sample.example",
    "keeper": "knowledge@sample.example",
    "workshop": "workshop@sample.example",
    "assets": "assets@sample.example",
    "family": "family@sample.example",
    "reviewer": "benefits@sample.example",
    "approver": "approver@sample.example",
    "kidscafe": "kidscafe@sample.example",
    "programmes": "programmes@sample.example",
    "searcher": "searcher@sample.example",
    "searchapprover": "searchapprover@sample.example",
    "barriers": "barriers@sample.example",
    "footage": "footage@sample.example",
    "operator": "operator@sample.example",
    "supervisor": "supervisor@sample.example",
}


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, type=pathlib.Path, help="the haechi program")
    parser.add_argument("--only", choices=PROGRAMS, help="one of the programs beside this one")
    parser.add_argument("--screenshots", help="a folder for a picture of every view")
    return parser.parse_args()


def run(name, arguments):
    """Runs a program beside this one and shows what it says; how many passed and failed."""
    start, counts = time.monotonic(), None
    command = [sys.executable, str(HERE / f"{name}.py"), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            found = re.fullmatch(r"(\d+) passed, (\d+) failed\n", line)
            if found:
                counts = int(found[1]), int(found[2])
            else:
                print(f"{name}: {line}", end="", flush=True)
    passed, failed = counts or (0, 1)
    if process.returncode and not failed:
        failed = 1
    print(
        f"{name}: {passed} passed, {failed} failed ({time.monotonic() - start:.0f} s)", flush=True
    )
    return passed, failed


def main():
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="haechi-browser-") as folder:
        haechi = str(arguments.haechi.resolve())
        with City(haechi, f"{folder}/data", HAECHI_CAMERA_ANALYSIS="true") as city:
            cookies = [f"--sign-in={who}:{city.cookie(login)}" for who, login in PEOPLE.items()]
            pictures = [f"--screenshots={arguments.screenshots}"] if arguments.screenshots else []
            programs = {
                # First: what waits on the sample's wall waits for ten minutes.
                "cameras": [city.address],
                "pages": [city.address, *cookies, *pictures],
                "enhancements": [city.address],
                "stories": [city.address],
                "portals": [city.address],
                "wayfinding": [city.address],
                "walking": [city.address],
                "missing": [city.address, str(arguments.haechi.resolve())],
                "maps": [city.address],
            }
            counts = [
                run(name, words)
                for name, words in programs.items()
                if arguments.only in (None, name)
            ]
    passed, failed = (sum(numbers) for numbers in zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
