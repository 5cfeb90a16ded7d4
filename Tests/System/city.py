"""A running Haechi for the tests: starts on a free port, is asked, is stopped by its id."""

import dataclasses
import http.client
import os
import re
import select
import signal
import subprocess
import time
from urllib.parse import urlencode, urlsplit

PASSWORD = "haechi sample city"
ADMINISTRATOR = "admin@sample.example"
OFFICER = "city.plan@sample.example"
RESIDENT = "resident@sample.example"
# Somebody whom nothing in the sample has told anything yet.
FOLLOWER = "company@sample.example"
SESSION_COOKIE = "haechi-session"
MAXIMUM_START_SECONDS = 60
MAXIMUM_STOP_SECONDS = 30
MAXIMUM_ANSWER_SECONDS = 30
KEY = re.compile(r"haechi_[\w-]{43}")
TOKEN = re.compile(r'name="_token" value="([^"]*)"')


def environment(**more):
    """The environment without settings of this machine: English words, no limit of requests, no cameras."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HAECHI_")}
    quiet = {"HAECHI_REQUESTS_PER_SECOND": "0", "HAECHI_CAMERA_ANALYSIS": "false"}
    return kept | {"LC_ALL": "C.UTF-8"} | quiet | more


def refused(command, **more):
    """Runs a command that is expected to end by itself: its exit code and its standard error."""
    done = subprocess.run(
        command,
        env=environment(**more),
        capture_output=True,
        text=True,
        errors="replace",
        timeout=MAXIMUM_START_SECONDS,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stderr


@dataclasses.dataclass
class Answer:
    """What the server said: the body is as it came, encoded or not."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def place(self):
        return self.headers.get("Location", "")


class City:
    """One `haechi serve`: its first words are `greeting`, its standard error is in `log`."""

    def __init__(self, haechi, folder, *, arguments=("--sample",), wrapper=(), **settings):
        folder = os.fspath(folder)
        self.log = folder.rstrip("/") + ".log"
        command = [*wrapper, haechi, "serve", "--data", folder, "--port", "0", *arguments]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command,
                env=environment(**settings),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        try:
            self.address = self._wait()
        except BaseException:
            self.kill()
            raise

    def _wait(self):
        deadline, said = time.monotonic() + MAXIMUM_START_SECONDS, b""
        descriptor = self.process.stdout.fileno()
        while True:
            left = deadline - time.monotonic()
            ready = left > 0 and select.select([descriptor], [], [], left)[0]
            piece = os.read(descriptor, 4096) if ready else b""
            said += piece
            found = re.search(rb"^haechi: (http://\S+)\n", said, re.MULTILINE)
            if found:
                self.greeting = said.decode()
                return found[1].decode()
            if not piece:
                raise AssertionError(f"the server did not start: {self.log_tail()}")

    def log_tail(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()[-600:]

    @property
    def authority(self):
        return urlsplit(self.address).netloc

    @property
    def port(self):
        return urlsplit(self.address).port

    def ask(self, path, method="GET", body=None, source="127.0.0.1", **headers):
        """One request on a connection of its own; `X_Y=…` becomes the header `X-Y`.

        `source` is the address it comes from: all of 127.0.0.0/8 is this machine.
        """
        connection = http.client.HTTPConnection(
            self.authority, timeout=MAXIMUM_ANSWER_SECONDS, source_address=(source, 0)
        )
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=names)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def post(self, path, fields, **headers):
        """Sends a form; `source` as for `ask`."""
        return self.ask(
            path,
            "POST",
            urlencode(fields),
            **{"Content_Type": "application/x-www-form-urlencoded"} | headers,
        )

    def sign_in(self, login, password=PASSWORD):
        """The answer to a sign-in."""
        return self.post("/sign-in", {"login": login, "password": password})

    def cookie(self, login, password=PASSWORD):
        """The Cookie header of somebody who signed in."""
        answer = self.sign_in(login, password)
        assert answer.status == 303, f"{login} cannot sign in: {answer.status}"
        value = answer.headers.get("Set-Cookie", "").split(";")[0]
        assert value.startswith(SESSION_COOKIE + "="), "no session cookie"
        return value

    def token(self, cookie, path="/account"):
        """The hidden token of the forms on a page."""
        return next(filter(None, TOKEN.findall(self.ask(path, Cookie=cookie).text)), "")

    def key(self, login, purpose):
        """A personal access key, as a person makes it in the pages."""
        cookie = self.cookie(login)
        fields = {"name": "시험", "purpose": purpose, "days": "30"}
        token = self.token(cookie, "/account/keys")
        page = self.post("/account/keys", fields | {"_token": token}, Cookie=cookie)
        return KEY.search(page.text)[0]

    def is_well(self):
        return self.ask("/health").status == 200

    def kill(self):
        """Ends the process at once, as a power cut would."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """Asks it to stop; the exit code. A server that does not stop is killed, and that fails."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(MAXIMUM_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return f"no stop within {MAXIMUM_STOP_SECONDS} s"
        finally:
            self.kill()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        code = self.stop()
        if kind is None:
            assert code == 0, f"the server ended with {code}: {self.log_tail()}"
