// What a page does a little smoother with script. Everything works without.
"use strict";

// A menu that drops down closes when one presses Escape or clicks beside it.
function closeDrops(except) {
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    if (drop !== except) drop.open = false;
  }
}

document.addEventListener("click", (event) => closeDrops(event.target.closest("details.drop")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const drop = document.querySelector("details.drop[open]");
  if (!drop) return;
  drop.open = false;
  drop.querySelector("summary").focus();
});

// A form that is on its way is not sent twice by a second click. Coming back by the browser's history frees it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Browsers leave out autofocus where the address names a part of the page: a refused form is shown all the same.
if (location.hash) document.querySelector(".error-summary[autofocus]")?.focus();
