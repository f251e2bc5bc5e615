// Starts the program and speaks for it when it cannot. A file of its own: the policy of the site allows no script inside
// the page.
const showCrash = () => {
  // "Loading…"; the name of the page stays.
  document.querySelector("#loading > p + p")?.remove();
  document.getElementById("crashed").hidden = false;
};

// A panic ends the program for good: what it leaves on the screen no longer reacts.
const isPanic = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => { if (isPanic(event.error)) showCrash(); });
addEventListener("unhandledrejection", (event) => { if (isPanic(event.reason)) showCrash(); });

// The build writes the names of the files into this element (Trunk.toml).
const built = document.querySelector("script[data-wasm]").dataset;

try {
  const { default: init } = await import(built.js);
  await init({ module_or_path: built.wasm });
  // The service worker: a production build has one, and browsers know none on plain http. The page works without it.
  // What it keeps is fetched when the page has nothing else to do.
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
  if (built.version && navigator.serviceWorker) whenIdle(() => import(built.update).catch(() => {}));
} catch (error) {
  console.error("TLS Console could not start:", error.message);
  showCrash();
}
