"""Gradient descent on a linear model or a small network, with any loss.

This is supervised learning: a model turns features into outputs, a loss says how bad
an output is, and its gradient, sent backwards through the model (backpropagation),
says how to change the parameters.
"""

from .descent import objective as objective, train as train
from .fit import Fit as Fit, History as History
from .model import Model as Model
