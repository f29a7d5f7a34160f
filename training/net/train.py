"""Training from nothing, or on from a checkpoint. Ends when its minutes are spent."""

from __future__ import annotations

import copy
import json
import math
import time
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.net.batches import Batch, batches, make_batch, stream_lines
from training.net.decode import edits, greedy
from training.net.model import LineNet
from training.text.charset import CHARSET

PEAK = 2e-3
FINAL = 0.005  # of the peak
FLAT = 0.15  # of the training before the cosine begins
WARM_UP = 200  # steps
CLIP = 2.0
EMA = 0.998
SHORT_LINES = 10_000
CHECK_EVERY_S = 300.0
CHECK_LINES = 400


@dataclass(slots=True)
class State:
    """How far a training is."""

    seconds: float = 0.0
    steps: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train.

    Attributes:
        folder: for the checkpoint and the log; ignored by git.
        minutes: wall time in all, over restarts.
        corpus: running text, UTF-8 or xz, one paragraph a line.
        faces: which faces lines are drawn in: `train`, or `train-without-sarabun`.
        workers: processes that make lines.
        seed: of the lines.
    """

    folder: Path
    minutes: float
    corpus: Path | None
    faces: str = "train"
    workers: int = 1
    seed: int = 1


def train(plan: Plan) -> Path:
    """Train until the plan's minutes are spent; returns the checkpoint with the averaged weights."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    checkpoint = plan.folder / "checkpoint.pt"
    torch.manual_seed(plan.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    # Pictures with their channels last, and bfloat16 where the processor has it, nearly halve a step; weights and the
    # loss stay float32.
    brief = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    net = LineNet(len(CHARSET)).to(device)
    average = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=PEAK, betas=(0.9, 0.98), weight_decay=0.02)
    state = State()
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(saved["net"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        state = State(**saved["state"])
    held_out = _held_out(plan)
    rng = np.random.default_rng([plan.seed, state.steps])
    lines = stream_lines(plan.seed + state.lines, plan.corpus, plan.faces, plan.workers)
    loss_of = nn.CTCLoss(reduction="sum", zero_infinity=True)
    made = batches(lines, rng, max(SHORT_LINES - state.lines, 0))
    first = next(made)  # until the processes that make lines have begun, no time of the training passes
    mark = checked = time.monotonic()
    running: float | None = None
    for batch in chain([first], made):
        for group in optimiser.param_groups:
            group["lr"] = rate(state.seconds / (60 * plan.minutes), state.steps)
        net.train()
        with torch.autocast(device.type, torch.bfloat16, enabled=brief):
            seen = net(batch.ink.to(device, memory_format=torch.channels_last))
        likely = torch.log_softmax(seen.float(), dim=2).transpose(0, 1)
        loss = loss_of(likely, batch.labels.to(device), batch.steps, batch.lengths) / max(batch.labels.numel(), 1)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), CLIP)
        optimiser.step()
        _follow(average, net, min(EMA, (1 + state.steps) / (10 + state.steps)))
        state.steps += 1
        state.lines += len(batch.texts)
        running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        now = time.monotonic()
        state.seconds += now - mark
        mark = now
        done = state.seconds >= 60 * plan.minutes
        if done or now - checked > CHECK_EVERY_S:
            _save(checkpoint, net, average, optimiser, state)
            _log(plan.folder, state, running, error_rate(average, held_out))
            checked = mark = time.monotonic()
        if done:
            break
    return checkpoint


def rate(done: float, steps: int) -> float:
    """The learning rate when the share `done` of the training is over and `steps` were taken."""
    warm = min(1.0, (steps + 1) / WARM_UP)
    fallen = max(0.0, min(1.0, (done - FLAT) / (1 - FLAT)))
    return PEAK * warm * (FINAL + (1 - FINAL) * 0.5 * (1 + math.cos(math.pi * fallen)))


@torch.no_grad()
def error_rate(net: LineNet, held_out: list[Batch]) -> float:
    """CER of greedy reading, white space not counted."""
    net.eval()
    device = next(net.parameters()).device
    wrong = total = 0
    for batch in held_out:
        best = net(batch.ink.to(device)).argmax(dim=2).cpu().numpy()
        for row, text in enumerate(batch.texts):
            wrong += edits(text, greedy(best[row, : int(batch.steps[row])]))
            total += len(text.replace(" ", ""))
    return wrong / max(total, 1)


def _held_out(plan: Plan) -> list[Batch]:
    """Lines in faces that are never trained on, always the same."""
    lines = stream_lines(10**6, plan.corpus, "held-out", 0)
    pool = sorted((next(lines) for _ in range(CHECK_LINES)), key=lambda line: line[0].shape[1])
    return [make_batch(pool[start : start + 16]) for start in range(0, len(pool), 16)]


@torch.no_grad()
def _follow(average: LineNet, net: LineNet, decay: float) -> None:
    for mean, value in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)


def _save(path: Path, net: LineNet, average: LineNet, optimiser: torch.optim.Optimizer, state: State) -> None:
    temporary = path.with_suffix(".part")
    torch.save(
        {
            "net": net.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "state": asdict(state),
            "charset": CHARSET,
        },
        temporary,
    )
    temporary.replace(path)


def _log(folder: Path, state: State, loss: float, cer: float) -> None:
    row = {**asdict(state), "loss": round(loss, 4), "held_out_cer": round(cer, 5)}
    with (folder / "log.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row) + "\n")
    print(json.dumps(row), flush=True)
