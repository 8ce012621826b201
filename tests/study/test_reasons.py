"""What the chooser gives as reasons is so: each claim with a number is computed."""

import math

import numpy as np
import pytest

import lossbook
from lossbook.study.paths import chart

REASONS = {
    path: " ".join([end.because, *end.rather_than.values()]).replace("\n", " ")
    for path, end in chart().ends.items()
}


def says(path, *words):
    """The reasons at the end of this path, which must still say this."""
    for word in words:
        assert word in REASONS[path], f"{path} no longer says {word!r}"


def best(places, cost):
    """The place with the least cost."""
    return min(places, key=cost)


def test_an_error_twice_as_large_costs_four_times_as_much():
    says("number/squares/nobody/best-guess", "twice as large costs four times as much")

    loss = lossbook.mean_squared_error([0, 0], [3, 6], reduction="none")

    assert loss[1] == 4 * loss[0]


def test_an_error_of_ten_costs_ten_times_or_a_hundred_times_as_much():
    says("number/proportion/best-guess", "10 a hundred times an error of 1, not ten")

    for name, ratio in [("mean_squared_error", 100), ("mean_absolute_error", 10)]:
        loss = getattr(lossbook, name)([0, 0], [1, 10], reduction="none")
        assert loss[1] == ratio * loss[0]


def test_late_at_three_times_the_price_is_the_level_three_quarters():
    says("number/one-side", "`level=0.75`, which is 3 / (3 + 1)", "three times in four")
    times = np.arange(1.0, 101)
    paid = {
        said: np.sum(3 * np.maximum(times - said, 0) + np.maximum(said - times, 0))
        for said in times
    }
    scored = {
        said: lossbook.quantile(times, np.full(100, said), level=0.75) for said in times
    }

    assert best(times, paid.get) == best(times, scored.get) == 75
    assert np.mean(times <= 75) == 0.75
    assert paid[20.0] / 100 == pytest.approx(4 * scored[20.0])


def test_one_too_few_at_five_times_the_price_is_enough_five_times_in_six():
    says("count/too-few", "`level=5/6`", "enough five times in six")
    sold = np.arange(1, 61)
    paid = {
        baked: np.sum(5 * np.maximum(sold - baked, 0) + np.maximum(baked - sold, 0))
        for baked in sold
    }

    assert best(sold, paid.get) == 50
    assert np.mean(sold <= 50) == pytest.approx(5 / 6)
    assert (
        best(
            sold, lambda baked: lossbook.quantile(sold, np.full(60, baked), level=5 / 6)
        )
        == 50
    )


@pytest.mark.parametrize(
    "path", [path for path in REASONS if path.endswith("/interval")]
)
def test_between_two_levels_lie_nine_in_ten(path):
    says(path, "`level=0.05`", "`level=0.95`", "nine in ten")
    values = np.random.default_rng(0).gamma(2, size=201)
    low, high = (
        best(values, lambda p, t=t: lossbook.quantile(values, np.full(201, p), level=t))
        for t in (0.05, 0.95)
    )

    assert np.mean((low < values) & (values < high)) == pytest.approx(0.9, abs=0.01)


def test_the_variance_that_costs_least_is_the_square_of_the_error():
    says("number/squares/nobody/how-sure", "measured by the spread that was claimed")
    spreads = np.linspace(-2, 4, 601)
    cost = lossbook.gaussian_nll(
        np.full(601, 2.0), np.column_stack([np.zeros(601), spreads]), reduction="none"
    )

    assert spreads[cost.argmin()] == pytest.approx(math.log(4), abs=0.01)


def test_the_huber_loss_pulls_no_harder_than_delta_and_its_curvature_jumps():
    says("number/squares/wild-targets/best-guess", "no harder than $\\delta$")
    says("number/squares/wild-targets/curvature", "drops from 1 to 0 at $\\delta$")
    errors = np.array([1.9, 1.99, 2.01, 2.1, 1e9])
    pull = lossbook.huber_grad(np.zeros(5), errors, delta=2.0, reduction="sum")

    assert list(pull[2:]) == [2, 2, 2]
    assert (pull[1] - pull[0]) / 0.09 == pytest.approx(1)
    assert pull[3] - pull[2] == 0


def test_log_cosh_bends_at_an_error_of_one_and_its_curvature_fades():
    says("number/squares/wild-targets/curvature", "error of about 1", "curvature fades")
    errors = np.array([0.0, 1.0, 6.0])
    curvature = [
        np.diff(lossbook.log_cosh_grad([0, 0], [e, e + 1e-4], reduction="sum"))[0]
        / 1e-4
        for e in errors
    ]

    assert curvature == pytest.approx([1, 0.42, 0], abs=0.001)


def test_counts_may_miss_by_more_where_more_is_expected():
    path = "count/even-counts/rates"
    says(path, "A miss of 5 costs less where 100 are expected than where 2 are")
    says("count/even-counts/misfit", "whether 2 or 100 were expected", "costs infinity")
    far, near = lossbook.poisson_deviance([105, 7], [100.0, 2.0], reduction="none")
    squares = lossbook.mean_squared_error([105, 7], [100, 2], reduction="none")

    assert far < near
    assert squares[0] == squares[1]
    assert lossbook.poisson_deviance([3], [3.0]) == 0
    assert lossbook.poisson_deviance([1], [0.0]) == math.inf
    assert lossbook.poisson([3], [math.log(3)]) < 0


