"""Every sentence that the program can say to a person, collected from its code: ``make sentences`` writes the list.

What a person may read is every literal text, and every f-string with its placeholders as ``{…}``, that

- is given to an exception, a printing function or an option of a command (``SPEAKING``), however short it is;
- is the value of an enumeration, such as the reasons for what ingest cuts;
- tells a command's user what it does (the docstrings of commands, without their examples);
- or reads like prose wherever else it stands: two words or more, a space between them.

Too much is better than too little: a list of words or a pattern that is taken for prose is named in ``NOT_PROSE``.
"""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs/sentences.md"
HEAD = """\
# Every sentence

What the program can say to a person, file by file; `{…}` stands for what is filled in. This list is made from the
code by `make sentences`, and `tests/test_sentences.py` fails when it is not what the code says.

A new sentence is read aloud before it goes in. It is plain, exact and kind; it says what is wrong and what to do.
"""
# Tables of words and patterns by which ingest and the engines read: no sentence of theirs reaches a person.
NOT_PROSE = (
    "searchapp/analysis.py",
    "searchapp/calendar.py",
    "searchapp/ingest/attribution/lexicon.py",
    "searchapp/ingest/attribution/english",
    "searchapp/ingest/cleaning/spacing.py",
    "searchapp/ingest/formats/records/field_names.py",
    "searchapp/ingest/formats/databases/labels.py",
    "searchapp/ingest/language.py",
    "searchapp/sanitize.py",
)
# Here a single word, too, is said to a person where it is a value of a table.
WORDING = (
    "searchapp/answers/wording.py",
    "searchapp/fields.py",
    "searchapp/web/faults.py",
    "searchapp/web/narrowing.py",
)
SPEAKING = set(
    "Choice Link NotFound Removed UsageError _Wrong _bad _fault _setting abort argument echo fault log option print "
    "progress style version_option".split()
)
_SPOKEN_KEYWORDS = set("before denied description detail heading help none some title why without".split())
_PATTERNS = {"compile", "sub", "search", "match", "fullmatch", "finditer", "findall", "split", "strftime", "encode"}
_PROSE = re.compile(r"(?:[A-Za-z’']{2,}|\{…\})[,;:.?!)\"”]* [(\"“-]*(?:[A-Za-z’']{2,}|\{…\})")
_NOT_TEXT = re.compile(r"\\|\(\?|\[\^|\|[a-zA-Z]+\||<[a-z]+ |-src 'none'|^(?:\{…\}\W*)+$")
_NAME = re.compile(r"--[a-z-]+|[a-z_]+:?")  # of an option, a key or a field
_INLINE = r"a|abbr|b|cite|code|em|i|label|mark|q|s|span|strong|svg|rect|time"


def sentences() -> dict[str, list[str]]:
    """Return what each file of the program can say, in the order of its lines, each sentence once."""
    said = {}
    for path in (*sorted((ROOT / "searchapp").rglob("*.py")), *sorted((ROOT / "templates").rglob("*.html"))):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text("utf8")
        found = in_template(text) if path.suffix == ".html" else in_code(text, name)
        if once := list(dict.fromkeys(filter(None, found))):
            said[name] = once
    return said


def written() -> str:
    """Return the list as docs/sentences.md holds it."""
    rooms = (f"\n## {name}\n\n```text\n{chr(10).join(lines)}\n```\n" for name, lines in sentences().items())
    return HEAD + "".join(rooms)


def in_code(text: str, name: str) -> list[str]:
    """Return what the code ``text`` of the file ``name`` can say, in the order of its lines."""
    reader = _Reader(prose=not name.startswith(NOT_PROSE), tables=name in WORDING)
    reader.visit(ast.parse(text))
    return [sentence for _, sentence in sorted(reader.found)]


