"""The layout shows the architecture: imports point one way, and what a command does not need it does not load."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "searchapp"

# What each wing holds, lower floors first: a room may import from the floors below its own. The rooms of a wing
# are those of its folder; __init__ is its door, by which others may enter.
WINGS: dict[str, tuple[set[str], ...]] = {
    "searchapp": (
        {"__init__", "errors"},
        {"analysis", "budget", "client", "lastrun", "settings", "sanitize", "sounds", "workers"},
        {"article", "passwords", "written"},
        {"doorkeeper", "fields"},
        {"query"},
        {"calendar", "sameness", "search"},
        {"answers", "engines", "ingest"},
        {"help"},
        {"assistants", "checkup", "indexing", "web"},
        {"alerts"},
        {"cli"},
        {"__main__"},
    ),
    "searchapp.alerts": ({"memory", "saved"}, {"news", "sending"}, {"__init__"}),
    "searchapp.answers": (
        {"changes", "shapes", "snippets"},
        {"address", "person_shapes"},
        {"parameters"},
        {"wording"},
        {"timeline"},
        {"citations", "comparison", "entries", "payloads"},
        {"files", "spoken"},
        {"openapi"},
        {"__init__"},
    ),
    "searchapp.cli": (
        {"console", "progress"},
        {
            "alerts",
            "backup",
            "corrections",
            "doctor",
            "export",
            "formats",
            "inspect",
            "mcp",
            "people",
            "search",
            "serve",
            "speaker",
            "users",
        },
        {"index"},
        {"__init__"},
    ),
    "searchapp.engines": (
        {"facets", "ranking", "stored", "vocabulary"},
        {"protocol"},
        {"held", "persons", "synonyms", "topics", "utterances", "watching"},
        {"notes"},
        {"holdings", "memory", "opensearch", "portraits", "survey", "tantivy", "whoosh"},
        {"roster"},
        {"folder"},
        {"__init__"},
    ),
    "searchapp.engines.folder": ({"seals"}, {"generations"}, {"soundness"}, {"engine"}, {"backup"}, {"__init__"}),
    "searchapp.engines.opensearch": ({"cluster", "documents"}, {"clauses", "lease"}, {"engine"}, {"__init__"}),
    "searchapp.engines.tantivy": ({"queries", "store"}, {"columns"}, {"archive"}, {"__init__"}),
    "searchapp.engines.whoosh": ({"columns", "postings"}, {"near"}, {"matching"}, {"archive"}, {"__init__"}),
    "searchapp.help": ({"names", "same_person"}, {"bearers", "completions", "examples", "meant"}, {"__init__"}),
    "searchapp.indexing": (
        {"arrivals", "correcting", "fetches", "known"},
        {"report"},
        {"guards", "passes"},
        {"exports"},
        {"parquet"},
        {"__init__"},
    ),
    "searchapp.ingest": (
        {"addresses", "archivist", "authors", "notices", "raw", "reasons", "steps", "stubs", "words"},
        {"dating", "language", "synonyms"},
        {"attribution", "corrections", "formats", "outlets"},
        {"corrected", "files", "profile"},
        {"cleaning"},
        {"__init__"},
    ),
    "searchapp.ingest.attribution": (
        {"english", "given_names"},
        {"verbs"},
        {"lexicon", "statement_days"},
        {"genders", "names", "offices", "text"},
        {"cast"},
        {"asides", "noun_phrases", "people", "register", "surnames", "titles"},
        {"descriptions", "mentions"},
        {"clauses", "namesakes", "persons", "phrase_ends", "phrase_starts"},
        {"contents", "denials", "subjects"},
        {"coreference", "labels", "scopes", "signs", "utterances", "verbals"},
        {"extents", "turns", "verb_reports"},
        {"reports"},
        {"drafts"},
        {"statements"},
        {"__init__"},
    ),
    "searchapp.ingest.attribution.english": ({"__init__"},),
    "searchapp.ingest.cleaning": (
        {"hints", "spacing"},
        {"dirt", "hyphens", "pictures", "signatures"},
        {"datelines"},
        {"blocks"},
        {"closings", "inside", "labels", "mastheads", "paragraphs", "provenance", "span"},
        {"headline"},
        {"article"},
        {"__init__"},
    ),
    "searchapp.ingest.dating": (
        {"addresses", "bounds", "candidates", "dialects", "zones"},
        {"languages", "stamps", "surroundings"},
        {"dates"},
        {"details"},
        {"metadata"},
        {"offsets", "years"},
        {"page", "stories"},
        {"leads", "scores"},
        {"publication"},
        {"__init__"},
    ),
    "searchapp.ingest.formats": (
        {"alphabets", "http", "markup", "packed", "protocol"},
        {"decoding"},
        {"text"},
        {"html"},
        {"documents", "records"},
        {"databases", "newsrooms", "warc"},
        {"__init__"},
    ),
    "searchapp.ingest.formats.databases": (
        {"fragments", "labels", "lines", "paragraphs", "pieces"},
        {"record"},
        {"europresse", "factiva", "japanese", "labelled", "nexis", "nexis_uni", "proquest", "ris"},
        {"__init__"},
    ),
    "searchapp.ingest.formats.documents": (
        {"document", "mail"},
        {"markdown", "office", "pdf", "rtf"},
        {"docx", "odt"},
        {"__init__"},
    ),
    "searchapp.ingest.formats.newsrooms": (
        {"elements", "objects", "stated"},
        {"field_html", "nitf", "wires"},
        {"feeds", "jsonfeed", "newsml", "ninjs"},
        {"__init__"},
    ),
    "searchapp.ingest.formats.records": (
        {"field_names", "streams"},
        {"lenient"},
        {"record"},
        {"columns", "json_file", "jsonl", "tables"},
        {"sheets"},
        {"__init__"},
    ),
    "searchapp.query": (
        {"base_forms", "dates", "misplaced", "nodes", "unseen"},
        {"proximity", "spellings"},
        {"connectors"},
        {"grammar"},
        {"unknown"},
        {"parser"},
        {"__init__"},
    ),
    "searchapp.web": (
        {"cited", "layout", "links", "logs", "metrics", "places", "same_story", "worker"},
        {"citing", "hits", "narrowing", "proxies", "strips"},
        {"curves", "faults", "feed", "looking", "suggestions", "turning"},
        {"asking", "limits"},
        {"browsers", "comparing", "correcting", "crawlers", "doors", "holdings", "taking"},
        {"embedding", "speakers"},
        {"pages", "serving", "speaker_pages"},
        {"site"},
        {"__init__"},
    ),
}
# What stands on lower floors and is none of a wing's business all the same.
APART = {
    ("answers", "engines"),
    ("answers", "ingest"),
    ("engines", "answers"),
    ("engines", "ingest"),
    ("assistants", "ingest"),
    ("ingest", "answers"),
    ("ingest", "engines"),
    ("ingest", "query"),
    ("ingest", "search"),
    ("indexing", "answers"),
    ("web", "indexing"),
    ("web", "ingest"),
}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(path: Path) -> Iterator[str]:
    """Yield the modules of ours that a module imports, wherever in it; a package stands for its ``__init__``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "searchapp":
            for alias in node.names:
                yield known(f"{node.module}.{alias.name}") or known(str(node.module)) or str(node.module)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "searchapp")


