// What a reader sees while the server is away. Blazor sets classes on #connection; this turns them into one state, keeps what is
// typed meanwhile, sends it again when the line is back, and reloads by itself when the old session is gone.
const panel = () => document.getElementById("connection");
const dirty = new Map();
let away = false;

function stateOf(classes) {
  if (classes.contains("components-reconnect-show")) { return "waiting"; }
  if (classes.contains("components-reconnect-failed")) { return "failed"; }
  if (classes.contains("components-reconnect-rejected")) { return "lost"; }
  return null;
}

// A blink of under a second and a half is not worth a panel.
let patience = 0;
function show(state) {
  const p = panel();
  clearTimeout(patience);
  if (!state) { delete p.dataset.state; return; }
  if (state === "waiting" && !p.dataset.state) { patience = setTimeout(() => { p.dataset.state = state; }, 1500); } else { p.dataset.state = state; }
}

function back() {
  away = false;
  // The circuit missed these: the server hears them now, in the order in which the fields were touched.
  for (const [element, kind] of dirty) {
    if (!element.isConnected) { continue; }
    element.dispatchEvent(new Event("input", { bubbles: true }));
    if (kind === "change") { element.dispatchEvent(new Event("change", { bubbles: true })); }
  }
  dirty.clear();
}

async function reloadWhenUp() {
  for (let attempt = 0; attempt < 600; attempt++) {
    try { const answer = await fetch("/health/live", { cache: "no-store" }); if (answer.status < 500) { location.reload(); return; } } catch { /* still away */ }
    await new Promise(r => setTimeout(r, 1000));
  }
}

function watch() {
  const p = panel();
  if (!p) { return; }
  new MutationObserver(() => {
    const state = stateOf(p.classList);
    show(state);
    if (state && !away) { away = true; }
    if (state === "lost") { reloadWhenUp(); }
    if (!state && away) { back(); }
  }).observe(p, { attributes: true, attributeFilter: ["class"] });
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, e => { if (away && e.isTrusted && e.target.matches?.("input, textarea, select")) { dirty.set(e.target, dirty.get(e.target) === "change" ? "change" : kind); } }, true);
}
document.addEventListener("click", e => {
  if (e.target.closest?.("[data-reconnect]")) { Blazor.reconnect?.().then(ok => { if (ok === false) { location.reload(); } }, () => {}); }
  if (e.target.closest?.("[data-reload]")) { location.reload(); }
});
watch();
