"""Runs the code of a call as a reader would, in the library itself."""

import contextlib
import io
import os
import warnings

# Keras takes its numbers from one of the others; no TensorFlow is installed.
os.environ["KERAS_BACKEND"] = "jax"
# Small inputs: many threads would only wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"


def run(code, *inputs):
    """What a program prints, and what each expression gives after it, as numbers."""
    names, printed = {"__name__": "__main__"}, io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stdout(printed):
        warnings.simplefilter("ignore")  # a trap may warn
        exec(code, names)
        text = printed.getvalue()
        return [float(text), *(float(eval(each, names)) for each in inputs)]