def known(name: str) -> str | None:
    return next((each for each in (name, f"{name}.__init__") if each in MODULES), None)


def room_in(wing: str, module: str) -> str | None:
    """Return which room of a wing a module is, or stands in; None if it is elsewhere."""
    return module.removeprefix(f"{wing}.").split(".")[0] if module.startswith(f"{wing}.") else None


def floor(wing: str, room: str) -> int:
    return next(number for number, rooms in enumerate(WINGS[wing]) if room in rooms)


def test_every_file_has_its_place_in_the_order() -> None:
    wings = {".".join(path.parent.relative_to(ROOT).parts) for path in MODULES.values()}
    assert wings == set(WINGS)
    for wing, floors in WINGS.items():
        rooms = [room for rooms in floors for room in rooms]
        assert len(rooms) == len(set(rooms))
        assert set(rooms) == {room_in(wing, module) for module in MODULES} - {None}, wing


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down_only(module: str) -> None:
    for imported in imports(MODULES[module]):
        for wing in WINGS:
            own, other = room_in(wing, module), room_in(wing, imported)
            if own and other and own != other:
                assert floor(wing, other) < floor(wing, own), f"{module} imports {imported}"
                assert wing != "searchapp" or (own, other) not in APART, f"{module} imports {imported}"


def test_engines_do_not_know_each_other() -> None:
    engines = ("memory", "opensearch", "tantivy", "whoosh")
    for module, path in MODULES.items():
        own = room_in("searchapp.engines", module)
        if own in engines:
            others = {room_in("searchapp.engines", imported) for imported in imports(path)} - {own}
            assert not others.intersection(engines), module


