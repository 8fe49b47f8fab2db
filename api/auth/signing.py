"""What the secret signs, each use with a key of its own."""

import hashlib
import hmac

from itsdangerous import URLSafeSerializer


def serializer(secret: bytes, use: str) -> URLSafeSerializer:
    """Return what writes small values as signed text and reads only what it wrote for the same use."""
    signing = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
    return URLSafeSerializer(secret, salt=f"matcher.{use}", signer_kwargs=signing)


def code(secret: bytes, use: str, text: str) -> str:
    """Return a code for a text that only who has the secret can make: HMAC-SHA-256 (RFC 2104) in hex."""
    key = hmac.digest(secret, f"matcher.{use}".encode(), "sha256")
    return hmac.new(key, text.encode(), "sha256").hexdigest()
