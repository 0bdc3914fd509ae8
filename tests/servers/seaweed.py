"""SeaweedFS for the tests: it speaks S3.

No telemetry, loopback only, and one volume server more than there are copies of an object, so
that a volume that is being tidied up leaves a place to write to.
"""

import json
from pathlib import Path
from urllib.request import urlopen

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from .processes import Process, Server, find_program, free_port

ACCESS_KEY = "entregent"
SECRET_KEY = "not-a-secret"
VOLUMES = ("first", "second")


class SeaweedServer(Server):
    """Master, filer and S3 gateway in one process, and two volume servers."""

    def __init__(self, folder: Path, bucket: str = "entregent") -> None:
        self.bucket = bucket
        self.port = free_port()
        master, master_grpc = free_port(), free_port()
        filer_grpc, s3_grpc = free_port(), free_port()
        volume_grpc = [free_port() for _ in VOLUMES]
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
        for name in ("main", *VOLUMES, "sockets"):
            (folder / name).mkdir()
        weed = [find_program("weed"), "-logtostderr=true"]
        place = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        self._leader = f"http://127.0.0.1:{master}/cluster/status"
        self._main = Process(
            [
                *weed,
                "server",
                *place,
                f"-dir={folder / 'main'}",
                "-master.telemetry=false",
                "-master.volumeSizeLimitMB=64",
                f"-master.port={master}",
                f"-master.port.grpc={master_grpc}",
                "-volume=false",
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
        self._volumes = [
            Process(
                [
                    *weed,
                    "volume",
                    *place,
                    f"-dir={folder / name}",
                    "-max=20",
                    f"-port={free_port()}",
                    f"-port.grpc={grpc}",
                    f"-master=127.0.0.1:{master}.{master_grpc}",
                ],
                folder / f"{name}.log",
            )
            for name, grpc in zip(VOLUMES, volume_grpc, strict=True)
        ]

    @property
    def url(self) -> str:
        """The URL of the bucket, as `open_blobs` takes it."""
        return (
            f"s3://{ACCESS_KEY}:{SECRET_KEY}@{self.bucket}"
            f"?endpoint=http://127.0.0.1:{self.port}&region=us-east-1"
        )

    def start(self) -> None:
        """Starts all processes and waits until an object can be written.

        A volume server that finds no leader asks again only five seconds later.
        """
        self._main.start(self._leads, seconds=60)
        *others, last = self._volumes
        for volume in others:
            volume.start(lambda: True)
        last.start(self._takes_objects, seconds=60)

    def stop(self) -> None:
        """Kills them."""
        self._main.stop()
        for volume in self._volumes:
            volume.stop()
        for path in self._sockets:
            path.unlink(missing_ok=True)

    def _leads(self) -> bool:
        try:
            with urlopen(self._leader, timeout=1) as answer:
                return bool(json.load(answer).get("IsLeader"))
        except OSError:
            return False

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
