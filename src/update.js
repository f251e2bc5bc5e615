// Registers the service worker (sw.js), which keeps this version's files, and says when a newer version is there: it is
// the user who goes over to it. boot.js fetches this file when the page is up.
const { version } = document.querySelector("script[data-version]").dataset;
const workers = navigator.serviceWorker;
const registration = await workers.register("./sw.js");
const tell = (words) => registration.waiting?.postMessage(words);
const look = () => tell(version);
let wanted = false;

// Programs that were loaded before there was a worker, for it to keep as well: all others pass through it.
const loaded = () => performance.getEntriesByType("resource").map(({ name }) => name);
const hand = () => registration.active?.postMessage(loaded());
if (workers.controller) hand();
else workers.addEventListener("controllerchange", hand, { once: true });

const line = document.createElement("div");
line.setAttribute("aria-live", "polite");
document.body.prepend(line);
const words = document.createElement("span");

const button = document.createElement("button");
button.type = "button";
button.className = "button";
button.textContent = "Reload";
button.onclick = () => {
  // The console keeps what is typed for the next version (ui/keep.rs), and objects while a call is under way.
  if (!dispatchEvent(new Event("renew", { cancelable: true }))) {
    words.textContent = "A new version of the console is ready. A call is under way: reload when its answer is there.";
    return;
  }
  wanted = true;
  // Another page may have gone over already.
  if (registration.waiting) tell("take over");
  else location.reload();
};

// The worker of another version answers the look.
workers.onmessage = () => {
  words.textContent = "A new version of the console is ready. Reloading keeps what is typed, but no secrets and no answers.";
  const both = document.createElement("p");
  both.className = "value-line";
  both.append(words, " ", button);
  line.className = "banner";
  line.replaceChildren(both);
};
workers.oncontrollerchange = () => { if (wanted) location.reload(); };
registration.onupdatefound = () => { registration.installing.onstatechange = look; };
document.addEventListener("visibilitychange", () => { if (!document.hidden) registration.update().catch(() => {}); });
look();
