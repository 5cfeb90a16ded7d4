"""The list of checks: a function with a sentence for a name, which says what it finds wrong."""

import dataclasses
import pathlib
import time
import traceback

ALL = []
MAXIMUM_SHOWN_FINDINGS = 25


class Skipped(Exception):
    """The machine does not allow what the check needs."""


@dataclasses.dataclass
class Place:
    """What a check is given: the program, a folder of its own and the size of the run."""

    haechi: str
    folder: pathlib.Path
    rounds: int
    seed: int
    connections: int
    findings: list = dataclasses.field(default_factory=list)

    @property
    def data(self):
        return self.folder / "data"

    def expect(self, condition, words):
        """Notes what is wrong and goes on, so that one run shows everything."""
        if not condition:
            self.findings.append(words)


def check(sentence):
    """Adds a function to the list."""

    def add(function):
        ALL.append((sentence, function))
        return function

    return add


def run(sentence, function, place):
    """True where it passed, False where it failed, None where it was skipped."""
    start = time.monotonic()
    try:
        function(place)
    except Skipped as reason:
        print(f"skip  {sentence}: {reason}", flush=True)
        return None
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        place.findings.append(
            f"{type(error).__name__}: {error} ({pathlib.Path(where.filename).name}:{where.lineno})"
        )
    verdict = "FAIL" if place.findings else "ok  "
    print(f"{verdict}  {sentence} ({time.monotonic() - start:.1f} s)", flush=True)
    for finding in place.findings[:MAXIMUM_SHOWN_FINDINGS]:
        print(f"        {finding}", flush=True)
    if (more := len(place.findings) - MAXIMUM_SHOWN_FINDINGS) > 0:
        print(f"        … and {more} more", flush=True)
    return not place.findings
