"""Chat front ends: the real `openai` client against a live server, and a model that misbehaves."""

import html

import openai
from checks import check
from city import City
from upstream import Upstream

STAFF = "staff@sample.example"
MODEL = "haechi-assistant"
QUESTION = "복지포인트는 언제 얼마나 받나요"
NOTE = "언어 모델이 아래 글로 쓴 초안입니다"
FAILURES = ("429", "500", "cut", "nonsense", "endless", "silent")


def client(city, key):
    return openai.OpenAI(base_url=f"{city.address}/v1", api_key=key, max_retries=0)


def asked(question=QUESTION):
    return [{"role": "user", "content": question}]


def talk(city, question=QUESTION):
    """The page of a new talk."""
    cookie = city.cookie(STAFF)
    token = city.token(cookie, "/assistant")
    answer = city.post(
        "/assistant/talks", {"question": question, "_token": token}, Cookie=cookie
    )
    return html.unescape(city.ask(answer.place.split("#")[0], Cookie=cookie).text)


@check("the openai client lists the models and gets a cited answer, whole and streamed")
def openai_client(place):
    with City(place.haechi, place.data) as city:
        chat = client(city, city.key(STAFF, "assistant"))
        models = [model.id for model in chat.models.list()]
        # The assistant first, then the bots of the sample, each a model of its own.
        bots = [name for name in models[1:] if name.startswith(f"{MODEL}/")]
        place.expect(models[0] == MODEL and len(bots) == len(models) - 1 > 0, f"models: {models}")
        place.expect(chat.models.retrieve(MODEL).id == MODEL, "the model is not found")
        whole = chat.chat.completions.create(model=MODEL, messages=asked(), temperature=0.3)
        text = whole.choices[0].message.content
        citations = whole.model_extra["citations"]
        place.expect(citations and citations[0]["url"] in text, f"no citation in {text!r}")
        place.expect(whole.usage.total_tokens > 0, "nothing was counted")
        place.expect(whole.choices[0].finish_reason == "stop", "no end")
        stream = chat.chat.completions.create(
            model=MODEL, messages=asked(), stream=True, stream_options={"include_usage": True}
        )
        chunks = list(stream)
        streamed = "".join(
            chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices
        )
        place.expect(streamed == text, "the stream says something else")
        place.expect(chunks[-1].usage.total_tokens == whole.usage.total_tokens, "another usage")
        path = citations[0]["url"].split("/", 3)[3].split("#")[0]
        status = city.ask(f"/{path}", Cookie=city.cookie(STAFF)).status
        place.expect(status == 200, f"the citation leads to {status}")


@check("the openai client is told of a wrong key, an unknown model and an empty question")
def openai_errors(place):
    with City(place.haechi, place.data) as city:
        key = city.key(STAFF, "assistant")
        for name, kind, chat, model, messages in (
            ("a wrong key", openai.AuthenticationError, client(city, key[:-1]), MODEL, asked()),
            ("no model", openai.NotFoundError, client(city, key), "gpt-4o", asked()),
            ("no question", openai.BadRequestError, client(city, key), MODEL, asked(" ")),
            ("no message", openai.BadRequestError, client(city, key), MODEL, []),
        ):
            for stream in (False, True):
                try:
                    chat.chat.completions.create(model=model, messages=messages, stream=stream)
                    place.expect(False, f"{name}: no error")
                except openai.APIStatusError as error:
                    place.expect(type(error) is kind, f"{name}: {type(error).__name__}")
                    place.expect(bool(error.body.get("message")), f"{name}: no message")
        place.expect(city.is_well(), "the server is not well")


@check("a draft is shown where the model wrote it, and given to the openai client")
def drafts(place):
    with Upstream() as upstream, City(place.haechi, place.data, **upstream.settings) as city:
        for play in ("good", "split"):
            upstream.play = play
            place.expect(NOTE in talk(city), f"{play}: no draft")
        chat = client(city, city.key(STAFF, "assistant"))
        for stream in (False, True):
            answer = chat.chat.completions.create(model=MODEL, messages=asked(), stream=stream)
            text = (
                "".join(part.choices[0].delta.content or "" for part in answer)
                if stream
                else answer.choices[0].message.content
            )
            sentence = upstream.sentences[0].split(" [")[0]
            place.expect(text.startswith(sentence), f"the draft is not there: {text[:80]!r}")
            place.expect("\n> " in text, "the quotation is not there")


@check("a model that fails never keeps the quotations from a question")
def failures(place):
    for play in FAILURES:
        with Upstream() as upstream, City(place.haechi, f"{place.data}-{play}", **upstream.settings) as city:
            upstream.play = play
            page = talk(city)
            place.expect("<blockquote>" in page, f"{play}: no quotation")
            place.expect("초안 작성 서비스에 연결하지 못해" in page, f"{play}: the page says nothing")
            place.expect(NOTE not in page, f"{play}: a draft")
            place.expect(city.is_well(), f"{play}: the server is not well")


@check("what no passage supports is not shown, and an address inside has to be allowed")
def unsupported(place):
    with Upstream() as upstream, City(place.haechi, place.data, **upstream.settings) as city:
        upstream.play = "unsupported"
        page = talk(city)
        place.expect("<blockquote>" in page, "no quotation")
        place.expect("시장님은" not in page, "the sentence is shown")
        place.expect("문서로 확인되지 않는 문장" in page, "the page says nothing")
    with Upstream() as upstream:
        settings = upstream.settings | {"HAECHI_PRIVATE_HOSTS": ""}
        with City(place.haechi, f"{place.data}-closed", **settings) as city:
            place.expect("초안 작성 서비스에 연결하지 못해" in talk(city), "it was reached")
            place.expect(not upstream.asked, "the model was asked")
