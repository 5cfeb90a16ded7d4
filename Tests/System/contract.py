"""What every answer promises: headers, caching, encodings, languages, sessions and forms."""

import gzip
import io
import re
from urllib.parse import urljoin, urlsplit

from checks import check
from city import ADMINISTRATOR, OFFICER, RESIDENT, SESSION_COOKIE, City

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PUBLIC = [
    "/",
    "/procurement/projects",
    "/procurement/report",
    "/procurement/consistency",
    "/sign-in",
    "/sign-up",
    "/organizations",
    "/api",
    "/_components",
]
FILES = ["/procurement/feed", "/procurement/calendar", "/api/openapi.json", "/api/organizations"]


def asset(city):
    """The address of the style sheet, as the pages name it."""
    return re.search(r'href="(/assets/[^"]+\.css)"', city.ask("/").text)[1]


def project(city):
    """The address of the first project of the listing."""
    return re.search(
        r'href="(/procurement/projects/\d{4}/[^"?]+)"', city.ask("/procurement/projects").text
    )[1]


@check("the sample's listing counts 1,431 projects of 370.3 billion won")
def sample_totals(place):
    with City(place.haechi, place.data) as city:
        lead = re.search(r'<p class="lead">(.*?)</p>', city.ask("/procurement/projects").text)[1]
        words = re.sub(r"<[^>]+>", "", lead)
        place.expect("1,431건" in words and "3,703억원" in words, f"the lead says {words!r}")
        answer = city.ask("/api/procurement/projects")
        place.expect(
            b'"count":1431' in answer.body.replace(b" ", b""), "the endpoint counts otherwise"
        )
        place.expect(b'"sum":370300000000' in answer.body.replace(b" ", b""), "the sum is another")


@check("every kind of answer carries the security headers")
def security_headers(place):
    with City(place.haechi, place.data) as city:
        answers = {
            "a page": city.ask("/"),
            "a project": city.ask(project(city)),
            "an asset": city.ask(asset(city)),
            "a feed": city.ask("/procurement/feed"),
            "an endpoint": city.ask("/api/organizations"),
            "the metrics": city.ask("/metrics"),
            "a redirection": city.sign_in(OFFICER),
            "a refused sign-in": city.sign_in(OFFICER, "no"),
            "401": city.ask("/account"),
            "404": city.ask("/nowhere"),
            "404 of a route": city.ask("/procurement/projects/2023/11000/nothing"),
            "404 for a program": city.ask("/api/nowhere"),
            "405": city.ask("/sign-in", "DELETE"),
            "403": city.post("/sign-in", {}, Sec_Fetch_Site="cross-site"),
            "HEAD": city.ask("/", "HEAD"),
        }
        answers["304"] = city.ask("/", If_None_Match=answers["a page"].headers["ETag"])
        for name, answer in answers.items():
            for header, start in SECURITY_HEADERS.items():
                value = answer.headers.get(header, "")
                place.expect(
                    value.startswith(start), f"{name} ({answer.status}): {header} is {value!r}"
                )
            place.expect("unsafe" not in answer.headers.get("Content-Security-Policy", ""), name)
            place.expect(answer.headers.get("X-Request-ID"), f"{name}: no X-Request-ID")
            place.expect(not answer.headers.get("Server"), f"{name}: says what it is")


@check("an unknown address gets a page that helps, and programs a problem document")
def unknown_address(place):
    with City(place.haechi, place.data) as city:
        for path in (
            "/nowhere",
            "/procurement/projects/2023/11000/nothing",
            "/assets/x/nothing.css",
        ):
            answer = city.ask(path, Accept="text/html,*/*")
            place.expect(answer.status == 404, f"{path}: {answer.status}")
            place.expect("<h1>" in answer.text and 'href="/"' in answer.text, f"{path}: no page")
        for path, accept in (("/api/nowhere", "*/*"), ("/nowhere", "application/json")):
            answer = city.ask(path, Accept=accept)
            kind = answer.headers.get("Content-Type", "")
            place.expect(answer.status == 404, f"{path}: {answer.status}")
            place.expect(kind.startswith("application/problem+json"), f"{path}: {kind!r}")


