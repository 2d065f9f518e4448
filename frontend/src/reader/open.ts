import type { PDFDocumentProxy, TextLayer } from "pdfjs-dist";
import pdfUrl from "pdfjs-dist/legacy/build/pdf.min.mjs?url";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

/** A book that is open, and the maker of the layer of text that lies over its pages. */
export interface Book {
  pdf: PDFDocumentProxy;
  TextLayer: typeof TextLayer;
}

const PIECE = 256 * 1024; // bytes asked for at a time: few requests, and no more than a page or two needs

/**
 * Opens a PDF. Only the pieces that are looked at are fetched: a textbook has a hundred megabytes, and a village line
 * carries one in a minute. The library comes as it was published, beside its tables and fonts (vite.config.ts).
 */
export async function open(file: string, told: (percent: number) => void): Promise<Book> {
  const pdfjs = (await import(/* @vite-ignore */ pdfUrl)) as typeof import("pdfjs-dist");
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
  const beside = (folder: string) => new URL(`../pdfjs-${pdfjs.version}/${folder}/`, workerUrl).href;
  const loading = pdfjs.getDocument({
    url: file,
    disableAutoFetch: true,
    disableStream: true,
    rangeChunkSize: PIECE,
    isEvalSupported: false,
    enableXfa: false,
    cMapUrl: beside("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: beside("standard_fonts"),
    wasmUrl: beside("wasm"),
    iccUrl: beside("iccs"),
  });
  loading.onProgress = ({ loaded, total }: { loaded: number; total: number }) => {
    if (total) told(Math.min(99, Math.round((100 * loaded) / total)));
  };
  return { pdf: await loading.promise, TextLayer: pdfjs.TextLayer };
}
