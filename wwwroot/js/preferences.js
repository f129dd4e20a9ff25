// What a reader chose for this device: theme, width of the navigation, single-key shortcuts. Kept in cookies, so that the
// server draws the first paint right and nothing flashes.
const root = document.documentElement;

function keep(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax${secure}`;
}

function show() {
  const theme = root.dataset.theme ?? "system";
  document.querySelectorAll("[data-set-theme]").forEach(b => b.setAttribute("aria-pressed", String(b.dataset.setTheme === theme)));
  document.querySelectorAll("[data-toggle-nav]").forEach(b => b.setAttribute("aria-expanded", String(root.dataset.nav !== "narrow")));
  document.querySelectorAll("[data-toggle-shortcuts]").forEach(b => { b.checked = root.dataset.shortcuts !== "off"; });
}

function setTheme(theme) {
  if (theme === "system") { delete root.dataset.theme; keep("theme", ""); }
  else { root.dataset.theme = theme; keep("theme", theme); }
  show();
}

function toggleNav() {
  const narrow = root.dataset.nav !== "narrow";
  if (narrow) { root.dataset.nav = "narrow"; } else { delete root.dataset.nav; }
  keep("nav", narrow ? "narrow" : "");
  show();
}

function setShortcuts(on) {
  if (on) { delete root.dataset.shortcuts; } else { root.dataset.shortcuts = "off"; }
  keep("shortcuts", on ? "" : "off");
  show();
}

document.addEventListener("click", e => {
  const button = e.target.closest?.("[data-set-theme], [data-toggle-nav]");
  if (!button) { return; }
  if (button.dataset.setTheme) { setTheme(button.dataset.setTheme); } else { toggleNav(); }
});
document.addEventListener("change", e => { if (e.target.matches?.("[data-toggle-shortcuts]")) { setShortcuts(e.target.checked); } });

// Buttons may be drawn later than this runs.
new MutationObserver(changes => {
  if (changes.some(c => [...c.addedNodes].some(n => n.nodeType === 1 && (n.matches("[data-set-theme], [data-toggle-shortcuts]") || n.querySelector("[data-set-theme], [data-toggle-shortcuts]"))))) { show(); }
}).observe(document.body ?? root, { childList: true, subtree: true });
show();
