"""Processes of one's own on this machine, each doing one part at a time.

A worker is a fresh interpreter: nothing is forked, the caller's script is not run again, and it ends as soon as the
process that started it does, however that ends. Calls go through its standard input, answers through its output.
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from sourcebook.core.errors import SourcebookError

__all__ = ["Workers", "can_send", "usable_cores"]

START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from sourcebook.reuse.workers import serve; serve()"
TRIES = 3  # how often a part is given to a worker, should it be lost
QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores() -> int:
    """Return how many cores this process may use: those it is bound to, within the quota of its container.

    Examples
    --------
    >>> usable_cores() >= 1
    True
    """
    bound = getattr(os, "sched_getaffinity", None)
    cores = len(bound(0)) if bound else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = map(int, QUOTA.read_text().split())  # "max" is none
        cores = min(cores, max(1, quota // period))
    return cores


def can_send(function: Callable[..., Any]) -> bool:
    """Return whether a worker finds a function by its name: not one of a script, nor one inside another."""
    name = getattr(function, "__qualname__", "<")
    return getattr(function, "__module__", "__main__") != "__main__" and "<" not in name


class Workers:
    """Some processes that wait for calls.

    Parameters
    ----------
    number : int
        How many; each is started when it is first needed.
    """

    def __init__(self, number: int) -> None:
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="sourcebook-worker")
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all: list[_Worker] = []
        self._closed = False

    def submit(self, call: bytes) -> Future[Any]:
        """Give a call, a pickled function and its arguments, to the next worker that is free."""
        return self._threads.submit(self._call, call)

    def close(self) -> None:
        """End all processes, busy or not."""
        self._closed = True
        for worker in self._all:
            worker.end()
        self._threads.shutdown(cancel_futures=True)

    def _call(self, call: bytes) -> Any:
        for _ in range(TRIES):
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                worker = _Worker()
                self._all.append(worker)
            try:
                done, result = worker.call(call)
            except (EOFError, OSError, pickle.UnpicklingError):
                worker.end()
                if self._closed:
                    break
                continue
            self._idle.put(worker)
            if done:
                return result
            raise result
        raise SourcebookError(
            f"workers: a process ended {TRIES} times at the same part, perhaps for want of memory → "
            "give fewer workers, or less memory"
        )


class _Worker:
    """One process, as its parent sees it."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-c", START, json.dumps(sys.path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def call(self, call: bytes) -> tuple[bool, Any]:
        """Return whether the call was done, and its result or else the error."""
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(len(call).to_bytes(8, "little") + call)
        process.stdin.flush()
        done, result = pickle.loads(_receive(process.stdout))
        return bool(done), result

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


def _receive(stream: IO[bytes]) -> bytes:
    """Return the next message; raise EOFError where the other side is gone."""
    size = stream.read(8)
    data = stream.read(int.from_bytes(size, "little")) if len(size) == 8 else b""
    if not data:
        raise EOFError
    return data


def serve() -> None:
    """Do what a parent process asks for until it ends: the main function of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a function prints is no answer
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, calls), daemon=True).start()
    while True:
        answer = _answer(calls.get())
        answers.write(len(answer).to_bytes(8, "little") + answer)
        answers.flush()


def _listen(stream: IO[bytes], calls: queue.SimpleQueue[bytes]) -> None:
    """Hear calls; end this process at once when the parent is gone."""
    with suppress(EOFError, OSError):
        while True:
            calls.put(_receive(stream))
    os._exit(1)


def _answer(call: bytes) -> bytes:
    """Return the pickled result of a call, or the error with where it came from."""
    try:
        function, arguments = pickle.loads(call)
        return pickle.dumps((True, function(*arguments)), protocol=5)
    except BaseException as error:
        error.add_note(f"in a worker process:\n{traceback.format_exc()}")
        try:
            data = pickle.dumps((False, error), protocol=5)
            pickle.loads(data)
        except Exception:
            data = pickle.dumps((False, RuntimeError("".join(traceback.format_exception(error)))), protocol=5)
        return data