class _Reader(ast.NodeVisitor):
    """One walk of a module's tree; ``found`` holds where a text stands and what it says."""

    def __init__(self, *, prose: bool, tables: bool) -> None:
        self.found: list[tuple[tuple[int, int], str]] = []
        self.prose, self.tables = prose, tables
        self.spoken = False

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name in _PATTERNS:
            return
        self.visit(node.func)
        for argument in (*node.args, *node.keywords):
            self._inside(argument, spoken=name in SPEAKING or _is_fault(name))

    def visit_keyword(self, node: ast.keyword) -> None:
        self._inside(node.value, spoken=node.arg in _SPOKEN_KEYWORDS or (self.spoken and node.arg is None))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        is_enumeration = any(_name(base).endswith("Enum") for base in node.bases)
        for statement in _undocumented(node.body):
            if is_enumeration and isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                self.found.append(((statement.lineno, 0), str(statement.value.value)))
            else:
                self._inside(statement, spoken=False)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if any("command" in ast.unparse(each) or "group" in ast.unparse(each) for each in node.decorator_list):
            paragraphs = (ast.get_docstring(node) or "").split("\n\n")
            told = (" ".join(each.split()) for each in paragraphs if not each.startswith("\b"))
            self.found += (((node.lineno, at), each) for at, each in enumerate(told))
        for each in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(each)
        for statement in _undocumented(node.body):
            self._inside(statement, spoken=False)

    def visit_Module(self, node: ast.Module) -> None:
        for statement in _undocumented(node.body):
            self.visit(statement)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._keep(node, node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values)
        self._keep(node, text)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self._inside(part.value, spoken=False)

    def visit_Dict(self, node: ast.Dict) -> None:
        for each in node.values:
            if self.tables and isinstance(each, ast.Constant) and str(each.value).isalpha():
                self.found.append(((each.lineno, each.col_offset), str(each.value)))
            else:
                self._inside(each, spoken=self.spoken)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        self._inside(node.slice, spoken=False)

    def visit_Compare(self, node: ast.Compare) -> None:
        self._inside(node.left, spoken=False)

    def _inside(self, node: ast.AST, *, spoken: bool) -> None:
        before, self.spoken = self.spoken, spoken
        self.visit(node)
        self.spoken = before

    def _keep(self, node: ast.expr, text: str) -> None:
        text = " ".join(text.split())
        is_spoken = (
            self.spoken
            and re.search(r"[A-Za-z]{3}", text.replace("{…}", ""))
            and (self.tables or not _NAME.fullmatch(text))
        )
        if is_spoken or (self.prose and _PROSE.search(text) and not _NOT_TEXT.search(text)):
            self.found.append(((node.lineno, node.col_offset), text))


def _undocumented(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of a body without the texts that only document it."""
    return [each for each in body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_fault(name: str) -> bool:
    from searchapp import errors

    return isinstance(getattr(errors, name, None), type)


def in_template(text: str) -> list[str]:
    """Return what a template can show, with ``{…}`` for what is filled in."""
    return list(_shown(text))


def _shown(text: str) -> Iterator[str]:
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.S)
    for line in text.split("\n"):
        line = re.sub(r"\{% block kind %\}.*?\{% endblock %\}", "", line)  # the class of a page
        for code in re.findall(r"\{[{%](.*?)[%}]\}", line):
            told = (each for each in re.findall(r'"([^"]*)"', code) if re.search(r"[a-z]{2} |[A-Z][a-z]", each))
            yield from (" ".join(each.split()) for each in told)
        shown = re.sub(r"\{%.*?%\}", "", re.sub(r"\{% (?:else|elif\b.*?) %\}", "<else>", line))
        shown = re.sub(r"\{\{.*?\}\}", "{…}", shown)
        yield from re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*[a-z]{2}[^"]*)"', shown)
        shown = re.sub(rf"</?(?:{_INLINE})\b[^<>]*>", "", shown)
        for piece in re.split(r"<[^<>]*>", shown):
            if re.search(r"[A-Za-z]{2}", piece.replace("{…}", "")):
                yield " ".join(html.unescape(piece).split())


if __name__ == "__main__":
    FILE.write_text(written(), "utf8")
