"""The channel mystery_visit: reports of mystery visits."""
