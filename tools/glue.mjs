// Makes a program and the glue that wasm-bindgen writes for it easier to compress. Each name that the two share ends with
// a hash, which nothing can compress, and the glue is written for readers.
import { readFileSync, writeFileSync } from "node:fs";

/** What is left without comments, indentation and empty lines. */
export const tidy = (text) => text.replace(/^\s*\/\*\*[^]*?\*\//gm, "").split("\n").map((line) => line.trim())
  .filter((line) => line && !line.startsWith("//")).join("\n");

/** Rewrites both files in their place. */
export function shrink(glueFile, programFile) {
  const glue = tidy(readFileSync(glueFile, "utf8"));
  // What the program imports are keys of one object. Longer names first: a shorter one may be their beginning.
  const names = [...glue.matchAll(/^(__wb\w+)(?=: )/gm)].map(([name]) => name).sort((a, b) => b.length - a.length);
  // Of the same length, so that all else in the program stays where it is.
  const short = (name, index) => `_${index.toString(36)}`.padEnd(name.length, "_");
  const rename = (text) => names.reduce((text, name, index) => text.replaceAll(name, short(name, index)), text);
  // Messages of panics name the source. Of Rust's own and of the crates', the file's name and the line tell enough.
  const source = /(?:\/rustc\/[0-9a-f]{40}\/library|index\.crates\.io-[0-9a-f]+|\/rust\/deps)\/[\w./-]+?(?=\/\w+\.rs)/g;
  const text = readFileSync(programFile, "latin1").replace(source, (folders) => "/".repeat(folders.length));
  const [newGlue, program] = [rename(glue), Buffer.from(rename(text), "latin1")];
  for (const { name } of WebAssembly.Module.imports(new WebAssembly.Module(program))) {
    if (!newGlue.includes(`\n${name}: `)) throw new Error(`${glueFile} does not have ${name}`);
  }
  writeFileSync(glueFile, newGlue);
  writeFileSync(programFile, program);
}
