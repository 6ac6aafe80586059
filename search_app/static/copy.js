// Buttons that copy a text of the page. They stay hidden where a browser has no clipboard for this page, as without
// HTTPS: the text can be selected all the same.
"use strict";

const said = document.getElementById("copied");

for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = said.dataset.done;
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = said.dataset.failed;
    }
    said.classList.remove("hidden");
  });
}
