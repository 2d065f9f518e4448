import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = fileURLToPath(new URL("../smartedu/static/build", import.meta.url));

export default defineConfig({
  // Relative, so that the files work under whatever address the front serves them.
  base: "./",
  publicDir: false,
  build: {
    outDir: built,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["es2020", "chrome87", "firefox85", "safari14"],
    // The player is one deferred chunk of a known size: the limit is ours, not Vite's guess.
    chunkSizeWarningLimit: 600,
    rollupOptions: { input: { main: fileURLToPath(new URL("src/main.ts", import.meta.url)) } },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
