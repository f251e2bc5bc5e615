// Makes a production site of what Trunk built: parts the program into what every page needs and what comes with its first
// use (src/ui/on_use.rs), optimises and minifies, puts a hash into the name of every file that never
// changes, adds the service worker, and compresses. Trunk runs it after every build (Trunk.toml); a build for
// development stays as it is and has no service worker.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// In the order of their names, functions of one module stand beside each other and compress well (4 800 bytes less than in
// the order of their use), and a small change moves none of the others.
const optimise = "--enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext"
  + " --enable-mutable-globals --enable-reference-types --enable-multivalue"
  + " -O3 -O3 --reorder-functions-by-name --strip-debug --strip-producers --strip-target-features";

const run = promisify(execFile);
const folder = process.env.TRUNK_STAGING_DIR;
const path = (name) => join(folder, name);
const read = (name) => readFileSync(path(name), "utf8");
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

// The one rule for a name with a hash; src/sw.js and the servers' configurations in deploy/ have it too.
const isHashed = (name) => /-[0-9a-f]{16}(_bg)?\.(css|js|wasm)$/.test(name);

// Puts the hash of a file into its name and into every file that mentions it.
function hash(name) {
  const hashed = name.replace(/(_bg)?\.\w+$/, (ending) => `-${digest(readFileSync(path(name)))}${ending}`);
  renameSync(path(name), path(hashed));
  const mention = new RegExp(`(?<![\\w-])${name.replace(".", "\\.")}(?![\\w-])`, "g");
  for (const other of readdirSync(folder).filter((other) => /\.(js|html)$/.test(other))) {
    writeFileSync(path(other), read(other).replace(mention, hashed));
  }
}

// Parts the program that Cargo linked. Trunk has made its own version of it, in one file: this takes its place.
async function part(program, profile) {
  const target = process.env.CARGO_TARGET_DIR ?? "target";
  const parts = "target/split";
  rmSync(parts, { recursive: true, force: true });
  await run("wasm-split-cli", [join(target, `wasm32-unknown-unknown/${profile}/${program}.wasm`), parts, "--target", "web", "--out-name", program]);
  await run("wasm-bindgen", ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", parts, join(parts, `${program}.wasm`)]);
  // One script: two that import each other could not both have the other's hash in their names.
  await run("esbuild", [join(parts, `${program}.js`), "--bundle", "--format=esm", `--outfile=${path(`${program}.js`)}`, "--allow-overwrite", "--log-level=error"]);
  renameSync(join(parts, `${program}_bg.wasm`), path(`${program}_bg.wasm`));
  for (const name of readdirSync(parts).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name))) {
    const named = `part_${name.replace(/^(split|chunk)_/, "")}`;
    renameSync(join(parts, name), path(named));
    writeFileSync(path(`${program}.js`), read(`${program}.js`).replace(`./${name}`, `./${named}`));
  }
}

async function finish() {
  await part("tls-console", "release");
  // The linker has kept everything for the parting, and the worker uses little of it.
  await part("worker", "worker");
  writeFileSync(path("sw.js"), readFileSync(new URL("../src/sw.js", import.meta.url)));
  writeFileSync(path("index.html"), read("index.html").replace(/<!--[^]*?-->\s*/g, ""));
  const programs = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
  const texts = readdirSync(folder).filter((name) => /\.(css|js)$/.test(name));
  await Promise.all(programs.map((name) => run("wasm-opt", [...optimise.split(" "), path(name), "-o", path(name)])));
  await run("esbuild", [...texts.map(path), "--minify", "--charset=utf8", `--outdir=${folder}`, "--allow-overwrite"]);
  // A file that mentions another one gets its name later than that one.
  const glue = programs.filter((name) => name.endsWith("_bg.wasm")).map((name) => name.replace("_bg.wasm", ".js"));
  const rest = texts.filter((name) => name !== "sw.js" && !glue.includes(name));
  [...programs, ...glue, ...rest].forEach(hash);

  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, "/").length))
    .filter((name) => !["index.html", "sw.js"].includes(name) && !/\.(md|schema\.json)$/.test(name))
    .sort();
  const version = digest(["index.html", ...files].map((name) => `${name} ${digest(readFileSync(path(name)))}`).join("\n"));
  writeFileSync(path("index.html"), read("index.html").replace(" data-js=", ` data-version="${version}" data-js=`));

  const list = (names) => () => JSON.stringify(names);
  const isOnUse = (name) => name.startsWith("worker");
  const serviceWorker = read("sw.js")
    .replace("VERSION", version)
    .replace("HASHED", list(files.filter((name) => isHashed(name) && !isOnUse(name))))
    .replace("ON_USE", list(files.filter(isOnUse)))
    .replace("OTHER", list(files.filter((name) => !isHashed(name))));
  writeFileSync(path("sw.js"), serviceWorker);

  // For servers that send compressed files as they are. Only files that nobody changes after the build.
  for (const name of files.filter(isHashed)) {
    const bytes = readFileSync(path(name));
    const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(path(`${name}.br`), brotliCompressSync(bytes, { params: parameters }));
    writeFileSync(path(`${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

if (process.env.TRUNK_PROFILE !== "debug") await finish();
