"""The channel web_archive: voices from networks that are gone."""
