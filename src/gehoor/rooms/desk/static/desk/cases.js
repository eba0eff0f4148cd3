// The desk by keyboard, and signs of life from the page of a case: looking, or writing.
(() => {
  const LETTERS = "gehoor.letters", WRITES = 20000;
  const keys = document.querySelector("[data-keys]"), letters = document.querySelector("[data-letters]");
  let withLetters = true;
  try { withLetters = localStorage.getItem(LETTERS) !== "off"; } catch { /* a browser that keeps nothing */ }
  if (letters) {
    letters.closest("[hidden]").hidden = false;
    letters.checked = withLetters;
    letters.addEventListener("change", () => {
      withLetters = letters.checked;
      try { localStorage.setItem(LETTERS, withLetters ? "on" : "off"); } catch { /* idem */ }
    });
  }

  const focus = (element) => {
    if (!element) return false;
    element.focus();
    element.scrollIntoView({ block: "nearest" });
    return true;
  };
  const unfold = (id, selector) => {
    const details = document.getElementById(id);
    if (!details) return false;
    details.open = true;
    return focus(selector ? details.querySelector(selector) : details.querySelector("summary"));
  };
  const step = (way) => {
    const all = [...document.querySelectorAll("#cases .case-go, [data-moment]")];
    const here = all.findIndex((each) => each === document.activeElement || each.contains(document.activeElement));
    if (here < 0) return focus(way > 0 || document.querySelector("#cases") ? all[0] : all[all.length - 1]);
    return focus(all[here + way] || (way > 0 ? document.querySelector("a[rel=next]") : null));
  };
  const press = (key) => {
    const button = document.querySelector(`button[data-key="${CSS.escape(key)}"]`);
    if (button) button.click();
    return Boolean(button);
  };
  const back = () => {
    const link = document.querySelector("a.back");
    if (link) location.assign(link.href);
    return Boolean(link);
  };
  const ways = {
    j: () => step(1),
    k: () => step(-1),
    r: () => focus(document.querySelector("[data-composer] textarea")),
    n: () => unfold("acts", "textarea"),
    d: () => unfold("acts"),
    u: back,
    "?": () => { if (keys) { keys.open = !keys.open; keys.scrollIntoView({ block: "nearest" }); } return Boolean(keys); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing) {
      if (event.key === "Escape") typing.blur();
      return;
    }
    if (event.key.length === 1 && event.key !== "?" && !withLetters) return;
    const way = ways[event.key];
    if (way ? way() : event.key.length === 1 && press(event.key)) event.preventDefault();
  });

  // Who types an answer or a note is writing; a page that is only open is looked at.
  let typed = -Infinity;
  document.addEventListener("input", (event) => {
    if (!event.target.closest("[data-composer], [data-writes]")) return;
    const began = performance.now() - typed > WRITES;
    typed = performance.now();
    const there = document.getElementById("there");
    if (began && there && window.htmx) window.htmx.trigger(there, "writes");
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id !== "there") return;
    event.detail.parameters.schrijft = performance.now() - typed < WRITES ? "1" : "0";
  });
  addEventListener("pagehide", () => {
    const there = document.getElementById("there"), token = document.querySelector('meta[name="csrf-token"]');
    if (!there || !token) return;
    fetch(there.dataset.there, {
      method: "POST", body: new URLSearchParams({ weg: "1" }), headers: { "X-CSRFToken": token.content }, keepalive: true,
      credentials: "same-origin",
    }).catch(() => {});
  });
})();
