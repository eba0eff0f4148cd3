"""The register of complaints on the command line."""

from pathlib import Path

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.ids import short
from gehoor.cli.opening import open_to_read
from gehoor.cli.speaking import answer, note, table, tell
from gehoor.kernel.language import sentence


@click.command()
@click.option("--open", "only_open", is_flag=True, help="Only those without a final answer.")
@click.option("--export", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write to .csv or .json.")
@AS_JSON
def complaints(only_open: bool, target: Path | None, as_json: bool) -> None:
    """The register of complaints: what came in, by when it has its final answer, and what became of it."""
    open_to_read()
    from django.utils.timezone import localtime

    from gehoor.rooms.desk.complaints.exporting import line_of
    from gehoor.rooms.desk.complaints.listing import Filters, filtered
    from gehoor.rooms.desk.complaints.showing import rows

    lines = filtered(Filters(stand="open" if only_open else ""))
    if target is not None:
        _write(target, only_open)
        return
    if as_json:
        answer({"version": 1, "complaints": [line_of(each) for each in lines]})
        return
    headings = [sentence("ID"), sentence("Came in"), sentence("Final answer by"), sentence("How it stands")]
    cells = [
        [
            short(str(row.complaint.public_id)),
            localtime(row.complaint.received_at).date().isoformat(),
            row.complaint.final_by.isoformat(),
            tell(row.outcome_name or row.nearness_name or sentence("open")),
        ]
        for row in rows(list(lines))
    ]
    table([tell(heading) for heading in headings], cells, {0})
    note(sentence("{count} complaints."), count=len(cells))


def _write(target: Path, only_open: bool) -> None:
    from django.utils.translation import get_language

    from gehoor.rooms.desk.complaints.exporting import Kind, exported
    from gehoor.rooms.desk.complaints.listing import Filters, filtered
    from gehoor.rooms.privacy.audit import do_log

    kind = target.suffix.lower().lstrip(".")
    if kind not in set(Kind):
        raise click.BadParameter(tell(sentence("Give a name that ends in .csv or .json.")), param_hint="--export")
    part = target.with_name(f".{target.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.writelines(
            exported(filtered(Filters(stand="open" if only_open else "")), Kind(kind), get_language() or "nl")
        )
    part.replace(target)
    do_log(actor=None, action="complaint.export", what="complaints")
    note(sentence("Written to {path}."), path=str(target))
