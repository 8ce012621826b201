"""What is particular to the triplet loss."""

import importlib.util

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook import hinge, triplet, triplet_grad


def drawn(rng, n=60):
    return tuple(rng.normal(size=(3, n, 4)))


def test_by_hand():
    anchors, positives = [[0, 0]] * 3, [[3, 4]] * 3
    negatives = [[6, 0], [0, 5.5], [0, -4]]

    each = triplet(anchors, positives, negatives, reduction="none")
    assert each.tolist() == [0, 0.5, 2]
    assert triplet(anchors, positives, negatives, margin=0.5) == 1.5 / 3
    anchor, positive, negative = triplet_grad(
        anchors, positives, negatives, reduction="sum"
    )
    assert_allclose(positive, [[0, 0], [0.6, 0.8], [0.6, 0.8]], rtol=1e-15)
    assert_allclose(negative, [[0, 0], [0, -1], [0, 1]], rtol=1e-15)
    assert_allclose(anchor, -(positive + negative), atol=1e-15)


def test_it_is_a_hinge_of_the_difference_of_two_distances(rng):
    a, p, n = drawn(rng)
    lead = np.linalg.norm(a - n, axis=1) - np.linalg.norm(a - p, axis=1)

    ours = triplet(a, p, n, reduction="none")
    assert_allclose(ours, hinge(np.ones(60), lead, reduction="none"), atol=1e-14)


def test_only_the_order_counts_not_the_place(rng):
    a, p, n = drawn(rng)

    moved = triplet(a + 2.5, p + 2.5, n + 2.5)
    assert moved == pytest.approx(triplet(a, p, n))
    turned = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    assert triplet(a @ turned, p @ turned, n @ turned) == pytest.approx(moved)


def test_the_three_pulls_add_up_to_0_and_have_lengths_of_1(rng):
    anchor, positive, negative = triplet_grad(*drawn(rng), reduction="sum")

    assert_allclose(anchor + positive + negative, 0, atol=1e-14)
    lengths = np.linalg.norm(positive, axis=1)
    assert {*lengths.round(12)} == {0, 1}
    assert_allclose(np.linalg.norm(negative, axis=1), lengths, rtol=1e-14)


def test_a_collapsed_embedding_costs_the_margin_and_has_no_slope():
    point = np.full((5, 3), 2.0)

    assert triplet(point, point, point, margin=0.25) == 0.25
    for slope in triplet_grad(point, point, point):
        assert not slope.any()


def test_two_distances_beyond_all_numbers_are_compared():
    """Both are infinite as numbers; the difference is finite, or infinite."""
    far = 1.5e308
    assert triplet([[far, far]], [[-far, far]], [[far, -far]]) == 1
    assert triplet([[far, far]], [[-far, -far]], [[far, -far]]) == pytest.approx(
        2 * (np.sqrt(2) - 1) * far
    )
    assert triplet([[far, far]], [[-far, far]], [[-far, -far]]) == 0


@pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs PyTorch")
@pytest.mark.parametrize("margin", [0.2, 1.0])
def test_pytorch_agrees(margin, rng):
    import torch

    given = [torch.tensor(x, requires_grad=True) for x in drawn(rng)]
    theirs = torch.nn.TripletMarginLoss(margin=margin, eps=0)(*given)
    theirs.backward()

    arrays = [x.detach().numpy() for x in given]
    assert triplet(*arrays, margin=margin) == pytest.approx(theirs.item(), rel=1e-12)
    for ours, x in zip(triplet_grad(*arrays, margin=margin), given, strict=True):
        assert_allclose(ours, x.grad.numpy(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("margin", [0, -1, np.nan, np.inf, "1", None])
def test_a_margin_is_a_number_above_0(margin, rng):
    for f in (triplet, triplet_grad):
        with pytest.raises(ValueError, match="margin must be a finite number above 0"):
            f(*drawn(rng), margin=margin)
