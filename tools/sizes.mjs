// Prints what the production site weighs, and fails when the complete operation page is above the limit.
//   node tools/sizes.mjs FOLDER          bytes and brotli 11 of every file, and the sum
//   node tools/sizes.mjs FOLDER --list   the names of what the page fetches; a test compares them with the browser's
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

// The complete operation page: everything that a browser fetches before the first click, with the shipped configuration,
// as brotli 11. What comes with its first use does not count.
const limit = 420_000;

const [folder = "dist", option] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, "/").length))
  .sort();

// Parts of the program come with their first use, the worker with the first call to the sandbox, an error catalogue with the
// first error. The service worker comes when the page is ready, and what it keeps for later is the browser's work in the background.
const { descriptions } = JSON.parse(read("config.json"));
const onPage = ["index.html", "config.json", "favicon.png", ...descriptions];
const isOnPage = (name) => onPage.includes(name) || /\.(css|js|wasm)$/.test(name) && !/^(worker|part_|sw\.js)/.test(name);

if (option === "--list") {
  console.log(files.filter(isOnPage).join("\n"));
  process.exit();
}

const brotli = (bytes) => brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
}).length;
const row = (name, raw, packed, note) => console.log(name.padEnd(44), String(raw).padStart(9), String(packed).padStart(9), note);
row("file", "bytes", "brotli 11", "");
let total = 0;
for (const name of files) {
  const bytes = read(name);
  const packed = brotli(bytes);
  if (isOnPage(name)) total += packed;
  row(name, bytes.length, packed, isOnPage(name) ? "" : "not before the first click");
}
console.log(`complete operation page: ${total} bytes of ${limit} as brotli 11`);
if (total > limit) {
  console.error(`complete operation page: ${total - limit} bytes above the limit`);
  process.exit(1);
}
