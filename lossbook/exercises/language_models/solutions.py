"""Solutions of the exercises on language models."""

import numpy as np

two_means = (5 * 1.2 + 20 * 0.7) / 25, (1.2 + 0.7) / 2


def token_loss(labels, logits):
    kept = labels != -100
    y, z = labels[kept], logits[kept]
    log_sums = np.log(np.exp(z).sum(axis=1))
    return np.mean(log_sums - z[np.arange(len(y)), y])


def bits_per_byte(nats, n_bytes):
    return nats.sum() / np.log(2) / n_bytes


def dpo_loss(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    chosen = beta * (pi_chosen - ref_chosen)
    rejected = beta * (pi_rejected - ref_rejected)
    return np.mean(np.log1p(np.exp(rejected - chosen)))


which_is_better = (
    "Measure both on the same text, which neither has seen, or the numbers compare the "
    "texts. A perplexity is per token, and the tokens of B are longer, so each is "
    "harder to guess: I would divide the bits of the whole text by its bytes. Padding "
    "is easy to predict, so a mean that counts it is small, whatever the model can do; "
    "rows of padding are to be ignored, in the sum and in the count. And then I would "
    "try both on the work that they are bought for, as no perplexity tells how well "
    "they do it."
)
