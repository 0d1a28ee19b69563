"""tools/roofcast-dask on a local cluster of two workers: same bytes as one process, whatever dies on the way.

usage: roofcast_dask.test.py ROOFCAST DRIVER. Exit code 77: Dask is not installed.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    from distributed import Client, LocalCluster
except ImportError:
    print("skipped: needs Dask (pip install distributed)")
    sys.exit(77)

SHARDS = 12


def sweep(ends_at):
    return ["llama-3.1-8b", "--hardware", "h100-sxm,h200-sxm", "--batch", "1..200", "--context", f"1Ki..{ends_at}:16"]


def main(roofcast, driver):
    folder = Path(tempfile.mkdtemp())
    whole = folder / "whole.csv"
    subprocess.run([roofcast, "sweep", *sweep("16Ki"), "-q", "-o", whole], check=True)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:

        def drive(output):
            command = [sys.executable, driver, "--roofcast", roofcast, "--scheduler", cluster.scheduler_address,
                       "--shards", str(SHARDS), "-o", str(output), "--", *sweep("16Ki")]
            return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

        out = folder / "out.csv"
        run = drive(out)
        while not list(folder.glob("out-*.manifest.json")):  # the first shard is done, others are on their way
            assert run.poll() is None, run.stderr.read()
            time.sleep(0.01)
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        said = run.communicate()[1]
        assert run.returncode == 0, said
        assert out.read_bytes() == whole.read_bytes(), "not the bytes of one process"

        again = drive(out)
        said = again.communicate()[1]
        assert again.returncode == 0, said
        assert f"0 computed, {SHARDS} were there" in said, said

        next(folder.glob("out-00003-*.csv")).write_text("cut short\n")
        mended = drive(out)
        said = mended.communicate()[1]
        assert mended.returncode == 0 and f"1 computed, {SHARDS - 1} were there" in said, said
        assert out.read_bytes() == whole.read_bytes()

        shard = folder / f"out-00005-of-{SHARDS:05}.csv"
        shard.unlink()
        Path(f"{shard}.partial").write_text("of something else\n")
        foreign = drive(out)
        said = foreign.communicate()[1]
        assert foreign.returncode == 5 and f"'{shard}.partial' has no plan beside it" in said, said
        Path(f"{shard}.partial").unlink()

        def once(*words, roofcast=roofcast):
            return subprocess.run([sys.executable, driver, "--roofcast", roofcast, "--scheduler",
                                   cluster.scheduler_address, "--shards", "2", "-o", str(folder / "once.csv"), *words],
                                  capture_output=True, text=True)

        refused = once("--", "llama-3.1-8b", "--hardware", "nonesuch", "--batch", "1", "--context", "1Ki")
        assert refused.returncode == 5 and "nonesuch" in refused.stderr, refused
        absent = once("--", *sweep("2Ki"), roofcast="/nonexistent/roofcast")
        assert absent.returncode == 5 and "/nonexistent/roofcast" in absent.stderr, absent
        for run in (refused, absent):
            assert "Traceback" not in run.stderr and "roofcast-dask: " in run.stderr, run.stderr
        quiet = once("--", *sweep("2Ki"), "-q")
        assert quiet.returncode == 0 and quiet.stderr == "", quiet

        packed = drive(folder / "packed.csv.zst")
        said = packed.communicate()[1]
        assert packed.returncode == 0 and f"{SHARDS} computed" in said, said
        packed_whole = folder / "whole.csv.zst"
        subprocess.run([roofcast, "sweep", *sweep("16Ki"), "-q", "-o", packed_whole], check=True)
        assert (folder / "packed.csv.zst").read_bytes() == packed_whole.read_bytes()
    print("same bytes; a killed worker changed nothing; nothing was computed twice; a broken shard was mended; "
          "a foreign partial file was refused; failures are one line")


if __name__ == "__main__":
    main(*sys.argv[1:])
