"""Checks a live Haechi from outside: crashes, refusals, hostile input, promises of its answers.

    python run.py --haechi PATH [--rounds 50] [--only WORDS] [--seed 11]
                  [--connections 2000] [--list]

Each check starts a server of its own on a free port with a folder of its own. The last line is
'N passed, N failed'; the exit code is 1 where anything failed. Needs requirements.txt.
"""

import argparse
import os
import pathlib
import sys
import tempfile

import chat  # noqa: F401  Each of these adds its checks to the list.
import checks
import contract  # noqa: F401
import crashes  # noqa: F401
import delivery  # noqa: F401
import endpoints  # noqa: F401
import hostile  # noqa: F401
import lifecycle  # noqa: F401
import matching  # noqa: F401
import pair  # noqa: F401
import streets  # noqa: F401


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", required=True, type=pathlib.Path, help="the haechi program")
    parser.add_argument("--rounds", type=int, default=50, help="how often the server is killed")
    parser.add_argument("--only", default="", help="only checks whose sentence has these words")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--connections", type=int, default=2_000, help="idle connections held open")
    parser.add_argument("--list", action="store_true", help="print the sentences and stop")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    chosen = [(words, run) for words, run in checks.ALL if arguments.only.lower() in words.lower()]
    if arguments.list or not chosen:
        print("\n".join(sentence for sentence, _ in checks.ALL))
        return 0 if arguments.list else 2
    results = []
    for sentence, function in chosen:
        with tempfile.TemporaryDirectory(prefix="haechi-test-") as folder:
            os.chmod(folder, 0o755)  # A check that runs as another user has to get in.
            place = checks.Place(
                haechi=str(arguments.haechi.resolve()),
                folder=pathlib.Path(folder),
                rounds=arguments.rounds,
                seed=arguments.seed,
                connections=arguments.connections,
            )
            results.append(checks.run(sentence, function, place))
    skipped = results.count(None)
    print(
        f"{results.count(True)} passed, {results.count(False)} failed"
        + (f" ({skipped} skipped)" if skipped else "")
    )
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
