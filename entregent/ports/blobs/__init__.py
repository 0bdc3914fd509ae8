"""The blobs seam: the bytes that members bring, kept under their own hash.

`file:///folder` keeps them on this machine, `s3://bucket` in an object store:
`s3://key:secret@bucket/prefix?endpoint=https://host&region=eu-west-1`. Without a key in the URL
the usual `AWS_…` variables and machine roles count.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from .folder import FolderBlobs
from .model import Blob, BlobMissing, Blobs, BlobsUnavailable, BlobTooLarge
from .s3 import S3Blobs

__all__ = [
    "Blob",
    "BlobMissing",
    "BlobTooLarge",
    "Blobs",
    "BlobsUnavailable",
    "FolderBlobs",
    "S3Blobs",
    "open_blobs",
]


def open_blobs(url: str) -> Blobs:
    """The store that a URL names."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return FolderBlobs(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        return S3Blobs.open(url)
    raise ValueError(f"no such store of blobs: {parts.scheme}: (file:///folder or s3://bucket)")
