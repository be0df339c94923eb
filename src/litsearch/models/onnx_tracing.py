"""Traces a model that is no BERT, and writes it as ONNX, so that a query needs no torch."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import torch
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from transformers import AutoModel
from transformers.utils import logging as transformers_logging

from litsearch.errors import ConfigError
from litsearch.models.model_folder import MODEL_FILE, WEIGHTS_FILE, BiEncoder, new_export

if TYPE_CHECKING:
    from numpy.typing import NDArray

OPSET = 17  # the first with LayerNormalization; onnxruntime reads it since 1.13
TOLERANCE = 1e-3  # of any number of the last layer; 5e-6 measured for all-MiniLM-L6-v2
# families whose attention onnxruntime has as one operator
FUSED = {"bert", "roberta", "xlm-roberta"}
_TRACED = "traced.onnx"


def export(source: Path, facts: BiEncoder, target: Path) -> None:
    """Write the model in the folder source, with its tokenizer and facts, as the folder target: all
    of it or nothing.

    Raises ConfigError when the model cannot be written as ONNX, or would give other vectors.
    """
    if facts.pooling is None:
        raise _unfit(source, "it is more than a transformer with mean or first-token pooling")
    with new_export(source, facts, target) as draft:
        _write(source, draft)


def _write(source: Path, draft: Path) -> None:
    try:
        model = _Transformer(source).eval()
        _trace(model, draft / _TRACED)
        if model.model.config.model_type in FUSED:
            _fuse(
                draft / _TRACED,
                model.model.config.num_attention_heads,
                model.model.config.hidden_size,
            )
        _split(draft)
        worst = _difference(model, draft / MODEL_FILE)
    except Exception as error:  # torch.onnx, transformers and onnxruntime share no error class
        first = str(error).strip().partition("\n")[0]
        raise _unfit(source, f"{type(error).__name__}: {first}") from error
    if not worst < TOLERANCE:
        raise _unfit(source, f"its numbers differ by {worst:.2g}")


class _Transformer(torch.nn.Module):  # type: ignore[misc]
    """The model without its pooling: token ids in, the last layer out."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        shown = transformers_logging.is_progress_bar_enabled()
        transformers_logging.disable_progress_bar()
        try:
            # "eager" attention: the traced graph of the others holds twice the nodes, for no gain.
            self.model = AutoModel.from_pretrained(
                folder,
                local_files_only=True,
                use_safetensors=True,
                attn_implementation="eager",
                dtype=torch.float32,
            )
        finally:
            if shown:
                transformers_logging.enable_progress_bar()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        layer: torch.Tensor = self.model(
            input_ids=input_ids, attention_mask=attention_mask
        ).last_hidden_state
        return layer


def _trace(model: _Transformer, path: Path) -> None:
    # The tracing exporter: 3 s, and it needs onnx alone; the newer one takes 20 s, and onnxscript.
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        axes = {0: "texts", 1: "tokens"}
        torch.onnx.export(
            model,
            _inputs(lengths=(5, 3)),
            path,
            input_names=["input_ids", "attention_mask"],
            output_names=["tokens"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "tokens": axes},
            opset_version=OPSET,
            dynamo=False,
        )


def _fuse(path: Path, heads: int, width: int) -> None:
    """Put attention, and each sum with its normalisation, into one operator: 130 nodes less, opened
    in half the time.

    These operators are onnxruntime's own, and the same on every CPU.
    """
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # it wants token ids in 32 bits
    fused = optimize_model(str(path), "bert", heads, width, options, opt_level=0)
    fused.save_model_to_file(str(path))


def _split(draft: Path) -> None:
    """Write the graph and its weights as two files: weights that stand alone are mapped, not read
    (0.1 s less).
    """
    options = onnxruntime.SessionOptions()
    # Not further: higher levels choose what fits this CPU alone.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(draft / MODEL_FILE)
    options.add_session_config_entry(
        "session.optimized_model_external_initializers_file_name", WEIGHTS_FILE
    )
    options.add_session_config_entry(
        "session.optimized_model_external_initializers_min_size_in_bytes", "1024"
    )
    onnxruntime.InferenceSession(draft / _TRACED, options, providers=["CPUExecutionProvider"])
    (draft / _TRACED).unlink()


def _difference(model: _Transformer, path: Path) -> float:
    """The largest difference between torch and onnxruntime, on a batch of another shape than was
    traced.
    """
    ids, mask = _inputs(lengths=(2, 17, 9))
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (traced,) = session.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})
    with torch.inference_mode():
        expected: NDArray[np.float32] = model(ids, mask).numpy()
    return float(np.abs((traced - expected) * mask.numpy()[:, :, None]).max())


def _inputs(lengths: tuple[int, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """(ids, mask) of texts of these lengths, padded; any ids that each vocabulary has will do."""
    places = torch.arange(max(lengths))
    mask = (places < torch.tensor(lengths)[:, None]).to(torch.int64)
    ids = torch.arange(100, 100 + mask.numel()).reshape(mask.shape) * mask
    return ids, mask


def _unfit(source: Path, why: str) -> ConfigError:
    return ConfigError(
        f"The embedder in {source} cannot be exported to ONNX: {why}.",
        "It can be used, but each search has to load torch, which takes seconds.",
    )
