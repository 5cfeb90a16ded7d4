"""Ranked search in Korean: Haechi beside Kiwi with bm25s, tantivy and SQLite FTS5, in one run.

    python3 run.py --haechi .build/release/haechi [--questions 1000]

Prints Markdown rows. Times are CPU times on one core, because the machine may be shared. Works offline:
KorQuAD and the statutes are read from HAECHI_SHARED_DATA (default: ../shared/data beside the repository).

What the rows compare: the same passages, and the same questions (a seeded sample where --questions says
so) in three writings: as they are, with all spaces removed, with the vowel of 8% of the syllables moved.
Every engine reads a question and answers it alone, its ten best passages; what it reads a question with
(Kiwi, pairs of letters) counts as its time. Kiwi gives content morphemes; pairs are every two
neighbouring letters of a run. All use BM25 with their own usual parameters. `haechi` measures quality by
`assistant evaluate`, speed by `haechi-bench korean benchmark`. Kiwi's analysis is measured on a seeded
sample of passages, the same for the other analysers beside it.
"""

import argparse
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("HAECHI_SHARED_DATA", ROOT.parent / "shared" / "data")).resolve()
KORQUAD = SHARED / "assist" / "korquad" / "KorQuAD_v1.0_dev_part.json"
LAW = SHARED / "assist" / "law"
STAFF = ROOT / "Benchmarks" / "assistant" / "staff-questions.csv"
DEPTH = 10
ANALYSED_BYTES = 200_000
MISTYPED_SHARE = 0.08
RUNS = re.compile(r"[가-힣]+|[a-z]+|[0-9]+|[一-鿿]+")
# Content morphemes: nouns, verbs, adjectives, adverbs, determiners, prefixes, roots, letters, numbers.
CONTENT = ("NN", "NR", "NP", "VV", "VA", "XR", "SL", "SN", "SH", "MAG", "MM", "XPN", "XSN", "W")


def without_spaces(text, _):
    return "".join(text.split())


