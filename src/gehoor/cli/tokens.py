"""Commands about the tokens with which programs ask: list, make, end."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.ids import short, whole
from gehoor.cli.opening import open_home
from gehoor.cli.speaking import answer, note, say, table, tell
from gehoor.kernel.language import sentence

if TYPE_CHECKING:
    from gehoor.rooms.accounts.models import ApiToken


@click.group(invoke_without_command=True)
@AS_JSON
@click.pass_context
def tokens(context: click.Context, as_json: bool) -> None:
    """The tokens with which programs ask: list them, make one, end one."""
    if context.invoked_subcommand is None:
        _list(as_json)


@tokens.command("list")
@AS_JSON
def tokens_list(as_json: bool) -> None:
    """Show everyone's."""
    _list(as_json)


def _list(as_json: bool) -> None:
    open_home()
    from gehoor.rooms.accounts.models import ApiToken
    from gehoor.web.words import day, day_and_time

    found = list(ApiToken.objects.select_related("user").order_by("user__name", "-made_at"))
    if as_json:
        answer({"tokens": [_document(token) for token in found]})
        return
    never, ended = tell(sentence("never")), tell(sentence("ended"))
    rows = [
        [
            short(str(token.public_id)),
            token.user.name,
            token.name,
            " ".join(token.scopes),
            day_and_time(token.last_used_at) if token.last_used_at else never,
            ended if token.ended_at else day(token.expires_at),
        ]
        for token in found
    ]
    headings = ["", sentence("Whose"), sentence("Name"), sentence("What it may"), sentence("Last used")]
    table([*(tell(heading) for heading in headings), tell(sentence("Works until"))], rows, {0})
    if not rows:
        note(sentence("No program asks here yet: `tokens make` makes a token."))


def _document(token: "ApiToken") -> dict[str, Any]:
    ended = token.ended_at.astimezone(UTC).isoformat() if token.ended_at else None
    used = token.last_used_at.astimezone(UTC).isoformat() if token.last_used_at else None
    return {
        "id": str(token.public_id),
        "user": token.user.email,
        "name": token.name,
        "scopes": token.scopes,
        "made_at": token.made_at.astimezone(UTC).isoformat(),
        "last_used_at": used,
        "expires_at": token.expires_at.astimezone(UTC).isoformat(),
        "ended_at": ended,
    }


@tokens.command("make")
@click.argument("email")
@click.option("--name", required=True, help="Which program uses it.")
@click.option("--scope", "scopes", multiple=True, required=True, metavar="SCOPE", help="What it may, as voices:read.")
@click.option(
    "--days", type=click.Choice(["30", "90", "365"]), default="90", show_default=True, help="How many days it works."
)
@AS_JSON
def tokens_make(email: str, name: str, scopes: tuple[str, ...], days: str, as_json: bool) -> None:
    """Make a token of the user with this mail address, and print it: it is nowhere to be found afterwards."""
    open_home()
    from gehoor.kernel.errors import NotFound
    from gehoor.rooms.accounts.models import User
    from gehoor.rooms.accounts.tokens import do_make_token

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise NotFound(what=sentence("user"))
    token, text = do_make_token(actor=None, user=user, name=name, scopes=scopes, days=int(days))
    if as_json:
        answer({**_document(token), "token": text})
    else:
        note(sentence("Keep it well; it is not shown again:"))
        say(text)


@tokens.command("end")
@click.argument("typed", metavar="ID")
@AS_JSON
def tokens_end(typed: str, as_json: bool) -> None:
    """End a token for good: by its id, or how that ends."""
    open_home()
    from gehoor.kernel.errors import NotFound
    from gehoor.rooms.accounts.models import ApiToken
    from gehoor.rooms.accounts.tokens import do_end_token

    public_id = whole(typed, ApiToken.objects.values_list("public_id", flat=True))
    if public_id is None:
        raise NotFound(what=sentence("token"))
    token = do_end_token(actor=None, token=ApiToken.objects.get(public_id=public_id))
    if as_json:
        answer(_document(token))
    else:
        say(tell(sentence("“{name}” no longer lets anything in."), name=token.name))
