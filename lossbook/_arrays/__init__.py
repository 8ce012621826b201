"""Reading, checking, blocking and reducing arrays: every rule about them, once.

A loss of pairs (one label, one prediction) reads its arguments by `paired` and ends
with `reduced`; a loss over classes reads them by `classed` and ends with
`reduced_rows`; one that compares embeddings, by `embedded` and `reduced_compared`.
All that a loss adds is its formula, written for arrays of examples.  It is called with
one block of examples at a time: what it makes on the way stays in the cache, and costs
no memory worth mentioning.
"""

from .arguments import (
    Examples as Examples,
    class_weights_of as class_weights_of,
    classed as classed,
    distributions as distributions,
    forecasts as forecasts,
    number as number,
    paired as paired,
    precision as precision,
    real as real,
    regions as regions,
    sample_weights as sample_weights,
    taught as taught,
)
from .arithmetic import (
    FEW as FEW,
    difference as difference,
    exponentials as exponentials,
    picked as picked,
    positive as positive,
    weighed as weighed,
)
from .blocking import sum_of_squares as sum_of_squares
from .checking import (
    Reduction as Reduction,
    all_between as all_between,
    are_signs as are_signs,
    check_binary as check_binary,
    check_class_logits as check_class_logits,
    check_counts as check_counts,
    check_distributions as check_distributions,
    check_each as check_each,
    check_finite as check_finite,
    check_one_hot as check_one_hot,
    check_probabilities as check_probabilities,
    check_signs as check_signs,
)
from .comparing import (
    apart as apart,
    destinations as destinations,
    embedded as embedded,
    reduced_compared as reduced_compared,
)
from .features import finite_numbers as finite_numbers
from .reducing import (
    RowFormula as RowFormula,
    destination as destination,
    divisor as divisor,
    occurs as occurs,
    reduced as reduced,
    reduced_both as reduced_both,
    reduced_grad as reduced_grad,
    reduced_rows as reduced_rows,
    sum_over_classes as sum_over_classes,
)
from .settings import (
    ABOVE_0 as ABOVE_0,
    FROM_0 as FROM_0,
    real_number as real_number,
    whole_number as whole_number,
)
