"""The few cryptographic steps the keys of a register are built from, each with its context.

`seal` encrypts to somebody's public key (X25519, HKDF-SHA-256, AES-256-GCM, a fresh
ephemeral key each time); `wrap` encrypts under a secret key (AES-256-GCM). Both bind a
context, so that what was made for one place opens in no other. Secrets and keys are 32
bytes, public keys are 32 raw bytes.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
ARGON2_VERSION = 19


class CannotUnsealError(Exception):
    """The key, the context or the sealed bytes are not right; it cannot be known which."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs: Argon2id passes, memory in KiB, lanes."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


USUAL_COST = Cost()  # RFC 9106 section 4, the choice for machines with little memory


def fresh_secret() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(SECRET_BYTES)


def stretched(password: bytes, salt: bytes, cost: Cost) -> bytes:
    """Turn a password into a key, as slowly as `cost` says."""
    return hash_secret_raw(
        password,
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=SECRET_BYTES,
        type=Type.ID,
        version=ARGON2_VERSION,
    )


def derived(secret: bytes, purpose: str, *, salt: bytes | None = None) -> bytes:
    """Derive the key for one purpose from a secret that is already random."""
    return HKDF(SHA256(), SECRET_BYTES, salt, purpose.encode()).derive(secret)


def wrap(key: bytes, secret: bytes, context: bytes) -> bytes:
    """Encrypt under a key: nonce, then ciphertext with its tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, context)


def unwrap(key: bytes, wrapped: bytes, context: bytes) -> bytes:
    """Undo `wrap`; raises `CannotUnsealError`."""
    try:
        return AESGCM(key).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise CannotUnsealError from error


def public_key_of(private_key: bytes) -> bytes:
    """Return the public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def seal(public_key: bytes, secret: bytes, context: bytes) -> bytes:
    """Encrypt so that only the holder of the private key can read: ephemeral key, then `wrap`."""
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    sender = ephemeral.public_key().public_bytes_raw()
    return sender + wrap(_agreed(shared, sender, public_key), secret, context)


def unseal(private_key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Undo `seal`; raises `CannotUnsealError`."""
    sender = sealed[:SECRET_BYTES]
    holder = X25519PrivateKey.from_private_bytes(private_key)
    try:
        shared = holder.exchange(X25519PublicKey.from_public_bytes(sender))
    except ValueError as error:
        raise CannotUnsealError from error
    receiver = holder.public_key().public_bytes_raw()
    return unwrap(_agreed(shared, sender, receiver), sealed[SECRET_BYTES:], context)


def _agreed(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    return derived(shared, "privreg seal 1", salt=sender + receiver)
