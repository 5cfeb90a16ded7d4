"""The other ends of what leaves the house, scripted: a mail relay, a receiver of web hooks."""

import collections
import contextlib
import http.server
import re
import socket
import socketserver
import ssl
import subprocess
import threading

HANG = "hang"
MAXIMUM_WAIT_SECONDS = 15


class Outside:
    """What the other ends share: they run in threads and remember what came."""

    daemon_threads = True
    block_on_close = False

    def begin(self, script):
        # What each receiver is answered, one after the other; afterwards all is well.
        self.script = {name: list(replies) for name, replies in script.items()}
        self.attempts = collections.Counter()
        self.taken = collections.defaultdict(list)
        self.changed = threading.Condition()
        self.released = threading.Event()

    def reply(self, name, usual):
        """Counts an attempt and gives the scripted reply to it."""
        with self.changed:
            self.attempts[name] += 1
            self.changed.notify_all()
            waiting = self.script.get(name)
            return waiting.pop(0) if waiting else usual

    def take(self, name, thing):
        with self.changed:
            self.taken[name].append(thing)
            self.changed.notify_all()

    def wait(self, condition):
        """Waits until a condition on what came holds; whether it does."""
        with self.changed:
            return self.changed.wait_for(condition, MAXIMUM_WAIT_SECONDS)

    @property
    def port(self):
        return self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.shutdown()
        self.server_close()


class Relay(Outside, socketserver.ThreadingTCPServer):
    """A mail relay (RFC 5321) that answers RCPT by its script."""

    def __init__(self, script):
        self.begin(script)
        super().__init__(("127.0.0.1", 0), RelaySession)


class RelaySession(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        with contextlib.suppress(OSError):
            self.talk()

    def talk(self):
        sender, receivers = "", []
        self.say("220 relay.example ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"MAIL":
                sender = re.search(rb"<(.*?)>", line)[1].decode()
                self.say("250 ok")
            elif verb == b"RCPT":
                receiver = re.search(rb"<(.*?)>", line)[1].decode()
                reply = self.server.reply(receiver, "250 ok")
                if reply == HANG:
                    self.server.released.wait()
                    return
                receivers += [receiver] if reply.startswith("250") else []
                self.say(reply)
            elif verb == b"DATA":
                self.say("354 go on")
                message = self.message()
                for receiver in receivers:
                    self.server.take(receiver, (sender, message))
                self.say("250 taken")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok" if verb in (b"EHLO", b"HELO", b"RSET") else "502 what?")

    def message(self):
        message = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            message += line.removeprefix(b".")
        return message


class Receiver(Outside, http.server.ThreadingHTTPServer):
    """Takes web hooks over TLS and answers each path by its script: a status and a place."""

    def __init__(self, script, certificate):
        self.begin(script)
        super().__init__(("127.0.0.1", 0), ReceiverSession)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)


class ReceiverSession(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        reply = self.server.reply(self.path, (204, ""))
        self.send_response(reply[0])
        if reply[1]:
            self.send_header("Location", reply[1])
        self.send_header("Content-Length", "0")
        self.end_headers()
        if reply[0] < 300:
            self.server.take(self.path, (self.headers, body))

    def log_message(self, *_):
        pass


class Forbidden:
    """A door on every address of this machine that nobody may knock at."""

    def __init__(self):
        self.listener = socket.create_server(
            ("", 0), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64
        )
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]

    @property
    def has_visitor(self):
        with contextlib.suppress(BlockingIOError):
            self.listener.accept()[0].close()
            return True
        return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()


def certificate(folder):
    """A key and a certificate of 127.0.0.1 in one file, which vouches for itself."""
    path = folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        + ["-nodes", "-keyout", path, "-out", folder / "public.pem", "-days", "2"]
        + ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + (folder / "public.pem").read_bytes())
    return path
