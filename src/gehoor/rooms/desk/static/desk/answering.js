// An answer is kept while it is written; Ctrl+Enter sends it. Without this script the buttons do all of it.
(() => {
  if (window.gehoorAnswering) return;
  window.gehoorAnswering = true;
  const AFTER = 1200, AGAIN = 5000;
  const token = document.querySelector('meta[name="csrf-token"]').content;

  const begin = (form) => {
    if (form.dataset.begun) return;
    form.dataset.begun = "1";
    const { weg, onderwerp, tekst, revisie } = form.elements;
    const said = form.querySelector("[data-kept]"), clash = form.querySelector("[data-conflict]");
    const state = () => [weg.value, onderwerp.value, tekst.value].join("\u0000");
    let kept = state(), waiting = 0, busy = false, sending = false, theirs = null;

    const later = (after) => { clearTimeout(waiting); waiting = setTimeout(save, after); };
    const post = () => fetch(form.dataset.answer, {
      method: "POST", keepalive: tekst.value.length < 20000, credentials: "same-origin", headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ weg: weg.value, onderwerp: onderwerp.value, tekst: tekst.value, revisie: revisie.value }),
    });
    async function save() {
      if (busy || sending || theirs || state() === kept) return;
      busy = true;
      const now = state();
      try {
        const answer = await post();
        if (answer.status !== 409 && !answer.ok) throw new Error(String(answer.status));
        const told = await answer.json();
        if (answer.status === 409) { conflict(told); busy = false; return; }
        revisie.value = told.revision;
        kept = now;
        said.textContent = said.dataset.isKept;
        promises(told.promises);
      } catch {
        said.textContent = said.dataset.notKept;
        later(AGAIN);
      }
      busy = false;
      if (state() !== kept) later(AFTER);
    }
    const promises = (all) => {
      const list = form.querySelector("[data-promises]");
      list.replaceChildren(...all.map((each) => Object.assign(document.createElement("li"), { textContent: each })));
    };
    const conflict = (told) => {
      theirs = told;
      clash.querySelector("[data-theirs]").textContent = told.text;
      clash.hidden = false;
    };
    const settle = (text) => {
      revisie.value = theirs.revision;
      tekst.value = text;
      theirs = null;
      clash.hidden = true;
      kept = "";
      count();
      save();
    };
    clash.querySelector("[data-use-theirs]").addEventListener("click", () => settle(theirs.text));
    clash.querySelector("[data-use-mine]").addEventListener("click", () => settle(tekst.value));

    const option = () => weg.selectedOptions[0];
    const count = () => {
      const limit = Number(option().dataset.limit), shown = form.querySelector("[data-count]");
      const used = [...tekst.value].length;
      shown.hidden = limit > 9000;
      shown.textContent = `${used} / ${limit}`;
      shown.classList.toggle("over", used > limit);
    };
    let before = option().dataset.greeting;
    const choose = () => {
      const now = option().dataset;
      if (tekst.value.startsWith(before) && before !== now.greeting) {
        tekst.value = now.greeting + tekst.value.slice(before.length);
      } else if (!tekst.value.trim()) {
        tekst.value = now.greeting;
      }
      before = now.greeting;
      form.querySelector(".answer-subject").hidden = !now.subject;
      const asking = form.querySelector("[data-asking]");
      if (asking) asking.hidden = !now.asks;
      form.querySelector(".closing").textContent = now.closing;
      form.querySelector(".act-name").textContent = now.act;
      form.querySelector("[data-copy]").hidden = now.how !== "placed";
      count();
    };
    weg.addEventListener("change", () => { choose(); later(AFTER); });
    for (const each of [tekst, onderwerp]) {
      each.addEventListener("input", () => { said.textContent = ""; count(); later(AFTER); });
      each.addEventListener("blur", save);
    }
    form.addEventListener("submit", (event) => {
      if (sending) { event.preventDefault(); return; }
      sending = true;
      clearTimeout(waiting);
    });
    addEventListener("pageshow", () => { sending = false; });
    addEventListener("pagehide", () => { if (!sending && !theirs && state() !== kept) post().catch(() => {}); });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-send]"));
    });
    form.querySelector("[data-copy]").addEventListener("click", () => {
      if (navigator.clipboard) navigator.clipboard.writeText(tekst.value).catch(() => tekst.select());
      else tekst.select();
    });
    document.addEventListener("submit", (event) => {
      const insert = event.target.closest("[data-insert]");
      if (!insert || !document.contains(tekst)) return;
      event.preventDefault();
      const text = insert.elements.invoegen.value, at = tekst.selectionEnd || tekst.value.length;
      const head = tekst.value.slice(0, at).replace(/\s+$/, ""), tail = tekst.value.slice(at).replace(/^\s+/, "");
      tekst.value = [head, text, tail].filter(Boolean).join("\n\n");
      tekst.focus();
      count();
      save();
    });
    choose();
    kept = state();
  };

  // The seconds in which an answer can be taken back count down by themselves.
  setInterval(() => {
    for (const each of document.querySelectorAll("[data-seconds]")) {
      const left = Math.max(0, Number(each.textContent) - 1);
      each.textContent = String(left);
    }
  }, 1000);

  const all = () => document.querySelectorAll("[data-answer]").forEach(begin);
  all();
  document.addEventListener("htmx:afterSettle", all);
})();
