// Sending files in: drop them on the form, see which were chosen and how far they are. Without this the form works too.
const form = document.getElementById("upload");
const input = form?.querySelector("input[type=file]");

if (form) {
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("sheet");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("sheet");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("sheet");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
  // A file that is dropped beside the form must not replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
  input.addEventListener("change", show);
  form.addEventListener("submit", send);
}

function show() {
  const sizes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  document.getElementById("chosen").replaceChildren(
    ...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name}, ${sizes.format(file.size / 1024 / 1024)} MB`;
      return line;
    }),
  );
}

function send(event) {
  event.preventDefault();
  const request = new XMLHttpRequest();
  const button = form.querySelector("button");
  const sent = document.getElementById("sent");
  const failed = (html) => {
    sent.hidden = true;
    button.disabled = false;
    const notices = document.getElementById("notices");
    if (html) notices.innerHTML = html;
    else {
      const notice = document.createElement("div");
      notice.className = "notice error";
      notice.append(Object.assign(document.createElement("p"), { textContent: form.dataset.failed }));
      notices.replaceChildren(notice);
    }
    notices.scrollIntoView({ block: "nearest" });
  };
  request.upload.addEventListener("progress", (step) => {
    if (!step.lengthComputable) return;
    const share = Math.round((100 * step.loaded) / step.total);
    sent.querySelector("progress").value = share;
    sent.querySelector(".label").textContent = `${form.dataset.sending}: ${share}%`;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL);
    else failed(request.getResponseHeader("Content-Type")?.startsWith("text/html") && request.responseText.includes('role="alert"') ? request.responseText : "");
  });
  request.addEventListener("error", () => failed(""));
  request.open("POST", location.href);
  request.setRequestHeader("HX-Request", "true");
  button.disabled = true;
  sent.hidden = false;
  request.send(new FormData(form));
}
