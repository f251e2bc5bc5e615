// Makes a program and the glue that wasm-bindgen writes for it smaller. What they import from each other has long names
// with a hash each, which no compression shortens; and the glue is written for readers.
import { readFileSync, writeFileSync } from "node:fs";

/** What only readers need: comments, indentation, empty lines. */
export const tidy = (text) => text.replace(/^\s*\/\*\*[^]*?\*\//gm, "").split("\n").map((line) => line.trim())
  .filter((line) => line && !line.startsWith("//")).join("\n");

/** Rewrites both files in their place. */
export function shrink(glueFile, wasmFile) {
  const bytes = readFileSync(wasmFile);
  const names = new Map();
  for (const { name } of WebAssembly.Module.imports(new WebAssembly.Module(bytes))) {
    if (!names.has(name)) names.set(name, names.size.toString(36));
  }
  // Each is a key of the one object that the program is started with.
  const glue = tidy(readFileSync(glueFile, "utf8")).replace(/^(__w\w+)(?=: )/gm, (name) => {
    const short = names.get(name);
    if (short === undefined) throw new Error(`${wasmFile} does not import ${name}`);
    return `_${short}`;
  });
  const shrunk = renameImports(bytes, (name) => `_${names.get(name)}`);
  for (const { name } of WebAssembly.Module.imports(new WebAssembly.Module(shrunk))) {
    if (!glue.includes(`\n${name}: `)) throw new Error(`${glueFile} does not have ${name}`);
  }
  writeFileSync(glueFile, glue);
  writeFileSync(wasmFile, shrunk);
}

// https://webassembly.github.io/spec/core/binary/modules.html: after eight bytes come sections, each its number, its
// length and its content. That of the imports (2) is a list of module, name and what it is.
function renameImports(bytes, renamed) {
  let at = 8;
  const number = () => {
    let [value, shift, byte] = [0, 0, 0];
    do { byte = bytes[at++]; value |= (byte & 0x7f) << shift; shift += 7; } while (byte & 0x80);
    return value >>> 0;
  };
  const text = () => { const length = number(); return bytes.toString("utf8", at, at += length); };
  const skipLimits = () => { const flags = bytes[at++]; number(); if (flags & 1) number(); };
  const skip = [
    () => number(), // a function: its type
    () => { at++; skipLimits(); }, // a table: what it holds, how much
    () => skipLimits(), // a memory
    () => { at += 2; }, // a global: its type, whether it changes
    () => { at++; number(); }, // a tag
  ];
  const encoded = (value) => {
    const out = [];
    do { out.push(value & 0x7f | (value > 0x7f ? 0x80 : 0)); value >>>= 7; } while (value);
    return Buffer.from(out);
  };
  const named = (name) => Buffer.concat([encoded(Buffer.byteLength(name)), Buffer.from(name)]);

  for (;;) {
    const start = at;
    if (start >= bytes.length) throw new Error("no imports");
    const section = bytes[at++];
    const length = number();
    const end = at + length;
    if (section === 2) {
      const count = number();
      const parts = [encoded(count)];
      for (let index = 0; index < count; index++) {
        const [module, name] = [text(), text()];
        const what = at;
        skip[bytes[at++]]();
        parts.push(named(module), named(renamed(name)), bytes.subarray(what, at));
      }
      const content = Buffer.concat(parts);
      return Buffer.concat([bytes.subarray(0, start), Buffer.from([2]), encoded(content.length), content, bytes.subarray(end)]);
    }
    at = end;
  }
}
