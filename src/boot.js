// Starts the program and speaks for it when it cannot. A file of its own because the security policy of the site
// (script-src 'self' 'wasm-unsafe-eval') allows no script inside the page.
const crashed = document.getElementById("crashed");
const showCrash = () => { crashed.hidden = false; };

// A panic ends the program for good: what it leaves on the screen no longer reacts, so say that.
const isPanic = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => { if (isPanic(event.error)) showCrash(); });
addEventListener("unhandledrejection", (event) => { if (isPanic(event.reason)) showCrash(); });

// The sandbox is a program of its own; a module is fetched once, however often it is asked for.
globalThis.loadSandbox = async () => {
  const sandbox = await import("./sandbox.js");
  await sandbox.default();
  return sandbox;
};

try {
  // Trunk writes the names into this element; a module has no document.currentScript.
  const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
  const { default: init } = await import(js);
  await init({ module_or_path: wasm });
} catch (error) {
  console.error("TLS Console could not start:", error.message);
  showCrash();
} finally {
  document.getElementById("loading")?.remove();
}
