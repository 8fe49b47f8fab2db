"""Writes the encoder as an ONNX graph with 8-bit weights in which every token is rounded by itself.

ONNX Runtime's own dynamic quantisation scales a whole tensor at once, so that a text's vector depends on the texts that
share its call and on outliers (`<s>` is ten times larger than any word). Here every token has a scale of its own: a
vector is the same bit for bit alone and in company, and nearer to float32.

Weights keep seven bits. The sum of two products then fits into 16 bits, so that processors without VNNI, which add
pairs with saturation, arrive at the same integers as those with it.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.q4_weights import Weights

CONTRIB = "com.microsoft"
OPSET = 17
IR_VERSION = 9
DATA_SUFFIX = ".data"
"""Arrays lie beside the graph: ONNX Runtime then maps them instead of copying (half the load time, 110 MB less)."""

WEIGHT_STEPS = 63
"""Largest 8-bit weight of a product: 255 * 63 * 2 < 2**15."""
WORD_STEPS = 127
"""Largest 8-bit value of a word vector, which is only looked up."""
CENTRE = 128
"""Zero point of activations with both signs: a token's largest magnitude becomes 127 steps above or below."""
GELU_CENTRE = 32
GELU_LOWEST = 0.17
"""GELU never falls below -0.16997 (at -0.7518), so its outputs need few steps below zero and get more above it."""


