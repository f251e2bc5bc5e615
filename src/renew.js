// Registers the service worker (sw.js), which keeps this version's files, and says when a newer version is there: it is
// the user who goes over to it. boot.js fetches this file when the page is up.
const { version } = document.querySelector("script[data-version]").dataset;
const workers = navigator.serviceWorker;
const registration = await workers.register("./sw.js");
const tell = (words) => registration.waiting?.postMessage(words);
const look = () => tell(version);
let wanted = false;

const line = document.createElement("div");
line.setAttribute("aria-live", "polite");
document.body.prepend(line);

const button = document.createElement("button");
button.type = "button";
button.className = "button";
button.textContent = "Reload";
button.onclick = () => {
  wanted = true;
  // Another page may have gone over already.
  if (registration.waiting) tell("take over");
  else location.reload();
};

// The worker of another version answers the look.
workers.onmessage = () => {
  const words = document.createElement("p");
  words.className = "value-line";
  words.append("A new version of the console is ready. What is typed here is lost when the page is reloaded. ", button);
  line.className = "banner";
  line.replaceChildren(words);
};
workers.oncontrollerchange = () => { if (wanted) location.reload(); };
registration.onupdatefound = () => { registration.installing.onstatechange = look; };
document.addEventListener("visibilitychange", () => { if (!document.hidden) registration.update().catch(() => {}); });
look();
