"""Opening one text of 4 KB, from a loaded private key to the words, beside the same calls of the library made bare."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from subrosa.crypto.bound import Bound, Scope
from subrosa.crypto.encoding import canon, u8, u32, u64
from subrosa.crypto.wrapping import WrapInfo
from subrosa.records.note.models import Note
from subrosa.records.school import context
from subrosa.records.vault import rings
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Ring
from subrosa.records.vault.texts import close_text, open_text
from subrosa.walk.walk import Walk

from .measure import Line, in_turn, ratio
from .notes import BYTES, dialogues

LIMIT = 1.5
HOLDER, ID, NONCE = 17, 9, 12  # where what is wrapped begins; where the nonce begins, and its size


class _Text:
    """One sealed text of a case of the walk, and the grant by which its counselor opens it."""

    def __init__(self, walk: Walk) -> None:
        self.who: Opener = opener_of(walk.people["lin"])
        self.who.forget()
        ring = rings.open_ring("case", walk.things["case"].pk, self.who)
        self.row, self.grant = ring.row, next(one for one in ring.grants if one.scope == Scope.ROOT)
        texts, self.source = dialogues()
        self.words = texts[0].encode()[:BYTES].decode(errors="ignore")
        self.note = Note(pk=uuid4(), case_id=walk.things["case"].pk)
        close_text(self.note, "body", self.words, ring.key(Scope.FILE))
        self.who.unwrapper()  # the private key is loaded

    def open(self) -> str:
        """As a page does it: the root out of its grant, the scope's key out of the root, the words."""
        ring = Ring(self.row, {Scope.ROOT: rings._unwrap(self.grant, self.who)})
        return open_text(self.note, "body", ring.key(Scope.FILE))

    def again(self, key: Any) -> str:
        """The text alone, its key open already."""
        return open_text(self.note, "body", key)

    def bare(self) -> Any:
        """The same calls of the libraries, each given what was laid out beforehand: box, derived key, its name, text, words."""
        suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
        school, wrapped, body = context.current_school(), bytes(self.grant.wrapped), bytes(self.note.body or b"")
        private, box = self.who.unwrapper()._key, wrapped[HOLDER:]
        generation = self.row.generation
        to = WrapInfo(school, self.row.pk, generation, Scope.ROOT, wrapped[1:HOLDER]).encoded()
        derived = canon("scope", u8(Scope.FILE), u64(school), self.row.pk.bytes, u32(generation))
        place = Bound(school, Note._meta.get_field("body").number, self.note.pk, Scope.FILE, generation)  # type: ignore[union-attr]
        tied = canon("aead", body[:ID], canon("text", place.encoded()))
        named, nonce, sealed = body[1:ID], body[ID : ID + NONCE], body[ID + NONCE :]
        label, size = canon("key-id", bytes(32))[:-32], len(self.words.encode())

        def calls() -> str:
            root = suite.decrypt(box, private, to)
            key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=derived).derive(root)
            assert hashlib.sha256(label + key).digest()[: ID - 1] == named
            return AESGCMSIV(key).decrypt(nonce, sealed, tied)[:size].decode()

        return calls


def lines(walk: Walk, *, times: int) -> list[Line]:
    """The whole way has the limit; what the last step takes alone stands beside."""
    text = _Text(walk)
    bare = text.bare()
    assert text.open() == text.words and bare() == text.words, "both open the same words"
    whole, library = in_turn(lambda _: text.open(), lambda _: bare(), times=times * 10)
    key = Ring(text.row, {Scope.ROOT: rings._unwrap(text.grant, text.who)}).key(Scope.FILE)
    alone, _ = in_turn(lambda _: text.again(key), lambda _: None, times=times * 10)
    facts = {"times": times * 10, "text_alone_ms": round(alone * 1000, 3), "texts": text.source}
    return [ratio("opening one text of 4 KB ÷ the library's calls alone", whole, library, LIMIT, **facts)]
