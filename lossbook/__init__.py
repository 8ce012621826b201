"""lossbook: the loss functions of machine learning, exact and tested.

>>> import lossbook
>>> lossbook.mean_squared_error([3.0, 5.0], [4.0, 5.0])
0.5
"""

from .losses import (
    mean_squared_error as mean_squared_error,
    mean_squared_error_grad as mean_squared_error_grad,
)
