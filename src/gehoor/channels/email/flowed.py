"""format=flowed (RFC 3676): paragraphs that were broken for transport are made whole again."""

_SIGNATURE = "-- "


def unflow(text: str, *, delete_space: bool) -> str:
    """Join every line that ends in a space to the next of the same quote depth. Quote marks stay, as ``> ``."""
    whole: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth, content = _quoted(line)
        flows = content.endswith(" ") and content != _SIGNATURE
        if delete_space and flows:
            content = content[:-1]
        if depth == open_depth and content != _SIGNATURE:
            whole[-1].append(content)
        else:
            whole.append(["> " * depth, content])
        open_depth = depth if flows else -1
    lines = map("".join, whole)
    return "\n".join(line if line == _SIGNATURE else line.rstrip() for line in lines)


def _quoted(line: str) -> tuple[int, str]:
    content = line.lstrip(">")
    depth = len(line) - len(content)
    return depth, content[1:] if content.startswith(" ") else content
