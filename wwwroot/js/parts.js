// Small services that parts call: dialogs, clipboard, focus, relative times that stay true.
window.platform = Object.assign(window.platform ?? {}, {
  showDialog(dialog) { if (dialog && !dialog.open) { dialog.showModal(); } },
  async leave(url) { location.assign((await (await fetch(url, { method: "POST" })).json()).url); },
  closeDialog(dialog) { if (dialog?.open) { dialog.close(); } },
  focus(element) { element?.focus(); },
  // A month on a phone is a list: today comes into view, unless it is there already or the reader went elsewhere before the page was live. The focus stays.
  showToday(asked) {
    const cell = document.querySelector(".calendar .cell.today");
    if (!cell || !matchMedia("(max-width: 48rem)").matches) { return; }
    const below = cell.getBoundingClientRect().bottom > innerHeight - 80;
    if (asked || (scrollY === 0 && below)) { cell.scrollIntoView({ block: "start", behavior: "instant" }); }
  },
  focusFirstError(form) { (form ?? document).querySelector("[aria-invalid='true']")?.focus(); },
  async copy(text) { try { await navigator.clipboard.writeText(text); return true; } catch { return false; } },
  cookie(name, value) { document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`; }
});

document.addEventListener("click", async e => {
  const button = e.target.closest?.("[data-copy]");
  if (!button) { return; }
  const done = await window.platform.copy(button.dataset.copy);
  const label = button.querySelector("[aria-live]");
  if (!label) { return; }
  label.textContent = done ? button.dataset.copied : button.dataset.failed;
  setTimeout(() => { label.textContent = ""; }, 2000);
});

// <time data-relative> says the distance to its moment; the same steps as Ui/Parts/RelativeTime.cs.
const steps = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [604800, "day", 86400]];
function relative(at, lang) {
  const seconds = Math.round((at - Date.now()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) { return null; }
  const step = steps.find(s => distance < s[0]);
  if (!step) { return undefined; }
  const rounded = Math.max(1, Math.round(distance / step[2]));
  return new Intl.RelativeTimeFormat(lang, { numeric: "always" }).format(seconds < 0 ? -rounded : rounded, step[1]);
}

setInterval(() => {
  if (document.hidden) { return; }
  document.querySelectorAll("time[data-relative]").forEach(t => {
    const words = relative(Date.parse(t.dateTime), document.documentElement.lang || "en");
    const text = words === null ? t.dataset.now : words;
    if (text && t.firstChild?.nodeType === 3 && t.firstChild.data.trim() !== text) { t.firstChild.data = text; }
  });
}, 15000);

// Saves a text that the page shows as a file, and prints the part of the page that is marked for it.
document.addEventListener("click", e => {
  const save = e.target.closest?.("[data-save]");
  if (save) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([save.dataset.save + "\n"], { type: "text/plain" }));
    link.download = save.dataset.saveName ?? "file.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  if (e.target.closest?.("[data-print]")) { window.print(); }
});
