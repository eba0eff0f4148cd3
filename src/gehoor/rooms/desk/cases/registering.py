"""What this part registers with the rooms below."""


def register() -> None:
    """Called once, when the room is ready."""
    from gehoor.rooms.desk.cases import naming_things, panel, staging
    from gehoor.rooms.intake import stages
    from gehoor.rooms.people import panels
    from gehoor.rooms.privacy import subjects

    stages.register(staging.STAGE)
    panels.register(panel.PANEL)
    subjects.register("case", naming_things.cases)
