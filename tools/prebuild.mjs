// Prepares what the site serves beside the programs, in target/site. Trunk runs it before every build (Trunk.toml).
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const site = "target/site";
const read = (name) => readFileSync(name, "utf8");

rmSync(site, { recursive: true, force: true });
mkdirSync(`${site}/apis`, { recursive: true });

// One style sheet, in the order of the cascade layers.
const sheets = ["tokens", "base", "layout", "components", "features", "fleet", "fleet-plan", "pages"];
writeFileSync(`${site}/console.css`, sheets.map((name) => read(`style/${name}.css`)).join("\n"));

// The console shows examples of what is sent; those of answers, and what a document says of itself and of its answers, are for
// readers of the document.
function withoutWhatNobodyReads(document) {
  const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));
  const answers = operations.flatMap((operation) => Object.values(operation.responses ?? {}));
  answers.flatMap((answer) => Object.values(answer.content ?? {})).forEach((media) => delete media.example);
  [document.info ?? {}, ...answers, ...Object.values(document.components?.responses ?? {})].forEach((part) => delete part.description);
  return document;
}

for (const name of readdirSync("apis").filter((name) => name.endsWith(".json"))) {
  const text = read(`apis/${name}`);
  // A broken document stays as it is: the page says where it is broken.
  let compact = text;
  try { compact = JSON.stringify(withoutWhatNobodyReads(JSON.parse(text))); } catch { /* as it is */ }
  writeFileSync(`${site}/apis/${name}`, compact);
}
