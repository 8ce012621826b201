"""Exercises on language models: two means, ignored rows, bits per byte and DPO."""

from .. import any_loss
from ..engine.checkers import FunctionChecker, ProseChecker, ValueChecker
from ..engine.exercise import Exercise
from . import cases, mistakes as known, right

TOPIC = "language_models"

two_means = Exercise(
    name="two_means",
    topic=TOPIC,
    goal="tokens",
    level=1,
    title="Two means of one batch",
    task="""\
A batch holds two sequences. One has 5 tokens that cost 1.2 nats each, the other 20
tokens that cost 0.7 nats each. Write down two numbers: the mean loss over tokens, and
the mean loss over sequences.""",
    hints=(
        "Over tokens: what do all 25 tokens cost together?",
        "Over sequences: a token of the first costs 1.2 on average, one of the second "
        "0.7. Take the mean of these two.",
    ),
    checker=ValueChecker(
        inputs=(5.0, 20.0),
        right=right.means,
        parts=("tokens", "sequences"),
        mistakes=(
            known.means_swapped,
            known.over_sequences_twice,
            known.over_tokens_twice,
            known.sums_over_sequences,
        ),
    ),
    remark="In the second mean a token of the short sequence weighs four times as "
    "much.",
)

bits_per_byte = Exercise(
    name="bits_per_byte",
    topic=TOPIC,
    goal="perplexity",
    level=1,
    title="Bits per byte",
    task="""\
`nats` holds what each token of a text cost, and the text has `n_bytes` bytes.
Write a function that returns the bits per byte.""",
    hints=(
        "What does the whole text cost, in nats? And in bits?",
        "A bit is log 2 nats. Divide the bits of the whole text by its bytes.",
    ),
    checker=FunctionChecker(
        arguments=("nats", "n_bytes"),
        right=right.bits_per_byte,
        draw=cases.texts,
        mistakes=(
            known.nats_per_byte,
            known.bits_per_token,
            known.times_log_2,
            known.mean_over_bytes,
            known.perplexity,
        ),
    ),
    remark="How many tokens there were does not matter any more: so this compares "
    "models with different tokens.",
)

token_loss = Exercise(
    name="token_loss",
    topic=TOPIC,
    goal="tokens",
    level=2,
    title="Leave out what is padding",
    task="""\
`labels` holds the numbers of tokens, and −100 where a row is to be ignored. `logits`
has a row for each label and a column for each token. Write a function that returns the
mean cross-entropy, in nats, over the rows that count.
You may use `cross_entropy_from_logits`; −100 is no class, so it refuses that.""",
    hints=(
        "Which rows count? A comparison of `labels` with a number gives an array of "
        "truth values, and such an array picks rows.",
        "Either pick labels and logits, or give the ignored rows any label and a "
        "`sample_weight` of 0.",
    ),
    checker=FunctionChecker(
        arguments=("labels", "logits"),
        right=right.token_loss,
        draw=cases.rows,
        mistakes=(
            known.added_up,
            any_loss.one_for_each(lambda y, z: right.token_loss(y, z, "none")),
            known.ignored_counted,
            known.ignored_as_class_0,
            known.ignored_as_last_class,
            known.logits_for_probabilities,
            known.in_bits,
        ),
    ),
    remark="The number of rows that count differs from batch to batch. Who accumulates "
    "gradients has to add up sums.",
)

dpo_loss = Exercise(
    name="dpo_loss",
    topic=TOPIC,
    goal="preference",
    level=2,
    title="The loss of DPO",
    task="""\
For several pairs of answers, `pi_chosen` and `pi_rejected` hold the log-probabilities
of both answers under a model, `ref_chosen` and `ref_rejected` those under its frozen
copy.
Write a function that returns the mean loss of DPO for a number `beta`.
You may use `preference`.""",
    hints=(
        "Compute a reward for each answer first: beta times model minus copy.",
        "The loss is the negative logarithm of the sigmoid of the lead of the chosen.",
    ),
    checker=FunctionChecker(
        arguments=("pi_chosen", "pi_rejected", "ref_chosen", "ref_rejected", "beta"),
        right=right.dpo(),
        draw=cases.pairs,
        mistakes=(
            any_loss.sum_for_mean(right.dpo()),
            any_loss.one_for_each(right.dpo(reduction="none")),
            known.copy_forgotten,
            known.beta_forgotten,
            known.beta_divides,
            known.turned_round,
            known.of_the_chosen_only,
            known.probability,
            known.hinged,
        ),
    ),
    remark="Where the model still is its copy, every pair costs log 2.",
)

which_is_better = Exercise(
    name="which_is_better",
    topic=TOPIC,
    goal="perplexity",
    level=2,
    title="Advise a buyer",
    task="""\
A firm buys a language model. Seller A reports a perplexity of 12, on its own test
texts. Seller B reports 20, on others; its tokens are longer. "Ours is better", says A.
"We tested it on padded batches, and took the mean of all rows, padding included."

What do you answer, in about five sentences?""",
    hints=(
        "What do two perplexities have to share, to be compared?",
        "How hard is padding to predict, and what do such rows do to a mean?",
    ),
    checker=ProseChecker(
        points=(
            "The texts differ, and a loss depends on the text: both have to be "
            "measured on the same held-out one.",
            "The tokens differ, and a perplexity is per token: bits per byte compare "
            "the two.",
            "Padding is easy to predict. Counted in, it makes the mean loss small and "
            "says nothing about the text; its rows have to be ignored.",
            "What the model is to be used for is not told by a perplexity: try it on "
            "that.",
        )
    ),
)
