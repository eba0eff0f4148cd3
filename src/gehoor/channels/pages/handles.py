"""The names of people on a site as identities: a handle on the network that the site is."""

from gehoor.channels.base import Identity

LONGEST_NETWORK = 40
_LONGEST_NAME = 100


def network_of(site: str) -> str:
    """The network that a site is: its host, of a very long one the end, where its domain stands."""
    return site[-LONGEST_NETWORK:].lstrip(".-")


def handle_on(site: str, name: str) -> tuple[Identity, ...]:
    """The handle of somebody with an account there; none without a name."""
    told = " ".join(name.split())
    return (Identity("handle", told, network_of(site)),) if 0 < len(told) <= _LONGEST_NAME else ()
