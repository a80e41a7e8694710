// prose.typ to typst.pdf in the working folder; prints the milliseconds that takes, without Node's
// own start. Run where @myriaddreamin/typst-ts-node-compiler is installed.
import { readFileSync, writeFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const start = performance.now();
const compiler = NodeCompiler.create({
  workspace: '.',
  fontArgs: [{ fontPaths: ['/usr/share/fonts/truetype/gentiumplus'] }],
});
const pdf = compiler.pdf({ mainFileContent: readFileSync('prose.typ', 'utf8') });
console.log((performance.now() - start).toFixed(1));
writeFileSync('typst.pdf', pdf);
