/** weights.py: the format is so simple that it needs no package. */
export const weightsText = `"""Reads and writes .safetensors files: a header in JSON, then the numbers."""

import json
import os
from pathlib import Path

import torch
from torch import Tensor


def load(path: str | Path) -> dict[str, Tensor]:
    """The tensors of a file of float32, by name."""
    data = bytearray(Path(path).read_bytes())
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} is of the type {entry['dtype']}; only F32 is read.")
        values = torch.frombuffer(data, dtype=torch.float32, offset=start + begin, count=(end - begin) // 4)
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def save(tensors: dict[str, Tensor], path: str | Path) -> None:
    """Writes tensors as float32, in one go; whole numbers, such as counters, are left out."""
    header, blocks, at = {}, [], 0
    for name, tensor in tensors.items():
        if not tensor.is_floating_point():
            continue
        block = tensor.detach().cpu().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(block)]}
        blocks.append(block)
        at += len(block)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    unfinished = Path(path).with_suffix(".unfinished")
    unfinished.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(blocks))
    os.replace(unfinished, path)
`