def test_what_is_private_stays_in_its_room() -> None:
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("searchapp"):
                assert not [alias.name for alias in node.names if re.match(r"_[^_]", alias.name)], module


@pytest.mark.parametrize("command", [["--help"], ["reindex", "--help"], ["search", "--help"]])
def test_help_loads_no_engine_and_no_reader(command: list[str]) -> None:
    heavy = "{'whoosh', 'tantivy', 'numpy', 'trafilatura', 'flask', 'lark'}"
    code = (
        "import sys; from searchapp.cli import main\n"
        f"try: main({command!r})\n"
        f"except SystemExit: print(sorted({heavy} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("airportsdata", {"ingest/dating/zones.py"}),
        ("brotli", {"ingest/formats/http.py"}),
        ("bleach", {"sanitize.py"}),
        ("charset_normalizer", {"ingest/formats/decoding.py"}),
        (
            "click",
            {path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "cli").glob("*.py")},
        ),
        (
            "flask",
            {
                f"web/{name}.py"
                for name in (
                    "__init__",
                    "asking",
                    "browsers",
                    "citing",
                    "comparing",
                    "correcting",
                    "crawlers",
                    "doors",
                    "embedding",
                    "faults",
                    "holdings",
                    "limits",
                    "links",
                    "logs",
                    "metrics",
                    "pages",
                    "places",
                    "proxies",
                    "site",
                    "speaker_pages",
                    "taking",
                )
            },
        ),
        ("flask_compress", {"web/site.py"}),
        ("flask_limiter", {"web/limits.py"}),
        ("ftfy", {"ingest/formats/decoding.py"}),
        ("gunicorn", {"web/worker.py"}),
        ("itsdangerous", {"web/doors.py"}),
        ("lark", {"query/grammar.py", "query/misplaced.py", "query/parser.py", "query/unknown.py"}),
        ("limits", {"doorkeeper.py"}),
        (
            "lxml",
            {
                *(
                    f"ingest/formats/{name}.py"
                    for name in ("html", "markup", "databases/fragments", "documents/office")
                ),
                *(f"ingest/formats/newsrooms/{name}.py" for name in ("elements", "field_html")),
            },
        ),
        ("mcp", {"assistants.py"}),
        ("markdown_it", {"ingest/formats/documents/markdown.py"}),
        ("prometheus_client", {"web/metrics.py"}),
        ("opensearchpy", {"engines/opensearch/cluster.py"}),
        ("pyarrow", {"indexing/parquet.py"}),
        ("py3langid", {"ingest/language.py"}),
        ("pypdfium2", {"ingest/formats/documents/pdf.py"}),
        ("rich", {"cli/progress.py"}),
        ("trafilatura", {"ingest/formats/html.py"}),
        ("zstandard", {"ingest/formats/http.py"}),
        ("whoosh", {"engines/whoosh/postings.py"}),
        ("xxhash", {"engines/folder/seals.py"}),
        ("tantivy", {f"engines/tantivy/{name}.py" for name in ("archive", "columns", "queries", "store")}),
    ],
)
def test_only_its_own_rooms_touch_a_library(library: str, rooms: set[str]) -> None:
    touching = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(rf"^\s*(import|from) {library}\b", path.read_text(encoding="utf8"), re.M)
    }
    assert touching == rooms
