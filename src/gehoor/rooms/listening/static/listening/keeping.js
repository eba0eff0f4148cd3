// Notes are kept while they are written; what is selected in the text can be marked. Without this script the buttons of
// the page do both.
(() => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const AFTER = 1200, AGAIN = 5000;

  // Notes. The server says what it keeps; what another page wrote in the meantime comes back beneath ours.
  for (const place of document.querySelectorAll("[data-note]")) {
    const area = place.querySelector("textarea"), share = place.querySelector('[name="share_note"]');
    const form = area.form, said = place.querySelector("[data-kept]");
    let kept = area.value, shared = share.checked, waiting = 0, busy = false;

    const changed = () => area.value !== kept || share.checked !== shared;
    const later = (after) => { clearTimeout(waiting); waiting = setTimeout(save, after); };
    const fields = () => {
      const found = new URLSearchParams({ note: area.value, begun_from: form.elements.begun_from.value });
      if (share.checked) found.set("share_note", "on");
      return found;
    };
    const send = (body) => fetch(place.dataset.note, {
      method: "POST", body, keepalive: true, credentials: "same-origin",
      headers: { "X-CSRFToken": token, "X-Autosave": "yes" },
    });

    async function save() {
      if (busy || !changed()) return;
      busy = true;
      const text = area.value, withOthers = share.checked;
      try {
        const answer = await send(fields());
        if (!answer.ok) throw new Error(String(answer.status));
        const now = await answer.json();
        form.elements.begun_from.value = now.begun_from;
        shared = withOthers;
        if (area.value === text && now.text !== text.trim()) area.value = now.text;
        kept = area.value === text || area.value === now.text ? area.value : text;
        said.textContent = said.dataset.kept;
      } catch {
        said.textContent = said.dataset.notKept;
        later(AGAIN);
      }
      busy = false;
      if (changed()) later(AFTER);
    }

    area.addEventListener("input", () => { said.textContent = ""; later(AFTER); });
    area.addEventListener("blur", save);
    share.addEventListener("change", save);
    let moving = false;
    form.addEventListener("submit", () => { moving = true; clearTimeout(waiting); });
    addEventListener("pageshow", () => { moving = false; });
    addEventListener("pagehide", () => { if (!moving && changed()) send(fields()).catch(() => {}); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  }

  // Marks. A page breaks lines where it likes and has buttons between the words: only letters are compared.
  const said = document.querySelector("[data-said-here]"), button = document.querySelector("[data-mark]");
  if (!said || !button) return;
  const BESIDE = "header, footer, .speaker, .from, .correct-turn, .correct-all, .correct, .unseen, .signature, .quoted, .subject, summary, .player, figure, .turn.ours";
  const solid = (text) => text.replace(/\s+/g, "");

  const letters = () => {
    const found = [], walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(BESIDE)) continue;
      for (let at = 0; at < node.length; at += 1) if (/\S/.test(node.data[at])) found.push([node, at]);
    }
    return found;
  };

  const light = () => {
    for (const mark of said.querySelectorAll("mark")) {
      if (mark.matches(".unsure")) continue;
      mark.replaceWith(...mark.childNodes);
    }
    said.normalize();
    for (const each of document.querySelectorAll("#struck [data-struck]")) {
      const places = letters(), whole = places.map(([node, at]) => node.data[at]).join("");
      const wanted = solid(each.textContent), start = whole.indexOf(wanted);
      if (start < 0 || !wanted) continue;
      const runs = [];
      for (const [node, at] of places.slice(start, start + wanted.length)) {
        const last = runs[runs.length - 1];
        if (last && last.node === node) last.end = at + 1; else runs.push({ node, start: at, end: at + 1 });
      }
      for (const run of runs) {
        const range = document.createRange(), mark = document.createElement("mark");
        range.setStart(run.node, run.start);
        range.setEnd(run.node, run.end);
        range.surroundContents(mark);
      }
    }
  };

  const chosen = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!said.contains(range.commonAncestorContainer)) return null;
    let quote = "", before = "";
    for (const [node, at] of letters()) {
      const order = range.comparePoint(node, at);
      if (order < 0 || (order === 0 && node === range.startContainer && at < range.startOffset)) before += node.data[at];
      else if (order === 0 && !(node === range.endContainer && at >= range.endOffset)) quote += node.data[at];
    }
    return quote ? { quote, before: before.slice(-80), box: range.getBoundingClientRect() } : null;
  };

  const show = () => {
    const found = chosen();
    button.hidden = !found;
    if (!found || matchMedia("(hover: none)").matches) return;
    const left = Math.min(Math.max(8, found.box.left + scrollX), document.documentElement.clientWidth - button.offsetWidth - 8);
    button.style.left = `${left}px`;
    button.style.top = `${found.box.bottom + scrollY + 8}px`;
  };

  const keep = () => {
    const found = chosen(), form = document.querySelector("[data-selected]");
    if (!found || !form) return;
    form.elements.quote.value = found.quote;
    form.elements.before.value = found.before;
    form.requestSubmit();
    getSelection().removeAllRanges();
    button.hidden = true;
  };

  document.addEventListener("selectionchange", show);
  show(); // Whoever selected before this script had come is served as well.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", keep);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const off = document.querySelector("[data-letters]");
    if (off && !off.checked) return;
    keep();
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "struck" || document.querySelector("#struck")) light(); });
})();
