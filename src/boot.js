// Starts the program and speaks for it when it cannot. A file of its own because the security policy of the site
// (script-src 'self' 'wasm-unsafe-eval') allows no script inside the page.
const crashed = document.getElementById("crashed");
const showCrash = () => { crashed.hidden = false; };

// A panic ends the program for good: what it leaves on the screen no longer reacts, so say that.
const isPanic = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => { if (isPanic(event.error)) showCrash(); });
addEventListener("unhandledrejection", (event) => { if (isPanic(event.reason)) showCrash(); });

// The build writes the names into this element; a module has no document.currentScript.
const built = document.querySelector("script[data-wasm]").dataset;

// What is not needed to show an operation are programs of their own: the panels and the sandbox. A module is fetched and
// started once, however often it is asked for.
const programs = {};
globalThis.loadProgram = (name) => programs[name] ??= (async () => {
  const program = await import(built[name]);
  await program.default();
  return program;
})().catch((error) => {
  delete programs[name];
  throw error;
});

try {
  const { default: init } = await import(built.js);
  await init({ module_or_path: built.wasm });
  // The service worker: only a production build has one, and browsers know none on plain http. A page can do without.
  if (built.renew && navigator.serviceWorker) import(built.renew).catch(() => {});
} catch (error) {
  console.error("TLS Console could not start:", error.message);
  showCrash();
} finally {
  document.getElementById("loading")?.remove();
}
