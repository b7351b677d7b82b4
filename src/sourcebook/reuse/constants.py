"""The constants of hashing, which the functions in numpy and the compiled ones have in common."""

from __future__ import annotations

__all__ = ["ENTRY_BITS", "MIX", "ROLL", "SEED", "SHORT", "TABLE", "WORD"]

SEED = 0x9E3779B97F4A7C15
WORD = 0xD6E8FEB86659FD93
ROLL = 0xC2B2AE3D27D4EB4F
MIX = 0xFF51AFD7ED558CCD
SHORT = 0x165667B19E3779F9

#: An entry of a sketch is the upper part of a shingle's hash, so that it fits next to the number of its text.
ENTRY_BITS = 40

#: Bytes of words as they are compared, others 0: capitals of ASCII become small, bytes beyond ASCII stay.
TABLE = bytes(
    byte | 0x20 if 65 <= byte <= 90 else byte if byte >= 128 or chr(byte).isalnum() else 0
    for byte in range(256)
)
