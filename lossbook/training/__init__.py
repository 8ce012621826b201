"""Gradient descent on a linear model or a small network, with any loss.

A model turns features into outputs; a loss says how bad an output is; its
gradient, sent backwards through the model, says how to change the weights.
"""

from .descent import objective as objective, train as train
from .fit import Fit as Fit, History as History
from .model import Model as Model
