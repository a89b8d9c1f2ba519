"""What is the manager of services told of a watch?"""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from indexer.doors.service_manager import ServiceManager
from tests.indexer.doors.watched_folder import LONG, page


@pytest.mark.parametrize("abstract", [False, True])
def test_the_manager_is_told(watch: Any, tmp_path: Path, abstract: bool) -> None:
    name = f"@glose-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager_socket:
        manager_socket.bind("\0" + name[1:] if abstract else name)
        manager_socket.settimeout(LONG)
        watching = watch(NOTIFY_SOCKET=name, WATCHDOG_USEC="600000")
        first = manager_socket.recv(4096).decode().splitlines()
        assert first[0] == "READY=1"
        assert first[1].startswith("STATUS=Attend ce qui arrive dans « ")
        assert manager_socket.recv(4096) == b"WATCHDOG=1"
        (watching.folder / "a.jsonl").write_text(page("Un"))
        messages = []
        while not any("Lit 1 fichier" in line for line in messages):
            messages.append(manager_socket.recv(4096).decode())
        shutil.rmtree(watching.folder)
        while "attendu" not in messages[-1]:
            messages.append(manager_socket.recv(4096).decode())
        # it lives while it waits
        while messages[-1] != "WATCHDOG=1":
            messages.append(manager_socket.recv(4096).decode())
        watching.process.terminate()
        while messages[-1] != "STOPPING=1":
            messages.append(manager_socket.recv(4096).decode())
        assert watching.process.wait(LONG) == 0


def test_no_manager_is_told_nothing(tmp_path: Path) -> None:
    assert not ServiceManager({}).notify("READY=1")
    for address in ("relatif", "vsock:2:1234", str(tmp_path / "absent")):
        assert not ServiceManager({"NOTIFY_SOCKET": address}).notify("READY=1")
    for environment in ({"WATCHDOG_USEC": "x"}, {"WATCHDOG_USEC": "9", "WATCHDOG_PID": "1"}):
        ServiceManager(environment).alive()


def test_the_watchdog_is_told_twice_as_often_as_it_wants(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager_socket:
        manager_socket.bind(str(tmp_path / "n"))
        now = [0.0]
        manager = ServiceManager(
            {"NOTIFY_SOCKET": str(tmp_path / "n"), "WATCHDOG_USEC": "10000000"}, lambda: now[0]
        )
        for second in range(21):
            now[0] = float(second)
            manager.alive()
        manager_socket.setblocking(False)
        count = 0
        try:
            while manager_socket.recv(100):
                count += 1
        except BlockingIOError:
            pass
        assert count == 5
