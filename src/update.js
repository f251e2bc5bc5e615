// Registers the service worker (sw.js), which keeps this version's files, and says with the event "update-ready" when a
// newer version is there. The program asks the user (ui/update.rs) and says "update-accepted". boot.js imports this file
// when the page is up.
const { version } = document.querySelector("script[data-version]").dataset;
const container = navigator.serviceWorker;
const registration = await container.register("./sw.js");
const tell = (message) => registration.waiting?.postMessage(message);
const look = () => tell(version);
let accepted = false;

// What the page loaded before there was a service worker, for it to keep as well: all else passes through it.
const loaded = () => performance.getEntriesByType("resource").map(({ name }) => name);
const hand = () => registration.active?.postMessage(loaded());
if (container.controller) hand();
else container.addEventListener("controllerchange", hand, { once: true });

addEventListener("update-accepted", () => {
  accepted = true;
  // In another page the user may have accepted already.
  if (registration.waiting) tell("take over");
  else location.reload();
});

// The service worker of another version answers the look.
container.onmessage = () => { dispatchEvent(new Event("update-ready")); };
container.oncontrollerchange = () => { if (accepted) location.reload(); };
registration.onupdatefound = () => { registration.installing.onstatechange = look; };
document.addEventListener("visibilitychange", () => { if (!document.hidden) registration.update().catch(() => {}); });
look();