def test_poisson_and_its_deviance_have_the_same_best_answer():
    says("count/even-counts/rates", "the same best answer", "rates are still right")
    counts = np.random.default_rng(1).negative_binomial(2, 0.1, 500)  # widely scattered
    assert counts.var() > 5 * counts.mean()
    rates = np.linspace(0.8, 1.2, 401) * counts.mean()

    for name, read in [("poisson", np.log(rates)), ("poisson_deviance", rates)]:
        loss = getattr(lossbook, name)
        costs = [loss(counts, np.full(500, each)) for each in read]
        assert rates[np.argmin(costs)] == pytest.approx(counts.mean())


def test_the_slope_of_cross_entropy_is_what_is_missing():
    says("yes-or-no/either-mistake/nobody/chances", "slope in the logit is $p - y$")
    logits = np.array([-8.0, 0.0, 3.0])
    slope = lossbook.binary_cross_entropy_from_logits_grad(
        [1, 1, 0], logits, reduction="sum"
    )

    assert slope == pytest.approx(lossbook.sigmoid(logits) - [1, 1, 0])


def test_a_wrong_label_pulls_the_brier_score_less_the_surer_the_model():
    path = "yes-or-no/either-mistake/wrong-labels"
    says(path, "costs 1 at most", "fades to nothing", "costs without limit")
    logits = np.array([2.0, 5.0, 10.0])  # sure of 1, and somebody wrote 0
    p = lossbook.sigmoid(logits)
    pull = lossbook.brier_score_grad([0, 0, 0], p, reduction="sum") * p * (1 - p)
    other = lossbook.binary_cross_entropy_from_logits_grad(
        [0, 0, 0], logits, reduction="sum"
    )

    assert list(pull) == sorted(pull, reverse=True) and pull[-1] < 1e-4
    assert list(other) == sorted(other) and other[-1] > 0.9999
    assert lossbook.brier_score([0], [1.0]) == 1
    assert lossbook.binary_cross_entropy([0], [1.0]) == math.inf


@pytest.mark.parametrize(
    "path", ["yes-or-no/either-mistake/easy-examples", "tags/easy-examples"]
)
def test_an_easy_example_costs_the_focal_loss_a_hundredth(path):
    says(path, "`gamma=2`")
    says("yes-or-no/either-mistake/easy-examples", "0.9", "a hundredth of its cross-")
    logit = [math.log(0.9 / 0.1)]

    focal = lossbook.focal([1], logit, gamma=2)

    assert focal == pytest.approx(
        lossbook.binary_cross_entropy_from_logits([1], logit) / 100
    )


def test_the_best_answer_of_the_focal_loss_is_the_side_but_not_the_chance():
    says("yes-or-no/either-mistake/nobody/chances", "best answer is not the true prob")
    says("yes-or-no/either-mistake/easy-examples", "finds the more probable side")
    p = np.linspace(0.01, 0.99, 99)
    logits = np.log(p / (1 - p))
    cost = {
        name: [
            0.8 * getattr(lossbook, name)([1], [z])
            + 0.2 * getattr(lossbook, name)([0], [z])
            for z in logits
        ]
        for name in ("focal", "binary_cross_entropy_from_logits")
    }

    assert p[np.argmin(cost["binary_cross_entropy_from_logits"])] == pytest.approx(0.8)
    assert 0.5 < p[np.argmin(cost["focal"])] < 0.75


def test_proper_scores_reward_honesty_and_the_absolute_error_rewards_rounding():
    says("forecast/bounded", "the worst forecast costs 1", "round their chances to 0 a")
    says("forecast/unbounded", "looks at nothing but the probability")
    p = np.linspace(0, 1, 101)

    def paid(loss):
        return [0.7 * loss([1], [each]) + 0.3 * loss([0], [each]) for each in p[1:-1]]

    for loss in (lossbook.brier_score, lossbook.binary_cross_entropy):
        assert p[1:-1][np.argmin(paid(loss))] == pytest.approx(0.7)
    assert p[1:-1][np.argmin(paid(lossbook.mean_absolute_error))] == p[-2]


def test_the_log_score_tells_small_chances_apart_and_the_brier_score_does_not():
    says("forecast/unbounded", "one chance in a thousand from one in a million")
    log = lossbook.binary_cross_entropy([1, 1], [1e-3, 1e-6], reduction="none")
    brier = lossbook.brier_score([1, 1], [1e-3, 1e-6], reduction="none")

    assert log[1] == pytest.approx(2 * log[0])
    assert brier[1] == pytest.approx(brier[0], rel=0.003)
    assert lossbook.binary_cross_entropy([1], [0.0]) == math.inf


