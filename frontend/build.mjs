// Builds every entry of entries.json into src/balaqorgau/build: hashed names, .br and .gz beside, manifest.json.
// Same input, same bytes: names come from contents, and nothing knows the time.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const PLACE = "src/balaqorgau/build";
const OUT = `${PLACE}.new`; // Swapped in at the end, so that whoever reads meanwhile finds the old build whole.
const entries = JSON.parse(readFileSync("frontend/entries.json", "utf8"));
const present = Object.entries(entries).filter(([, file]) => existsSync(file));

/** A second pass over what esbuild made takes a thirtieth more after brotli. */
const SMALLER = { module: true, ecma: 2020, compress: { passes: 3 } };

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

// One build for each part, so that what the console shares with the child's page cuts no small pieces out of the page.
const parts = [...new Set(present.map(([name]) => name.split("/")[0]))];
const outputs = {};
for (const part of parts) Object.assign(outputs, (await bundle(part)).metafile.outputs);

function bundle(part) {
  return build({
    entryPoints: Object.fromEntries(present.filter(([name]) => name.startsWith(`${part}/`))),
    entryNames: "[dir]/[name].[hash]",
    chunkNames: `${part}/[name].[hash]`,
    assetNames: `${part}/[name].[hash]`,
    outdir: OUT,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["chrome87"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    banner: { js: `/* ${JSON.stringify(SMALLER)} */` }, // Gone after the second pass, but names come from it too.
    metafile: true,
    loader: { ".svg": "file", ".woff2": "file" },
  });
}

const manifest = {};
for (const [file, output] of Object.entries(outputs)) {
  if (!output.entryPoint) continue;
  const entry = present.find(([, source]) => source === output.entryPoint);
  if (entry) manifest[entry[0] + extname(file)] = relative(OUT, file);
}
writeFileSync(join(OUT, "manifest.json"), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 1)}\n`);

function* filesIn(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

async function smaller(bytes) {
  return Buffer.from((await minify(bytes.toString(), SMALLER)).code);
}

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
for (const file of [...filesIn(OUT)]) {
  if (basename(file) === "manifest.json" || dirname(file) === "") continue;
  const bytes = extname(file) === ".js" ? await smaller(readFileSync(file)) : readFileSync(file);
  writeFileSync(file, bytes);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, BROTLI));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
rmSync(`${PLACE}.old`, { recursive: true, force: true });
if (existsSync(PLACE)) renameSync(PLACE, `${PLACE}.old`);
renameSync(OUT, PLACE);
rmSync(`${PLACE}.old`, { recursive: true, force: true });
console.log(`built ${Object.keys(manifest).length} entries into ${PLACE}`);
