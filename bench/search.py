"""What a search costs with its eight facets (`make bench ARGS=bench/search.py`): milliseconds and CPU-seconds.

A platform of its own, with the whole demonstration country, is started in a temporary folder. From its documents two
indexes are made, of 28,052 resources and of 280,520: each resource is repeated under other titles, made of the words
of two others, until there are so many. Asked are 1,000 queries in a fixed, mixed order: 900 of one to three words of
titles, 100 of words that more than half of all resources bear; every fifth under a grade and a subject. Measured is
what the page calls between the reader's words and the rows of its twenty resources: reading the query, totals, eight
facets, the best twenty.

Beside it, in the same run and over the same index, the limit: the best twenty of the same words and nothing else.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
from pages import _free_port, _until_ready

if TYPE_CHECKING:
    import tantivy

ROOT = Path(__file__).resolve().parents[1]
SIZES = {28_052: 5.0, 280_520: 25.0}
"""Resources, and what the slowest of a hundred queries may take, in milliseconds."""
QUERIES, BROAD = 1_000, 100


def main() -> None:
    """Start a platform, furnish it, measure in a process of its own, print; nothing is asserted here."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", type=Path, help="internal: measure with the platform of this environment")
    folder = parser.parse_args().measure
    if folder:
        _measure(folder)
        return
    with tempfile.TemporaryDirectory(prefix="smartedu-bench-", dir="/tmp") as name:
        os.chmod(name, 0o711)
        port = _free_port()
        environment = os.environ | {"SMARTEDU_DATA_DIR": f"{name}/data", "SMARTEDU_PORT": str(port)}
        log = (Path(name) / "serve.log").open("w")
        server = subprocess.Popen(
            [sys.executable, "-m", "smartedu.config.cli", "serve"], env=environment, stdout=log, stderr=log, cwd=ROOT
        )
        try:
            _until_ready(port, server)
            own = environment | {"DJANGO_SETTINGS_MODULE": "smartedu.config.settings", "PYTHONPATH": str(ROOT)}
            furnish = "import django; django.setup(); from smartedu.demo.build import build; "
            furnish += "from smartedu.base.settings import get_settings; build(get_settings(), order=False, whole=True)"
            subprocess.run([sys.executable, "-c", furnish], env=own, check=True, stderr=subprocess.DEVNULL)
            time.sleep(30)  # the worker writes the platform's own index, and leaves the processors alone then
            subprocess.run([sys.executable, __file__, "--measure", name], env=own, check=True, cwd=ROOT)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _measure(folder: Path) -> None:
    import django

    django.setup()
    for size, aim in SIZES.items():
        index, bearing, titles = _index(folder / f"index-{size}", size)
        _report(index.searcher(), _queries(bearing, titles, size), aim)


def _index(folder: Path, size: int) -> "tuple[tantivy.Index, Counter[str], list[list[str]]]":
    """An index of so many documents; how many bear each word; the words of every title."""
    import tantivy

    from smartedu.library.models import Resource
    from smartedu.library.search.documents import ANY, document, schema, with_words
    from smartedu.library.search.words import query_tokens

    luck = random.Random(1)
    began, cpu = time.perf_counter(), time.process_time()
    resources = list(with_words(Resource.objects.published().order_by("pk")))
    titles = [query_tokens(resource.title) for resource in resources]
    names = [resource.title for resource in resources]
    bearing: Counter[str] = Counter()
    folder.mkdir()
    index = tantivy.Index(schema(), path=str(folder))
    writer = index.writer(128 * 1024 * 1024, num_threads=1)
    for number in range(size):
        resource = resources[number % len(resources)]
        if number >= len(resources):
            resource.code = f"n{number:09}"
            resource.title = f"{luck.choice(names)} {luck.choice(names)}"
        made = document(resource)
        bearing.update(made[ANY][0].split())
        writer.add_document(made)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    mb = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    print(
        f"{size:,} resources: indexed in {time.perf_counter() - began:.0f} s ({time.process_time() - cpu:.0f} CPU-s),"
        f" {mb:.0f} MB"
    )
    return index, bearing, [title for title in titles if title]


def _queries(bearing: Counter[str], titles: list[list[str]], size: int) -> list[str]:
    from smartedu.library.search.words import query_tokens

    luck = random.Random(2)
    often = [word for word, count in bearing.most_common(50) if count > size / 2]
    common = [word for word in often if query_tokens(word) == [word]]  # «of» and «的» ask for nothing
    asked = [" ".join(luck.choice(titles)[: luck.randint(1, 3)]) for _ in range(QUERIES - BROAD)]
    asked += [luck.choice(common) for _ in range(BROAD)]
    luck.shuffle(asked)
    print(f"  words of more than half of them: {' '.join(common)}")
    return asked


def _report(searcher: "tantivy.Searcher", queries: list[str], aim: float) -> None:
    from smartedu.base.settings import get_settings
    from smartedu.library.search.asking import RESULTS_A_PAGE, ask, best
    from smartedu.library.search.documents import ANY
    from smartedu.library.search.lexicon import lexicon
    from smartedu.library.search.understanding import understand
    from smartedu.library.search.words import query_tokens
    from smartedu.library.shelves import Facets

    words = lexicon(get_settings().index_dir)
    narrow, free = Facets(grade="grade-7", subject="maths"), Facets()

    def ours(number: int, text: str) -> Any:
        meant = understand(text, words, lambda token: searcher.doc_freq(ANY, token) > 0, places=False)
        return ask(searcher, meant.tokens, free if number % 5 else narrow)

    def limit(_: int, text: str) -> Any:
        return searcher.search(best(query_tokens(text)), RESULTS_A_PAGE, count=False)

    for name, run in (("with 8 facets", ours), ("bare top 20", limit)):
        taken, used = _timed(run, queries)
        print(
            f"  {name:14} p50 {taken[len(taken) // 2]:6.2f} ms  p99 {taken[len(taken) * 99 // 100]:6.2f}  longest "
            f"{taken[-1]:6.2f}; of the processor p99 {used[len(used) * 99 // 100]:6.2f} ms, {sum(used) / 1000:5.2f} s "
            f"for {len(queries):,}" + (f"  (aim p99 <= {aim:.0f} ms)" if run is ours else "")
        )


def _timed(run: Callable[[int, str], Any], queries: list[str]) -> tuple[list[float], list[float]]:
    """The milliseconds of each query, by the clock and by the processor, ascending; of a second round."""
    taken: list[float] = []
    used: list[float] = []
    for _ in range(2):
        taken.clear()
        used.clear()
        for number, text in enumerate(queries):
            began, cpu = time.perf_counter(), time.process_time()
            run(number, text)
            used.append((time.process_time() - cpu) * 1000)
            taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken), sorted(used)


if __name__ == "__main__":
    main()
