// Moves the focus to a step's heading, and mends what the framework leaves unsaid for screen readers.
const MOST_FRAMES = 180; // three seconds, after which the focus moves to what there is
const WATCHED = { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] };
const QUIET = 100; // milliseconds without a change, after which what was there before is taken away too
const PRESSES = ["pointerdown", "keydown"];
let seen = null;
let changed = 0;
let turned = 0; // when another spot was told
let acted = 0; // when a person last pressed something

function nameParts(names) {
  for (const [place, name] of Object.entries(names)) {
    for (const element of document.querySelectorAll(place)) {
      const said = element.hasAttribute("alt") ? "alt" : "aria-label";
      if (element.getAttribute(said) !== name) element.setAttribute(said, name);
    }
  }
}

// What stands in an empty list until something is chosen.
function namePlaceholders(names) {
  for (const [said, ours] of Object.entries(names)) {
    for (const field of document.querySelectorAll(`[placeholder="${said}"]`)) field.placeholder = ours;
  }
}

// The framework's own sentences, which it says in English only.
function sayTexts(texts) {
  for (const [place, begins, ours] of texts) {
    for (const element of document.querySelectorAll(place)) {
      if (!element.childElementCount && element.textContent.startsWith(begins)) element.textContent = ours;
    }
  }
}

// A group of checkboxes is announced with its question, and a question with what is wrong or hinted about it.
function joinQuestions() {
  for (const box of document.querySelectorAll('[class*="st-key-question-"]')) {
    const key = [...box.classList].find((name) => name.startsWith("st-key-question-"));
    const notes = [...box.querySelectorAll(".note")];
    notes.forEach((note, place) => (note.id = `${key}-note-${place}`));
    const described = notes.map((note) => note.id).join(" ");
    const legend = box.querySelector(".legend");
    if (!legend) continue; // not drawn yet
    legend.id = `${key}-legend`;
    const isGroup = box.querySelector(".stCheckbox") !== null;
    setOrRemove(box, "role", isGroup ? "group" : "");
    setOrRemove(box, "aria-labelledby", isGroup ? legend.id : "");
    const field = isGroup ? box : box.querySelector('[role="radiogroup"], textarea, [role="combobox"]');
    if (field) setOrRemove(field, "aria-describedby", described);
  }
}

// The framework uses a place on the page again for another question: what was said of the old one is taken away.
function setOrRemove(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

// Buttons that stand under each figure are told apart by the figure's heading.
function nameFigures() {
  for (const figure of document.querySelectorAll('[class*="st-key-figure-"]')) {
    const name = figure.querySelector("h2")?.textContent;
    for (const button of figure.querySelectorAll(".stDownloadButton button, summary")) {
      const text = button.innerText.trim();
      const said = text.includes(name) ? text : `${text}: ${name}`;
      if (name && button.getAttribute("aria-label") !== said) button.setAttribute("aria-label", said);
    }
  }
}

// A table that is wider than the screen is scrolled by keyboard too.
function reachTables() {
  for (const box of document.querySelectorAll('[data-testid="stTable"], [data-testid="stTable"] div, [data-testid="stMarkdownContainer"]:has(> table)')) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
  }
}

// A chosen file is called by its name; the framework adds its size in English signs.
function nameFiles() {
  for (const chip of document.querySelectorAll('[data-testid="stFileChip"]')) {
    const name = chip.querySelector('[data-testid="stFileChipName"]')?.textContent;
    if (name && chip.getAttribute("aria-label") !== name) chip.setAttribute("aria-label", name);
  }
}

// A sentence in a table is given room to be read in, so that its row does not become a column of words.
const SENTENCE = 20; // letters
function widenSentences() {
  for (const cell of document.querySelectorAll('[data-testid="stTable"] td')) {
    const isSentence = cell.textContent.length > SENTENCE;
    if (cell.classList.contains("sentence") !== isSentence) cell.classList.toggle("sentence", isSentence);
  }
}

// Charts beside each other begin at one height, however long the sentences above them are.
function levelCharts() {
  for (const row of document.querySelectorAll('[data-testid="stHorizontalBlock"]')) {
    const said = [...row.querySelectorAll('[class*="st-key-said-"]')];
    if (said.length < 2) continue;
    said.forEach((one) => (one.style.minHeight = ""));
    const tops = said.map((one) => one.getBoundingClientRect().top);
    const isBeside = said.every((one) => Math.abs(one.closest('[data-testid="stColumn"]').offsetTop - said[0].closest('[data-testid="stColumn"]').offsetTop) < 2);
    if (!isBeside) continue;
    const lowest = Math.max(...said.map((one) => one.getBoundingClientRect().bottom));
    said.forEach((one, place) => (one.style.minHeight = `${Math.ceil(lowest - tops[place])}px`));
  }
}

// The style sheet follows the theme that is shown, which may be the system's or the reader's own choice.
function noteTheme() {
  const ground = getComputedStyle(document.querySelector(".stApp") ?? document.body).backgroundColor;
  const [red, green, blue] = ground.match(/\d+/g).map(Number);
  const isDark = red + green + blue < 384;
  document.documentElement.classList.toggle("dark", isDark);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}

// The new page is there when Streamlit says that it has drawn it, no part of it waits for its script, and nothing
// changes any more: of a quick one it says so before the last page's parts are gone, and the focus would go with
// them.
// Whoever has pressed something since is left where they are: a button that moves away between the two halves of a
// press does not hear it.
const WAITS = '[data-testid="stSkeleton"]';
function moveFocusWhenDrawn(tries) {
  if (acted > turned) return;
  const drawn = document.querySelector('[data-test-script-state="notRunning"]') && !document.querySelector(WAITS);
  const isQuiet = performance.now() - changed > QUIET;
  if ((drawn && isQuiet) || tries === 0) moveFocus();
  else requestAnimationFrame(() => moveFocusWhenDrawn(tries - 1));
}

function moveFocus() {
  const target = document.querySelector(".st-key-problem") ?? document.querySelector("h1");
  if (!target) return;
  target.setAttribute("tabindex", "-1");
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  target.focus({ preventScroll: target.tagName === "H1" });
}

// A key that is held down says again and again what was meant for the last step.
function noteAct(press) {
  if (!press.repeat) acted = performance.now();
}

let said = null;
let waiting = false;

function settle() {
  waiting = false;
  nameParts(said.names);
  namePlaceholders(said.placeholders);
  sayTexts(said.texts);
  joinQuestions();
  nameFigures();
  nameFiles();
  widenSentences();
  levelCharts();
  reachTables();
  noteTheme();
  followSpot();
}

// The foot of a page, which is drawn last, tells one step from another.
function followSpot() {
  const spot = document.querySelector("[data-spot]")?.dataset.spot;
  if (spot === undefined) return; // between two pages
  if (seen !== null && seen !== spot) {
    turned = performance.now();
    requestAnimationFrame(() => moveFocusWhenDrawn(MOST_FRAMES));
  }
  seen = spot;
}

// One watcher for the whole visit: two with different languages would mend each other without end.
const watcher = new MutationObserver(() => {
  changed = performance.now();
  if (!waiting) requestAnimationFrame(settle);
  waiting = true;
});

export default function (component) {
  const isFirst = said === null;
  said = JSON.parse(new TextDecoder().decode(component.data));
  document.documentElement.lang = said.language;
  document.documentElement.dir = said.direction;
  if (isFirst) window.addEventListener("resize", () => requestAnimationFrame(settle));
  if (isFirst) watcher.observe(document.body, WATCHED);
  if (isFirst) for (const press of PRESSES) window.addEventListener(press, noteAct, true);
  settle();
}
