"""A whole archive as three tables (Parquet), for programs that analyse: articles, statements, corrections.

They are joined by the ids of articles. What the JSON lines of ``exports`` hold besides is left out: the archive cannot
be made of tables again. pyarrow is loaded only where tables are written: few do, and it is 160 MB.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from searchapp.article import Article, Dated, Statement, named
from searchapp.engines.protocol import Engine
from searchapp.errors import BadExport
from searchapp.indexing.exports import EVERYTHING, articles_of
from searchapp.indexing.passes import Progress

AT_ONCE = 1000  # articles of a row group, which is held in memory
Row = dict[str, Any]
# The columns of each table, in their order, with the names of their types in pyarrow.
_DATED = {"first": "date32", "last": "date32", "precision": "string", "origin": "string"}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "id": "string", "title": "string", "body": "string",
        **{f"published_{name}": kind for name, kind in _DATED.items()},
        **{f"updated_{name}": kind for name, kind in _DATED.items()},
        "source": "string", "place": "string", "url": "string", "language": "string", "authors": "strings",
        "speakers": "strings", "path": "string", "number": "int64", "added": "date32",
    },
    "statements": {
        "id": "string", "article": "string", **{f"said_{name}": kind for name, kind in _DATED.items()},
        "speakers": "strings", "roles": "strings", "types": "strings", "verb": "string", "kind": "string",
        "polarity": "string", "act": "string", "confidence": "float64", "start": "int64", "end": "int64",
        "text": "string", "content": "strings",
    },
    "corrections": {
        "article": "string", "statement": "string", "field": "string", "was": "string", "by": "string",
        "on": "date32", "why": "string",
    },
}  # fmt: skip


def write_tables(engine: Engine, folder: Path, progress: Progress | None = None) -> int:
    """Write the tables into ``folder``, where each takes the place of the one before once all are whole; return how
    many articles there are. Raises BadExport, and what ``Engine.walk`` raises."""
    pyarrow, parquet = _libraries()
    schemas = {table: _schema(pyarrow, columns) for table, columns in COLUMNS.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".new-") as new, ExitStack() as files:
            writers = {
                table: files.enter_context(parquet.ParquetWriter(Path(new, f"{table}.parquet"), schema))
                for table, schema in schemas.items()
            }
            total = _write(engine, writers, schemas, pyarrow, progress)
            files.close()
            for file in Path(new).iterdir():
                file.replace(folder / file.name)
    except OSError as fault:
        raise BadExport(f'The tables in "{folder}" cannot be written: {fault.strerror or fault}.') from fault
    return total


def _write(
    engine: Engine, writers: Mapping[str, Any], schemas: Mapping[str, Any], pyarrow: Any, progress: Progress | None
) -> int:
    walk = engine.walk(EVERYTHING)
    articles = articles_of(walk, progress)
    while group := list(islice(articles, AT_ONCE)):
        held: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        for article in group:
            for table, rows in _rows(article).items():
                held[table] += rows
        for table, rows in held.items():
            writers[table].write_table(pyarrow.Table.from_pylist(rows, schemas[table]))
    return walk.total


def _rows(article: Article) -> dict[str, Iterable[Row]]:
    return {
        "articles": [_of_article(article)],
        "statements": (_of_statement(article, each) for each in article.statements),
        "corrections": (
            {"article": article.id}
            | {name: getattr(each, name) for name in COLUMNS["corrections"] if name != "article"}
            for each in article.corrected
        ),
    }


def _of_article(article: Article) -> Row:
    return {
        **{name: getattr(article, name) for name in COLUMNS["articles"] if "_" not in name},
        **dict(_days("published", article.published)),
        **dict(_days("updated", article.updated)),
        "authors": list(article.authors),
        "speakers": named(article.speakers),
    }


def _of_statement(article: Article, said: Statement) -> Row:
    plain = ("id", "verb", "kind", "polarity", "act", "confidence", "start", "end")
    return {
        **{name: getattr(said, name) for name in plain},
        **dict(_days("said", said.day)),
        "article": article.id,
        "speakers": [each.name for each in said.speakers],
        "roles": [each.role or "" for each in said.speakers],
        "types": [each.type for each in said.speakers],
        "text": article.body[said.start : said.end],
        "content": [article.body[start:end] for start, end in said.content],
    }


def _days(name: str, dated: Dated | None) -> Iterator[tuple[str, Any]]:
    return ((f"{name}_{part}", getattr(dated, part) if dated else None) for part in _DATED)


def _schema(pyarrow: Any, columns: Mapping[str, str]) -> Any:
    kinds = {"strings": pyarrow.list_(pyarrow.string())}
    return pyarrow.schema([(name, kinds.get(kind) or getattr(pyarrow, kind)()) for name, kind in columns.items()])


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as fault:
        raise BadExport("Parquet needs a package that is not installed: pip install 'searchapp[parquet]'.") from fault
    return pyarrow, parquet
