// Keeps what is typed in fields with data-draft="key" in this tab until the page says that the server has it.
// A lost circuit, a deploy or an accidental reload costs no character: the text is put back and told to the server.
// The page calls platform.drafts.saved("key") after each save, and platform.drafts.forget("prefix") when the work is done.
const name = key => `draft:${key}`;

document.addEventListener("input", e => {
  const key = e.target.dataset?.draft;
  if (key && e.isTrusted) { try { sessionStorage.setItem(name(key), e.target.value); } catch { /* storage is full or switched off: the server still saves */ } }
}, true);

function restore(field) {
  if (field.dataset.draftSeen) { return; }
  field.dataset.draftSeen = "1";
  const kept = sessionStorage.getItem(name(field.dataset.draft));
  if (kept === null || kept === field.value) { return; }
  field.value = kept;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

window.platform = Object.assign(window.platform ?? {}, {
  drafts: {
    // Called by the page once it is interactive; before that nobody would hear the events.
    restore(key) { document.querySelectorAll("[data-draft]").forEach(f => { if (f.dataset.draft.startsWith(key)) { restore(f); } }); },
    saved(key) { sessionStorage.removeItem(name(key)); },
    forget(prefix) { Object.keys(sessionStorage).filter(k => k.startsWith(name(prefix))).forEach(k => sessionStorage.removeItem(k)); }
  }
});