@check("a method that an address does not take gets 405 with Allow")
def wrong_method(place):
    with City(place.haechi, place.data) as city:
        for path, method, allowed in (
            ("/", "POST", "GET, HEAD"),
            ("/health", "DELETE", "GET, HEAD"),
            ("/sign-in", "PUT", "GET, HEAD, POST"),
            ("/preferences", "GET", "POST"),
            ("/api/organizations", "POST", "GET, HEAD"),
        ):
            answer = city.ask(path, method)
            place.expect(answer.status == 405, f"{method} {path}: {answer.status}")
            found = answer.headers.get("Allow", "")
            place.expect(found == allowed, f"{method} {path}: Allow is {found!r}, not {allowed!r}")


@check("an unchanged answer is 304, and gzip holds the same bytes")
def caching(place):
    with City(place.haechi, place.data) as city:
        for path in [*PUBLIC, *FILES, project(city), asset(city)]:
            plain = city.ask(path)
            tag = plain.headers.get("ETag")
            place.expect(plain.status == 200, f"{path}: {plain.status}")
            place.expect(tag, f"{path}: no ETag")
            again = city.ask(path, If_None_Match=tag or "")
            place.expect(again.status == 304 and not again.body, f"{path}: {again.status}, not 304")
            place.expect(again.headers.get("ETag") == tag, f"{path}: the ETag changes")
            other = city.ask(path, If_None_Match='"other"')
            place.expect(other.status == 200, f"{path}: another ETag gets {other.status}")
            packed = city.ask(path, Accept_Encoding="gzip")
            if len(plain.body) >= 1024:
                coding = packed.headers.get("Content-Encoding")
                place.expect(coding == "gzip", f"{path}: Content-Encoding is {coding!r}")
            if packed.headers.get("Content-Encoding") == "gzip":
                place.expect(gzip.decompress(packed.body) == plain.body, f"{path}: gzip differs")
            place.expect("Accept-Encoding" in plain.headers.get("Vary", ""), f"{path}: Vary")
            refused = city.ask(path, Accept_Encoding="gzip;q=0")
            place.expect(not refused.headers.get("Content-Encoding"), f"{path}: gzip;q=0 gets gzip")
        kept = city.ask(asset(city)).headers.get("Cache-Control", "")
        place.expect("immutable" in kept, f"an asset is kept as {kept!r}")
        own = city.ask("/account", Cookie=city.cookie(OFFICER)).headers.get("Cache-Control", "")
        place.expect(own == "no-store", f"a person's own page is kept as {own!r}")


@check("HEAD has the headers of GET and no body")
def head(place):
    with City(place.haechi, place.data) as city:
        for path in [*PUBLIC, *FILES, "/health", "/nowhere", "/account"]:
            get, only_head = city.ask(path), city.ask(path, "HEAD")
            place.expect(
                get.status == only_head.status, f"{path}: {only_head.status}, not {get.status}"
            )
            place.expect(not only_head.body, f"{path}: HEAD has a body")
            for name in ("Content-Type", "ETag", "Cache-Control", "Content-Length"):
                if name == "Content-Length" and get.status != 200:
                    continue  # An error page names its own request.
                one, two = get.headers.get(name), only_head.headers.get(name)
                place.expect(one == two, f"{path}: {name} is {two!r}, not {one!r}")


