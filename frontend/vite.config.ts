import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Puts what pdf.js asks for while it works (tables of Chinese writing, the fonts every PDF may count on, decoders of
 * pictures) beside the build, in a folder with its version in the name: kept for ever like all that is built.
 */
function besidePdf(): Plugin {
  const library = here("node_modules/pdfjs-dist");
  return {
    name: "beside-pdf",
    generateBundle() {
      const { version } = JSON.parse(readFileSync(`${library}/package.json`, "utf8")) as { version: string };
      for (const folder of ["cmaps", "standard_fonts", "wasm", "iccs"]) {
        for (const name of readdirSync(`${library}/${folder}`)) {
          const source = readFileSync(`${library}/${folder}/${name}`);
          this.emitFile({ type: "asset", fileName: `pdfjs-${version}/${folder}/${name}`, source });
        }
      }
    },
  };
}

/** Puts each text of the build beside itself packed (`x.js.br`, `x.js.gz`): the front sends these as they are. */
function packed(): Plugin {
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    name: "packed",
    apply: "build",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((each) => /\.(m?js|css|svg|json|wasm)$/.test(each))) {
        const bytes = readFileSync(`${dir}/${name}`);
        if (bytes.length < 500) continue; // less than one packet of the line anyway
        writeFileSync(`${dir}/${name}.br`, brotliCompressSync(bytes, best));
        writeFileSync(`${dir}/${name}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  // Relative, so that the files work under whatever address the front serves them.
  base: "./",
  publicDir: false,
  plugins: [besidePdf(), packed()],
  build: {
    outDir: here("../smartedu/static/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["es2020", "chrome87", "firefox85", "safari14"],
    // The player is one deferred chunk of a known size: the limit is ours, not Vite's guess.
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      input: {
        main: here("src/main.ts"),
        reader: here("src/reader/main.ts"),
        shade: here("src/shade.ts"),
        kept: here("src/worker/kept.ts"),
        worker: here("src/worker/worker.ts"),
      },
      // The service worker is asked for under one name for ever; everything else bears its hash.
      output: { entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js") },
    },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
