"""Commands that look after a home: backup, restore, users, doctor."""

from pathlib import Path

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.opening import Refusal, open_home
from gehoor.cli.speaking import answer, note, say, table, tell
from gehoor.kernel import environment
from gehoor.kernel.home import own_home
from gehoor.kernel.language import sentence


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@AS_JSON
def backup(file: Path, as_json: bool) -> None:
    """A consistent copy of the running organisation, as one .tar.gz file."""
    home = open_home()
    from gehoor.cli.copying import make_copy
    from gehoor.kernel.errors import Refused

    if file.exists():
        raise Refused(why=sentence("that file is there already; give the copy another name"))
    made = make_copy(home, file)
    if as_json:
        answer({"file": str(file), "bytes": made.bytes, "files": made.files, "database": made.database})
    else:
        say(
            tell(
                sentence("Kept in {file}: {files} files, {bytes} bytes."),
                file=str(file),
                files=made.files,
                bytes=made.bytes,
            )
        )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@AS_JSON
def restore(file: Path, as_json: bool) -> None:
    """Put a copy back into an empty home."""
    from gehoor.cli.copying import put_back

    home = own_home()
    found = put_back(home, file)
    open_home(home)
    if as_json:
        answer({"home": str(home.path), "files": found.files, "database": found.database})
    else:
        say(tell(sentence("Restored {files} files into {folder}."), files=found.files, folder=str(home.path)))


@click.group(invoke_without_command=True)
@AS_JSON
@click.pass_context
def users(context: click.Context, as_json: bool) -> None:
    """Who works here: list them, or invite someone."""
    if context.invoked_subcommand is None:
        _list_users(as_json)


@users.command("list")
@AS_JSON
def users_list(as_json: bool) -> None:
    """Show everyone."""
    _list_users(as_json)


def _list_users(as_json: bool) -> None:
    open_home()
    from gehoor.rooms.accounts.models import User
    from gehoor.web.words import role_names

    rows = list(User.objects.order_by("name").values("name", "email", "roles", "is_active"))
    if as_json:
        answer({"users": rows})
        return
    shut_out = tell(sentence("shut out"))
    shown = [
        [row["name"], row["email"], role_names(row["roles"]), "" if row["is_active"] else shut_out] for row in rows
    ]
    headings = [sentence("Name"), sentence("E-mail address"), sentence("Roles")]
    table([*map(tell, headings), ""], shown, set())
    if not rows:
        note(sentence("Nobody yet: `users add` invites the first; who opens the address that `serve` prints may too."))


@users.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    metavar="ROLE",
    help="adviser, marketer, manager, answer_editor, complaints_officer, privacy_officer, administrator",
)
@AS_JSON
def users_add(email: str, name: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Make a user, and print the link with which that person chooses a password."""
    open_home()
    from gehoor.rooms.accounts.actions import do_add_user
    from gehoor.rooms.accounts.links import invitation_link
    from gehoor.rooms.accounts.roles import Role

    if unknown := next((role for role in roles if role not in list(Role)), None):
        raise click.BadParameter(f"{unknown!r} is none of {', '.join(Role)}", param_hint="--role")
    user = do_add_user(actor=None, email=email, name=name, roles=roles)
    link = invitation_link(actor=None, user=user)
    if as_json:
        answer({"email": user.email, "link": link})
    else:
        host, port = environment.ADDRESS.value()
        say(
            tell(
                sentence("Pass on this address; it works once, for three days: {link}"),
                link=f"http://{host}:{port}{link}",
            )
        )


@click.command()
@AS_JSON
def doctor(as_json: bool) -> None:
    """What is installed, what is missing, and what to do about it."""
    from gehoor.cli.examining import NAMES, examine

    parts = examine()
    ok = all(part.state == "ok" for part in parts if part.required)
    if as_json:
        answer(
            {
                "ok": ok,
                "parts": [
                    {"name": part.name, "required": part.required, "state": part.state, "remedy": tell(part.remedy)}
                    for part in parts
                ],
            }
        )
    else:
        headings = [sentence("Part"), sentence("State"), sentence("What to do")]
        rows = [
            [tell(NAMES.get(part.name, part.name)), tell(part.state), tell(part.remedy) if part.state != "ok" else ""]
            for part in parts
        ]
        table([tell(heading) for heading in headings], rows, set())
    if not ok:
        raise Refusal(1)
