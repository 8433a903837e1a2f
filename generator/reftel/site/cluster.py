"""Work on several machines: any cluster of Dask's, by its own executor.

The machines share the content, the cache and the output through a file system, under the same names. What a lost worker
had in hand is done again by another; a chunk may be made twice and comes out the same.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reftel.problems import Refusal

if TYPE_CHECKING:
    from concurrent.futures import Executor


@contextmanager
def cluster(address: str) -> "Iterator[Executor]":
    """The executor of the Dask cluster at an address ("tcp://10.0.0.1:8786"). Raises Refusal when there is none, or
    Dask is not installed.
    """
    try:
        client_of: Any = importlib.import_module("distributed").Client  # an optional extra
    except ImportError:
        raise Refusal("--dask needs Dask: install reftel[dask]") from None
    try:
        client = client_of(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise Refusal(f"--dask {address}: no cluster answers there ({error})") from None
    with client:
        yield client.get_executor(pure=False)
