// What Trunk leaves to do: gives the loader, the panels and the sandbox names with a hash, as it gives the rest, so that
// no page can mix two versions; makes what glue and program share easy to compress; and adds the service worker with the
// list of what it keeps.
//   node tools/finish.mjs FOLDER
// Trunk runs it after every build (Trunk.toml); a build for development stays as it is and has no service worker.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (process.argv[2] || process.env.TRUNK_PROFILE !== "debug") finish();

function finish() {
  const path = (name) => join(folder, name);
  const read = (name) => readFileSync(path(name), "utf8");
  const digest = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const replace = (name, from, to) => {
    const text = read(name);
    if (!text.includes(from)) throw new Error(`${name} does not mention ${from}`);
    writeFileSync(path(name), text.replaceAll(from, to));
  };
  const source = (name) => readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8").replace(/^\s*\/\/.*\n/gm, "");
  // Whoever mentions a file is given its new name, and only then a name of its own.
  const rename = (name, mentions) => {
    const [, stem, rest] = /^([a-z]+)((?:_bg)?\.[a-z]+)$/.exec(name);
    const renamed = `${stem}-${digest(readFileSync(path(name)))}${rest}`;
    renameSync(path(name), path(renamed));
    mentions.forEach((other) => replace(other, name, renamed));
  };
  // What only readers need: comments and indentation of the page and of the glue that wasm-bindgen writes.
  const tidy = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("//")).join("\n");
  writeFileSync(path("index.html"), tidy(read("index.html").replace(/<!--[^]*?-->/g, "")));
  const glue = readdirSync(folder).find((name) => /^tls-console-[0-9a-f]+\.js$/.test(name));
  const integrity = (bytes) => createHash("sha384").update(bytes).digest("base64");
  const change = (name, ending, before, after) => {
    const renamed = `tls-console-${digest(after)}${ending}`;
    writeFileSync(path(name), after);
    renameSync(path(name), path(renamed));
    replace("index.html", name, renamed);
    replace("index.html", integrity(before), integrity(after));
  };
  // wasm-bindgen ends each name that glue and program share with a hash of 16 digits, which nothing can compress. Numbers
  // tell them apart as well; as long as the hashes, so that the program's tables stay right.
  const names = [...new Set(read(glue).match(/\b__wbg_\w+_[0-9a-f]{16}\b/g) ?? [])];
  const number = (text) =>
    names.reduce((text, name, index) => text.replaceAll(name, name.slice(0, -16) + String(index).padStart(16, "0")), text);
  change(glue, ".js", read(glue), number(tidy(read(glue).replace(/^\s*\/\*\*[^]*?\*\//gm, ""))));
  const program = glue.replace(".js", "_bg.wasm");
  const bytes = readFileSync(path(program));
  change(program, "_bg.wasm", bytes, Buffer.from(number(bytes.toString("latin1")), "latin1"));

  for (const program of ["panels", "sandbox"]) {
    rename(`${program}_bg.wasm`, [`${program}.js`]);
    rename(`${program}.js`, ["index.html"]);
  }
  rename("panels.css", ["index.html"]);
  rename("boot.js", ["index.html"]);
  const renew = source("renew.js");
  const renewed = `renew-${digest(renew)}.js`;
  writeFileSync(path(renewed), renew);

  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, "/").length))
    .filter((name) => name !== "index.html" && !/\.(md|schema\.json)$/.test(name))
    .sort();
  const version = digest(["index.html", ...files].map((name) => `${name} ${digest(readFileSync(path(name)))}`).join("\n"));
  replace("index.html", " data-js=", ` data-version="${version}" data-renew="./${renewed}" data-js=`);
  // The sandbox is kept by those who use it, from then on.
  const hashed = files.filter((name) => /-[0-9a-f]{10,16}[._]/.test(name) && !name.startsWith("sandbox-"));
  const other = files.filter((name) => !/-[0-9a-f]{10,16}[._]/.test(name));
  const worker = source("sw.js")
    .replace("VERSION", version)
    .replace("HASHED", () => JSON.stringify(hashed))
    .replace("OTHER", () => JSON.stringify(other));
  writeFileSync(path("sw.js"), worker);
}
