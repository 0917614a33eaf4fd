// Prints what each engine costs to load, in bytes of brotli, as one JSON object. The code that both share is `core`.
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const { outputFiles, metafile } = await build({
  entryPoints: { sealed: "frontend/sealed/index.ts" },
  chunkNames: "[name]",
  outdir: "out",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome87"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
});

const size = Object.fromEntries(
  outputFiles.map((file) => [file.path.split("/").pop(), brotliCompressSync(file.contents).length]),
);
const engines = size["native.js"] + size["portable.js"];
const core = Object.values(size).reduce((total, bytes) => total + bytes, 0) - engines;
console.log(
  JSON.stringify({
    native: core + size["native.js"],
    portable: core + size["portable.js"],
    core,
    files: Object.keys(metafile.outputs).length,
  }),
);
