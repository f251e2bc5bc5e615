// What Trunk leaves to do: gives the loader, the panels and the sandbox names with a hash, as it gives the rest, so that
// no page can mix two versions; makes programs and glue smaller; adds the service worker with the list of what it keeps; and
// compresses what never changes.
//   node tools/finish.mjs FOLDER
// Trunk runs it after every build (Trunk.toml); a build for development stays as it is and has no service worker.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { shrink, tidy } from "./glue.mjs";

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
  // No browser checks the integrity of a preload that is no script; they warn of it.
  const page = read("index.html").replace(/<!--[^]*?-->/g, "").replace(/ integrity="[^"]*"(?= as="fetch")/g, "");
  writeFileSync(path("index.html"), tidy(page));
  for (const program of ["panels", "sandbox"]) shrink(path(`${program}.js`), path(`${program}_bg.wasm`));
  // Trunk has named and described these two already.
  const built = (ending) => readdirSync(folder).find((name) => /^tls-console-[0-9a-f]{16}/.test(name) && name.endsWith(ending));
  const first = { glue: built(".js"), wasm: built("_bg.wasm") };
  const integrity = (name) => createHash("sha384").update(readFileSync(path(name))).digest("base64");
  const before = integrity(first.glue);
  shrink(path(first.glue), path(first.wasm));
  replace("index.html", before, integrity(first.glue));
  for (const name of Object.values(first)) {
    const renamed = name.replace(/-[0-9a-f]{16}/, `-${digest(readFileSync(path(name)))}`);
    replace("index.html", name, renamed);
    renameSync(path(name), path(renamed));
  }

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

  // For servers that take compressed files as they are. Only of files that nobody changes after the build: the old
  // bytes would be served beside the new ones.
  for (const name of [...hashed, ...files.filter((name) => name.startsWith("sandbox-"))]) {
    const bytes = readFileSync(path(name));
    const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(path(`${name}.br`), brotliCompressSync(bytes, { params: parameters }));
    writeFileSync(path(`${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}
