// Writes age.json from the public age test vectors: `npm pack cctv-age`, unpack it, then
// `node tests/vectors/age.mjs package/index.js > tests/vectors/age.json`.
// The vectors are by the age authors (C2SP/CCTV), under 0BSD, CC0-1.0 or the Unlicense, as one chooses.
import { resolve } from "node:path";

const published = await import(resolve(process.argv[2]));

function parsed(name, bytes) {
  const raw = Buffer.from(bytes);
  const cut = raw.indexOf("\n\n");
  const lines = raw.subarray(0, cut).toString().split("\n").map((line) => line.split(/: (.*)/s));
  const all = (key) => lines.filter(([found]) => found === key).map(([, value]) => value);
  return {
    name,
    expect: all("expect")[0],
    payload: all("payload")[0] ?? null,
    file_key: all("file key")[0] ?? null,
    identities: all("identity"),
    compressed: all("compressed")[0] ?? null,
    file: raw.subarray(cut + 2).toString("base64url"),
  };
}

console.log(JSON.stringify(Object.entries(published).map(([name, bytes]) => parsed(name, bytes)), null, 1));
