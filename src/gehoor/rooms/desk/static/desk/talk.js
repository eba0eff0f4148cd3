// The chat of a customer. What is written is kept in the browser until we say that we have it, each line under an id of
// its own, so that it comes in once however often it is sent. The secret of the chat never leaves the browser but to us.
(() => {
  "use strict";
  const talk = document.getElementById("talk");
  if (!talk) return;
  const form = document.getElementById("talk-form");
  const list = document.getElementById("talk-lines");
  const notice = document.getElementById("talk-notice");
  const said = talk.dataset;
  const STORE = "gehoor-chat";
  const SOON = 2000;
  const IDLE = 10000;
  const AWAY = 20000;
  const LONGEST = 30000;

  const inFrame = window.parent !== window;

  // Within another site a browser may refuse us a memory of our own; then that site, which is our own organisation's (no
  // other may show this page), keeps it for us. Where nobody keeps anything, this page does for as long as it is open.
  const keeps = (() => {
    try {
      localStorage.setItem(`${STORE}-try`, "1");
      localStorage.removeItem(`${STORE}-try`);
      return true;
    } catch {
      return false;
    }
  })();
  const parsed = (kept) => {
    try {
      const found = JSON.parse(kept);
      return found && typeof found.key === "string" && Array.isArray(found.waiting) ? found : null;
    } catch {
      return null;
    }
  };
  const read = () => (keeps ? parsed(localStorage.getItem(STORE)) : null);
  const write = () => {
    const kept = JSON.stringify(state);
    try {
      if (keeps) localStorage.setItem(STORE, kept);
      else if (inFrame) window.parent.postMessage({ gehoor: "keep", kept }, "*");
    } catch {
      // No room left: the chat goes on for as long as this page is open.
    }
  };
  const recall = () =>
    new Promise((found) => {
      if (keeps || !inFrame) {
        found(read());
        return;
      }
      addEventListener("message", (event) => {
        if (event.source === window.parent && event.data && event.data.gehoor === "kept") found(parsed(event.data.kept));
      });
      window.parent.postMessage({ gehoor: "recall" }, "*");
      setTimeout(() => found(null), 1500);
    });
  const random = (bytes) =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (each) => each.toString(16).padStart(2, "0")).join("");
  const begin = () => ({ key: random(32), begun: false, waiting: [], name: "", email: "" });

  let state = begin();
  let number = 0;
  let failures = 0;
  let quiet = 0;
  let timer = 0;
  let sending = false;
  let begun = false;
  const shown = new Map();

  const tell = (text) => {
    notice.textContent = text;
    notice.hidden = !text;
  };

  const draw = (line) => {
    const known = line.id && shown.get(line.id);
    const item = known || document.createElement("li");
    item.className = line.ours ? "ours" : line.number ? "theirs" : "theirs waiting";
    const head = document.createElement("p");
    head.className = "small soft";
    const who = line.ours ? line.who || said.us : said.you;
    head.textContent = line.number ? `${who} · ${line.at}` : line.refused ? said.refused : said.waiting;
    const body = document.createElement("p");
    body.textContent = line.text;
    item.replaceChildren(head, body);
    if (line.id) shown.set(line.id, item);
    if (!known) list.append(item);
    list.scrollTop = list.scrollHeight;
    if (!known) item.scrollIntoView({ block: "nearest" });
  };

  const take = (answer) => {
    document.getElementById("talk-here").hidden = !answer.here;
    document.getElementById("talk-away").hidden = answer.here;
    for (const line of answer.lines) {
      if (line.number <= number) continue;
      number = line.number;
      if (line.ours) quiet = 0;
      state.waiting = state.waiting.filter((each) => each.id !== line.id);
      draw(line);
    }
    for (const line of state.waiting) list.append(shown.get(line.id));
    write();
    if (answer.lines.some((line) => line.ours) && inFrame) {
      window.parent.postMessage({ gehoor: "news", count: answer.lines.filter((line) => line.ours).length }, "*");
    }
  };

  const post = async (address, values) => {
    const looks = document.visibilityState === "visible" && document.hasFocus() ? "1" : "";
    const body = new URLSearchParams({ key: state.key, after: String(number), looks, ...values });
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), 15000);
    try {
      return await fetch(address, { method: "POST", body, signal: stop.signal, credentials: "omit", cache: "no-store" });
    } finally {
      clearTimeout(late);
    }
  };

  const works = () => {
    if (notice.textContent === said.broken) tell(said.again);
    else if (notice.textContent === said.again) tell("");
    failures = 0;
  };

  const breaks = () => {
    failures += 1;
    if (failures > 1 || state.waiting.length) tell(said.broken);
  };

  // Send what waits, one line after the other, so that they keep their order.
  const flush = async () => {
    if (sending) return;
    sending = true;
    try {
      while (state.waiting.length) {
        const line = state.waiting[0];
        const page = location.hash.startsWith("#page=") ? decodeURIComponent(location.hash.slice(6)) : "";
        const got = await post(said.say, { id: line.id, text: line.text, name: state.name, email: state.email, page });
        if (got.status >= 500) throw new Error("away");
        const answer = await got.json();
        if (got.ok) {
          works();
          state.begun = true;
          state.waiting = state.waiting.filter((each) => each.id !== line.id);
          take(answer);
        } else {
          tell(answer.said);
          if (got.status === 429) break;
          state.waiting = state.waiting.filter((each) => each.id !== line.id);
          draw({ ...line, refused: true });
          write();
        }
      }
    } catch {
      breaks();
    } finally {
      sending = false;
    }
  };

  const look = async () => {
    try {
      const got = await post(said.news, {});
      if (got.status >= 500) throw new Error("away");
      const answer = await got.json();
      if (got.ok) {
        works();
        take(answer);
      } else if (got.status === 404) {
        state.begun = false;
        tell(said.forgotten);
        write();
      }
    } catch {
      breaks();
    }
  };

  const pause = () => {
    if (failures) return Math.min(SOON * 2 ** failures, LONGEST);
    if (document.visibilityState !== "visible") return AWAY;
    return quiet < 90 ? SOON : IDLE;
  };

  const round = async () => {
    if (!begun) return;
    clearTimeout(timer);
    if (state.waiting.length) await flush();
    else if (state.begun) await look();
    quiet += 1;
    clearTimeout(timer);
    timer = setTimeout(round, pause());
  };

  const mine = () => ({ name: form.elements.name.value.trim(), email: form.elements.email.value.trim() });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.elements.text.value.trim();
    if (!form.reportValidity()) return;
    Object.assign(state, mine());
    if (text) {
      const line = { id: crypto.randomUUID ? crypto.randomUUID() : random(16), text };
      state.waiting.push(line);
      draw(line);
      form.elements.text.value = "";
      document.getElementById("talk-who").open = false;
    }
    write();
    quiet = 0;
    form.elements.text.focus();
    round();
  });

  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  addEventListener("online", round);
  addEventListener("focus", round);
  addEventListener("offline", () => tell(said.broken));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && round());

  // Another window of the same chat sent or received something.
  addEventListener("storage", (event) => {
    if (event.key !== STORE) return;
    const other = read();
    if (!other || other.key !== state.key) location.reload();
    else state = other;
  });

  document.getElementById("talk-forget").addEventListener("click", () => {
    state = begin();
    write();
    location.reload();
  });

  const close = document.getElementById("talk-close");
  if (close) {
    const hide = () => window.parent.postMessage({ gehoor: "close" }, "*");
    close.hidden = !inFrame;
    close.addEventListener("click", hide);
    addEventListener("keydown", (event) => event.key === "Escape" && hide());
  }

  // What a page without a script showed is drawn anew from what we have.
  list.replaceChildren();
  document.getElementById("talk-look").hidden = true;
  document.getElementById("talk-forget").hidden = false;
  recall().then((kept) => {
    const early = state.waiting;
    state = kept || state;
    state.waiting.push(...early.filter((line) => !state.waiting.some((each) => each.id === line.id)));
    form.elements.name.value = form.elements.name.value || state.name;
    form.elements.email.value = form.elements.email.value || state.email;
    if (state.begun) document.getElementById("talk-who").open = false;
    state.waiting.forEach(draw);
    write();
    begun = true;
    round();
  });
})();
