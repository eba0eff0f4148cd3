// Reading with the keyboard: in the list of voices, and from one voice to the next.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing) {
    if (event.key === "Escape") typing.blur();
    return;
  }
  const act = actions[event.key];
  if (act && act()) event.preventDefault();
  else if (press(event.key)) event.preventDefault();
});

const actions = {
  j: () => step(1),
  k: () => step(-1),
  u: () => follow("back"),
  "/": () => focus(document.getElementById("id_q")),
  "?": () => fold(document.getElementById("shortcuts")),
};

// In a list the step is to the next line; beside a voice it is to the next voice.
function step(way) {
  const lines = [...document.querySelectorAll("#voices a.words")];
  if (!lines.length) return follow(way > 0 ? "next" : "previous");
  const here = lines.indexOf(document.activeElement);
  const there = here < 0 ? 0 : here + way;
  return focus(lines[there] || document.querySelector(way > 0 ? "a[rel=next]" : "a[rel=prev]"));
}

function focus(element) {
  if (!element) return false;
  element.focus();
  element.scrollIntoView({ block: "nearest" });
  if (element.select) element.select();
  return true;
}

function follow(id) {
  const link = document.getElementById(id);
  if (link) location.assign(link.href);
  return Boolean(link);
}

function fold(details) {
  if (!details) return false;
  details.open = !details.open;
  if (details.open) details.scrollIntoView({ block: "nearest" });
  return true;
}

// A button with data-key is pressed by that key.
function press(key) {
  if (!/^[a-z]$/.test(key)) return false;
  const button = document.querySelector(`button[data-key="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}
