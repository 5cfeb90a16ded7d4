"""The same listing as a FastAPI application on SQLite, in the ordinary way of that stack.

Runs under `uvicorn peer:app`; PEER_DATABASE is the file that run.py filled from Haechi's own
download. Like Haechi it looks the session up, counts projects and sums budgets for every value of
every facet, and escapes what it shows.
"""

import hashlib
import os
import sqlite3
import threading
from typing import Annotated

from fastapi import Cookie, FastAPI, Query
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment

FACETS = {
    "year": "연도",
    "agency_kind": "기관 구분",
    "agency": "기관",
    "type": "사업유형",
    "timing": "발주시기",
    "technology": "신기술",
    "band": "사업비",
    "status": "상태",
}
PAGE_SIZE = 20
TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""
<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><title>정보화사업 찾기</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/style.css"></head><body>
<a class="skip" href="#main">본문 바로가기</a>
<header class="masthead"><a class="brand" href="/">견본시</a> <a href="/account">{{ person }}</a></header>
<main id="main"><h1>정보화사업 찾기</h1>
<p class="lead"><strong>{{ "{:,}".format(count) }}건</strong> · 사업비 <strong>{{ "{:,}".format(total) }}원</strong></p>
<form role="search" action="/procurement/projects" method="get">
<div class="field"><label for="q">사업 검색</label><input id="q" type="search" name="q" value="{{ q }}"></div>
{% for name, title, values in facets %}
<details class="facet"><summary>{{ title }}</summary><fieldset><legend class="unseen">{{ title }}</legend><ul>
{% for value, number, sum in values %}
<li><input type="checkbox" id="f-{{ name }}-{{ loop.index }}" name="{{ name }}" value="{{ value }}"
{%- if value in chosen.get(name, []) %} checked{% endif %}>
<label for="f-{{ name }}-{{ loop.index }}"><span>{{ value or "없음" }}</span>
<span class="amounts">{{ "{:,}".format(number) }}건<small><data class="money" value="{{ sum }}"
 title="{{ "{:,}".format(sum) }}원">{{ "{:,}".format(sum // 100000000) }}억원</data></small></span></label></li>
{% endfor %}
</ul></fieldset></details>
{% endfor %}
<button type="submit">찾기</button></form>
<ul class="results">
{% for row in rows %}
<li><article><h2><a href="/procurement/projects/{{ row.year }}/{{ row.agency }}/{{ row.key }}">{{ row.title }}</a></h2>
<p><span class="status">{{ row.status }}</span> {{ row.agency }} {{ row.department }}</p>
<dl><div><dt>사업비</dt><dd><data class="money" value="{{ row.budget }}">{{ "{:,}".format(row.budget) }}원</data></dd></div>
<div><dt>유형</dt><dd>{{ row.type }}</dd></div><div><dt>발주시기</dt><dd>{{ row.timing }}</dd></div></dl></article></li>
{% endfor %}
</ul><nav class="pages"><a href="?page=2">다음</a></nav></main>
<footer><p>견본시</p></footer></body></html>
""")

app = FastAPI(openapi_url=None)
local = threading.local()


def database():
    """A connection for each thread that answers."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["PEER_DATABASE"])
        local.connection.row_factory = sqlite3.Row
    return local.connection


@app.get("/health")
def health():
    database().execute("SELECT 1").fetchone()
    return JSONResponse({"status": "ok"})


@app.get("/procurement/projects", response_class=HTMLResponse)
def projects(
    q: str = "",
    year: Annotated[list[str], Query()] = [],
    page: Annotated[int, Query(ge=1)] = 1,
    session: Annotated[str, Cookie()] = "",
):
    connection = database()
    digest = hashlib.sha256(session.encode()).digest()
    person = connection.execute(
        "SELECT name FROM session WHERE token_hash = ?", (digest,)
    ).fetchone()
    where, values = "title LIKE ?", [f"%{q}%"]
    if year:
        where += f" AND year IN ({','.join('?' * len(year))})"
        values += year
    count, total = connection.execute(
        f"SELECT count(*), coalesce(sum(budget), 0) FROM project WHERE {where}", values
    ).fetchone()
    facets = [
        (
            name,
            title,
            connection.execute(
                f"SELECT {name}, count(*), sum(budget) FROM project WHERE {where}"
                f" GROUP BY {name} ORDER BY 2 DESC",
                values,
            ).fetchall(),
        )
        for name, title in FACETS.items()
    ]
    rows = connection.execute(
        f"SELECT * FROM project WHERE {where} ORDER BY budget DESC, key LIMIT ? OFFSET ?",
        [*values, PAGE_SIZE, (page - 1) * PAGE_SIZE],
    ).fetchall()
    return TEMPLATE.render(
        person=person["name"] if person else "로그인",
        q=q,
        count=count,
        total=total,
        facets=facets,
        rows=rows,
        chosen={"year": year},
    )
