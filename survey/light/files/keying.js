"use strict";
// Goes on by itself when a key is right, passes over what is not asked, and keeps what is typed as it is typed.
(() => {
  const form = document.getElementById("blankett");
  const told = document.getElementById("besked"), saved = document.getElementById("sparat");
  const done = document.getElementById("klar");
  const fields = [...form.querySelectorAll(".key-row input, .key-row textarea")];
  const value = (name) => form.elements[name].value.trim().toLowerCase();
  const skipped = (typed) => typed === "" || typed === "-" || typed === "0" || typed === "*";

  function pressed(name) {
    const field = form.elements[name], typed = value(name), width = Number(field.dataset.width) || 1;
    const found = [];
    for (let at = 0; at < typed.length; ) {
      const size = /[a-z]/.test(typed[at]) ? 1 : width;
      found.push(typed.slice(at, at + size));
      at += size;
    }
    return found;
  }
  function holds(one) {
    if (one.kind === "answered") return one.is === !skipped(value(one.of));
    const among = !skipped(value(one.of)) && pressed(one.of).some((key) => one.keys.includes(key));
    return one.kind === "any" ? among : !among;
  }
  function isAsked(field) {
    const row = field.closest(".key-row");
    return !row.dataset.if || JSON.parse(row.dataset.if).some(holds);
  }
  function dim() {
    for (const field of fields) field.closest(".key-row").classList.toggle("not-asked", !isAsked(field));
  }
  function isWhole(field) {
    return field.dataset.kind === "text" || (field.value !== "" && field.checkValidity());
  }
  function tell(field, isWrong) {
    field.toggleAttribute("aria-invalid", isWrong);
    if (isWrong) field.setAttribute("aria-invalid", "true");
    told.textContent = isWrong ? form.dataset.wrong.replace("{keys}", field.dataset.keys) : "";
  }
  function move(from, step) {
    let at = fields.indexOf(from) + step;
    while (fields[at] && !isAsked(fields[at])) at += step;
    const to = fields[at] || (step > 0 ? done : from);
    to.focus();
  }
  function isFull(field) {
    const typed = field.value.trim();
    if (field.dataset.kind !== "one" || !typed) return false;
    const width = Number(field.dataset.width);
    return typed.length >= width || typed === "-" || typed === "*" || /^[a-z]$/i.test(typed);
  }

  let timer = 0;
  async function keep(isLast) {
    clearTimeout(timer);
    timer = 0;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "keep");
    try {
      const answer = await fetch(form.action, { method: "POST", body, keepalive: isLast, redirect: "error" });
      saved.textContent = answer.ok ? form.dataset.saved : form.dataset.unsaved;
    } catch {
      saved.textContent = form.dataset.unsaved;
    }
  }
  form.addEventListener("input", (event) => {
    const field = event.target;
    clearTimeout(timer);
    timer = setTimeout(keep, 800);
    dim();
    if (isFull(field)) {
      const isRight = field.checkValidity();
      tell(field, !isRight);
      if (isRight) move(field, 1);
      else field.select();
    } else if (field.dataset.kind === "many") {
      tell(field, field.value !== "" && field.value.length % Number(field.dataset.width) === 0 && !field.checkValidity());
    }
  });
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!fields.includes(field) || event.isComposing) return;
    const isText = field.dataset.kind === "text";
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!isText && field.value.trim() === "") field.value = "-";
      const isRight = isWhole(field);
      tell(field, !isRight);
      dim();
      if (isRight) move(field, 1);
      if (!timer) timer = setTimeout(keep, 800);
    } else if (event.key === "ArrowUp" && !isText) {
      event.preventDefault();
      move(field, -1);
    } else if (event.key === "Backspace" && field.value === "") {
      event.preventDefault();
      move(field, -1);
    } else if (event.key === "ArrowDown" && !isText) {
      event.preventDefault();
      move(field, 1);
    }
  });
  form.addEventListener("focusin", (event) => {
    if (fields.includes(event.target) && event.target.dataset.kind !== "text") event.target.select();
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) keep(true);
  });
  dim();
})();
