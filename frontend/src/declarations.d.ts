// hls.js ships types for its whole build only; the light one (no second audio, no encryption) is a subset of it.
declare module "hls.js/light" {
  export * from "hls.js";
  export { default } from "hls.js";
}
