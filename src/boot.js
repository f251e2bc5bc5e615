// Starts the program and speaks for it when it cannot. A file of its own because the security policy of the site
// (script-src 'self' 'wasm-unsafe-eval') allows no script inside the page.
const byId = (id) => document.getElementById(id);
const showCrash = () => { byId("crashed").hidden = false; };

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

// The service worker (sw.js) keeps this version's files. Only a production build has one, and browsers know none on
// plain http. When a newer version is there the page says so; it is the user who goes over to it.
const keepFiles = async () => {
  const workers = navigator.serviceWorker;
  if (!built.version || !workers) return;
  let wanted = false;
  const registration = await workers.register("./sw.js");
  const tell = (words) => registration.waiting?.postMessage(words);
  const look = () => tell(built.version);
  workers.onmessage = () => { byId("renewed").hidden = false; };
  workers.oncontrollerchange = () => { if (wanted) location.reload(); };
  byId("renew").onclick = () => {
    wanted = true;
    // Another page may have gone over already.
    if (registration.waiting) tell("take over");
    else location.reload();
  };
  registration.onupdatefound = () => { registration.installing.onstatechange = look; };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) registration.update().catch(() => {}); });
  look();
};

try {
  const { default: init } = await import(built.js);
  await init({ module_or_path: built.wasm });
  // A page can do without.
  keepFiles().catch(() => {});
} catch (error) {
  console.error("TLS Console could not start:", error.message);
  showCrash();
} finally {
  byId("loading")?.remove();
}
