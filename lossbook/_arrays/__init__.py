"""Reading, checking, blocking and reducing arrays: every rule about them, once.

A loss of pairs (one label, one prediction) begins with `paired` and ends with
`reduced`; a loss over classes begins with `classed` and ends with
`reduced_rows`.  In between stands only its formula, written for arrays of
examples, and it is called with one block of examples at a time: what it makes
on the way stays in the cache, and costs no memory worth mentioning.
"""

from .arguments import (
    class_weights_of as class_weights_of,
    classed as classed,
    distributions as distributions,
    paired as paired,
    real as real,
    weight_of_all as weight_of_all,
)
from .arithmetic import (
    difference as difference,
    exponentials as exponentials,
    picked as picked,
    positive as positive,
    weighed as weighed,
)
from .blocking import (
    blocks as blocks,
    precision as precision,
    sum_of as sum_of,
    sum_of_squares as sum_of_squares,
)
from .checking import (
    Reduction as Reduction,
    all_between as all_between,
    check_binary as check_binary,
    check_class_logits as check_class_logits,
    check_distributions as check_distributions,
    check_finite as check_finite,
    check_one_hot as check_one_hot,
    check_probabilities as check_probabilities,
    check_signs as check_signs,
)
from .reducing import (
    RowFormula as RowFormula,
    destination as destination,
    reduced as reduced,
    reduced_both as reduced_both,
    reduced_grad as reduced_grad,
    reduced_rows as reduced_rows,
    sum_over_classes as sum_over_classes,
)
