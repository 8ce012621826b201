"""Where the numbers come from: processor, kernels, versions. No names, no paths."""

import os
import platform
from importlib import metadata

import numpy as np

PACKAGES = (
    "numpy",
    "torch",
    "jax",
    "jaxlib",
    "optax",
    "scipy",
    "scikit-learn",
    "mpmath",
)


def describe() -> dict[str, object]:
    """Everything one needs to judge a run."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "numpy_simd": np.show_config(mode="dicts")["SIMD Extensions"]["found"],
        "blas": _blas(),
    }


def load() -> list[float] | None:
    """Processes that wanted a core in the last 1, 5 and 15 minutes."""
    if not hasattr(os, "getloadavg"):  # Windows
        return None
    return [round(average, 2) for average in os.getloadavg()]


def _processor() -> str:
    try:
        with open("/proc/cpuinfo") as lines:
            fields = dict(map(str.strip, x.split(":", 1)) for x in lines if ":" in x)
        family = f"family {fields['cpu family']}, model {fields['model']}"
        return f"{fields['model name']} ({family})"
    except (OSError, KeyError):
        return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _blas() -> str:
    """The kernel that NumPy's BLAS chose, or was told to choose."""
    forced = [
        f"{key}={os.environ[key]}"
        for key in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
        if key in os.environ
    ]
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        kernel = "unknown (threadpoolctl is not installed)"
    else:
        kernel = "; ".join(
            f"{pool['internal_api']} {pool['version']}, {pool.get('architecture')}, "
            f"{pool['num_threads']} thread"
            for pool in threadpool_info()
            if pool["user_api"] == "blas" and "numpy" in pool["filepath"]
        )
    return " ".join([kernel or "unknown", *(f"[{x}]" for x in forced)])
