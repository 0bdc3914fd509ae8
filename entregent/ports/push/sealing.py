"""Sealing a message for one browser (RFC 8291, RFC 8188) and saying who we are (RFC 8292)."""

import base64
import binascii
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .model import MAX_PAYLOAD, PushRefused

CURVE = ec.SECP256R1()
RECORD = 4_096
POINT = 65
Key = ec.EllipticCurvePrivateKey


def encode(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(text: str) -> bytes:
    """The bytes behind base64url; refuses what is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise PushRefused("not base64url") from None


def new_key() -> str:
    """A fresh key of an instance, as it is kept."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return encode(number.to_bytes(32, "big"))


def read_key(text: str) -> Key:
    """The key behind what is kept."""
    try:
        return ec.derive_private_key(int.from_bytes(decode(text), "big"), CURVE)
    except ValueError:
        raise PushRefused("not a key") from None


def public_of(key: Key) -> bytes:
    """A key's public point, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def point_of(text: str) -> ec.EllipticCurvePublicKey:
    """The public key of a browser; refuses what is no point of the curve."""
    raw = decode(text)
    if len(raw) != POINT:
        raise PushRefused("not a public key")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)
    except ValueError:
        raise PushRefused("not a public key") from None


def secret_of(text: str) -> bytes:
    """The secret of a subscription."""
    raw = decode(text)
    if len(raw) != 16:
        raise PushRefused("not a secret")
    return raw


def seal(
    payload: bytes, p256dh: str, auth: str, *, key: Key | None = None, salt: bytes | None = None
) -> bytes:
    """The body that only the browser can open. `key` and `salt` are fresh but in tests."""
    if len(payload) > MAX_PAYLOAD:
        raise PushRefused("the message is too long")
    theirs, secret = point_of(p256dh), secret_of(auth)
    mine = key or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    point = public_of(mine)
    shared = mine.exchange(ec.ECDH(), theirs)
    cipher, nonce = _derive(shared, secret, salt, decode(p256dh), point)
    sealed = AESGCM(cipher).encrypt(nonce, payload + b"\x02", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(point)]) + point + sealed


def unseal(body: bytes, key: Key, auth: str) -> bytes:
    """What a browser does: the payload behind a sealed body."""
    salt, point, sealed = body[:16], body[21 : 21 + POINT], body[21 + POINT :]
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    shared = key.exchange(ec.ECDH(), theirs)
    cipher, nonce = _derive(shared, secret_of(auth), salt, public_of(key), point)
    try:
        return AESGCM(cipher).decrypt(nonce, sealed, None).rstrip(b"\x00")[:-1]
    except InvalidTag:
        raise PushRefused("sealed for somebody else") from None


def _derive(
    shared: bytes, secret: bytes, salt: bytes, browser: bytes, server: bytes
) -> tuple[bytes, bytes]:
    both = b"WebPush: info\x00" + browser + server
    material = _expand(shared, secret, both, 32)
    return (
        _expand(material, salt, b"Content-Encoding: aes128gcm\x00", 16),
        _expand(material, salt, b"Content-Encoding: nonce\x00", 12),
    )


def _expand(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def vouch(key: Key, audience: str, subject: str, until: int) -> str:
    """The header by which a push service knows whom to turn to; `until` is in seconds."""
    head = encode(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    claims = encode(json.dumps({"aud": audience, "exp": until, "sub": subject}).encode())
    text = f"{head}.{claims}".encode()
    r, s = decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA256())))
    signature = encode(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={text.decode()}.{signature}, k={encode(public_of(key))}"
