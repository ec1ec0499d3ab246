"""How long the installation of this folder takes to answer: goals are 60 s cold and 10 s warm.

The first start migrates and makes the demonstration, the second finds everything there; downloads
are not part of either. Beside them, the time that Python alone needs to load the application.

    python -m benchmarks.start
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _start(folder: str) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tessere.config.cli", "run"],
        env=os.environ | {"TESSERE_VAR": folder, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise SystemExit("The server ended by itself.")
            time.sleep(0.05)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def main() -> None:
    """Print the three figures, and the ratio of the starts to loading."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import tessere.config.asgi"], check=False)
    loading = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = _start(folder), _start(folder)
    print(f"loading {loading:.1f} s")
    print(f"cold    {cold:.1f} s, {cold / loading:.1f} times")
    print(f"warm    {warm:.1f} s, {warm / loading:.1f} times")


if __name__ == "__main__":
    main()
