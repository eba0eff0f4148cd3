"""Base templates, components, charts, styles, menu, root urls."""
