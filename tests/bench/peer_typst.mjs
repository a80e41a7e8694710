// Typst, by its compiler for Node: peer_typst.mjs SOURCE OUT [COPIES]
// Prints, as JSON, the milliseconds of the first document (fonts found, compiler new) and of each of
// COPIES more that differ in one line, in the same process.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler");
const [source, out, copies] = process.argv.slice(2);
const mainFileContent = readFileSync(source, "utf8");
const fontPaths = ["gentiumplus", "lato"].map((name) => `/usr/share/fonts/truetype/${name}`);

const started = performance.now();
const compiler = NodeCompiler.create({ workspace: ".", fontArgs: [{ fontPaths }] });
writeFileSync(out, compiler.pdf({ mainFileContent }));
const times = [performance.now() - started];
for (let i = 0; i < Number(copies ?? 0); i++) {
  const from = performance.now();
  compiler.pdf({ mainFileContent, inputs: { who: `Participant ${i}` } });
  times.push(performance.now() - from);
}
console.log(JSON.stringify(times));
