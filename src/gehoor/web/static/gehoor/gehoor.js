// The cookie against forged requests is closed to scripts, so HTMX gets its token from the page.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.content;
});

// A form marked data-once is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-once")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// Coming back with the browser's own button makes such a form usable again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A select or checkbox marked data-sends submits its form at once; without a script the form's button does.
document.addEventListener("change", (event) => {
  if (event.target.hasAttribute("data-sends")) event.target.form.requestSubmit();
});

// A field marked data-selects is there to be copied: touching it selects all of it.
document.addEventListener("focusin", (event) => {
  if (event.target.hasAttribute("data-selects")) event.target.select();
});

// Ctrl and Enter in a large field sends its form, as in mail.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.tagName !== "TEXTAREA") return;
  event.preventDefault();
  event.target.form?.requestSubmit();
});

// A button marked data-copies copies the field of that id. It is hidden in the page and shown here, since without a
// script the field itself is there to be selected.
const showCopies = () => document.querySelectorAll("[data-copies][hidden]").forEach((button) => (button.hidden = false));
document.addEventListener("DOMContentLoaded", showCopies);
document.addEventListener("htmx:afterSettle", showCopies);
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  const field = button && document.getElementById(button.dataset.copies);
  if (!field) return;
  field.select();
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
  button.textContent = button.dataset.copied;
});
