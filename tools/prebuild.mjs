// Prepares what the site serves beside the program, in target/site: one style sheet instead of five, in the order of
// their layers; the loader and the API descriptions without what only their readers need. Trunk runs it before every
// build (Trunk.toml).
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const site = "target/site";
const read = (name) => readFileSync(name, "utf8");
const tidy = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).join("\n") + "\n";

rmSync(`${site}/apis`, { recursive: true, force: true });
mkdirSync(`${site}/apis`, { recursive: true });

const sheets = ["tokens", "base", "layout", "widgets", "pages"].map((name) => read(`style/${name}.css`));
const sheet = (text) => tidy(text.replace(/\/\*[^]*?\*\//g, ""));
writeFileSync(`${site}/console.css`, sheet(sheets.join("\n")));
writeFileSync(`${site}/panels.css`, sheet(read("style/panels.css")));
writeFileSync(`${site}/boot.js`, tidy(read("src/boot.js").replace(/^\s*\/\/.*$/gm, "")));
// The console shows examples of what is sent; those of answers are for readers of the document.
function withoutExamplesOfAnswers(document) {
  const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));
  const answers = operations.flatMap((operation) => Object.values(operation.responses ?? {}));
  answers.flatMap((answer) => Object.values(answer.content ?? {})).forEach((media) => delete media.example);
  return document;
}

for (const name of readdirSync("apis").filter((name) => name.endsWith(".json"))) {
  const text = read(`apis/${name}`);
  // A broken document stays as it is: the page says where it is broken.
  let compact = text;
  try { compact = JSON.stringify(withoutExamplesOfAnswers(JSON.parse(text))); } catch { /* as it is */ }
  writeFileSync(`${site}/apis/${name}`, compact);
}