class _Graph:
    """Collects nodes and constants under names of its own making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: NDArray[Any] | float | list[int]) -> str:
        """Add an array once; floats become float32 scalars and lists int64 vectors."""
        from onnx import numpy_helper

        if name not in self.constants:
            if isinstance(value, float):
                value = np.array(value, dtype=np.float32)
            array = np.ascontiguousarray(value) if np.ndim(value) else np.asarray(value)
            self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def node(self, operator: str, *inputs: str, contrib: bool = False, **attributes: Any) -> str:  # noqa: ANN401 - as onnx
        """Add an operator and return the name of its output."""
        from onnx import helper

        output = f"{operator}_{len(self.nodes)}"
        domain = CONTRIB if contrib else ""
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output


def write_onnx(weights: Weights, path: Path) -> None:
    """Write the graph to `path` and its arrays to `path` + `.data`.

    Input `input_ids`: int64 (texts, tokens), texts of one call equally long. Output `sentence_embedding`: float32
    (texts, hidden), the mean over tokens scaled to length 1.
    """
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph()
    output = _Network(graph, weights).build()
    graph.nodes.append(helper.make_node("Identity", [output], ["sentence_embedding"]))
    body = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", weights.shape.hidden])],
        list(graph.constants.values()),
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="matcher")
    onnx.save_model(model, path, save_as_external_data=True, location=path.name + DATA_SUFFIX)


class _Network:
    """BERT (Devlin et al., NAACL 2019) layer by layer; activations are (texts * tokens, hidden) except in attention."""

    def __init__(self, graph: _Graph, weights: Weights) -> None:
        self.graph = graph
        self.weights = weights
        self.tokens = ""
        self.shaped = ""

    def build(self) -> str:
        """Add the whole network and return the name of its output."""
        states = self._embeddings()
        for layer in range(self.weights.shape.layers):
            states = self._layer(f"l{layer}", states)
        return self._pooled(states)

    def _embeddings(self) -> str:
        graph, weights = self.graph, self.weights
        words, scales = _quantised(weights.table("word"), WORD_STEPS)
        positions = weights.table("pos") + weights.table("type")[0]
        rows = graph.node("Gather", graph.constant("words", words), "input_ids")
        rows = graph.node("Cast", rows, to=1)
        steps = graph.node("Gather", graph.constant("word_steps", scales[:, None]), "input_ids")
        length = graph.node("Shape", "input_ids", start=1, end=2)
        places = (graph.constant("positions", positions), graph.constant("zero", [0]), length)
        summed = graph.node("Add", graph.node("Mul", rows, steps), graph.node("Slice", *places))
        self.shaped = graph.node("Shape", summed)
        flat = graph.node("Reshape", summed, graph.constant("flat", [-1, weights.shape.hidden]))
        self.tokens = graph.node("Shape", flat, start=0, end=1)
        return self._normalised(flat, "emb.ln")

    def _layer(self, layer: str, states: str) -> str:
        """Add one layer. Sums are normalised in two steps: SkipLayerNormalization takes four times as long."""
        graph = self.graph
        attended = self._linear(f"{layer}.ao", self._quantised_rows(self._attention(layer, states)))
        middle = self._normalised(graph.node("Add", attended, states), f"{layer}.aln")
        wide = self._linear(f"{layer}.fi", self._quantised_rows(middle))
        narrow = self._linear(f"{layer}.fo", self._quantised_gelu(graph.node("Gelu", wide, contrib=True)))
        return self._normalised(graph.node("Add", narrow, middle), f"{layer}.oln")

    def _attention(self, layer: str, states: str) -> str:
        graph, names = self.graph, [f"{layer}.{part}" for part in "qkv"]
        quantised = self._quantised_rows(states)
        parts = [graph.node("Reshape", self._product(name, quantised), self.shaped) for name in names]
        bias = graph.constant(f"{layer}.qkv.b", np.concatenate([self.weights.bias(name) for name in names]))
        heads = self.weights.shape.heads
        context = graph.node("MultiHeadAttention", *parts, bias, contrib=True, num_heads=heads)
        return graph.node("Reshape", context, "flat")

    def _normalised(self, states: str, name: str) -> str:
        scale = self.graph.constant(f"{name}.w", self.weights.tensors[f"{name}.w"])
        shift = self.graph.constant(f"{name}.b", self.weights.bias(name))
        epsilon = self.weights.shape.epsilon
        return self.graph.node("LayerNormalization", states, scale, shift, axis=-1, epsilon=epsilon)

    def _quantised_rows(self, states: str) -> tuple[str, str, str]:
        """Each token divided by its largest magnitude: (unsigned bytes, a step for each token, zero point)."""
        graph = self.graph
        largest = graph.node("ReduceMax", graph.node("Abs", states), axes=[-1], keepdims=0)
        steps = graph.node("Mul", largest, graph.constant("per_step", 1 / (CENTRE - 1)))
        return self._bytes(states, graph.node("Max", steps, graph.constant("least_step", 1e-12)), CENTRE)

    def _quantised_gelu(self, states: str) -> tuple[str, str, str]:
        """As `_quantised_rows` for outputs of GELU: 32 steps below zero, 223 above."""
        graph = self.graph
        largest = graph.node("ReduceMax", states, axes=[-1], keepdims=0)
        steps = graph.node("Mul", largest, graph.constant("per_gelu_step", 1 / (255 - GELU_CENTRE)))
        least = graph.constant("least_gelu_step", GELU_LOWEST / GELU_CENTRE)
        return self._bytes(states, graph.node("Max", steps, least), GELU_CENTRE)

    def _bytes(self, states: str, steps: str, centre: int) -> tuple[str, str, str]:
        from onnx import numpy_helper

        graph = self.graph
        fill = numpy_helper.from_array(np.array([centre], dtype=np.uint8))
        centres = graph.node("ConstantOfShape", self.tokens, value=fill)
        quantised = graph.node("QuantizeLinear", states, steps, centres, axis=0)
        column = graph.node("Unsqueeze", steps, graph.constant("second", [1]))
        return quantised, column, graph.constant(f"centre_{centre}", np.array(centre, dtype=np.uint8))

    def _product(self, name: str, quantised: tuple[str, str, str]) -> str:
        """Whole-number product of quantised tokens and weights, scaled back; no bias."""
        graph, (states, steps, centre) = self.graph, quantised
        matrix, scales = _quantised(self.weights.matrix(name), WEIGHT_STEPS)
        one = graph.constant("one", 1.0)
        columns = graph.constant(f"{name}.w", matrix.T), graph.constant(f"{name}.steps", scales)
        product = graph.node("MatMulIntegerToFloat", states, columns[0], one, columns[1], centre, contrib=True)
        return graph.node("Mul", product, steps)

    def _linear(self, name: str, quantised: tuple[str, str, str]) -> str:
        bias = self.graph.constant(f"{name}.b", self.weights.bias(name))
        return self.graph.node("Add", self._product(name, quantised), bias)

    def _pooled(self, states: str) -> str:
        """Sum over tokens at length 1, which is their mean at length 1.

        A product of matrices: a reduction adds in an order that depends on how many texts there are.
        """
        from onnx import numpy_helper

        graph = self.graph
        count = graph.node("Shape", "input_ids", start=0, end=1)
        length = graph.node("Shape", "input_ids", start=1, end=2)
        shape = graph.node("Concat", count, graph.constant("second", [1]), length, axis=0)
        ones = graph.node("ConstantOfShape", shape, value=numpy_helper.from_array(np.ones(1, dtype=np.float32)))
        summed = graph.node("MatMul", ones, graph.node("Reshape", states, self.shaped))
        return graph.node("LpNormalization", graph.node("Squeeze", summed, "second"), axis=-1, p=2)


def _quantised(matrix: NDArray[np.float32], largest: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric 8-bit rows and the step of each row: matrix ~ rows * steps[:, None]."""
    steps = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / largest
    rows = np.rint(matrix / steps[:, None]).clip(-largest, largest)
    return rows.astype(np.int8), steps.astype(np.float32)
