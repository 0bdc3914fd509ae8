"""SeaweedFS for the tests: it speaks S3.

No telemetry, loopback only, and one volume server more than there are copies of an object, so
that a volume that is being tidied up leaves a place to write to.
"""

import json
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from .processes import Process, Server, find_program, free_port

ACCESS_KEY = "entregent"
SECRET_KEY = "not-a-secret"


class SeaweedServer(Server):
    """Master, two volume servers, filer and S3 gateway."""

    def __init__(self, folder: Path, bucket: str = "entregent") -> None:
        self.bucket = bucket
        self.port = free_port()
        master, master_grpc = free_port(), free_port()
        filer_grpc, s3_grpc, *volume_grpc = (free_port() for _ in range(4))
        # It leaves sockets of these names behind when it is killed.
        self._sockets = [
            Path("/tmp") / f"seaweedfs-{kind}-grpc-{port}.sock"
            for kind, port in (
                ("master", master_grpc),
                ("filer", filer_grpc),
                ("s3", s3_grpc),
                *(("volume", port) for port in volume_grpc),
            )
        ]
        config = folder / "s3.json"
        config.write_text(
            json.dumps(
                {
                    "identities": [
                        {
                            "name": "entregent",
                            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
                            "actions": ["Admin", "Read", "Write", "List"],
                        }
                    ]
                }
            )
        )
        for name in ("first", "second", "sockets"):
            (folder / name).mkdir()
        weed = [find_program("weed"), "-logtostderr=true"]
        place = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        self._main = Process(
            [
                *weed,
                "server",
                *place,
                f"-dir={folder / 'first'}",
                "-master.telemetry=false",
                "-master.volumeSizeLimitMB=64",
                f"-master.port={master}",
                f"-master.port.grpc={master_grpc}",
                "-volume.max=20",
                f"-volume.port={free_port()}",
                f"-volume.port.grpc={volume_grpc[0]}",
                "-filer",
                f"-filer.port={free_port()}",
                f"-filer.port.grpc={filer_grpc}",
                f"-filer.localSocket={folder / 'sockets' / 'filer'}",
                "-s3",
                f"-s3.port={self.port}",
                f"-s3.port.grpc={s3_grpc}",
                f"-s3.localSocket={folder / 'sockets' / 's3'}",
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                f"-s3.config={config}",
            ],
            folder / "seaweed.log",
        )
        self._second = Process(
            [
                *weed,
                "volume",
                *place,
                f"-dir={folder / 'second'}",
                "-max=20",
                f"-port={free_port()}",
                f"-port.grpc={volume_grpc[1]}",
                f"-master=127.0.0.1:{master}.{master_grpc}",
            ],
            folder / "volume.log",
        )

    @property
    def url(self) -> str:
        """The URL of the bucket, as `open_blobs` takes it."""
        return (
            f"s3://{ACCESS_KEY}:{SECRET_KEY}@{self.bucket}"
            f"?endpoint=http://127.0.0.1:{self.port}&region=us-east-1"
        )

    def start(self) -> None:
        """Starts both processes and waits until an object can be written."""
        self._main.start(self._takes_objects, seconds=60)
        self._second.start(lambda: True)

    def stop(self) -> None:
        """Kills both."""
        self._main.stop()
        self._second.stop()
        for path in self._sockets:
            path.unlink(missing_ok=True)

    def _takes_objects(self) -> bool:
        store = S3Store(
            self.bucket,
            endpoint=f"http://127.0.0.1:{self.port}",
            access_key_id=ACCESS_KEY,
            secret_access_key=SECRET_KEY,
            region="us-east-1",
            client_options={"allow_http": True, "timeout": "10s"},
            retry_config={"max_retries": 0},
        )
        try:
            obstore.put(store, "ready", b"yes")
            obstore.delete(store, "ready")
        except BaseError:
            return False
        return True