def test_a_lead_of_one_costs_nothing():
    says("class/any-class/nobody/only-class", "leads its strongest rival by 1")
    says("better/clear-order", "the better one should lead by 1")

    assert lossbook.multiclass_hinge([0], [[3.0, 2.0, -1.0]]) == 0
    assert lossbook.multiclass_hinge([0], [[2.9, 2.0, -1.0]]) > 0
    assert lossbook.hinge([1], [1.0]) == 0
    assert lossbook.hinge([1], [0.9]) > 0


def test_a_tiny_region_weighs_as_much_as_a_large_one_for_dice_alone():
    path = "region/either-pixel/tiny-region/outline"
    says(path, "ten pixels in a million", "no everywhere costs almost nothing")
    regions, none = np.zeros((2, 1_000_000)), np.full((2, 1_000_000), 1e-5)
    regions[0, :10] = regions[1, :500_000] = 1

    dice = lossbook.dice(regions, none, reduction="none")
    cross_entropy = lossbook.binary_cross_entropy(regions[0], none[0])

    assert dice == pytest.approx([1, 1], abs=1e-4)
    assert cross_entropy < 0.001


def test_tversky_is_dice_with_two_prices():
    path = "region/missed-pixel/tiny-region"
    says(path, "`alpha=0.3` and `beta=0.7`")
    says("region/either-pixel/tiny-region/outline", "two weights at 1/2 it is the Dice")
    y, p = [[1, 1, 0, 0]], [[0.9, 0.2, 0.4, 0.1]]
    missed, too_much = [[1.0, 0.0, 0.0, 0.0]], [[1.0, 1.0, 1.0, 0.0]]
    prices = {"alpha": 0.3, "beta": 0.7}

    half = lossbook.tversky(y, p, alpha=0.5, beta=0.5)
    assert half == pytest.approx(lossbook.dice(y, p))
    assert lossbook.tversky([[1, 1, 0, 0]], missed, **prices) == pytest.approx(
        0.7 / 1.7
    )
    assert lossbook.tversky([[1, 1, 0, 0]], too_much, **prices) == pytest.approx(
        0.3 / 2.3
    )


def test_strangers_cost_nothing_beyond_the_margin_and_pairs_do_at_any_distance():
    says("same/strangers-marked/verdict", "pushed apart until they are `margin` away")
    first, second = [[0.0, 0.0]] * 2, [[1.5, 0.0], [0.5, 0.0]]

    strangers = lossbook.contrastive([0, 0], first, second, reduction="none")
    pairs = lossbook.contrastive([1, 1], first, second, reduction="none")

    assert strangers[0] == 0 < strangers[1]
    assert pairs[0] > pairs[1] > 0
    # Without strangers everything may fall on one point.
    assert lossbook.contrastive([1, 1], first, first) == 0


def test_triplets_ask_for_an_order_and_contrastive_pairs_for_sizes():
    says("same/strangers-marked/nearest", "however large both distances are")
    anchor = [[0.0, 0.0]]
    near, far = ([[1.0, 0.0]], [[2.5, 0.0]]), ([[9.0, 0.0]], [[10.5, 0.0]])

    assert lossbook.triplet(anchor, *near) == lossbook.triplet(anchor, *far) == 0
    assert lossbook.triplet(anchor, [[2.0, 0.0]], [[2.5, 0.0]]) == pytest.approx(0.5)
    assert lossbook.contrastive([1], anchor, near[0]) < lossbook.contrastive(
        [1], anchor, far[0]
    )


def test_info_nce_is_the_cross_entropy_of_picking_the_right_row():
    says("same/strangers-unmarked", "cross-entropy of picking the right one among them")
    queries, keys = np.random.default_rng(2).normal(size=(2, 5, 3))
    similar = np.einsum("id,jd->ij", queries, keys) / np.outer(
        np.linalg.norm(queries, axis=1), np.linalg.norm(keys, axis=1)
    )

    picked = lossbook.cross_entropy_from_logits(np.arange(5), similar / 0.1)

    assert lossbook.info_nce(queries, keys) == pytest.approx(picked)
    assert lossbook.info_nce(3 * queries, keys) == pytest.approx(picked)


def test_a_preference_is_the_cross_entropy_of_a_difference():
    says("better/people-differ", "with the difference for a logit and the label 1")
    chosen, rejected = np.array([2.0, -1.0]), np.array([0.5, 3.0])

    assert lossbook.preference(chosen, rejected) == pytest.approx(
        lossbook.binary_cross_entropy_from_logits([1, 1], chosen - rejected)
    )
    assert lossbook.preference(chosen + 5, rejected + 5) == pytest.approx(
        lossbook.preference(chosen, rejected)
    )


def test_distillation_has_the_slope_of_soft_labels_at_a_temperature_of_one():
    says("imitate", "the same slope at a temperature of 1", "`temperature` above 1")
    teacher, student = np.random.default_rng(3).normal(size=(2, 4, 3))
    soft = lossbook.softmax(teacher)

    slope = lossbook.distillation_grad(teacher, student, temperature=1.0)

    assert slope == pytest.approx(
        lossbook.cross_entropy_from_logits_grad(soft, student)
    )
    # A temperature above 1 brings up the small probabilities.
    assert (lossbook.softmax(teacher / 2).min(axis=1) > soft.min(axis=1)).all()
