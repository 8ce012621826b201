"""Our key pair: made once, the private part for us and the public one for the platform.

The platform knows a key by its thumbprint, so nothing about it has to be told twice.
"""

import hashlib
import json
import os
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from classroom.course import CourseError

from ..platform import private_key

BITS = 3072


def make(path: Path) -> None:
    """Write a new private key, which only we can read; never over another.

    Raises
    ------
    CourseError
        If there is a file of this name.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CourseError(f"There is a file {path} already.") from error
    with os.fdopen(number, "wb") as file:
        file.write(text)


def load(path: Path) -> rsa.RSAPrivateKey:
    """Our private key.

    Raises
    ------
    CourseError
        If there is none of this kind, or others can read it.
    """
    text = private_key(path)
    try:
        key = serialization.load_pem_private_key(text.encode(), None)
    except (ValueError, TypeError) as error:  # its words may tell of the key
        raise CourseError(
            f"{path} is no private key in PEM without a password."
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise CourseError(f"{path} is no RSA key, which LTI asks for.")
    return key


def public(key: rsa.RSAPrivateKey) -> dict[str, str]:
    """The public part as a JSON Web Key, with what it is for."""
    made = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    needed = {name: made[name] for name in ("e", "kty", "n")}  # RFC 7638, in order
    digest = hashlib.sha256(json.dumps(needed, separators=(",", ":")).encode())
    kid = urlsafe_b64encode(digest.digest()).decode().rstrip("=")
    return needed | {"alg": "RS256", "use": "sig", "kid": kid}


def public_pem(key: rsa.RSAPrivateKey) -> str:
    """The public part as Moodle's field *Public key* takes it."""
    return (
        key.public_key()
        .public_bytes(
            serialization.Encoding.PEM,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
        .decode()
    )
