"""Writes a BERT, RoBERTa or MPNet as ONNX from its weights, in a second and without torch, where
tracing it takes ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import onnxruntime
from onnx import ModelProto, NodeProto, TensorProto, helper, save_model

from litsearch.models.bert_weights import (
    BertWeights,
    LayerWeights,
    NotUnderstood,
    Pair,
    read_weights,
)
from litsearch.models.model_folder import MODEL_FILE, WEIGHTS_FILE, BiEncoder, new_export

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OPSETS = {
    "": 17,
    "com.microsoft": 1,
}  # 17: the first with LayerNormalization; the other has onnxruntime's own operators
_IR = 8  # of onnxruntime 1.13 and later
_ALIGNED = 64  # bytes


def export(source: Path, facts: BiEncoder, target: Path) -> None:
    """Write the model in the folder source, with its tokenizer and facts, as the folder target: all
    of it or nothing.

    Raises NotUnderstood when the model has to be traced, or onnxruntime does not take what was
    written.
    """
    weights = read_weights(source)
    if facts.pooling is None or weights.window < facts.window:
        raise NotUnderstood(
            "more than a transformer with mean or first-token pooling, or too few positions"
        )
    with new_export(source, facts, target) as draft:
        with (draft / WEIGHTS_FILE).open("wb") as file:
            model = _model(weights, _Stored(file))
        save_model(model, draft / MODEL_FILE)
        _try(draft / MODEL_FILE, weights.words.shape[1])


def _try(path: Path, width: int) -> None:
    try:
        options = onnxruntime.SessionOptions()
        # as it will be used
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        ids = np.array([[5, 6, 7], [8, 9, 0]], np.int64)
        (layer,) = session.run(None, {"input_ids": ids, "attention_mask": np.sign(ids)})
    except Exception as error:  # onnxruntime raises bare Exceptions
        raise NotUnderstood(f"{type(error).__name__}: {error}") from error
    if layer.shape != (2, 3, width) or not np.isfinite(layer).all():
        raise NotUnderstood("onnxruntime makes something else of it")


class _Stored:
    """The weights as they are written to a file of their own, which is mapped and not read when the
    model is opened.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.tensors: list[TensorProto] = []

    def __call__(self, name: str, array: NDArray[Any]) -> str:
        """Write an array; its name."""
        start = -(-self._file.tell() // _ALIGNED) * _ALIGNED
        self._file.seek(start)
        array = np.ascontiguousarray(array)
        self._file.write(array.data)
        tensor = TensorProto(
            name=name, dims=array.shape, data_type=helper.np_dtype_to_tensor_dtype(array.dtype)
        )
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in {
            "location": WEIGHTS_FILE,
            "offset": start,
            "length": array.nbytes,
        }.items():
            tensor.external_data.add(key=key, value=str(value))
        self.tensors.append(tensor)
        return name

    def matrix(self, name: str, pair: Pair) -> tuple[str, str]:
        """Write weight and bias; their names. Rows are multiplied from the left here."""
        return self(f"{name}.weight", pair.weight.T), self(f"{name}.bias", pair.bias)


def _model(weights: BertWeights, stored: _Stored) -> ModelProto:
    axes = ["texts", "tokens"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, axes)
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info(
        "tokens", TensorProto.FLOAT, [*axes, weights.words.shape[1]]
    )
    nodes = [*_embedded(weights, stored)]
    for number, layer in enumerate(weights.layers):
        last = number == len(weights.layers) - 1
        nodes += _layer(
            weights, layer, stored, f"layer{number}", "tokens" if last else f"layer{number + 1}"
        )
    graph = helper.make_graph(
        nodes, "bert", inputs, [output], [*stored.tensors, *_constants(weights)]
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR)


def _constants(weights: BertWeights) -> list[TensorProto]:
    made = [helper.make_tensor(f"int{n}", TensorProto.INT64, [1], [n]) for n in (0, 1)]
    if weights.padding is not None:
        made.append(helper.make_tensor("padding", TensorProto.INT64, [1], [weights.padding]))
    if weights.distances is not None:
        scalars = {"zero": 0, "one": 1, "middle": weights.distances.shape[1] // 2}
        made += [
            helper.make_tensor(name, TensorProto.INT64, [], [n]) for name, n in scalars.items()
        ]
    return made


def _embedded(weights: BertWeights, stored: _Stored) -> Iterator[NodeProto]:
    """Token ids and mask to the first layer's rows, and the lengths of the texts."""
    words, positions = stored("words", weights.words), stored("positions", weights.positions)
    norm = stored("norm.weight", weights.norm.weight), stored("norm.bias", weights.norm.bias)
    yield helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.INT32)
    yield helper.make_node("ReduceSum", ["mask", "int1"], ["lengths"], keepdims=0)
    yield from _places(weights, positions)
    if weights.distances is not None:
        yield from _bias(stored("distances", weights.distances))
    yield helper.make_node("Gather", [words, "input_ids"], ["meant"])
    yield helper.make_node("Add", ["meant", "places"], ["sum"])
    yield helper.make_node(
        "LayerNormalization", ["sum", *norm], ["layer0"], epsilon=weights.epsilon
    )


def _bias(distances: str) -> Iterator[NodeProto]:
    """What the distance of two tokens adds to their attention, shape (1, heads, tokens, tokens)."""
    yield helper.make_node("Shape", ["input_ids"], ["tokens_"], start=1)
    yield helper.make_node("Squeeze", ["tokens_", "int0"], ["count"])
    yield helper.make_node("Range", ["zero", "count", "one"], ["range"])
    yield helper.make_node("Unsqueeze", ["range", "int1"], ["rows"])
    yield helper.make_node("Sub", ["range", "rows"], ["ahead"])
    yield helper.make_node("Add", ["ahead", "middle"], ["distance"])
    yield helper.make_node("Gather", [distances, "distance"], ["by_head"], axis=1)
    yield helper.make_node("Unsqueeze", ["by_head", "int0"], ["bias"])


def _places(weights: BertWeights, positions: str) -> Iterator[NodeProto]:
    """What each token's place in its text adds to it."""
    if weights.padding is None:
        yield helper.make_node("Shape", ["input_ids"], ["length"], start=1)
        yield helper.make_node("Slice", [positions, "int0", "length", "int0"], ["places"])
        return
    # RoBERTa does not count the token that fills up, where it stands in a text.
    yield helper.make_node("Equal", ["input_ids", "padding"], ["filling"])
    yield helper.make_node("Not", ["filling"], ["counts"])
    yield helper.make_node("Cast", ["counts"], ["counted"], to=TensorProto.INT64)
    yield helper.make_node("CumSum", ["counted", "int1"], ["ranks"])
    yield helper.make_node("Mul", ["ranks", "counted"], ["rank"])
    yield helper.make_node("Add", ["rank", "padding"], ["place"])
    yield helper.make_node("Gather", [positions, "place"], ["places"])


def _layer(
    weights: BertWeights, layer: LayerWeights, stored: _Stored, before: str, after: str
) -> Iterator[NodeProto]:
    """Rows to rows: attention within each text, and the two matrices after it."""

    def own(operator: str, inputs: list[str], output: str, **attributes: Any) -> NodeProto:
        return helper.make_node(operator, inputs, [output], domain="com.microsoft", **attributes)

    def normed(
        name: str, product: str, skipped: str, bias: str, pair: Pair, output: str
    ) -> NodeProto:
        """Return a node that adds two tensors and normalizes their sum."""
        norm = [
            stored(f"{before}.{name}.weight", pair.weight),
            stored(f"{before}.{name}.bias", pair.bias),
        ]
        return own(
            "SkipLayerNormalization",
            [product, skipped, *norm, bias],
            output,
            epsilon=weights.epsilon,
        )

    joined, out, up, down = (
        stored.matrix(f"{before}.{name}", pair)
        for name, pair in {
            "joined": layer.joined,
            "out": layer.out,
            "up": layer.up,
            "down": layer.down,
        }.items()
    )
    attended, mixed, middle, wide, bent, narrow = (
        f"{before}.{name}" for name in ("seen", "mixed", "middle", "wide", "bent", "narrow")
    )
    added = [] if weights.distances is None else ["", "bias"]  # the first would be of tokens before
    yield own("Attention", [before, *joined, "lengths", *added], attended, num_heads=weights.heads)
    yield helper.make_node("MatMul", [attended, out[0]], [mixed])
    yield normed("first_norm", mixed, before, out[1], layer.first_norm, middle)
    yield helper.make_node("MatMul", [middle, up[0]], [wide])
    yield own("BiasGelu", [wide, up[1]], bent)
    yield helper.make_node("MatMul", [bent, down[0]], [narrow])
    yield normed("second_norm", narrow, middle, down[1], layer.second_norm, after)
