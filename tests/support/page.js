// Finds things on the page the way a user does: by what they are and what they are called. Prefixed to every script.
const KINDS = {
  button: "button, [role=button]",
  action: "[data-action]",
  tab: "[role=tab]",
  link: "a[href]",
  field: "input, textarea",
  choice: "select",
  dialog: "dialog[open]",
  region: "section[aria-label], section[aria-labelledby], nav[aria-label], form[aria-label]",
  heading: "h1, h2, h3, h4",
  details: "summary",
};
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const byIds = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" ");
const nameOf = (element) => {
  const ids = element.getAttribute("aria-labelledby");
  const label = ids ? byIds(ids) : element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  return tidy(label ?? (element.matches("input, textarea, select") ? "" : element.textContent));
};
const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
// A name matches in full, a label also by its first word: "project_id *" is project_id.
// What its words are is for the description to say: an act goes by its contract, a dialog by its id.
const isCalled = (element, name) => element.dataset.action === name || element.matches("dialog") && element.id === name || nameOf(element) === name || (element.labels?.length && nameOf(element).startsWith(`${name} `));
// While a dialog is open, nothing behind it can be reached.
const reachable = () => document.querySelector("dialog:modal") ?? document;
const findAll = (kind, name) => {
  const within = [reachable(), ...reachable().querySelectorAll("*")].filter((part) => part.matches?.(KINDS[kind]));
  return within.filter((element) => isShown(element) && (name === null || isCalled(element, name)));
};
const find = (kind, name) => findAll(kind, name)[0] ?? null;
// All words inside an element, those of closed details included, with a blank between blocks.
const wordsOf = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("p, li, dt, dd, h2, h3, h4, div, summary, pre, button, br").forEach((part) => part.after(" "));
  return tidy(copy.textContent);
};
const response = () => [...document.querySelectorAll(KINDS.region)].find((region) => nameOf(region) === "Response") ?? null;
// Opens what a control is folded into, as its user does.
const unfoldTo = (label) => {
  const control = [...document.querySelectorAll("main :is(input, textarea, select)")].find((control) => isCalled(control, label));
  const folded = control?.closest("details:not([open])");
  if (folded) folded.querySelector("summary").click();
  else if (!control) document.getElementById("credential-change")?.click();
};
