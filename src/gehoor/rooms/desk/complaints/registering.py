"""What this part registers with the rooms below."""

from gehoor.kernel.language import sentence


def register() -> None:
    """Called once, when the room is ready."""
    from gehoor.rooms.accounts.roles import May
    from gehoor.rooms.desk.cases import panels as beside_case
    from gehoor.rooms.desk.complaints import blotting, naming, panel
    from gehoor.rooms.intake import stages
    from gehoor.rooms.privacy import places, subjects

    stages.register(blotting.STAGE)
    beside_case.register(panel.CASE_PANEL)
    subjects.register("complaint", naming.complaints)
    places.register(sentence("Complaints of people who were erased"), "desk:kept_complaints", May.ERASE)
