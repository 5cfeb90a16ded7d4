"""The endpoints for programs: the document describes them, and they keep to it."""

import json
import pathlib
import re
import subprocess
import sys

from checks import check
from city import City, environment
from openapi_spec_validator import validate

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMATHESIS_SECONDS = 60
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,negative_data_rejection"
)


@check("the OpenAPI document is valid, served, and the one in the repository")
def document(place):
    done = subprocess.run(
        [place.haechi, "openapi"], env=environment(), capture_output=True, text=True
    )
    place.expect(done.returncode == 0, f"haechi openapi ends with {done.returncode}: {done.stderr}")
    printed = json.loads(done.stdout)
    validate(printed)
    with City(place.haechi, place.data) as city:
        place.expect(
            json.loads(city.ask("/api/openapi.json").body) == printed, "served: another one"
        )
        reference = city.ask("/api").text
        for path in printed["paths"]:
            shown = re.sub(r"<[^>]+>", "", reference)
            place.expect(path in shown, f"/api does not explain {path}")
    kept = ROOT / "openapi" / "haechi.json"
    place.expect(kept.is_file(), "openapi/haechi.json is missing; `make openapi` writes it")
    if kept.is_file():
        same = kept.read_text(encoding="utf-8") == done.stdout
        place.expect(same, "openapi/haechi.json is old; `make openapi` writes it anew")


@check("no generated request finds an error, or an answer the document does not describe")
def generated(place):
    with City(place.haechi, place.data) as city:
        command = [
            pathlib.Path(sys.executable).with_name("st"),
            "run",
            f"{city.address}/api/openapi.json",
            "--checks",
            CHECKS,
            "--seed",
            str(place.seed),
            "--max-examples",
            "150",
            "--max-time",
            str(SCHEMATHESIS_SECONDS),
            "--continue-on-failure",
            "--no-color",
        ]
        done = subprocess.run(
            command,
            cwd=place.folder,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=SCHEMATHESIS_SECONDS * 3,
        )
        place.expect(
            done.returncode == 0, "schemathesis:\n" + done.stdout[-6000:] + done.stderr[-500:]
        )
        place.expect(city.is_well(), "the server is not well")
