"""The city's streets for other programs: the export held against its validator, a feed with a key."""

import json

from checks import check
from city import City
from python_osw_validation import OSWValidation

OFFICER = "barriers@sample.example"
SOURCE = "견본 승강기 관제"


def lifts(city):
    return json.loads(city.ask("/api/wayfinding/lifts").text)["lifts"]


@check("the streets are accepted by the validator of OpenSidewalks")
def opensidewalks(place):
    with City(place.haechi, place.data) as city:
        answer = city.ask("/wayfinding/opensidewalks.zip")
        place.expect(answer.status == 200, f"status {answer.status}")
        archive = place.folder / "opensidewalks.zip"
        archive.write_bytes(answer.body)
        result = OSWValidation(zipfile_path=str(archive)).validate()
        place.expect(result.is_valid, f"{(result.errors or [])[:5]}")


@check("a program with a key tells which lifts stand still, and nobody without one")
def lift_feed(place):
    with City(place.haechi, place.data) as city:
        working = [lift for lift in lifts(city) if lift["standing"] == "working"]
        place.expect(bool(working), "no lift of the sample works")
        name = working[0]["name"]

        def tell(works, **headers):
            feed = {"source": SOURCE, "lifts": [{"lift": name, "isWorking": works}]}
            body = json.dumps(feed).encode()
            return city.ask(
                "/api/wayfinding/lifts", "POST", body, **{"Content-Type": "application/json"}, **headers
            )

        key = {"Authorization": f"Bearer {city.key(OFFICER, 'wayfinding.lifts')}"}
        place.expect(tell(False).status == 401, "a feed without a key is taken")
        wrong = {"Authorization": key["Authorization"][:-1] + "!"}
        place.expect(tell(False, **wrong).status == 401, "a wrong key is taken")
        taken = tell(False, **key)
        place.expect(taken.status == 200, f"the feed is answered {taken.status}: {taken.text}")
        now = next(lift for lift in lifts(city) if lift["id"] == working[0]["id"])
        place.expect(now["standing"] != "working", f"the lift is still {now['standing']}")
        sources = [source["source"] for source in now["sources"]]
        place.expect(SOURCE in sources, f"nobody told it but {sources}")
        other = city.ask("/api/account", **key).status
        place.expect(other != 200, "the key opens more than its purpose")
        place.expect(tell(True, **key).status == 200, "the lift cannot be told to work again")
        again = next(lift for lift in lifts(city) if lift["id"] == working[0]["id"])
        place.expect(again["standing"] == "working", f"afterwards it is {again['standing']}")
