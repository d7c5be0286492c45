// Keys for the counter: an extra; everything they do is a link or a button of the page.
// They rest while somebody types, and a scanner's burst of keys is never taken for commands.
// Prototypes are asked: no element of the page stands in for them by its name (see kernel/in-page.ts).
const all = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
const one = (selector) => all(selector)[0];
const help = one("dialog.keys");

// Whoever speaks to the computer, or whose hand slips, lets them rest: this browser remembers it (WCAG 2.1.4).
const jar = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
const isSafe = location.protocol === "https:";
const RESTING = `${isSafe ? "__Host-" : ""}counter_keys_rest=1`;
const yearSeconds = 31_536_000;
let isResting = jar.get.call(document).includes(RESTING);
function rest(is) {
  isResting = is;
  const kept = `${RESTING}; path=/; samesite=lax; max-age=${is ? yearSeconds : 0}`;
  jar.set.call(document, isSafe ? `${kept}; secure` : kept);
}

const box = one("input[name=q]");
const rows = () => {
  const ticks = all(".tick");
  return ticks.length ? ticks : all("a.person, .compare > table tbody tr");
};
const isTyping = ({ target }) =>
  target.matches?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=file])");

const isFocused = (row) => row.matches(":focus, :focus-within");

function move(by) {
  const list = rows();
  const at = list.findIndex(isFocused);
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
  if (!next) return;
  if (next.tagName !== "A") next.tabIndex = -1;
  next.focus();
}

// In the reception: the four checks. In the comparison: declared, paper, register of the row in hand.
function choose(number) {
  const check = all("form.quick [type=checkbox]")[number - 1];
  if (check) {
    check.checked = !check.checked;
    check.focus();
    return;
  }
  const list = rows();
  const row = list.find(isFocused) ?? list[0];
  const source = ["declared", "paper", "register"][number - 1];
  const radio = row?.querySelector(`[type=radio][value=${source}]`);
  if (radio) radio.checked = true;
}

const acts = {
  a: () => one("form.decide button")?.click(),
  r: () => one("main a[href$='/refusal']")?.click(),
  "/": () => box?.focus(),
  "?": () => help?.showModal?.(),
};
for (const number of [1, 2, 3, 4]) acts[number] = () => choose(number);

// One key alone is a command; several within a few hundredths of a second are a scanner.
// A computer that is busy lets the keys of a burst through one by one: what can be no command is waited for longer.
const burstMs = 50;
const busyMs = 300;
let typed = "";
let timer;
function settle() {
  const keys = typed;
  typed = "";
  if (keys.length === 1) acts[keys.toLowerCase()]?.();
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Escape" && isTyping(event)) return event.target.blur();
  if (help?.open || isTyping(event)) return;
  const isRadio = event.target.matches?.("[type=radio]");
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !isRadio) {
    event.preventDefault();
    return move(event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.key === "Enter" && typed.length > 1) {
    event.preventDefault();
    clearTimeout(timer);
    const scanned = typed;
    typed = "";
    if (!box) return;
    box.value = scanned;
    return HTMLFormElement.prototype.submit.call(box.form);
  }
  if (isResting || event.key.length !== 1 || event.key === " " || event.repeat) return;
  if (event.key === "/") event.preventDefault();
  typed += event.key;
  clearTimeout(timer);
  timer = setTimeout(settle, acts[typed.toLowerCase()] ? burstMs : busyMs);
});

// Safari before 15.4 knows no dialogs.
if (help?.showModal) {
  const button = Document.prototype.createElement.call(document, "button");
  button.type = "button";
  button.className = "plain-button keys-button";
  button.textContent = help.dataset.button;
  button.addEventListener("click", () => help.showModal());
  help.before(button);
  const sleeper = Document.prototype.createElement.call(document, "button");
  sleeper.type = "button";
  sleeper.className = "button quiet";
  const say = () => {
    sleeper.textContent = isResting ? help.dataset.wake : help.dataset.rest;
  };
  sleeper.addEventListener("click", () => {
    rest(!isResting);
    say();
  });
  say();
  // Behind the button that closes: that one has the focus, and a scan ends with Enter.
  one("dialog.keys form").append(sleeper);
}
