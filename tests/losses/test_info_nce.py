"""What is particular to InfoNCE, above all that its examples are compared."""

import importlib.util
import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.metrics.pairwise import cosine_similarity

from lossbook import cross_entropy_from_logits, info_nce, info_nce_grad
from tests.helpers import peak_memory


def drawn(rng, n=30, d=4):
    keys = rng.normal(size=(n, d))
    return keys + rng.normal(size=(n, d)), keys


def test_by_hand():
    """Cosines of 1 and 0 give odds of e to 1; of 0.6 and 0.8, of e^0.6 to e^0.8."""
    right_angles = [[2, 0], [0, 1]]
    assert info_nce(right_angles, right_angles, temperature=1) == pytest.approx(
        math.log(1 + math.exp(-1)), rel=1e-15
    )
    first, second = info_nce(
        [[3, 4], [0, 1]], right_angles, temperature=1, reduction="none"
    )
    assert first == pytest.approx(math.log(1 + math.exp(0.2)), rel=1e-15)
    assert second == pytest.approx(math.log(1 + math.exp(-1)), rel=1e-15)


@pytest.mark.parametrize("temperature", [0.05, 1])
def test_it_is_the_cross_entropy_of_the_row_numbers(temperature, rng):
    q, k = drawn(rng)
    logits = cosine_similarity(q, k) / temperature

    theirs = cross_entropy_from_logits(np.arange(30), logits, reduction="none")
    ours = info_nce(q, k, temperature=temperature, reduction="none")
    assert_allclose(ours, theirs, rtol=1e-11)


def test_keys_that_are_all_alike_cost_the_logarithm_of_their_number():
    for n in (2, 64, 1000):
        assert info_nce(np.ones((n, 3)), np.ones((n, 3))) == pytest.approx(math.log(n))


def test_lengths_do_not_count(rng):
    q, k = drawn(rng)
    longer = rng.uniform(0.1, 9, (30, 1))

    assert info_nce(longer * q, k / longer) == pytest.approx(info_nce(q, k))
    for slope, x in zip(info_nce_grad(q, k), (q, k), strict=True):
        assert_allclose(np.vecdot(slope, x), 0, atol=1e-15)
    shorter = info_nce_grad(longer * q, k)[0]
    assert_allclose(longer * shorter, info_nce_grad(q, k)[0], rtol=1e-10, atol=1e-15)


def test_a_low_temperature_leaves_the_pull_to_the_hardest_negative(rng):
    """Of two wrong keys, what the closer one pushes to what the other one does."""
    query = np.array([[1.0, 0, 0]] * 3)
    keys = np.array([[1.0, 0, 0], [0.9, 0.4, 0], [0.5, 0, 0.8]])
    ratios = []
    for temperature in (1.0, 0.1):
        options = {"temperature": temperature, "sample_weight": [1, 0, 0]}
        slope = info_nce_grad(query, keys, **options)[0][0]
        ratios.append((slope[1] / 0.4) / (slope[2] / 0.8))
    units = keys / np.linalg.norm(keys, axis=1, keepdims=True)
    lead = units[1, 0] - units[2, 0]
    expected = np.exp(lead / np.array([1, 0.1]))
    lengths = np.linalg.norm(keys[1]) / np.linalg.norm(keys[2])
    assert_allclose(ratios, expected / lengths, rtol=1e-12)


# --- examples that are each other's negatives ----------------------------------------


def test_an_example_alone_has_no_loss(rng):
    q, k = drawn(rng)
    together = info_nce(q, k, reduction="none")

    assert info_nce(q[:5], k[:5]) < together[:5].mean()
    for f in (info_nce, info_nce_grad):
        with pytest.raises(ValueError, match=r"two rows or more, .* got 1"):
            f(q[:1], k[:1])


def test_the_order_of_the_rows_does_not_count(rng):
    q, k = drawn(rng)
    order = rng.permutation(30)

    assert info_nce(q[order], k[order]) == pytest.approx(info_nce(q, k), rel=1e-14)
    assert_allclose(info_nce_grad(q[order], k[order])[1], info_nce_grad(q, k)[1][order])


