"""What strangers send on raw sockets: too much, too slow, malformed.

The server answers or hangs up, keeps its memory, and goes on serving others.
"""

import contextlib
import itertools
import random
import resource
import select
import socket
import time

from checks import Skipped, check
from city import OFFICER, City

DEADLINE_SECONDS = 20
MAXIMUM_GROWTH_BYTES = 200 << 20
MAXIMUM_BODY_BYTES = 64 << 20
MAXIMUM_SILENCE_SECONDS = 65


def memory(city):
    """Resident bytes of the server."""
    with open(f"/proc/{city.process.pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def connect(city):
    return socket.create_connection(("127.0.0.1", city.port), timeout=DEADLINE_SECONDS)


def read_to_end(connection):
    """What comes until the other side hangs up or stays silent too long."""
    said = b""
    with contextlib.suppress(OSError):
        while piece := connection.recv(65_536):
            said += piece
            if len(said) > 1 << 20:
                break
    return said


def exchange(connection, pieces):
    """Sends the pieces while it listens, and stops once it was answered or the other side left.

    Returns the beginning of what came and how many bytes were taken.
    """
    connection.setblocking(False)
    deadline, sent, said, waiting = time.monotonic() + DEADLINE_SECONDS, 0, b"", b""
    pieces = iter(pieces)
    while b"\r\n\r\n" not in said:
        left = deadline - time.monotonic()
        if not waiting and pieces is not None:
            waiting = next(pieces, b"")
            if not waiting:
                pieces = None
        readable, writable, _ = select.select(
            [connection], [connection] if waiting else [], [], max(0, left)
        )
        if not readable and not writable:
            raise AssertionError(f"neither an answer nor an end within {DEADLINE_SECONDS} s")
        try:
            if readable:
                piece = connection.recv(65_536)
                if not piece:
                    break
                said += piece
            elif writable:
                count = connection.send(waiting)
                sent, waiting = sent + count, waiting[count:]
        except ConnectionError:
            break
    return said.partition(b"\r\n\r\n")[0], sent


def status_of(said):
    words = said.split(b" ", 2)
    return int(words[1]) if said.startswith(b"HTTP/1.") and words[1].isdigit() else None


def raw(city, request):
    """The status a request gets, or None where the server hung up without one."""
    with connect(city) as connection:
        return status_of(exchange(connection, [request])[0])


def request(path, *fields, method="GET"):
    head = [f"{method} ".encode() + path + b" HTTP/1.1", b"Host: x", b"Connection: close", *fields]
    return b"\r\n".join(head) + b"\r\n\r\n"


@check("ten megabytes of header are refused without keeping them")
def long_header(place):
    with City(place.haechi, place.data) as city:
        before = memory(city)
        for head in (
            b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * (10 << 20) + b"\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * (10 << 17) + b"\r\n",
            b"GET /" + b"a" * (10 << 20) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        ):
            status = raw(city, head)
            place.expect(status in (None, 400, 414, 431), f"{head[:30]!r}…: {status}")
        grown = memory(city) - before
        place.expect(grown < MAXIMUM_GROWTH_BYTES, f"{grown >> 20} MB more memory")
        place.expect(city.is_well(), "the server is not well")


@check("malformed requests get 400 or nothing, never a 5xx")
def malformed(place):
    cases = {
        "no version": b"GET /\r\n\r\n",
        "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
        "unknown version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "two hosts": request(b"/", b"Host: y"),
        "NUL in the path": request(b"/procurement/\x00projects"),
        "NUL in a field": request(b"/", b"X-Nul: a\x00b"),
        "bare line feeds": b"GET / HTTP/1.1\nHost: x\nConnection: close\n\n",
        "field without colon": request(b"/", b"nonsense"),
        "space before colon": request(b"/", b"Content-Length : 5"),
        "folded field": request(b"/", b"X-A: b", b" c"),
        "two lengths": request(
            b"/sign-in", b"Content-Length: 5", b"Content-Length: 6", method="POST"
        ),
        "length and chunks": request(
            b"/sign-in", b"Content-Length: 5", b"Transfer-Encoding: chunked", method="POST"
        ),
        "negative length": request(b"/sign-in", b"Content-Length: -5", method="POST"),
        "length in words": request(b"/sign-in", b"Content-Length: many", method="POST"),
        "chunk that lies": request(b"/sign-in", b"Transfer-Encoding: chunked", method="POST")
        + b"zz\r\n",
        "unknown method": request(b"/", method="FROBNICATE"),
        "CONNECT": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
        "TRACE": request(b"/", method="TRACE"),
        "another site's address": request(b"http://evil.example/"),
        "star": request(b"*", method="OPTIONS"),
        "empty path": b"GET  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    }
    # These two are how requests are smuggled past a proxy: nothing but a refusal will do.
    smuggling = {"two lengths", "length and chunks", "negative length", "space before colon"}
    with City(place.haechi, place.data) as city:
        for name, case in cases.items():
            status = raw(city, case)
            place.expect(
                status is None or status < 500 or status in (501, 505), f"{name}: {status}"
            )
            if name in smuggling:
                place.expect(status in (None, 400), f"{name}: {status}, not 400")
        place.expect(city.is_well(), "the server is not well")


@check("random bytes never stop the server")
def random_bytes(place):
    source = random.Random(place.seed)
    whole = request(
        b"/procurement/projects?q=%EA", b"Cookie: haechi-session=a; haechi-display=b.c.d"
    )
    with City(place.haechi, place.data) as city:
        for _ in range(300):
            changed = bytearray(whole)
            for _ in range(source.randint(1, 8)):
                changed[source.randrange(len(changed))] = source.randrange(256)
            with connect(city) as connection:
                with contextlib.suppress(OSError):
                    connection.sendall(bytes(changed))
                    connection.shutdown(socket.SHUT_WR)
                status = status_of(exchange(connection, [])[0])
            place.expect(status is None or status < 500, f"{bytes(changed)!r}: {status}")
        place.expect(city.is_well(), "the server is not well")


@check("strange paths and queries get a page of 404 or 400, and nothing from the disk")
def strange_paths(place):
    paths = [
        b"/\xff\xfe",
        b"/%ff%fe",
        b"/procurement/projects/%00",
        b"/procurement/projects/%FF/x/y",
        b"//evil.example/x",
        b"/\\evil.example",
        b"/assets/x/../../../../etc/passwd",
        b"/assets/x/..%2f..%2f..%2fetc%2fpasswd",
        b"/assets/%2e%2e/%2e%2e/secret.key",
        b"/assets/x/%2Fetc%2Fpasswd",
        b"/../secret.key",
        b"/assets/x/haechi.css%00.txt",
        b"/procurement/projects/99999999999999999999/1/1",
        b"/procurement/projects/-1/'/\"",
        b"/procurement/projects/2023/11000/" + b"P" * 5000,
    ]
    with City(place.haechi, place.data) as city:
        key = (place.data / "secret.key").read_bytes().strip()
        for path in paths:
            with connect(city) as connection:
                connection.sendall(request(path))
                said = read_to_end(connection)
            place.expect(status_of(said) in (400, 404, 414), f"{path[:60]!r}: {status_of(said)}")
            place.expect(b"root:" not in said and key not in said, f"{path!r}: a file of the disk")
            place.expect(b"evil.example" not in location(said), f"{path!r}: {location(said)!r}")
        queries = [
            b"q=" + b"a" * 60_000,
            b"q=%ff%00%EA%B0",
            b"&".join(b"year=%d" % n for n in range(9000)),
            b"page=99999999999999999999",
            b"page=-1",
            b"year=2023%27%20OR%201=1--",
            b"&&&===&=",
            b"lang=xx&sort=nonsense",
            b"q=%ZZ%",
            b"agency=%F0%9F%92%A9&q=" + b"%EA%B0%80" * 3000,
            b"q=<script>alert(1)</script>\"'><img src=x onerror=alert(1)>".replace(b" ", b"%20"),
        ]
        for query in queries:
            for path in (
                b"/procurement/projects",
                b"/api/procurement/projects",
                b"/procurement/feed",
                b"/procurement/calendar",
                b"/procurement/report",
            ):
                with connect(city) as connection:
                    connection.sendall(request(path + b"?" + query))
                    said = read_to_end(connection)
                status = status_of(said)
                place.expect(
                    status in (200, 400, 404, 414, 422, 431), f"{path + query[:40]!r}: {status}"
                )
                place.expect(
                    b"<script>alert" not in said
                    and b"<img src=x" not in said.replace(b"%20", b" "),
                    f"{path + query[:40]!r}: unescaped markup",
                )
        place.expect(city.is_well(), "the server is not well")


def location(said):
    fields = said.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return next((f for f in fields if f.lower().startswith(b"location:")), b"")


@check("two declared gigabytes get 413 without being read")
def declared_giant(place):
    with City(place.haechi, place.data) as city:
        cookie = city.cookie(OFFICER).encode()
        for path in (b"/sign-in", b"/sign-up", b"/preferences", b"/account/password"):
            head = request(
                path,
                b"Content-Type: application/x-www-form-urlencoded",
                b"Content-Length: 2147483648",
                b"Cookie: " + cookie,
                method="POST",
            )
            start = time.monotonic()
            status = raw(city, head)
            place.expect(status == 413, f"{path}: {status}, not 413")
            place.expect(time.monotonic() - start < 5, f"{path}: waited for the body")
        place.expect(city.is_well(), "the server is not well")


@check("an endless chunked body is cut off with 413 and little memory")
def endless_body(place):
    chunk = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
    with City(place.haechi, place.data) as city:
        before = memory(city)
        head = request(
            b"/sign-up",
            b"Content-Type: application/x-www-form-urlencoded",
            b"Transfer-Encoding: chunked",
            method="POST",
        )
        endless = itertools.repeat(chunk, MAXIMUM_BODY_BYTES // len(chunk))
        with connect(city) as connection:
            said, sent = exchange(connection, itertools.chain([head], endless))
        grown = memory(city) - before
        place.expect(status_of(said) == 413, f"{status_of(said)}, not 413, after {sent >> 10} KiB")
        place.expect(sent < MAXIMUM_BODY_BYTES // 2, f"{sent >> 20} MiB were taken")
        place.expect(grown < MAXIMUM_GROWTH_BYTES, f"{grown >> 20} MB more memory")
        place.expect(city.is_well(), "the server is not well")


@check("slow senders do not keep others waiting")
def slow_senders(place):
    with City(place.haechi, place.data) as city, contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connect(city)) for _ in range(50)]
        for turn, letter in enumerate(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "):
            for connection in slow:
                connection.send(bytes([letter]))
            if turn % 8 == 0:
                start = time.monotonic()
                place.expect(city.is_well(), "the server is not well")
                seconds = time.monotonic() - start
                place.expect(seconds < 2, f"an answer took {seconds:.1f} s beside 50 slow senders")
        # A body that never comes keeps a request open, not the server.
        for connection in slow[:20]:
            connection.send(b"a\r\nContent-Length: 100\r\n\r\n")
        place.expect(city.ask("/procurement/projects").status == 200, "no listing beside them")


@check("thousands of idle connections leave room for a request")
def idle_connections(place):
    wanted = place.connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted + 200:
        raise Skipped(f"only {hard} open files allowed")
    # The server inherits the limit.
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted + 200), hard))
    with City(place.haechi, place.data) as city, contextlib.ExitStack() as stack:
        before = memory(city)
        for _ in range(wanted):
            stack.enter_context(connect(city))
        start = time.monotonic()
        place.expect(city.ask("/procurement/projects").status == 200, "no listing beside them")
        seconds = time.monotonic() - start
        place.expect(seconds < 5, f"an answer took {seconds:.1f} s")
        each = (memory(city) - before) // wanted
        place.expect(each < 100 << 10, f"{each >> 10} KiB of memory for an idle connection")
        stack.close()
        place.expect(city.is_well(), "the server is not well after they left")


