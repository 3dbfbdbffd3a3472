"""Who says that a client's key is that client's: the introduction secret, made at the door and taken over by the desk.

With a slip the secret travels in the code. At the door there is no desk session, so it is made in the request and sealed to
the desk's certified public half; the next open desk takes it over under the desk key. Until then the pair opens and signs,
and nobody hands it a key.
"""

from __future__ import annotations

from uuid import UUID

from subrosa.crypto.envelope import Bound, Scope
from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.keys import mark
from subrosa.crypto.secret import Secret
from subrosa.crypto.wrapping import open_with, seal_to
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school

from .keys import certified, check_certificate, close_introduction, introduce, open_introduction
from .models import Keypair
from .opener import Opener

HELD = 46


def _place(pair: Keypair) -> Bound:
    return Bound(current_school(), HELD, pair.pk, Scope.HELD)


def introduce_at_the_door(pair: Keypair, desk: Keypair) -> None:
    """A pair made without a desk: a secret that nobody keeps but, sealed to its public half, the desk."""
    secret = Secret.random(32)
    introduce(pair, secret)
    pair.introduction_held = seal_to(bytes(desk.seal_public), secret.bytes(), _place(pair))


def waits(pair: Keypair) -> bool:
    """Whether no desk has taken this introduction over yet."""
    return pair.introduction is None and pair.introduction_held is not None


def take_over(pair: Keypair, desk: Secret, team: Opener) -> None:
    """Move the introduction under the desk key. A boundary where secret and pair do not belong together."""
    assert pair.introduction_held is not None, "there is something to take over"
    try:
        secret = Secret(open_with(team.seal, bytes(pair.introduction_held), _place(pair)))
    except CannotOpen as error:
        raise Boundary("CONF-04", "a_moved_or_altered_key_opens_nothing") from error
    if Secret(mark(secret, *certified(pair))) != Secret(bytes(pair.certificate or b"")):
        raise Boundary("CONF-04", "keys_are_signed_before_anything_is_sealed_to_them")
    pair.introduction = close_introduction(pair.of, secret, desk)
    pair.introduction_held = None
    pair.save(update_fields=["introduction", "introduction_held"])


def introduce_as(pair: Keypair, client: UUID, desk: Secret, team: Opener) -> None:
    """The desk says that this pair is another client's: one person had two. What it signed and holds stays as it is.

    Only a pair that the desk has introduced before: whoever planted one is found out here as anywhere.
    """
    if waits(pair):
        take_over(pair, desk, team)
    check_certificate(pair, desk=desk)
    secret = open_introduction(pair.of, pair.introduction, desk)
    pair.of = client
    introduce(pair, secret)
    pair.introduction = close_introduction(client, secret, desk)
    pair.save(update_fields=["of", "certificate", "introduction"])
