// Keys for the counter: an extra; everything they do is a link or a button of the page.
// They rest while somebody types, and a scanner's burst of keys is never taken for commands.
const help = document.querySelector("dialog.keys");
const box = document.querySelector("input[name=q]");
const rows = () => {
  const ticks = document.querySelectorAll(".tick");
  return [...(ticks.length ? ticks : document.querySelectorAll("a.person, .compare > table tbody tr"))];
};
const isTyping = ({ target }) =>
  target.matches?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=file])");

function move(by) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next) return;
  if (next.tagName !== "A") next.tabIndex = -1;
  next.focus();
}

// In the reception: the four checks. In the comparison: declared, paper, register of the row in hand.
function choose(number) {
  const check = document.querySelectorAll("form.quick [type=checkbox]")[number - 1];
  if (check) {
    check.checked = !check.checked;
    check.focus();
    return;
  }
  const all = rows();
  const row = all.find((one) => one.contains(document.activeElement)) ?? all[0];
  const source = ["declared", "paper", "register"][number - 1];
  const radio = row?.querySelector(`[type=radio][value=${source}]`);
  if (radio) radio.checked = true;
}

const acts = {
  a: () => document.querySelector("form.decide button")?.click(),
  r: () => document.querySelector("main a[href$='/refusal']")?.click(),
  "/": () => box?.focus(),
  "?": () => help?.showModal(),
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

document.addEventListener("keydown", (event) => {
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
    return box.form.requestSubmit();
  }
  if (event.key.length !== 1 || event.key === " " || event.repeat) return;
  if (event.key === "/") event.preventDefault();
  typed += event.key;
  clearTimeout(timer);
  timer = setTimeout(settle, acts[typed.toLowerCase()] ? burstMs : busyMs);
});

if (help) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain-button keys-button";
  button.textContent = help.dataset.button;
  button.addEventListener("click", () => help.showModal());
  help.before(button);
}
