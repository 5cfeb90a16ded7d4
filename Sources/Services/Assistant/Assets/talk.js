// A question is sent without leaving the page, and its answer is shown while it comes. Where anything
// fails the form is sent as it would be without this: the same key makes it one question.

const pieces = (text) => {
  const template = document.createElement("template");
  template.innerHTML = text;
  return template.content;
};

// The events of a stream (HTML Living Standard §9.2), as pairs of name and data.
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n").map((line) => line.match(/^(event|data): ?(.*)$/)).filter(Boolean);
      if (!lines.length) continue;
      const data = lines.filter((line) => line[1] === "data").map((line) => line[2]).join("\n");
      yield [lines.find((line) => line[1] === "event")?.[2] ?? "message", data];
    }
  }
}

// The list of the talk before the form; the page where talks begin has none yet.
function talkBefore(form) {
  const found = document.querySelector("ol.talk");
  if (found) return found;
  const list = document.createElement("ol");
  list.className = "talk";
  form.before(list);
  return list;
}

// A key as the server makes them: a stopped question is not asked again under its old one.
function freshKey() {
  const digits = "abcdefghijklmnopqrstuvwxyz234567";
  return [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => digits[byte % 32]).join("");
}

class Asking {
  constructor(form) {
    this.form = form;
    this.list = talkBefore(form);
    this.status = form.querySelector("[data-talk-status]");
    this.stop = form.querySelector("[data-talk-stop]");
    this.field = form.elements.question;
    this.abort = new AbortController();
  }

  say(words) { this.status.textContent = words; }

  // What was typed stands in the talk at once; the server's own words take its place.
  showQuestion() {
    this.own = document.createElement("li");
    this.own.className = "person";
    const words = document.createElement("p");
    words.textContent = this.field.value;
    this.own.append(words);
    this.list.append(this.own);
    this.own.scrollIntoView({ block: "nearest" });
  }

  async run() {
    this.showQuestion();
    this.say(this.status.dataset.searching);
    this.stop.hidden = false;
    this.stop.onclick = () => this.abort.abort();
    const answer = await fetch(this.form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(this.form)),
      headers: { Accept: "text/event-stream" },
      signal: this.abort.signal,
    });
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      throw new Error(`answered with ${answer.status}`);
    }
    for await (const [name, data] of events(answer.body)) this.take(name, data);
    if (!this.isDone) throw new Error("the stream ended early");
  }

  take(name, data) {
    if (name === "status") this.say(data);
    if (name === "talk") {
      this.form.action = data;
      history.replaceState(history.state, "", data);
    }
    if (name === "question") {
      const item = pieces(data).firstElementChild;
      this.own.replaceWith(item);
      this.own = item;
    }
    if (name === "answer") {
      this.answer = pieces(data).firstElementChild;
      this.list.append(this.answer);
      this.answer.scrollIntoView({ block: "nearest" });
      this.field.value = "";
    }
    if (name === "sentence") this.answer.querySelector("[data-draft]").append(pieces(data));
    if (name === "draft") this.answer.querySelector("[data-draft]").replaceChildren(pieces(data));
    if (name === "done") {
      this.form.elements.key.value = data;
      this.isDone = true;
    }
  }

  end() {
    this.stop.hidden = true;
    delete this.form.dataset.sent;
    this.field.focus({ preventScroll: true });
  }
}

let asking = null;
for (const form of document.querySelectorAll("form[data-talk]")) {
  if (typeof TextDecoderStream === "undefined") break;
  form.addEventListener("submit", async (event) => {
    // An empty question is refused by the server in words, on its own page.
    if (!form.elements.question.value.trim()) return;
    event.preventDefault();
    if (asking) return;
    asking = new Asking(form);
    try {
      await asking.run();
    } catch {
      if (!asking.abort.signal.aborted) return form.submit();
      // What came so far is kept in the talk, whose own page shows it.
      if (asking.answer) return location.reload();
      asking.own.remove();
      asking.say(asking.status.dataset.stopped);
      form.elements.key.value = freshKey();
    }
    asking.end();
    asking = null;
  });
}
