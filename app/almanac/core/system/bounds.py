"""Limits of the operating system for this process: memory, time on a processor, and no files that it writes.

Linux keeps all of them, Windows those of memory and time (a Job Object). macOS keeps the time, and no limit of memory.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress

TIME_IS_UP_ON_WINDOWS = 1816  # ERROR_NOT_ENOUGH_QUOTA: the exit code of a process that Windows ended for its time

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes
    from functools import cache

    _EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
    _PROCESS_TIME, _ONE_PROCESS, _PROCESS_MEMORY = 0x2, 0x8, 0x100
    _TICKS_PER_SECOND = 10_000_000

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_memory", ctypes.c_size_t),
            ("most_memory", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Limits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("traffic", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    class _Memory(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("load", wintypes.DWORD),
            *(
                (name, ctypes.c_uint64)
                for name in ("total", "free", "page", "page_free", "space", "space_free", "more")
            ),
        )

    def _kernel() -> ctypes.WinDLL:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        return kernel

    @cache
    def _own_job() -> int:
        """A job that this process alone is in, open as long as it runs."""
        kernel = _kernel()
        job = kernel.CreateJobObjectW(None, None)
        if not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())
        return int(job)

    def limit_this_process(memory: int, seconds: int) -> None:
        """Let the system end this process when it takes more bytes of memory, or so many seconds of a processor more.

        The latest limits count.
        """
        basic = _BasicLimits(
            flags=_PROCESS_TIME | _ONE_PROCESS | _PROCESS_MEMORY,
            process_time=int((time.process_time() + seconds) * _TICKS_PER_SECOND),
            processes=1,
        )
        limits = _Limits(basic=basic, process_memory=memory)
        size = ctypes.sizeof(limits)
        if not _kernel().SetInformationJobObject(_own_job(), _EXTENDED_LIMITS, ctypes.byref(limits), size):
            raise ctypes.WinError(ctypes.get_last_error())

    def physical_memory() -> int:
        """How many bytes of memory this computer has."""
        memory = _Memory(size=ctypes.sizeof(_Memory))
        ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(memory))
        return int(memory.total)

else:
    import math
    import resource

    def limit_this_process(memory: int, seconds: int) -> None:
        """Let the system end this process when it takes more bytes of memory, or so many seconds of a processor more.

        The latest limits count.
        """
        wanted = (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds),
            (resource.RLIMIT_AS, memory),
        )
        for kind, most in wanted:
            hard = resource.getrlimit(kind)[1]
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with suppress(ValueError, OSError):  # macOS has none of memory
                resource.setrlimit(kind, (limit, hard))

    def physical_memory() -> int:
        """How many bytes of memory this computer has."""
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
