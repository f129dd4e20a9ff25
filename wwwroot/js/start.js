// Starts Blazor with our own reconnect rhythm: at once, then every second up to five, for as long as the page is open.
// A page that comes back after minutes finds its circuit again within the server's retention, else js/connection.js reloads it.
// The frame says once that it is drawn; js/connection.js may be loaded before or after that.
window.platform = Object.assign(window.platform ?? {}, { ready() { window.platform.isReady = true; } });
Blazor.start({
  circuit: {
    reconnectionOptions: { dialogId: "connection", maxRetries: 1000, retryIntervalMilliseconds: n => n < 1 ? 0 : Math.min(1000 * n, 5000) }
  }
});