@pytest.mark.parametrize("n", [2, 30, 700])
@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_blocks_change_nothing(n, dtype, rng):
    """Whole matrices at once give what the rows give a few at a time."""
    q, k = (x.astype(dtype) for x in drawn(rng, n))
    u, v = (x / np.linalg.norm(x.astype("f8"), axis=1, keepdims=True) for x in (q, k))
    e = np.exp(u @ v.T / 0.1)
    p = e / e.sum(axis=1, keepdims=True)
    pulls = (p - np.eye(n)) / 0.1 / n
    to_q, to_k = pulls @ v, pulls.T @ u

    single = dtype == "f4"
    digits = {"rtol": 1e-4, "atol": 1e-6} if single else {"rtol": 1e-9, "atol": 1e-15}
    assert_allclose(info_nce(q, k, reduction="none"), -np.log(p.diagonal()), **digits)
    digits["atol"] = 1e-7 if single else 1e-15
    for slope, to, unit, x in zip(
        info_nce_grad(q, k), (to_q, to_k), (u, v), (q, k), strict=True
    ):
        across = to - np.vecdot(to, unit)[:, None] * unit
        truth = across / np.linalg.norm(x, axis=1, keepdims=True)
        assert_allclose(slope, truth, **digits)


def test_the_similarities_are_not_all_kept(rng):
    """3000 times 3000 numbers would take 72 MB."""
    q, k = drawn(rng, 3000)

    assert peak_memory(lambda: info_nce(q, k)) < 2**21
    assert peak_memory(lambda: info_nce_grad(q, k)) < 2**22


def test_a_weight_counts_the_query_whose_key_stays_a_negative(rng):
    q, k = drawn(rng, 6)
    w = np.array([1, 0, 2, 0.5, 0, 3])
    each = info_nce(q, k, reduction="none")

    assert info_nce(q, k, sample_weight=w) == pytest.approx(w @ each / w.sum())
    of_query, of_key = info_nce_grad(q, k, sample_weight=w)
    assert of_query.any(axis=1).tolist() == (w > 0).tolist()
    assert of_key.any(axis=1).all()
    one_by_one = [
        info_nce_grad(q, k, sample_weight=np.eye(6)[i], reduction="sum")
        for i in range(6)
    ]
    for place, ours in enumerate((of_query, of_key)):
        total = sum(v * g[place] for v, g in zip(w, one_by_one, strict=True))
        assert_allclose(ours, total / w.sum(), rtol=1e-12, atol=1e-16)


@pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs PyTorch")
def test_pytorch_agrees(rng):
    import torch
    import torch.nn.functional as F

    q, k = (torch.tensor(x, requires_grad=True) for x in drawn(rng))
    logits = F.normalize(q) @ F.normalize(k).T / 0.07
    theirs = F.cross_entropy(logits, torch.arange(30))
    theirs.backward()

    arrays = q.detach().numpy(), k.detach().numpy()
    assert info_nce(*arrays, temperature=0.07) == pytest.approx(theirs.item(), 1e-12)
    for ours, x in zip(info_nce_grad(*arrays, temperature=0.07), (q, k), strict=True):
        assert_allclose(ours, x.grad.numpy(), rtol=1e-9, atol=1e-15)


# --- what is refused -----------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_an_embedding_of_zeros_has_no_direction(place, zero, rng):
    arrays = drawn(rng)
    arrays[place][7] = zero
    name = ("queries", "keys")[place]

    for f in (info_nce, info_nce_grad):
        with pytest.raises(ValueError, match=rf"{name} must differ from 0.* at \[7\]"):
            f(*arrays)


@pytest.mark.parametrize("temperature", [0, -1, 1e-31, np.nan, np.inf, "1", None])
def test_a_temperature_is_a_number_above_0(temperature, rng):
    for f in (info_nce, info_nce_grad):
        with pytest.raises(ValueError, match="temperature must be a finite number"):
            f(*drawn(rng), temperature=temperature)
