"""Modules that stay out of the frozen program, though something in it could import them."""

from __future__ import annotations

# Reached only by optional features of pandas, pyqtgraph … that Almanac does not use, or by developers. almanac.spec
# stops the build when a part of Almanac that is included needs one of them. numpy.f2py and QtOpenGL look unused too,
# but scipy and pyqtgraph import them when they start.
NEVER_IMPORTED = [
    *("scipy", "statsmodels", "patsy"),  # only for ETS to compare with
    *("formulaic", "interface_meta", "narwhals", "wrapt"),
    *("IPython", "PIL", "_pytest", "hypothesis", "matplotlib", "numba", "py", "pytest", "sphinx", "tkinter", "zmq"),
    *("cvxopt", "dask", "distributed", "joblib", "lxml", "networkx", "onnx", "opendp", "spox", "sympy", "torch"),
    *("aiohttp", "pyarrow", "requests", "ssl", "sqlalchemy"),  # nothing here talks to a network
    *("jinja2", "markdown_it", "markupsafe", "mdurl", "pygments", "readline", "rich", "yaml"),
    *("odf", "openpyxl", "psutil", "tables", "xlrd", "xlsxwriter.test", "xlwt"),
    *("distutils", "lib2to3", "pip", "pydoc_data", "setuptools", "wheel"),
    *("fastparquet.test", "numpy.tests", "pandas.tests", "pydantic.mypy", "pydantic.v1"),
    *("onnxruntime.quantization", "onnxruntime.tools", "onnxruntime.transformers", "onnxruntime.training"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtPrintSupport"),
    *("pyqtgraph.canvas", "pyqtgraph.console", "pyqtgraph.examples", "pyqtgraph.flowchart", "pyqtgraph.jupyter"),
    "pyqtgraph.opengl",
    *("fsspec.conftest", "fsspec.fuse", "fsspec.gui"),
    *(f"fsspec.implementations.{name}" for name in ("arrow", "dask", "dbfs", "ftp", "gist", "git", "github", "http")),
    *(f"fsspec.implementations.{name}" for name in ("http_sync", "jupyter", "libarchive", "sftp", "smb", "webhdfs")),
]

# Our own modules that need statsmodels or OpenDP: for who installs Almanac as a Python package. Elsewhere it says so.
ONLY_WITH_PYTHON = ["almanac.forecasting.baselines.ets", "almanac.workflow.sharing.noise"]
