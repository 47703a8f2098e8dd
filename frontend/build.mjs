/* Builds the files that the workbench serves: classic scripts and style sheets, those that every page loads and those of some rooms, with a list of their digests.

   Classic scripts, not modules: a published site is also opened from disk, where browsers refuse modules.
   The names are fixed; the digest goes into the address (`?v=`), and the list is what the tests hold the
   wheel to. The stamp tells the Python build whether the sources have changed since.

   `node build.mjs FOLDER` builds into another folder, to compare. */

import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const home = join(here, "..", "src", "constellary", "workbench", "static");
// Beside, and moved into place when all is there: a build that fails leaves what was built before.
const out = process.argv[2] ? resolve(process.argv[2]) : join(here, "node_modules", `.built-${process.pid}`);
if (!process.argv[2]) process.on("exit", () => rmSync(out, { recursive: true, force: true }));
const SCRIPTS = {
  workbench: "src/main.ts",
  constellation: "src/constellation/main.ts",
  charts: "src/charts/main.ts",
  coding: "src/coding.ts",
  import: "src/import.ts",
  review: "src/review.ts",
};
const STYLES = {
  workbench: "src/styles/index.css",
  constellation: "src/styles/constellation.css",
  coding: "src/styles/coding.css",
  import: "src/styles/import.css",
  review: "src/styles/review.css",
};
const SOURCES = [".npmrc", "build.mjs", "package-lock.json", "package.json", "public", "src", "tsconfig.json"];

/** Every file below a path, in the order of the names. */
async function filesOf(path) {
  const found = [];
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const full = join(path, entry.name);
    found.push(...(entry.isDirectory() ? await filesOf(full) : [full]));
  }
  return found;
}

/** The digest of the sources; `hatch_build.py` computes the same. */
async function stampOf() {
  const all = [];
  for (const name of SOURCES) {
    const path = join(here, name);
    all.push(...(["public", "src"].includes(name) ? await filesOf(path) : [path]));
  }
  const named = all.map((path) => [relative(here, path).split(sep).join("/"), path]);
  const digest = createHash("sha256");
  for (const [name, path] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    digest.update(`${name}\0`).update(await readFile(path)).update("\0");
  }
  return digest.digest("hex");
}

const shared = {
  root: here,
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  define: { "process.env.NODE_ENV": '"production"' },
};

/** htmx without its eval, which our policy forbids and the configuration turns off: a direct eval keeps every name
    around it as it is, and a quarter more bytes on every page. */
const withoutEval = {
  name: "without-eval",
  transform(code, id) {
    if (!id.endsWith("htmx.esm.js")) return null;
    if (!code.includes("return eval(str)")) throw new Error("htmx has its eval elsewhere now; see build.mjs");
    return { code: code.replace("return eval(str)", "return undefined"), map: null };
  },
};

async function script(name, entry) {
  await build({
    ...shared,
    plugins: [withoutEval],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      sourcemap: false,
      chunkSizeWarningLimit: 1500,
      lib: { entry: join(here, entry), formats: ["iife"], name: `constellary_${name}`, fileName: () => `${name}.js` },
    },
  });
}

async function style(name, entry) {
  await build({
    ...shared,
    build: {
      outDir: out,
      emptyOutDir: false,
      sourcemap: false,
      rollupOptions: {
        input: join(here, entry),
        output: { assetFileNames: `${name}.css` },
      },
    },
  });
}

const stamp = await stampOf();
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [name, entry] of Object.entries(SCRIPTS)) await script(name, entry);
for (const [name, entry] of Object.entries(STYLES)) await style(name, entry);
await cp(join(here, "public"), out, { recursive: true });
const manifest = {};
for (const path of (await filesOf(out)).sort()) {
  const name = relative(out, path).split(sep).join("/");
  manifest[name] = createHash("sha256").update(await readFile(path)).digest("hex").slice(0, 12);
}
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
await writeFile(join(out, "stamp.txt"), `${stamp}\n`);
if (!process.argv[2]) {
  await rm(home, { recursive: true, force: true });
  await rename(out, home);
}
