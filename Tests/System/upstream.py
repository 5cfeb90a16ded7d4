"""A language model for the tests: an endpoint of chat completions that plays what it is told."""

import contextlib
import http.server
import json
import threading

SENTENCE = "맞춤형복지포인트는 해마다 1월에 한 해 분을 한꺼번에 줍니다. [1]"


def chunk(text=None, finish=None):
    """One event of a streamed chat completion."""
    delta = {} if text is None else {"content": text}
    body = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


END = chunk(finish="stop") + b"data: [DONE]\n\n"


class Upstream:
    """Listens on a free port; `play` names what the next answers are, `asked` what came in."""

    def __init__(self):
        self.play = "good"
        self.sentences = [SENTENCE]
        self.asked = []
        self.leave = threading.Event()
        upstream = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                upstream.asked.append(json.loads(self.rfile.read(length)))
                with contextlib.suppress(ConnectionError):
                    upstream.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.server.server_address[1]

    @property
    def settings(self):
        """Settings of a city that drafts with it."""
        return {
            "HAECHI_DRAFTING_URL": f"http://127.0.0.1:{self.port}/v1",
            "HAECHI_DRAFTING_MODEL": "small",
            "HAECHI_DRAFTING_KEY": "s3cret",
            "HAECHI_DRAFTING_SECONDS": "2",
            "HAECHI_PRIVATE_HOSTS": f"127.0.0.1:{self.port}",
        }

    def answer(self, request):
        if self.play in ("429", "500"):
            request.send_response(int(self.play))
            request.send_header("Retry-After", "1")
            request.end_headers()
            return
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream")
        request.end_headers()

        def say(data):
            request.wfile.write(data)
            request.wfile.flush()

        whole = b"".join(chunk(sentence + "\n") for sentence in self.sentences)
        if self.play == "good":
            say(whole + END)
        elif self.play == "split":
            for byte in whole + END:
                say(bytes([byte]))
        elif self.play == "cut":
            say(whole[: whole.index("포인트".encode()) + 4])
        elif self.play == "nonsense":
            say(b"data: {nonsense\n\n")
        elif self.play == "unsupported":
            say(chunk("시장님은 친절합니다. [1]") + END)
        elif self.play == "endless":
            while not self.leave.is_set():
                say(chunk("복지 "))
        elif self.play == "silent":
            self.leave.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.leave.set()
        self.server.shutdown()
        self.server.server_close()
