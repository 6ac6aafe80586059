// <recommendation-search>: the search box and its results inside any page.
//
// The plain form within the element is what visitors without scripts use, and what says how to search: its action, the
// limits in its hidden fields, its label and its button. It keeps its place on the page, unseen, so that nothing moves
// when this form takes over. Nothing is loaded before the first search. Whatever the service answers is set as text.

const SERVICE = new URL("../../", import.meta.url);
// Those that every release of version 1 knows; the forms of the page "Embed this search" mark later ones.
const LIMITS = ["body", "meeting", "year", "lang", "kind", "sort", "match", "equivalents"];
const TYPING_PAUSE = 150;
const FEWEST_SIGNS = 3;
const PATIENCE = 15000;
// A shift within 500 ms of a visitor's act is part of the act; room for later answers is made before that.
const SLOW = 250;

const MESSAGES = {
  en: {
    label: "Search the recommendations",
    search: "Search",
    searching: "Searching…",
    one: "{0} result",
    other: "{0} results",
    range: "{0}, {1}–{2}",
    none: "No result",
    lack: "No recommendation contains all these words.",
    partial: "These match some of the words:",
    without: "Without:",
    page: "PDF, page {0}",
    called: "{0} ({1} of the PDF)",
    cite: "To cite",
    pages: "Pages of results",
    previous: "Previous",
    next: "Next",
    mean: "Did you mean:",
    also: "Also searched:",
    all: "All results, with choices to narrow them",
    covered: "{0} of {1} meetings can be searched.",
    missing: "What is missing",
    failed: "The search cannot be reached just now.",
    there: "Search on its own site",
  },
  es: {
    label: "Buscar en las recomendaciones",
    search: "Buscar",
    searching: "Buscando…",
    one: "{0} resultado",
    other: "{0} resultados",
    range: "{0}, {1}–{2}",
    none: "Ningún resultado",
    lack: "Ninguna recomendación contiene todas estas palabras.",
    partial: "Estas contienen algunas de las palabras:",
    without: "Sin:",
    page: "PDF, página {0}",
    called: "{0} ({1} del PDF)",
    cite: "Para citar",
    pages: "Páginas de resultados",
    previous: "Anterior",
    next: "Siguiente",
    mean: "¿Quiso decir:",
    also: "También se buscó:",
    all: "Todos los resultados, con opciones para acotarlos",
    covered: "Se puede buscar en {0} de {1} reuniones.",
    missing: "Qué falta",
    failed: "Ahora no se puede llegar al buscador.",
    there: "Buscar en su propio sitio",
  },
  pt: {
    label: "Pesquisar as recomendações",
    search: "Pesquisar",
    searching: "Pesquisando…",
    one: "{0} resultado",
    other: "{0} resultados",
    range: "{0}, {1}–{2}",
    none: "Nenhum resultado",
    lack: "Nenhuma recomendação contém todas estas palavras.",
    partial: "Estas contêm algumas das palavras:",
    without: "Sem:",
    page: "PDF, página {0}",
    called: "{0} ({1} do PDF)",
    cite: "Para citar",
    pages: "Páginas de resultados",
    previous: "Anterior",
    next: "Seguinte",
    mean: "Você quis dizer:",
    also: "Também pesquisado:",
    all: "Todos os resultados, com opções para limitá-los",
    covered: "Pode-se pesquisar em {0} de {1} reuniões.",
    missing: "O que falta",
    failed: "Não se pode chegar à pesquisa agora.",
    there: "Pesquisar em seu próprio site",
  },
  fr: {
    label: "Chercher dans les recommandations",
    search: "Rechercher",
    searching: "Recherche…",
    one: "{0} résultat",
    other: "{0} résultats",
    range: "{0}, {1}–{2}",
    none: "Aucun résultat",
    lack: "Aucune recommandation ne contient tous ces mots.",
    partial: "Celles-ci contiennent une partie des mots :",
    without: "Sans :",
    page: "PDF, page {0}",
    called: "{0} ({1} du PDF)",
    cite: "Pour citer",
    pages: "Pages de résultats",
    previous: "Précédent",
    next: "Suivant",
    mean: "Vouliez-vous dire :",
    also: "Également cherché :",
    all: "Tous les résultats, avec des choix pour les limiter",
    covered: "On peut chercher dans {0} réunions sur {1}.",
    missing: "Ce qui manque",
    failed: "La recherche est inaccessible pour le moment.",
    there: "Chercher sur son propre site",
  },
};

const LOOK = new CSSStyleSheet();
LOOK.replaceSync("look.css");