def mistyped(text, rng):
    """The vowel of some syllables moved by +1, -1 or +4 of 21."""
    letters = []
    for letter in text:
        if "가" <= letter <= "힣" and rng.random() < MISTYPED_SHARE:
            index = ord(letter) - 0xAC00
            vowel = (index // 28 + rng.choice((1, 20, 4))) % 21
            letter = chr(0xAC00 + index // 588 * 588 + vowel * 28 + index % 28)
        letters.append(letter)
    return "".join(letters)


VARIANTS = {"plain": lambda text, _: text, "withoutSpaces": without_spaces, "mistyped": mistyped}


def pairs(text):
    """Every two neighbouring letters of a run, and runs of one letter."""
    return [
        run[at:at + 2] for run in RUNS.findall(text.lower()) for at in range(max(1, len(run) - 1))]


class Kiwi:
    def __init__(self):
        import kiwipiepy

        self.kiwi = kiwipiepy.Kiwi(num_workers=1)

    def __call__(self, text):
        return [
            token.form.lower() for token in self.kiwi.tokenize(text)
            if token.tag.startswith(CONTENT)]


class Mecab:
    def __init__(self):
        import mecab

        self.mecab = mecab.MeCab()

    def __call__(self, text):
        return self.mecab.morphs(text)


class BM25S:
    def __init__(self, passages, tokens):
        import bm25s

        self.tokens = tokens
        self.index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self.index.index([tokens(text) for text in passages], show_progress=False)

    def __call__(self, question):
        found, scores = self.index.retrieve(
            [self.tokens(question)], k=DEPTH, show_progress=False, n_threads=0)
        return [int(place) for place, score in zip(found[0], scores[0]) if score > 0]


class Tantivy:
    def __init__(self, passages, tokens, folder=None):
        import tantivy

        self.tantivy, self.tokens = tantivy, tokens
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("place", stored=True)
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        self.schema = builder.build()
        index = tantivy.Index(self.schema, path=folder)
        writer = index.writer(num_threads=1)
        for place, text in enumerate(passages):
            writer.add_document(tantivy.Document(place=place, body=" ".join(tokens(text))))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()

    def __call__(self, question):
        query = self.tantivy.Query
        terms = [
            (self.tantivy.Occur.Should, query.term_query(self.schema, "body", word, "freq"))
            for word in set(self.tokens(question))]
        if not terms:
            return []
        hits = self.searcher.search(query.boolean_query(terms), DEPTH).hits
        return [self.searcher.doc(address)["place"][0] for _, address in hits]


class FTS5:
    def __init__(self, passages, tokens, path=":memory:"):
        self.tokens = tokens
        self.database = sqlite3.connect(path)
        self.database.execute(
            "CREATE VIRTUAL TABLE passage USING fts5 (body, content='', tokenize='unicode61')")
        self.database.executemany(
            "INSERT INTO passage (rowid, body) VALUES (?, ?)",
            ((place, " ".join(tokens(text))) for place, text in enumerate(passages)))
        self.database.commit()

    def __call__(self, question):
        words = " OR ".join(f'"{word}"' for word in set(self.tokens(question)))
        if not words:
            return []
        rows = self.database.execute(
            "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?", (words, DEPTH))
        return [row[0] for row in rows]


def measured(function):
    """CPU seconds of a call, and its result."""
    start = time.process_time()
    result = function()
    return time.process_time() - start, result


def quality(ranks):
    """The measures of `assistant evaluate`, of the ranks from 0, None where not found."""
    def recall(depth):
        return sum(rank is not None and rank < depth for rank in ranks) / len(ranks)
    return {
        "recallAt1": recall(1), "recallAt5": recall(5), "recallAt10": recall(10),
        "meanReciprocalRank": sum(1 / (rank + 1) for rank in ranks if rank is not None) / len(ranks),
    }


def peer_report(engine, questions):
    report = {}
    for variant, asked in questions.items():
        ranks, times = [], []
        for text, gold in asked:
            seconds, found = measured(lambda: engine(text))
            times.append(seconds)
            ranks.append(found.index(gold) if gold in found else None)
        report[variant] = quality(ranks)
        if variant == "plain":
            report["queriesPerCPUSecond"] = len(times) / sum(times)
            report["queryMillisecondsP99"] = sorted(times)[len(times) * 99 // 100] * 1000
    return report


def read_korquad(count):
    """The passages, and a seeded sample of the questions with the places of their passages."""
    passages, asked = [], []
    for article in json.loads(KORQUAD.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            asked += [(question, len(passages)) for question in paragraph["qas"]]
            passages.append(paragraph["context"])
    if count and count < len(asked):
        asked = random.Random(1).sample(asked, count)
    return passages, asked


def read_law():
    """The articles of the statutes: title, heading, text."""
    articles = []
    for path in sorted(LAW.rglob("*.md")):
        parts = re.split(r"^#{5} (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        title = path.parent.name if path.stem in ("법률", "시행령", "시행규칙") else path.stem
        articles += [
            (title, heading, body.strip()) for heading, body in zip(parts[1::2], parts[2::2])]
    return articles


def line(*fields):
    return "\t".join(" ".join(field.split()) for field in fields)


def haechi_quality(haechi, passages, asked, folder):
    """`assistant evaluate` on a file of KorQuAD's form with these questions."""
    path = folder / "questions.json"
    paragraphs = [{"context": text, "qas": []} for text in passages]
    for (question, gold), text in asked:
        paragraphs[gold]["qas"].append({"question": text, "answers": question["answers"]})
    path.write_text(
        json.dumps({"data": [{"title": "", "paragraphs": paragraphs}]}), encoding="utf-8")
    done = subprocess.run(
        [*haechi, "assistant", "evaluate", path, "--format", "json"], check=True,
        capture_output=True, text=True)
    return json.loads(done.stdout)


def haechi_bench(haechi, texts, questions, folder):
    (folder / "texts.tsv").write_text("\n".join(texts), encoding="utf-8")
    (folder / "questions.txt").write_text("\n".join(map(line, questions)), encoding="utf-8")
    command = [f"{haechi[-1]}-bench", "korean", "benchmark", folder / "texts.tsv"]
    done = subprocess.run(
        [*haechi[:-1], *command, folder / "questions.txt"], check=True, capture_output=True,
        text=True)
    return json.loads(done.stdout)


def retrieval_table(haechi, count, folder):
    passages, asked = read_korquad(count)
    rng = random.Random(3)
    texts = {
        variant: [write(question["question"], rng) for question, _ in asked]
        for variant, write in VARIANTS.items()}
    questions = {
        variant: list(zip(written, (gold for _, gold in asked)))
        for variant, written in texts.items()}
    kiwi = Kiwi()
    rows = {"Haechi": {
        variant: haechi_quality(haechi, passages, list(zip(asked, written)), folder)
        for variant, written in texts.items()}}
    bench = haechi_bench(
        haechi, [line("", "", text) for text in passages], texts["plain"], folder)
    rows["Haechi"] |= {
        key: bench[key] for key in ("queriesPerCPUSecond", "queryMillisecondsP99")}
    for name, make in {
        "Kiwi + bm25s": lambda: BM25S(passages, kiwi),
        "Kiwi + tantivy": lambda: Tantivy(passages, kiwi),
        "pairs + tantivy": lambda: Tantivy(passages, pairs),
        "pairs + SQLite FTS5": lambda: FTS5(passages, pairs),
    }.items():
        print(f"korean: {name}", file=sys.stderr, flush=True)
        rows[name] = peer_report(make(), questions)
    print(f"| {len(passages)} passages, {len(asked):,} questions of KorQuAD | R@1 | R@5 | R@10 | MRR "
          "| R@1 without spaces | R@1 mistyped | queries a CPU second | p99 |")
    print("|---" + "|---:" * 8 + "|")
    for name, row in rows.items():
        plain = row["plain"]
        print(f"| {name} | {plain['recallAt1']:.3f} | {plain['recallAt5']:.3f} "
              f"| {plain['recallAt10']:.3f} | {plain['meanReciprocalRank']:.3f} "
              f"| {row['withoutSpaces']['recallAt1']:.3f} | {row['mistyped']['recallAt1']:.3f} "
              f"| {row['queriesPerCPUSecond']:,.0f} | {row['queryMillisecondsP99']:.2f} ms |")
    return passages, kiwi, bench


def analysis_table(passages, kiwi, bench):
    sample, size = [], 0
    for text in random.Random(5).sample(passages, len(passages)):
        if size >= ANALYSED_BYTES:
            break
        sample.append(text)
        size += len(text.encode())

    def speed(analyse):
        seconds, _ = measured(lambda: [analyse(text) for text in sample])
        return size / 1e6 / seconds

    rows = {"Haechi, terms of an index": bench["termMegabytesPerSecond"],
            "Haechi, tokens with their texts": bench["tokenMegabytesPerSecond"],
            "mecab-ko": speed(Mecab()), "Kiwi": speed(kiwi)}
    own = bench["tokenMegabytesPerSecond"]
    print(f"\n| analysis, one core ({size / 1e3:.0f} kB for the peers) | MB/s | Haechi's tokens are |")
    print("|---|---:|---|")
    for name, value in rows.items():
        ratio = "–" if name.startswith("Haechi") else f"{own / value:,.0f}× as fast"
        print(f"| {name} | {value:,.2f} | {ratio} |")


def statute_table(haechi, folder):
    articles = read_law()
    staff = [row.split(",")[0] for row in STAFF.read_text(encoding="utf-8").splitlines()[1:]]
    bench = haechi_bench(haechi, [line(*article) for article in articles], staff, folder)
    texts = ["\n".join(article) for article in articles]
    size = sum(len(text.encode()) for text in texts)
    (folder / "tantivy").mkdir()
    rows = [("Haechi", bench["indexCPUSeconds"], bench["indexByteCount"],
             bench["queryMillisecondsP99"])]
    for name, make, stored in [
        ("pairs + tantivy", lambda: Tantivy(texts, pairs, str(folder / "tantivy")),
         lambda: sum(path.stat().st_size for path in (folder / "tantivy").iterdir())),
        ("pairs + SQLite FTS5", lambda: FTS5(texts, pairs, str(folder / "law.sqlite")),
         lambda: (folder / "law.sqlite").stat().st_size),
    ]:
        seconds, engine = measured(make)
        times = sorted(measured(lambda: engine(question))[0] for question in staff)
        rows.append((name, seconds, stored(), times[len(times) * 99 // 100] * 1000))
    print(f"\n| 91 statutes: {len(articles):,} articles, {size / 1e6:.1f} MB, {len(staff)} questions "
          "| index, CPU s | index, MB | of the text | query p99 |")
    print("|---|---:|---:|---:|---:|")
    for name, seconds, stored, slow in rows:
        print(f"| {name} | {seconds:.2f} | {stored / 1e6:.1f} | {stored / size:.2f}× | {slow:.2f} ms |")


def staff_table(haechi):
    """Questions of staff over the statutes, the half that was kept out of tuning."""
    done = subprocess.run(
        [*haechi, "assistant", "evaluate-articles", STAFF, "--folder", LAW, "--held-out",
         "--format", "json"], capture_output=True, text=True)
    if done.returncode:
        print(f"korean: evaluate-articles failed: {done.stderr}", file=sys.stderr)
        return False
    report = json.loads(done.stdout)
    print("\n| questions of staff, held out | R@1 | R@3 | R@10 | MRR |\n|---|---:|---:|---:|---:|")
    print(f"| {report['questionCount']} questions over 91 statutes | {report['recallAt1']:.3f} "
          f"| {report['recallAt3']:.3f} | {report['recallAt10']:.3f} "
          f"| {report['meanReciprocalRank']:.3f} |")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--haechi", nargs="+", required=True, help="the haechi command")
    parser.add_argument("--questions", type=int, default=0, help="so many questions; 0 is all")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        analysis_table(*retrieval_table(arguments.haechi, arguments.questions, folder))
        statute_table(arguments.haechi, folder)
    return 0 if staff_table(arguments.haechi) else 1


if __name__ == "__main__":
    sys.exit(main())
