// A telephone system opens this page with what it knows behind a #, which stays in the browser: look that up at once.
(() => {
  const form = document.querySelector("[data-calling]");
  if (!form) return;
  const look = () => {
    let passed = "";
    try { passed = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (!passed || passed === "main") return;
    history.replaceState(null, "", location.pathname);
    form.elements.query.value = passed.slice(0, 300);
    form.requestSubmit();
  };
  addEventListener("hashchange", look);
  addEventListener("load", look);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "caller") event.target.querySelector("h2, button")?.focus({ preventScroll: true });
  });
})();
