"""Fetches from the web within a fence: only public addresses, checked once and kept to, with bounds on all that comes.

Whoever fetches for the organisation sits inside its network, and an address out of a setting, a feed or a redirect may
point back into it. See README.md; :func:`gehoor.channels.fetching.fetch.fetch` is the one door.
"""
