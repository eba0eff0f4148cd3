// Shows the chat within any page of the organisation's own site: one line,
// <script src="https://our-address/static/desk/chat.js" defer></script>, and nothing else. The chat itself is a page of
// ours in a frame, and sets no cookie. Only where a browser refuses that frame a memory of its own, what has to be
// remembered (the key of the chat, what was not sent yet) is kept here. Attributes: data-lang="en".
(() => {
  "use strict";
  const me = document.currentScript;
  if (!me || window.parent !== window) return;
  const base = new URL(me.src).origin;
  const STORE = "gehoor-chat";
  const language = (me.dataset.lang || document.documentElement.lang || "nl").toLowerCase().startsWith("en") ? "en" : "nl";
  const words = {
    nl: { open: "Chat met ons", close: "Chat sluiten", title: "Chat", news: "Er is een antwoord" },
    en: { open: "Chat with us", close: "Close the chat", title: "Chat", news: "There is an answer" },
  }[language];
  const lay = (element, styles) => Object.assign(element.style, styles);

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  lay(button, {
    position: "fixed",
    insetInlineEnd: "1rem",
    bottom: "1rem",
    zIndex: "2147483000",
    padding: "0.75rem 1.25rem",
    minHeight: "44px",
    border: "2px solid #fffdf8",
    borderRadius: "2rem",
    background: "#14595a",
    color: "#fffdf8",
    font: "600 16px/1.25 system-ui, sans-serif",
    cursor: "pointer",
    boxShadow: "0 2px 12px rgb(0 0 0 / 30%)",
  });
  let frame = null;

  const place = () => {
    const narrow = window.innerWidth < 480;
    lay(frame, {
      insetInlineEnd: narrow ? "0" : "1rem",
      bottom: narrow ? "0" : "5rem",
      width: narrow ? "100%" : "24rem",
      height: narrow ? "100%" : "min(40rem, calc(100vh - 7rem))",
      borderRadius: narrow ? "0" : "0.5rem",
    });
  };

  const make = () => {
    frame = document.createElement("iframe");
    frame.title = words.title;
    frame.src = `${base}/chat/?kader=1${language === "en" ? "&taal=en" : ""}#page=${encodeURIComponent(location.pathname)}`;
    lay(frame, {
      position: "fixed",
      zIndex: "2147483001",
      border: "1px solid #8b7d6e",
      background: "#f8f4ec",
      boxShadow: "0 6px 24px rgb(0 0 0 / 30%)",
      colorScheme: "light dark",
    });
    place();
    addEventListener("resize", place);
    document.body.append(frame);
  };

  const show = (open) => {
    if (open && !frame) make();
    frame.hidden = !open;
    frame.style.display = open ? "block" : "none";
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? words.close : words.open;
    if (open) frame.focus();
    else button.focus();
  };
  const isOpen = () => button.getAttribute("aria-expanded") === "true";

  const remember = (told, kept) => {
    try {
      if (told === "keep") localStorage.setItem(STORE, String(kept).slice(0, 500000));
      else frame.contentWindow.postMessage({ gehoor: "kept", kept: localStorage.getItem(STORE) }, base);
    } catch {
      // This site may keep nothing either: the chat goes on for as long as the page is open.
      if (told === "recall") frame.contentWindow.postMessage({ gehoor: "kept", kept: null }, base);
    }
  };

  button.addEventListener("click", () => show(!isOpen()));
  addEventListener("message", (event) => {
    if (!frame || event.origin !== base || event.source !== frame.contentWindow) return;
    const told = event.data && event.data.gehoor;
    if (told === "close") show(false);
    if (told === "news" && !isOpen()) button.textContent = words.news;
    if (told === "keep" || told === "recall") remember(told, event.data.kept);
  });
  addEventListener("keydown", (event) => event.key === "Escape" && frame && isOpen() && show(false));

  const begin = () => document.body.append(button);
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
