"""The names of people on a site as identities: a name, and where it is one: Jan elsewhere is somebody else."""

from gehoor.channels.base import Identity, Wishes

_LONGEST = 200


def handle_on(network: str, site: str, name: str) -> tuple[Identity, ...]:
    """The handle of somebody with an account on a site (``jan@forum.example.org``); none without a name, or for a name
    that no account can have. Where the site is not known the name alone."""
    told = " ".join(name.split())
    if not told or "@" in told or len(told) + len(site) > _LONGEST:
        return ()
    return (Identity("handle", f"{told}@{site}" if site else told, network),)


def is_our_name(site: str, name: str, wishes: Wishes) -> bool:
    """Whether the organisation says that this name is its own, on any site or on this one."""
    told = " ".join(name.split())
    if not told:
        return False
    given = (told, f"{told}@{site}") if site else (told,)
    return any(wishes.is_own(Identity("handle", each)) for each in given)
