// A letter beside its scan: pointing at a word that was hard to read shows its place, and the other way round.
(() => {
  const about = (target) => target.closest && target.closest("[data-word]");
  const light = (number, on) => {
    for (const each of document.querySelectorAll(`[data-word="${number}"]`)) each.classList.toggle("lit", on);
  };
  for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => {
      const word = about(event.target);
      if (!word) return;
      light(word.dataset.word, true);
      if (enter === "focusin" && event.target.matches(":focus-visible")) {
        const place = document.querySelector(`rect[data-word="${word.dataset.word}"]`);
        if (place) place.scrollIntoView({ block: "nearest" });
      }
    });
    document.addEventListener(leave, (event) => { const word = about(event.target); if (word) light(word.dataset.word, false); });
  }

  // Choosing such a word opens a small form in its place; without a script the link does, with a new page.
  const blank = document.getElementById("correct-word"), form = document.getElementById("correction");
  let opened = null;

  const leave = (focus) => {
    if (!opened) return;
    const { word, fields } = opened;
    opened = null;
    fields.remove();
    word.hidden = false;
    light(word.dataset.word, false);
    if (focus) word.focus();
  };

  const open = (word) => {
    leave(false);
    const passage = word.closest("[data-said]");
    const fields = blank.content.firstElementChild.cloneNode(true), input = fields.querySelector("input");
    for (const name of ["said", "version", "passage"]) form.elements[name].value = passage.dataset[name];
    for (const name of ["start", "end"]) form.elements[name].value = word.dataset[name];
    input.value = word.textContent;
    input.size = Math.max(8, input.value.length + 2);
    word.after(fields);
    word.hidden = true;
    opened = { word, fields };
    input.focus();
    input.select();
    light(word.dataset.word, true);
  };

  if (blank && form) {
    document.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (opened && event.target.closest("[data-leave]")) { event.preventDefault(); leave(true); return; }
      const link = event.target.closest("a[data-word], .places a");
      const word = link && document.querySelector(`a.unsure[data-word="${link.dataset.word}"]`);
      if (!word) return;
      event.preventDefault();
      open(word);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && opened) { event.preventDefault(); event.stopImmediatePropagation(); leave(true); }
    }, true);
  }

  // A call beside its sound: the sentence that is heard is lit, and each sentence can be heard.
  const player = document.querySelector("audio[data-player]");
  if (!player) return;
  const talk = player.closest(".made-out");
  const sentences = [...talk.querySelectorAll(".sentence[data-begins]")]
    .map((element) => ({ element, begins: Number(element.dataset.begins) }))
    .sort((one, other) => one.begins - other.begins);
  talk.classList.add("follows");
  for (const each of talk.querySelectorAll("[data-with-script]")) each.hidden = false;
  let heard = null, moving = 0;

  // The last one that has begun. A search of halves: a call has hundreds.
  const at = (time) => {
    let low = 0, high = sentences.length;
    while (low < high) { const middle = (low + high) >> 1; if (sentences[middle].begins <= time + 0.05) low = middle + 1; else high = middle; }
    return low ? sentences[low - 1].element : null;
  };

  const follow = () => {
    const now = player.paused && player.currentTime === 0 ? null : at(player.currentTime);
    if (now === heard) return;
    if (heard) { heard.classList.remove("heard"); heard.removeAttribute("aria-current"); }
    heard = now;
    if (!heard) return;
    heard.classList.add("heard");
    heard.setAttribute("aria-current", "true");
    const box = heard.getBoundingClientRect();
    const hidden = box.top < player.getBoundingClientRect().bottom + 24 || box.bottom > innerHeight - 48;
    if (!player.paused && hidden && performance.now() - moving > 4000 && !opened) {
      heard.closest(".turn").scrollIntoView({ block: "center", behavior: "smooth" });
    }
  };

  const hear = (sentence) => {
    player.currentTime = Number(sentence.dataset.begins);
    player.play().catch(() => {});
    follow();
  };

  for (const what of ["timeupdate", "seeking", "seeked", "play"]) player.addEventListener(what, follow);
  for (const what of ["wheel", "touchmove"]) addEventListener(what, () => { moving = performance.now(); }, { passive: true });

  talk.addEventListener("click", (event) => {
    const from = event.target.closest("a.from"), other = event.target.closest("a, button, input, textarea");
    const sentence = event.target.closest(".sentence[data-begins]");
    if (!sentence || (other && other !== from) || event.defaultPrevented || String(getSelection()).length) return;
    if (from && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    hear(sentence);
  });

  // Before the keys of the page around it: here the arrows are the sound's.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const pressed = event.target.closest("button, summary, a");
    if (event.key === " " && !pressed) { if (player.paused) player.play().catch(() => {}); else player.pause(); }
    else if (event.key === "ArrowLeft") player.currentTime = Math.max(0, player.currentTime - 5);
    else if (event.key === "ArrowRight") player.currentTime = Math.min(player.duration || Infinity, player.currentTime + 5);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
