"""Kernels that start at once: each is forked from a process that has imported what the chapters import.

Used by `sourcebook serve`, in which the wait for the imports of each chapter would be most of the time. A kernel that
is forked has nothing but the imports of the library and of its requirements: each chapter still runs from clean.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from importlib.metadata import EntryPoint
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from ipykernel import kernelapp
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo

__all__ = ["ForkedKernel", "end_forked_kernels", "end_with_parent", "use_forked_kernels"]

_NAME = "sourcebook-forked"
_forking: Connection | None = None


def end_with_parent() -> None:
    """End this process when the one that started it ends, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def wait() -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _run_kernel(file: str, folder: str | None, environment: dict[str, str]) -> None:
    """Run a kernel in this process until it is told to end."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    end_with_parent()
    if folder:
        os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["ipykernel_launcher", "-f", file, f"--IPKernelApp.parent_handle={os.getppid()}"]
    kernelapp.launch_new_instance()


def _fork_kernels(requests: Connection, other_end: Connection) -> None:
    """Fork a kernel for each request, from a process that has run nothing, until nobody asks any more."""
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that has ended is no process any more
    while True:
        try:
            arguments = requests.recv()
        except EOFError:
            return
        process = multiprocessing.get_context("fork").Process(target=_run_kernel, args=arguments)
        process.start()
        requests.send(process.pid)


class _Process:
    """A process that another one has forked, asked as one of `subprocess` is."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it runs, 0 when it has ended."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        """Wait for its end."""
        while self.poll() is None:
            time.sleep(0.01)
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkedKernel(LocalProvisioner):
    """Starts the kernel of this interpreter by a fork; any other as Jupyter does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel.

        Parameters
        ----------
        cmd : list of str
            The command that would start it.
        **kwargs
            Those of `subprocess.Popen`; its folder and its environment are used.
        """
        if cmd[0] != sys.executable or "ipykernel_launcher" not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        file, environment = cmd[cmd.index("-f") + 1], dict(kwargs.get("env") or os.environ)
        if _forking is None:
            return await super().launch_kernel(cmd, **kwargs)
        _forking.send((file, kwargs.get("cwd"), environment))
        self.pid = self.pgid = _forking.recv()
        self.process = _Process(self.pid)  # type: ignore[assignment]
        return self.connection_info


def use_forked_kernels() -> None:
    """Let every kernel that this process starts be forked, where the system can fork.

    To be called before anything runs: a kernel has what this process has at the time of the call.
    """
    global _forking  # Jupyter makes the provisioners, one for each kernel
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return
    context = multiprocessing.get_context("fork")
    _forking, requests = context.Pipe()
    context.Process(target=_fork_kernels, args=(requests, _forking), daemon=False).start()
    requests.close()
    factory = KernelProvisionerFactory.instance()
    entry = EntryPoint(_NAME, f"{__name__}:ForkedKernel", KernelProvisionerFactory.GROUP_NAME)
    factory.provisioners[_NAME] = entry
    factory.default_provisioner_name = _NAME


def end_forked_kernels() -> None:
    """Let the process that forks the kernels end."""
    if _forking is not None:
        _forking.close()
