"""The interactive figures: each one a class here, and live wherever widgets are.

>>> from lossbook import explorers
>>> explorers.Predict("hinge")
Predict('hinge')
"""

from .belief import Belief as Belief
from .claim import Claim as Claim
from .curve import Curve as Curve
from .descent import Descent as Descent
from .focal import Focal as Focal
from .following import Following as Following
from .imbalance import Imbalance as Imbalance
from .margin import Margin as Margin
from .network import Network as Network
from .outlier import Outlier as Outlier
from .predict import Predict as Predict
from .probability import Probability as Probability
from .pulls import Pulls as Pulls
from .quantile import Quantile as Quantile
from .region import Region as Region
from .temperature import Temperature as Temperature
