"""What an error message does not tell a beginner."""

import re

POWER = "In Python a power is written `**`, not `^`."
SHAPES = "Two arrays of different shapes meet: print their shapes."
ONE_NUMBER = "`numerical_gradient` wants a function that returns one number."
ONE_ARGUMENT = (
    "`numerical_gradient` calls its function with one argument: write `lambda p: "
    "loss(y, p)`, with the name of what moves before the colon."
)
FUNCTIONS_OF_ARRAYS = (
    "The functions of `math` take one number. For arrays use those of NumPy, such as "
    "`np.log`, `np.exp` and `np.sqrt`."
)
LISTS = (
    "Lists cannot be computed with. Make arrays of them first, with `np.array`; or "
    "compute entry by entry, in a loop."
)
OUT_OF_DOMAIN = (
    "The logarithm takes numbers above 0, the root numbers from 0 on. Look at what "
    "goes in: `np.log(0)` is minus infinity in NumPy, and an error in `math`."
)
PRODUCT = "A product is written `*`: in `2 (a + b)` Python takes the 2 for a function."
# By a part of the exception's name and text, as a regular expression.
ADVICE = (
    (
        r"SystemExit",
        "That ends the program: use `return` instead.",
    ),
    (
        r"RecursionError",
        "It calls itself without end.",
    ),
    (
        r"bitwise_xor|for \^",
        POWER,
    ),
    (
        r"axis 1 is out of bounds",
        "An array of shape (n,) has only axis 0.",
    ),
    (
        r"name 'np' is not defined",
        "Begin with `import numpy as np`.",
    ),
    (
        r"name 'math' is not defined",
        "Begin with `import math`.",
    ),
    (
        r"name 'numerical_gradient' is not",
        "Begin with `from lossbook.gradcheck import numerical_gradient`.",
    ),
    (
        r"name 'Math'|name 'numpy' is",
        "Is it imported, and spelt like that? Python tells capital letters from small "
        "ones.",
    ),
    (
        r"name '(ln|log|log2|log10|exp|sqrt|mean|maximum|sigma)' is not",
        "Functions of NumPy have `np.` in front.",
    ),
    (
        r"setting an array element with a sequence",
        "An array came where one number was expected.",
    ),
    (
        r"local variable",
        "It is used before it has a value: set it before the loop.",
    ),
    (
        r"has no attribute 'ln'",
        "The natural logarithm is `np.log`.",
    ),
    (
        r"has no attribute '(square_root|root)'",
        "The root is `np.sqrt`.",
    ),
    (
        r"has no attribute '(average|avg)'",
        "The mean is `np.mean`.",
    ),
    (
        r"'list' object has no attribute",
        "A list has no functions of arrays. Make an array of it first, with "
        "`np.array`.",
    ),
    (
        r"matmul",
        "`@` wants as many columns on its left as there are rows on its right: print "
        "both shapes.",
    ),
    (
        r"not aligned|could not be broadcast",
        SHAPES,
    ),
    (
        r"'NoneType'",
        "A value there is `None`: that of a function without `return`, or of a method "
        "such as `sort` that changes its array and returns nothing.",
    ),
    (
        r"truth value of an array",
        "`max`, `and` and `if` decide about one value: for arrays use `np.maximum`, "
        "`&` and `np.where`.",
    ),
    (
        r"only integer scalar arrays can be converted|return arrays must be of|"
        r"'numpy.ndarray' object cannot be interpreted",
        "`np.max(a)` is the largest entry of one array; `np.maximum(a, b)` takes the "
        "larger of two.",
    ),
    (
        r"only (length-1|0-dimensional) arrays|must be real number, not|"
        r"(only size-1 arrays can)",
        FUNCTIONS_OF_ARRAYS,
    ),
    (
        r"math domain error|expected a (positive|nonnegative) input",
        OUT_OF_DOMAIN,
    ),
    (
        r"math range error|Result too large",
        "e to a large number is more than a computer can write. Does the number have "
        "to be so large?",
    ),
    (
        r"for [-+*/]+=?: '(list|tuple)'|for .*: '.*' and '(list|tuple)'|"
        r"multiply sequence by non-int|bad operand type for (unary -|abs\(\)): 'list'",
        LISTS,
    ),
    (
        r"not supported between instances of '(list|tuple)'",
        LISTS,
    ),
    (
        r"'(int|float|numpy.float64)' object is not iterable",
        "A number stands where a list or an array is wanted: one goes through "
        "`range(n)` or through an array.",
    ),
    (
        r"'(int|float|numpy.float64)' object is not subscriptable|"
        r"invalid index to scalar",
        "A number has no entries: the brackets `[ ]` are for arrays.",
    ),
    (
        r"'(int|float|numpy.float64|numpy.int64|numpy.ndarray)' object is not callable",
        PRODUCT,
    ),
    (
        r"list indices must be|arrays used as indices must be",
        "Between `[ ]` stand whole numbers, or `True` and `False`. Of class numbers, "
        "`y.astype(int)` are some.",
    ),
    (
        r"ZeroDivisionError",
        "What stands below the line is 0 for these inputs.",
    ),
    (
        r"is out of bounds for axis|index out of range",
        "The largest index is one less than there are entries; how many that is "
        "differs from call to call.",
    ),
    (
        r"missing \d+ required positional",
        "A function there wants more arguments than it is given.",
    ),
    (
        r"takes \d+ positional argument",
        "A function there is given more arguments than it takes.",
    ),
)
# The same, where the error comes from inside of `numerical_gradient`, ...
MEASURING = (
    (
        r"setting an array element|0-dimensional|size-1|length-1",
        ONE_NUMBER,
    ),
    (
        r"is not callable",
        "`numerical_gradient` wants the function first, and then where to measure; "
        "`lambda p: …` makes a function of a formula.",
    ),
    (
        r"missing \d+ required|takes \d+ positional",
        ONE_ARGUMENT,
    ),
)
# ... and where it comes from the line that calls it.
CALLING_IT = (
    (
        r"NameError|UnboundLocalError",
        "Is `lambda` missing? `numerical_gradient` calls its function with one "
        "argument: write `lambda p: loss(y, p)`, with the name of what moves before "
        "the colon.",
    ),
    (
        r"missing \d+ required",
        "`numerical_gradient` takes two things: a function, and where to measure.",
    ),
)


def advice(said: str, line: str, is_measuring: bool) -> str:
    """What to add to an error, by what it says, its line, and where it comes from."""
    known = ADVICE
    if is_measuring:
        known = MEASURING + ADVICE
    elif "numerical_gradient(" in line:
        known = CALLING_IT + ADVICE
    return next((text for part, text in known if re.search(part, said)), "")
