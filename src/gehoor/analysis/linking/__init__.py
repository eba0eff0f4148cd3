"""Who is who: identities made comparable, and persons as sets of sure identities."""
