"""The answer book: entries, versions, states, import and export."""
