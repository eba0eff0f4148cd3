"""What this part registers with the rooms below."""


def register() -> None:
    """Called once, when the room is ready."""
    from gehoor.rooms.desk.cases import panels as beside_case
    from gehoor.rooms.desk.promises import finding, naming, panel
    from gehoor.rooms.intake import stages
    from gehoor.rooms.people import panels
    from gehoor.rooms.privacy import subjects

    stages.register(finding.STAGE)
    panels.register(panel.PANEL)
    panels.register_deed(panel.DEED)
    beside_case.register(panel.CASE_PANEL)
    subjects.register("promise", naming.promises)
