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
