// Chooses the reader's own time zone in the sign-up form; without script the reader chooses it.
const select = document.querySelector('select[data-own-zone]');
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select && [...select.options].some(option => option.value === zone)) { select.value = zone; }
