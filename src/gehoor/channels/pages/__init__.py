"""What channels that read web pages share: bytes to text, markup to words, dates as people see them, feeds.

Nothing of a page is believed and nothing in it is fetched or run. A page is small (:data:`page.LARGEST`), so it is held
whole; what holds many of them is walked one at a time.
"""
