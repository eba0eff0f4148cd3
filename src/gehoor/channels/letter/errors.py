"""What can be wrong with paper, beside what the kernel already names."""

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence


class NothingLegible(CannotRead):
    """There is something on the paper, and no engine could make out what."""

    code = "nothing_legible"
    text = sentence("There is something on the paper, but no words could be made out.")
    remedy = sentence("Look at the scan yourself: scan it again (grey, 300 dots an inch), or type over what it says.")
