"""Speed, memory and accuracy of the losses beside their peers: `make bench`.

One core is compared with one core.  The libraries read these variables while
they are imported, so they are set before anything else of this package runs.
"""

import os

os.environ |= {
    "OMP_NUM_THREADS": "1",  # PyTorch, scikit-learn
    "OPENBLAS_NUM_THREADS": "1",  # NumPy, SciPy
    "MKL_NUM_THREADS": "1",
    "NPROC": "1",  # XLA: the size of its thread pool
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
}