const OWN = new CSSStyleSheet();
OWN.replaceSync(`
  :host { display: block; }
  :host([hidden]) { display: none; }
  .rs {
    all: initial;
    display: block;
    color: var(--rs-color, inherit);
    color-scheme: inherit;
    font-family: var(--rs-font-family, inherit);
    font-size: var(--rs-font-size, clamp(13px, 1em, 32px));
    line-height: 1.5;
  }
  .box { position: relative; }
  .kept { opacity: 0; }
  .over { position: absolute; inset: 0; container-type: size; }
  .alone { position: static; block-size: 5em; container-type: inline-size; }
  form {
    display: grid;
    grid-template: auto minmax(0, 2.75em) / minmax(0, 1fr) auto;
    gap: 0.15em 0.5em;
    block-size: 100%;
    margin: 0;
  }
  label { grid-column: 1 / -1; font-weight: 600; line-height: 1.2; }
  @container (max-height: 3.1em) and (min-width: 30em) {
    form { grid-template: minmax(0, 1fr) / auto minmax(0, 1fr) auto; align-items: center; }
    form > * { block-size: 100%; }
    label { grid-column: auto; display: grid; align-items: center; }
  }
  @container (max-height: 2.6em) and (max-width: 30em) {
    form { grid-template: minmax(0, 1fr) / minmax(0, 1fr) auto; }
    label { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  }
  .slow { min-block-size: 100vh; }
`);

const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, place) => values[place]);

/** An element with a part name, attributes and content; what is empty is left out. */
const make = (name, part, attributes = {}, ...content) => {
  const element = document.createElement(name);
  if (part) {
    element.className = `rs-${part}`;
    element.part = part;
  }
  for (const [key, value] of Object.entries(attributes)) if (value != null) element.setAttribute(key, value);
  element.append(...content.flat().filter((each) => each != null && each !== ""));
  return element;
};

/** A link, where the address is one of the web. */
const link = (address, text, attributes) =>
  /^https?:\/\//i.test(address) ? make("a", "link", { href: address, ...attributes }, text) : text;

class RecommendationSearch extends HTMLElement {
  #words;
  #language;
  #form;
  #label;
  #field;
  #button;
  #kept;
  #status;
  #results;
  #present = null; // what aborts the search that is under way
  #pause = 0;

