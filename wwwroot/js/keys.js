// Keyboard: Ctrl/Cmd+K opens the palette, ? the help, and every [data-keys="g c"] element is pressed by its keys.
// All of it happens here, with no trip to the server. Single keys rest while someone types, or where the reader switched them off.
const palette = () => document.getElementById("palette");
const help = () => document.getElementById("help-dialog");
let held = "";
let heldUntil = 0;

const typing = e => e.target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable='false']), .rz-html-editor");
const off = () => document.documentElement.dataset.shortcuts === "off";
const options = () => [...document.querySelectorAll("#palette [role=option]")];
const visible = () => options().filter(o => !o.parentElement.hidden);

// Palette and help stand beside the app in the document. Where the frame offers something else by now (another role, the other area), they are fetched anew.
const frame = () => document.querySelector(".shell");
let asked = "";

async function renew() {
  const dialogs = document.getElementById("frame-dialogs");
  const offer = frame()?.dataset.offer;
  if (!dialogs || !offer || offer === dialogs.dataset.offer || offer === asked) { return; }
  asked = offer;
  try {
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href, { headers: { Accept: "text/html" } })).text(), "text/html").getElementById("frame-dialogs");
    if (!fresh) { return; }
    for (const part of ["#palette-list", ".keys"]) { dialogs.querySelector(part).replaceChildren(...fresh.querySelector(part).children); }
    dialogs.dataset.offer = fresh.dataset.offer;
    if (palette().open) { counts(); filter(palette().querySelector("input").value); }
  } catch { asked = ""; /* away: the next key tries again */ }
}

// The counts of the menu, as they are when the palette opens.
function counts() {
  document.querySelectorAll("#palette-list .count").forEach(c => c.remove());
  document.querySelectorAll(".side .nav-link .count").forEach(c => {
    const link = [...document.querySelectorAll("#palette-list a")].findLast(a => a.href === c.closest("a").href);
    link?.insertBefore(c.cloneNode(true), link.querySelector(".kbd"));
  });
}

function open(dialog) {
  if (!dialog || dialog.open || document.querySelector("dialog[open]")) { return; }
  dialog.showModal();
}

function openPalette() {
  const dialog = palette();
  if (!dialog || !frame()) { return; }
  renew();
  if (!dialog.open) { counts(); }
  open(dialog);
  const input = dialog.querySelector("input");
  input.value = "";
  filter("");
  input.focus();
}

// Every word typed must occur; a match at the start of the name comes first.
function filter(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  options().forEach(o => { const name = o.dataset.search; o.parentElement.hidden = !words.every(w => name.includes(w)); });
  const first = visible().find(o => words.length && o.dataset.search.startsWith(words[0])) ?? visible()[0];
  select(first);
  palette().querySelector(".palette-empty").hidden = visible().length > 0;
}

function select(option) {
  options().forEach(o => o.setAttribute("aria-selected", String(o === option)));
  const input = palette().querySelector("input");
  if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  else { input.removeAttribute("aria-activedescendant"); }
}

function move(by) {
  const list = visible();
  const at = list.findIndex(o => o.getAttribute("aria-selected") === "true");
  if (list.length) { select(list[(at + by + list.length) % list.length]); }
}

function paletteKey(e) {
  if (e.key === "ArrowDown") { move(1); } else if (e.key === "ArrowUp") { move(-1); }
  else if (e.key === "Enter") { options().find(o => o.getAttribute("aria-selected") === "true")?.click(); }
  else { return; }
  e.preventDefault();
}

function press(keys) {
  const target = [...document.querySelectorAll("[data-keys]")].find(x => x.dataset.keys === keys && !x.disabled && (frame() || !x.closest("#frame-dialogs")));
  if (!target) { return false; }
  target.click();
  return true;
}

document.addEventListener("keydown", e => {
  if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === "k") { e.preventDefault(); openPalette(); return; }
  if (palette()?.open) { paletteKey(e); return; }
  if (e.key === "Escape") { closeMenus(); }
  if (e.ctrlKey || e.metaKey || e.altKey || off() || typing(e) || document.querySelector("dialog[open]")) { return; }
  renew();
  if (e.key === "?" && frame()) { e.preventDefault(); open(help()); return; }
  if (e.key.length !== 1) { return; }
  const key = e.key.toLowerCase();
  const pair = e.timeStamp < heldUntil ? `${held} ${key}` : "";
  if ((pair && press(pair)) || press(key)) { e.preventDefault(); heldUntil = 0; return; }
  held = key;
  heldUntil = e.timeStamp + 1200;
});

document.addEventListener("input", e => { if (e.target.closest("#palette")) { filter(e.target.value); } });

function closeMenus(except) { document.querySelectorAll("details.menu[open]").forEach(m => { if (m !== except) { m.open = false; } }); }

document.addEventListener("click", e => {
  const at = e.target;
  if (!(at instanceof Element)) { return; }
  if (at.closest("[data-open-palette]")) { openPalette(); return; }
  if (at.closest("[data-open-help]")) { closeMenus(); open(help()); return; }
  if (at.closest("[data-close-dialog]") || at.closest("#palette a")) { at.closest("dialog")?.close(); }
  if (at.matches("dialog.dialog[data-light]")) { at.close(); }
  const inMenu = at.closest("details.menu");
  closeMenus(inMenu && !at.closest(".menu-item:not([data-keep-open])") ? inMenu : undefined);
  if (at.closest(".side a")) { const side = at.closest(".side"); if (side.matches(":popover-open")) { side.hidePopover(); } }
});

// Radzen 12.0.8's scheduler never allows a drop by itself.
document.addEventListener("dragover", e => { if (e.target instanceof Element && e.target.closest(".rz-scheduler .rz-slot")) { e.preventDefault(); } });