@check("a connection that says nothing, or half a request, is let go")
def silent_connections(place):
    with City(place.haechi, place.data) as city, contextlib.ExitStack() as stack:
        beginnings = {
            "nothing": b"",
            "half a request line": b"GET /hea",
            "half a header": b"GET / HTTP/1.1\r\nHo",
            "a finished request": b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
        }
        waiting = {}
        for name, beginning in beginnings.items():
            connection = stack.enter_context(connect(city))
            connection.sendall(beginning)
            waiting[connection] = name
        deadline = time.monotonic() + MAXIMUM_SILENCE_SECONDS
        while waiting and (left := deadline - time.monotonic()) > 0:
            for connection in select.select(list(waiting), [], [], left)[0]:
                try:
                    ended = not connection.recv(65_536)
                except OSError:
                    ended = True
                if ended:
                    del waiting[connection]
        place.expect(
            not waiting, f"still open after {MAXIMUM_SILENCE_SECONDS} s: {sorted(waiting.values())}"
        )


@check("requests over the limit get 429 and a time to come back")
def request_limit(place):
    settings = {"HAECHI_REQUESTS_PER_SECOND": "1", "HAECHI_REQUEST_BURST": "20"}
    with City(place.haechi, place.data, **settings) as city:
        answers = [city.ask("/health") for _ in range(40)]
        over = [answer for answer in answers if answer.status == 429]
        place.expect(15 <= len(over) <= 21, f"{len(over)} of 40 refused")
        place.expect(
            all(answer.headers.get("Retry-After", "").isdigit() for answer in over),
            "no Retry-After",
        )
        page = city.ask("/procurement/projects", Accept="text/html")
        place.expect("<h1>" in page.text, "the refusal is no page")


@check("guessing a password is slowed down, and the account stays usable from its session")
def guessed_password(place):
    with City(place.haechi, place.data) as city:
        cookie = city.cookie(OFFICER)
        statuses = [city.sign_in(OFFICER, f"guess {count}").status for count in range(30)]
        place.expect(303 not in statuses, "a guess got in")
        words = city.sign_in(OFFICER).text
        place.expect("시도가 너무 많습니다" in words, "thirty guesses are not slowed down")
        place.expect(city.ask("/account", Cookie=cookie).status == 200, "the session is gone")
        known, unknown = (
            city.sign_in(login, "wrong") for login in ("company@sample.example", "no@body.example")
        )
        place.expect(known.status == unknown.status, "the status tells who has an account")