  connectedCallback() {
    addEventListener("focusin", this.#heard);
    if (this.shadowRoot) return;
    const spoken = (this.closest("[lang]")?.lang || "en").split("-")[0].toLowerCase();
    this.#language = Object.hasOwn(MESSAGES, spoken) ? spoken : "en";
    this.#words = MESSAGES[this.#language];
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [LOOK, OWN];
    root.append(...this.#parts());
    root.addEventListener("click", (event) => this.#follow(event));
    // A page's shortcuts see the element, not the field within, and would take what is typed for their own.
    for (const kind of ["keydown", "keypress", "keyup"]) this.#field.addEventListener(kind, keepTyping);
    this.#adopt();
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => this.#adopt(), { once: true });
  }

  disconnectedCallback() {
    removeEventListener("focusin", this.#heard);
  }

  focus(options) {
    this.#field?.focus(options);
  }

  #parts() {
    this.#field = make("input", "field", {
      id: "q", type: "search", name: "q", maxlength: 2000, dir: "auto", autocomplete: "off", enterkeyhint: "search",
    });
    this.#label = make("label", "label", { for: "q" });
    this.#button = make("button", "button");
    this.#form = make(
      "form", "form", { role: "search", method: "get", "accept-charset": "utf-8" },
      this.#label, this.#field, this.#button,
    );
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("input", () => this.#typed());
    this.#status = make("p", "count", { role: "status", tabindex: -1, dir: "auto" });
    this.#results = make("div", "answer", { dir: "auto" });
    const lang = this.#language;
    // What stands in a slot inherits from what is around the slot, so nothing there may set anything that is inherited.
    this.#kept = make("div", "", { class: "kept", inert: "" }, make("slot"));
    const over = make("div", "", { class: "rs over", lang }, this.#form);
    return [
      make("div", "", { class: "box" }, this.#kept, over),
      make("div", "", { class: "rs", lang }, this.#status, this.#results),
    ];
  }

  /** Take over from the plain form: what it asks for, what it says, what was typed and where the visitor is. */
  #adopt() {
    const plain = this.querySelector("[name=q]");
    this.#form.parentElement.classList.toggle("alone", !plain);
    this.#form.setAttribute("action", this.querySelector("form")?.getAttribute("action") || new URL("search", SERVICE));
    this.#label.textContent = plain?.labels?.[0]?.textContent.trim() || this.#words.label;
    this.#button.textContent = this.querySelector("button")?.textContent.trim() || this.#words.search;
    this.#form.querySelectorAll("[type=hidden]").forEach((each) => each.remove());
    for (const { name, value, dataset } of this.querySelectorAll("input[type=hidden]"))
      if (([...LIMITS, "ui"].includes(name) || "limit" in dataset) && value) this.#form.append(make("input", "", { type: "hidden", name, value }));
    this.#field.value ||= plain?.value ?? "";
    if (plain && plain === document.activeElement) {
      const { selectionStart, selectionEnd } = plain;
      this.#field.focus({ preventScroll: true });
      this.#field.setSelectionRange(selectionStart, selectionEnd);
    }
    // The page's scripts know the plain form alone: what they do to put the focus there is meant for this one.
    for (const each of this.#plain) each.focus = (options) => this.focus(options);
  }

  get #plain() {
    return this.querySelectorAll("input, button");
  }

  /** A page that takes the focus as soon as it is here may let only fields that it knows have it: those come back then. */
  #heard = (event) => {
    const [taken] = event.composedPath();
    const plain = this.querySelector("[name=q]");
    if (!plain || !this.shadowRoot.contains(taken) || taken === this.shadowRoot.activeElement) return;
    this.#kept.inert = false;
    HTMLElement.prototype.focus.call(plain);
    this.#kept.inert = !plain.matches(":focus");
    if (this.#kept.inert) return;
    for (const each of this.#plain) delete each.focus;
    this.#kept.className = "";
    this.#form.parentElement.remove();
    this.#clear();
  };

  get #asked() {
    return this.#field.value.trim();
  }

  #submit(event) {
    clearTimeout(this.#pause);
    if (this.getAttribute("results") === "site") {
      if (!this.#tell("rs-search", { words: this.#asked, page: 1 })) event.preventDefault();
      return;
    }
    event.preventDefault();
    this.#search(this.#asked);
  }

  #typed() {
    clearTimeout(this.#pause);
    if (!this.hasAttribute("as-you-type") || this.getAttribute("results") === "site") return;
    if (this.#asked.length < FEWEST_SIGNS) this.#clear();
    else this.#pause = setTimeout(() => this.#search(this.#asked, 1, SLOW - TYPING_PAUSE), TYPING_PAUSE);
  }

  #clear() {
    this.#present?.abort();
    this.#status.replaceChildren();
    this.#results.replaceChildren();
    this.#results.classList.remove("slow");
  }

  async #search(words, page = 1, slow = SLOW) {
    if (!this.#tell("rs-search", { words, page })) return;
    this.#present?.abort();
    const present = (this.#present = new AbortController());
    this.#results.classList.remove("slow");
    this.#results.setAttribute("aria-busy", "true");
    const room = setTimeout(() => {
      this.#results.classList.add("slow");
      this.#status.textContent = this.#words.searching;
    }, slow);
    const end = setTimeout(() => present.abort("late"), PATIENCE);
    const answer = await this.#fetch(words, page, present.signal);
    clearTimeout(room);
    clearTimeout(end);
    if (present.signal.aborted && present.signal.reason !== "late") return;
    this.#results.removeAttribute("aria-busy");
    if (answer?.data) this.#show(answer, words, page);
    else this.#fail(words, answer?.detail);
  }

  /** What the service answers, be it the results or what is wrong with the question; nothing where it cannot be heard. */
  async #fetch(words, page, signal) {
    const asked = new URLSearchParams({ q: words, page, ui: this.#language });
    const size = Number(this.getAttribute("size"));
    if (Number.isInteger(size) && size > 0 && size <= 100) asked.set("size", size);
    for (const { name, value } of this.#form.querySelectorAll("[type=hidden]")) if (name !== "ui") asked.append(name, value);
    try {
      const address = new URL(`api/v1/search?${asked}`, SERVICE);
      return await (await fetch(address, { signal, credentials: "omit", referrerPolicy: "no-referrer" })).json();
    } catch {
      return null;
    }
  }

  #fail(words, detail) {
    const site = new URL(this.#form.getAttribute("action"), document.baseURI);
    site.search = new URLSearchParams(new FormData(this.#form));
    this.#status.textContent = detail || this.#words.failed;
    this.#results.replaceChildren(make("p", "more", {}, link(site.href, this.#words.there)));
    this.#tell("rs-error", { words, message: this.#status.textContent });
  }

  #show({ data, coverage, notices, generation }, words, page) {
    const say = this.#words;
    this.#status.textContent = this.#count(data);
    this.#results.replaceChildren(
      ...[
        notices.map(({ text }) => make("p", "notice", {}, text)),
        this.#notes(data),
        this.#list(data.hits, { start: this.#first(data) }),
        data.partial.length ? make("p", "partial", {}, data.total ? say.partial : `${say.lack} ${say.partial}`) : [],
        this.#list(data.partial, {}),
        data.pages > 1 ? this.#pager(data, words) : [],
        make("p", "more", {}, link(data.link, say.all)),
        make("p", "reach", {}, `${fill(say.covered, coverage.covered, coverage.meetings)} `, link(coverage.link, say.missing)),
      ].flat(),
    );
    this.#tell("rs-results", { words, page, total: data.total, generation });
  }

  #list(hits, attributes) {
    return hits.length ? make("ol", "hits", attributes, hits.map((hit) => this.#hit(hit))) : [];
  }

  #first({ page, size, hits }) {
    return hits.length ? (page - 1) * size + 1 : 1;
  }

  #count({ total, pages, page, size, hits }) {
    const say = this.#words;
    const shown = (number) => new Intl.NumberFormat(this.#language).format(number);
    const one = new Intl.PluralRules(this.#language).select(total) === "one";
    const counted = total ? fill(one ? say.one : say.other, shown(total)) : say.none;
    const first = this.#first({ page, size, hits });
    return pages > 1 && hits.length ? fill(say.range, counted, shown(first), shown(first + hits.length - 1)) : counted;
  }

  #notes({ did_you_mean: better, notes, also }) {
    const say = this.#words;
    const said = [
      ...(better ? [[`${say.mean} `, this.#step(better.text, better.text)]] : []),
      ...notes.map(({ message }) => [message]),
      ...(also.length ? [[`${say.also} ${also.join(", ")}`]] : []),
    ];
    return said.length ? make("ul", "notes", {}, said.map((note) => make("li", "note", {}, note))) : [];
  }

  #hit(hit) {
    const say = this.#words;
    const page = hit.page_label ? fill(say.called, hit.page_label, hit.page) : hit.page;
    const pieces = hit.highlights.flatMap(({ start, end, pieces }, place, all) => [
      start > (place ? all[place - 1].end : 0) ? " … " : "",
      ...pieces.map(({ text, matched }) => (matched ? make("mark", "mark", {}, text) : text)),
      place === all.length - 1 && end < [...hit.text].length ? " …" : "",
    ]);
    return make(
      "li", "hit", {},
      make("h3", "title", {}, link(hit.link, hit.title, { "data-id": hit.id })),
      make("p", "facts", {}, link(hit.meeting.link, hit.meeting.title), this.#days(hit.meeting)),
      hit.lacking.length ? make("p", "lacking", {}, `${say.without} `, hit.lacking.join(", ")) : null,
      make("blockquote", "snippet", { lang: hit.language, dir: "auto" }, pieces.length ? pieces : hit.text),
      make("p", "ways", {}, link(hit.pdf, fill(say.page, page), { "data-id": hit.id }), ` · ${tongue(hit.language)}`),
      make(
        "details", "cite", {},
        make("summary", "summary", {}, say.cite),
        make("p", "citation", {}, `${hit.citation} ${hit.permanent}`),
      ),
    );
  }

  #days({ first_day, last_day }) {
    if (!first_day) return null;
    const days = new Intl.DateTimeFormat(this.#language, { dateStyle: "long", timeZone: "UTC" });
    return ` · ${days.formatRange(new Date(first_day), new Date(last_day ?? first_day))}`;
  }

  #pager({ page, pages }, words) {
    return make(
      "nav", "pager", { "aria-label": this.#words.pages },
      page > 1 ? this.#step(this.#words.previous, words, page - 1) : null,
      page < pages ? this.#step(this.#words.next, words, page + 1) : null,
    );
  }

  /** What leads to other results; the visitor goes on at their beginning. */
  #step(text, words, page = 1) {
    const button = make("button", "step", { type: "button" }, text);
    button.addEventListener("click", async () => {
      this.#field.value = words;
      await this.#search(words, page);
      this.#status.focus();
    });
    return button;
  }

  #follow(event) {
    const followed = event.target.closest("a[data-id]");
    if (followed && !this.#tell("rs-open", { id: followed.dataset.id, address: followed.href })) event.preventDefault();
  }

  /** Tell the page; whether it lets the element go on. */
  #tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}

const keepTyping = (event) => {
  if (event.key?.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
};

/** The name of a language in itself; a code that is none stays as it is. */
const tongue = (code) => {
  try {
    const name = new Intl.DisplayNames([code, "en"], { type: "language" }).of(code);
    return name[0].toUpperCase() + name.slice(1);
  } catch {
    return code;
  }
};

if (!customElements.get("recommendation-search")) customElements.define("recommendation-search", RecommendationSearch);
