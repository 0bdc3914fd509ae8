"""Blobs in a bucket of an S3 store."""

import tempfile
from collections.abc import AsyncIterable
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from .model import Blob, BlobsUnavailable, place_of
from .reading import StoredBlobs
from .spool import Spool

_OPTIONS = {"endpoint", "region", "style"}


class S3Blobs(StoredBlobs):
    """Content waits in a local file until it is complete, and only then goes to the bucket."""

    @classmethod
    def open(cls, url: str) -> Self:
        """Opens `s3://[key:secret@]bucket[/prefix][?endpoint=…&region=…&style=virtual]`."""
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if unknown := options.keys() - _OPTIONS:
            raise ValueError(f"blobs: unknown option {min(unknown)!r}")
        if not parts.hostname:
            raise ValueError("blobs: the URL names no bucket, as in s3://bucket?endpoint=…")
        endpoint = options.get("endpoint")
        store = S3Store(
            parts.hostname,
            prefix=unquote(parts.path).strip("/") or None,
            config={
                "region": options.get("region", "us-east-1"),
                "virtual_hosted_style_request": options.get("style") == "virtual",
                **({"endpoint": endpoint} if endpoint else {}),
                **(
                    {
                        "access_key_id": unquote(parts.username),
                        "secret_access_key": unquote(parts.password),
                    }
                    if parts.username and parts.password
                    else {}
                ),
            },
            client_options={
                "allow_http": (endpoint or "").startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "read_timeout": timedelta(seconds=30),
                # This one counts the whole answer, and a slow reader may take long over a film.
                "timeout": timedelta(hours=12),
            },
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
        )
        return cls(store)

    async def put(self, content: bytes | AsyncIterable[bytes], *, limit: int | None = None) -> Blob:
        spool = Spool(Path(tempfile.gettempdir()), limit)
        try:
            await spool.fill(content)
            blob = spool.finish(sync=False)
            await obstore.put_async(self._store, place_of(blob.key), spool.path)
        except BaseError as error:
            raise BlobsUnavailable(str(error)) from error
        finally:
            spool.discard()
        return blob
