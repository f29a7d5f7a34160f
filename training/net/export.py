"""The trained net as an ONNX file that carries its character set and input height."""

from __future__ import annotations

import datetime
import json
import subprocess
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.lines.faces import held_out_faces, train_faces
from training.net.model import HEIGHT, STRIDE, LineNet


class _Probabilities(nn.Module):
    """The net with its probabilities, which is what a reader wants."""

    def __init__(self, net: LineNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ink: Tensor) -> Tensor:
        return torch.softmax(self.net(ink), dim=2)


def card_text(card: dict[str, object]) -> str:
    """A model card as it is written."""
    return json.dumps(card, ensure_ascii=False, indent=2) + "\n"


def export(checkpoint: Path, target: Path) -> None:
    """Write `target` (ONNX) from the averaged weights, and its model card `target.json`.

    MatMul and LSTM weights become int8, which measures faster; convolutions stay float, as int8
    ones measure slower (dynamic quantisation).

    Args:
        checkpoint: of a training.
        target: the file to write.
    """
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    net = LineNet(len(saved["charset"]))
    net.load_state_dict(saved["average"])
    net.eval()
    target.parent.mkdir(parents=True, exist_ok=True)
    plain = target.with_suffix(".float.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Probabilities(net),
            (torch.zeros(1, 1, HEIGHT, 32 * STRIDE),),
            str(plain),
            input_names=["ink"],
            output_names=["probabilities"],
            dynamic_axes={"ink": {0: "lines", 3: "width"}, "probabilities": {0: "lines", 1: "steps"}},
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(plain, target, op_types_to_quantize=["MatMul", "LSTM"], weight_type=QuantType.QInt8)
    plain.unlink()
    model = onnx.load(target)
    card: dict[str, object] = {"height": HEIGHT, "stride": STRIDE, "charset": saved["charset"]}
    for key, value in card.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)
    onnx.save(model, target)
    card |= {
        "date": datetime.date.today().isoformat(),
        "revision": _revision(),
        "training": saved["state"],
        "text": "public-domain Thai government news, and a grammar of official papers (training/text)",
        "faces": sorted({face.family for face in train_faces()}),
        "faces_held_out": sorted({face.family for face in held_out_faces()}),
    }
    target.with_suffix(".json").write_text(card_text(card), encoding="utf-8")


def _revision() -> str:
    return subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
