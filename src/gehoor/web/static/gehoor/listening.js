// Honest minutes. An element with data-beat-url holds a voice. Seconds count while the page is in sight and someone
// moved, touched, scrolled or typed within the last minute, or a recording sounds; every ten seconds they are sent, and
// what is left on leaving.
(() => {
  const BEAT = 10, STILL_THERE = 60;
  const place = document.querySelector("[data-beat-url]");
  if (!place) return;
  const form = document.querySelector("form[data-reading]");
  const token = document.querySelector('meta[name="csrf-token"]').content;
  let shown = place.dataset.beatShown || "", seconds = 0, last = performance.now(), moved = last, over = false;

  const post = (fields) =>
    fetch(place.dataset.beatUrl, {
      method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token }, keepalive: true,
      credentials: "same-origin",
    });

  const count = () => {
    const now = performance.now(), there = !document.hidden && now - moved < STILL_THERE * 1000;
    if (there) seconds += Math.min(2, (now - last) / 1000);
    last = now;
  };

  const send = () => {
    if (over || !shown || seconds < 0.5) return;
    const spent = seconds.toFixed(1);
    seconds = 0;
    post({ shown, seconds: spent }).then((answer) => { if (!answer.ok) over = true; }).catch(() => {});
  };

  for (const what of ["keydown", "pointermove", "pointerdown", "scroll", "touchstart", "wheel"]) {
    addEventListener(what, () => { moved = performance.now(); }, { passive: true, capture: true });
  }
  // Whoever hears a recording sits still. Without sound nobody hears it.
  const sounds = (player) => !player.paused && !player.muted && player.volume > 0;
  document.addEventListener("timeupdate", (event) => { if (sounds(event.target)) moved = performance.now(); }, true);
  setInterval(() => { count(); if (seconds >= BEAT) send(); }, 1000);
  document.addEventListener("visibilitychange", () => { count(); if (document.hidden) send(); });
  addEventListener("pagehide", send);
  addEventListener("pageshow", (event) => { if (event.persisted) { last = moved = performance.now(); over = false; } });

  if (!shown) {
    post({}).then((answer) => (answer.ok ? answer.json() : {})).then((given) => { shown = given.shown || ""; }).catch(() => {});
  }

  // Reading a stack: the form that moves on carries the last seconds itself.
  if (!form) return;
  form.addEventListener("submit", () => {
    count();
    form.elements.seconds.value = Math.max(0.1, seconds).toFixed(1);
    seconds = 0;
    over = true;
  });

  // Keys. The letters can be turned off, for who speaks to the computer.
  const keys = document.querySelector("[data-keys]"), letters = document.querySelector("[data-letters]");
  const LETTERS = "gehoor.letters";
  let withLetters = true;
  try { withLetters = localStorage.getItem(LETTERS) !== "off"; } catch { /* a browser that keeps nothing */ }
  letters.closest("[hidden]").hidden = false;
  letters.checked = withLetters;
  letters.addEventListener("change", () => {
    withLetters = letters.checked;
    try { localStorage.setItem(LETTERS, withLetters ? "on" : "off"); } catch { /* idem */ }
  });

  const go = (to) => { const button = [...form.elements].find((each) => each.name === "to" && each.value === to); if (button) button.click(); };
  const atEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
  const ways = { ArrowRight: "next", j: "next", n: "next", ArrowLeft: "previous", k: "previous", p: "previous" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, audio")) return;
    const key = event.key;
    if (key.length === 1 && key !== " " && !withLetters) return;
    if (ways[key]) { event.preventDefault(); go(ways[key]); }
    else if (key === "?") { event.preventDefault(); keys.open = !keys.open; }
    else if (key === "Escape") { if (keys.open) keys.open = false; else go("out"); }
    else if (key === " " && !event.shiftKey && atEnd() && !event.target.closest("button, summary, a")) { event.preventDefault(); go("next"); }
  });
})();