@check("the language follows the address and the cookie")
def languages(place):
    with City(place.haechi, place.data) as city:
        for path in [*PUBLIC, project(city)]:
            for found, language in (
                (city.ask(path), "ko"),
                (city.ask(path + "?lang=en"), "en"),
                (city.ask(path, Cookie="haechi-language=en"), "en"),
                (city.ask(path + "?lang=ko", Cookie="haechi-language=en"), "ko"),
                (city.ask(path + "?lang=klingon"), "ko"),
            ):
                place.expect(f'<html lang="{language}"' in found.text, f"{path}: not in {language}")
        answer = city.post(
            "/preferences", {"language": "en", "return": "/procurement/projects?q=a"}
        )
        place.expect(answer.status == 303, f"/preferences: {answer.status}")
        place.expect(answer.place == "/procurement/projects?q=a", f"leads to {answer.place!r}")
        cookies = " ".join(answer.headers.get_all("Set-Cookie", []))
        place.expect("haechi-language=en" in cookies, f"cookies: {cookies!r}")


@check("a form from another site or with another token changes nothing")
def forged_forms(place):
    with City(place.haechi, place.data) as city:
        cookie, other = city.cookie(OFFICER), city.cookie(RESIDENT)
        token, stranger = city.token(cookie), city.token(other)
        place.expect(token and stranger and token != stranger, "the tokens are not a person's own")
        path, fields = "/account/password", {"old": "x", "new": "y"}
        for name, sent, headers in (
            ("no token", "", {}),
            ("a wrong token", "nonsense", {}),
            ("a token of somebody else", stranger, {}),
            ("a shortened token", token[:-1], {}),
            ("another site", token, {"Sec_Fetch_Site": "cross-site"}),
            ("another host of the site", token, {"Sec_Fetch_Site": "same-site"}),
            ("another origin", token, {"Origin": "https://evil.example"}),
            (
                "an origin that contains the host",
                token,
                {"Origin": f"https://evil.{city.authority}"},
            ),
            ("no origin", token, {"Origin": "null"}),
        ):
            status = city.post(path, fields | {"_token": sent}, Cookie=cookie, **headers).status
            place.expect(status == 403, f"{name}: {status}, not 403")
        status = city.post(path, fields | {"_token": token}, Cookie=cookie).status
        place.expect(status == 422, f"the right token: {status}, not the form again")
        for origin in ({"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}):
            status = city.post("/sign-in", {"login": OFFICER}, **origin).status
            place.expect(status == 403, f"signing in from another site: {status}, not 403")
        status = city.ask("/sign-out", Cookie=cookie).status
        place.expect(status in (404, 405), f"GET /sign-out: {status}")
        place.expect(city.ask("/account", Cookie=cookie).status == 200, "signed out by GET")


@check("a session is only its own cookie, and ends when it is ended")
def sessions(place):
    with City(place.haechi, place.data) as city:
        answer = city.sign_in(OFFICER)
        written = answer.headers.get("Set-Cookie", "")
        for word in ("HttpOnly", "SameSite=Lax", "Path=/"):
            place.expect(word in written, f"{word} is not in {written!r}")
        cookie = written.split(";")[0]
        value = cookie.partition("=")[2]
        place.expect(city.ask("/account", Cookie=cookie).status == 200, "the cookie does not work")
        flipped = value[:-2] + ("A" if value[-2] != "A" else "B") + value[-1]
        for changed in (
            flipped,
            value[:-1],
            value + "A",
            value.lower(),
            "",
            "null",
            "a" * 4000,
            "%00",
            "' OR 1=1--",
            "../../etc",
        ):
            answer = city.ask("/account", Cookie=f"{SESSION_COOKIE}={changed}")
            place.expect(answer.status == 401, f"{changed[:50]!r}: {answer.status}, not 401")
        second = city.cookie(OFFICER)
        place.expect(second != cookie, "two sessions share a cookie")
        fixed = city.post(
            "/sign-in", {"login": OFFICER, "password": "haechi sample city"}, Cookie=cookie
        )
        place.expect(
            cookie not in fixed.headers.get("Set-Cookie", ""), "signing in keeps the old session"
        )
        token = city.token(cookie)
        gone = city.post("/sign-out", {"_token": token}, Cookie=cookie)
        place.expect(gone.status == 303, f"signing out: {gone.status}")
        place.expect("Max-Age=0" in gone.headers.get("Set-Cookie", ""), "the cookie is kept")
        place.expect(city.ask("/account", Cookie=cookie).status == 401, "an ended session works")
        place.expect(city.ask("/account", Cookie=second).status == 200, "another session ended too")


@check("pages of officers and administrators are closed to others")
def closed_pages(place):
    with City(place.haechi, place.data) as city:
        resident = city.cookie(RESIDENT)
        cookies = {
            "resident": resident,
            "officer": city.cookie(OFFICER),
            "administrator": city.cookie(ADMINISTRATOR),
        }
        for path, who, status in (
            ("/account", None, 401),
            ("/notices", None, 401),
            ("/account/password", None, 401),
            ("/account", "resident", 200),
            ("/notices", "officer", 200),
            ("/operations", None, 401),
            ("/operations", "resident", 403),
            ("/operations", "officer", 403),
            ("/operations", "administrator", 200),
        ):
            headers = {"Cookie": cookies[who]} if who else {}
            found = city.ask(path, **headers).status
            place.expect(found == status, f"{path} for {who or 'nobody'}: {found}, not {status}")
        for path in ("/procurement/uploads",):
            found = city.ask(path, Cookie=resident).status
            place.expect(found in (403, 404), f"{path} for a resident: {found}")
            found = city.ask(path).status
            place.expect(found in (401, 404), f"{path} for nobody: {found}")


@check("signing in never leads to another site")
def open_redirects(place):
    with City(place.haechi, place.data) as city:
        attempts = [
            "https://evil.example",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/%5cevil.example",
            "/\t/evil.example",
            "/\r\nLocation: //evil.example",
            "javascript:alert(1)",
            "http:evil.example",
            "/a/..//evil.example/",
            ".evil.example",
            "@evil.example",
            "/../../evil.example",
            "/" + "a" * 9000,
            "",
            "/\u2028/evil.example",
        ]
        for attempt in attempts:
            fields = {"login": OFFICER, "password": "haechi sample city", "return": attempt}
            for path in ("/sign-in", "/preferences"):
                answer = city.post(path, fields)
                place.expect(answer.status == 303, f"{path} {attempt[:30]!r}: {answer.status}")
                target = urljoin(city.address + "/", answer.place.replace("\\", "/"))
                place.expect(
                    urlsplit(target).netloc == city.authority,
                    f"{attempt!r} leads to {answer.place!r}",
                )
                place.expect(
                    len(answer.headers.get_all("Location", [])) == 1, f"{attempt!r}: Location"
                )
        fields = {
            "login": ADMINISTRATOR,
            "password": "haechi sample city",
            "return": "/notices?a=b",
        }
        place.expect(city.post("/sign-in", fields).place == "/notices?a=b", "the way back is lost")


@check("the downloads open, and hold what the listing holds")
def downloads(place):
    import openpyxl  # Slow to load, and used here alone.

    with City(place.haechi, place.data) as city:
        listing = city.ask("/procurement/projects").text
        formats = re.findall(r'href="(/procurement/projects\.(\w+)[^"]*)"', listing)
        place.expect(formats, "the listing offers no download")
        for path, name in formats:
            answer = city.ask(path.replace("&amp;", "&"))
            place.expect(answer.status == 200, f"{path}: {answer.status}")
            disposition = answer.headers.get("Content-Disposition", "")
            place.expect(disposition.startswith("attachment"), f"{path}: {disposition!r}")
            if name == "xlsx":
                book = openpyxl.load_workbook(io.BytesIO(answer.body), read_only=True)
                count = max(sum(1 for _ in sheet.iter_rows()) for sheet in book)
                place.expect(count >= 1432, f"{path}: {count} rows")
            if name == "csv":
                lines = answer.body.decode("utf-8-sig").splitlines()
                place.expect(len(lines) >= 1432, f"{path}: {len(lines)} lines")
