// Makes pages smoother; everything works without it.
"use strict";

// A click on an offered quarter writes it into its field.
function show(field, onlyMark = false) {
  const picks = document.querySelectorAll(`[data-fills="${field.id}"]`);
  const words = document.getElementById(`${field.id}-words`);
  if (words && !onlyMark) words.textContent = "";
  for (const pick of picks) {
    const chosen = pick.dataset.value === field.value.trim();
    pick.setAttribute("aria-pressed", String(chosen));
    if (chosen && words) words.textContent = pick.dataset.words;
  }
}

document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-fills]");
  if (!pick) return;
  const field = document.getElementById(pick.dataset.fills);
  field.value = pick.dataset.value;
  show(field);
});

function showAll() {
  for (const first of document.querySelectorAll("[data-fills]:first-child")) {
    show(document.getElementById(first.dataset.fills), true);
  }
}

showAll();
document.addEventListener("htmx:afterSettle", showAll);

// The words beside a quarter follow what is typed; so does the count of characters left.
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.id && document.querySelector(`[data-fills="${CSS.escape(field.id)}"]`)) show(field);
  if (field.dataset.longest) {
    const left = document.getElementById(`${field.id}-left`);
    left.textContent = left.dataset.left + (Number(field.dataset.longest) - field.value.length);
  }
});

// A second click on a button that sends does not send twice; coming back makes it usable again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

function allowSending() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
}

window.addEventListener("pageshow", allowSending);
document.addEventListener("htmx:afterRequest", allowSending);

// Where a part of a page cannot be fetched (the session has ended, the network is down), the form
// is sent as if there were no scripts: what comes then says what is the matter.
function sendPlainly(event) {
  const button = event.detail.elt;
  if (!button.form || !button.name) return;
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.name = button.name;
  button.form.append(pressed);
  button.form.submit();
}

document.addEventListener("htmx:responseError", sendPlainly);
document.addEventListener("htmx:sendError", sendPlainly);

// The button that asked for a part of the page went with the old part, and the keyboard's place
// with it: it goes on at what was found, or at the field where one looks again.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement !== document.body) return;
  const next = document.querySelector(".found input") ?? document.getElementById("id_other_party");
  next?.focus();
});

// A part of a page that was fetched can have given the page an address of its own: who switches
// the language comes back to that one.
document.addEventListener("htmx:pushedIntoHistory", (event) => {
  const field = document.querySelector(".languages [name=next]");
  if (field) field.value = event.detail.path;
});

// A file can be dropped on its field; one that is too large is not even sent.
document.addEventListener("dragover", (event) => {
  const zone = event.target.closest?.(".drop");
  if (!zone) return;
  event.preventDefault();
  zone.dataset.over = "yes";
});

document.addEventListener("dragleave", (event) => {
  const zone = event.target.closest?.(".drop");
  if (zone && !zone.contains(event.relatedTarget)) delete zone.dataset.over;
});

document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.(".drop");
  if (!zone) return;
  event.preventDefault();
  delete zone.dataset.over;
  const field = zone.querySelector("input");
  const dropped = event.dataTransfer.files;
  if (!dropped.length) return;
  const taken = new DataTransfer();
  for (const file of field.multiple ? dropped : [dropped[0]]) taken.items.add(file);
  field.files = taken.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  const zone = event.target.closest?.(".drop");
  if (!zone) return;
  const field = event.target;
  const problem = zone.querySelector(".drop-problem");
  const size = [...field.files].reduce((sum, file) => sum + file.size, 0);
  const isTooLarge = size > Number(zone.dataset.largest);
  if (isTooLarge) field.value = "";
  problem.textContent = isTooLarge ? problem.dataset.tooLarge : "";
});
