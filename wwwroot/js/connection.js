// What a reader sees while the server is away. Blazor sets classes on #connection; this turns them into one state, keeps what is typed
// meanwhile, tells the server when the line is back, and where the old session is gone reloads by itself and puts the typed text back.
const panel = () => document.getElementById("connection");
const touched = new Map(); // field -> { kind, at }: the last thing done to it, and when
const grace = 15000; // what was typed shortly before the loss was noticed may not have arrived either
const place = () => `away:${location.pathname}${location.search}`;
const fields = () => [...document.querySelectorAll("main input, main textarea, main select")];
const keepable = f => !["password", "file", "hidden", "submit", "button"].includes(f.type);
const ticks = f => f.type === "checkbox" || f.type === "radio";
let awaySince = 0;

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

const unheard = () => [...touched].filter(([f, t]) => f.isConnected && keepable(f) && t.at >= awaySince - grace);

function tell(field, kind) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (kind === "change") { field.dispatchEvent(new Event("change", { bubbles: true })); }
}

// The circuit lives and missed these: it hears them now, in the order in which the fields were touched.
function back() {
  for (const [field, t] of unheard()) { tell(field, t.kind); }
  awaySince = 0;
}

function keep() {
  const all = fields();
  const kept = unheard().map(([f]) => ({ at: all.indexOf(f), tag: f.tagName, type: f.type, value: ticks(f) ? f.checked : f.value })).filter(k => k.at >= 0);
  if (kept.length) { try { sessionStorage.setItem(place(), JSON.stringify(kept)); } catch { /* storage is full or off */ } }
}

// Called by the frame once the new circuit draws. A page that still reads its data gets its fields a little later.
function restore(tries = 20) {
  const text = sessionStorage.getItem(place());
  if (!text) { return; }
  const kept = JSON.parse(text);
  const all = fields();
  const fits = kept.every(k => all[k.at]?.tagName === k.tag && all[k.at].type === k.type);
  if (!fits && tries > 0) { setTimeout(() => restore(tries - 1), 250); return; }
  sessionStorage.removeItem(place());
  if (!fits) { return; }
  for (const k of kept) {
    const field = all[k.at];
    if (ticks(field)) { field.checked = k.value; } else { field.value = k.value; }
    tell(field, "change");
  }
}

async function reloadWhenUp() {
  for (let attempt = 0; attempt < 600; attempt++) {
    try { const answer = await fetch("/health/live", { cache: "no-store" }); if (answer.status < 500) { keep(); location.reload(); return; } } catch { /* still away */ }
    await new Promise(r => setTimeout(r, 1000));
  }
}

function watch() {
  const p = panel();
  if (!p) { return; }
  new MutationObserver(() => {
    const state = stateOf(p.classList);
    show(state);
    if (state && !awaySince) { awaySince = Date.now(); }
    if (state === "lost") { reloadWhenUp(); }
    if (!state && awaySince) { back(); }
  }).observe(p, { attributes: true, attributeFilter: ["class"] });
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, e => {
    if (!e.isTrusted || !e.target.matches?.("input, textarea, select")) { return; }
    touched.set(e.target, { kind: kind === "change" ? kind : touched.get(e.target)?.kind ?? kind, at: Date.now() });
    if (touched.size > 200) { touched.delete(touched.keys().next().value); }
  }, true);
}
document.addEventListener("click", e => {
  if (e.target.closest?.("[data-reconnect]")) { Blazor.reconnect?.().then(ok => { if (ok === false) { keep(); location.reload(); } }, () => {}); }
  if (e.target.closest?.("[data-reload]")) { if (awaySince) { keep(); } location.reload(); }
});
if (window.platform?.isReady) { document.documentElement.dataset.live = ""; restore(); }
window.platform = Object.assign(window.platform ?? {}, { ready: () => { document.documentElement.dataset.live = ""; restore(); } });
watch();
