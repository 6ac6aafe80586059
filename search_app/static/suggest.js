// Suggestions while typing: an editable combobox with a list, of which one is picked by hand and then searched; nothing
// is sent by itself (WAI-ARIA Authoring Practices). What is picked is spoken as well, for readers that pass over
// aria-activedescendant.
"use strict";

const LEAST = 2;
const PAUSE = 150;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const spoken = document.createElement("p");
  let timer, request, picked = -1;

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-labelledby", "q-name");
  spoken.className = "hidden";
  spoken.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.parentElement.append(list);
  form.append(spoken);

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    pick(-1);
  }

  function pick(place) {
    picked = place;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = list.children[place];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      spoken.textContent = option.textContent;
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function take(option) {
    input.value = option.dataset.text;
    close();
    input.focus();
    form.requestSubmit();
  }

  function show(completions) {
    close();
    list.replaceChildren(...completions.map(({ text, total }, at) => {
      const option = document.createElement("li");
      const words = document.createElement("bdi");
      const count = document.createElement("small");
      option.id = `suggestion-${at}`;
      option.dataset.text = words.textContent = text;
      count.textContent = total.toLocaleString(document.documentElement.lang);
      option.append(words, " ", count);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    list.hidden = !completions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    spoken.textContent = completions.length ? form.dataset.some.replace("{0}", completions.length) : form.dataset.none;
  }

  async function ask() {
    request = new AbortController();
    const { signal } = request;
    try {
      const address = new URL(form.dataset.suggest, document.baseURI);
      address.searchParams.set("q", input.value);
      const answer = await fetch(address, { signal });
      if (answer.ok) {
        const { data } = await answer.json();
        if (!signal.aborted && document.activeElement === input) show(data.completions);
      }
    } catch {
      // Without an answer the box works as it does without suggestions.
    }
  }

  input.addEventListener("input", (event) => {
    close();
    if (!event.isComposing && input.value.trim().length >= LEAST) timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") pick(picked + 1 < count ? picked + 1 : -1);
    else if (event.key === "ArrowUp") pick(picked === -1 ? count - 1 : picked - 1);
    else if (event.key === "Enter" && picked >= 0) take(list.children[picked]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

// A slash takes one to the search box, from wherever nothing is typed.
document.addEventListener("keydown", (event) => {
  const types = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || types) return;
  event.preventDefault();
  const box = document.querySelector("#q");
  box?.focus();
  box?.select();
});
