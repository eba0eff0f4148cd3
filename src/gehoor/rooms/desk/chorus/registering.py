"""What this part registers with the rooms below."""


def register() -> None:
    """Called once, when the room is ready."""
    from gehoor.rooms.desk.cases import panels
    from gehoor.rooms.desk.chorus import naming, panel, staging
    from gehoor.rooms.intake import stages
    from gehoor.rooms.privacy import subjects

    stages.register(staging.STAGE)
    panels.register(panel.CASE_PANEL)
    subjects.register("chorus", naming.choruses)
