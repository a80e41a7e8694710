// Runs in the browser: pdf.js's own viewer with its forms and its sandbox for scripts, as in
// Firefox.
import * as pdfjs from "/pdfjs/build/pdf.mjs";

globalThis.pdfjsLib = pdfjs; // pdf_viewer.mjs looks for it there
pdfjs.GlobalWorkerOptions.workerSrc = "/pdfjs/build/pdf.worker.mjs";
const { EventBus, PDFLinkService, PDFScriptingManager, PDFViewer } =
  await import("/pdfjs/web/pdf_viewer.mjs");

const eventBus = new EventBus();
const linkService = new PDFLinkService({ eventBus });
const scriptingManager = new PDFScriptingManager({
  eventBus, sandboxBundleSrc: "/pdfjs/build/pdf.sandbox.mjs" });
const viewer = new PDFViewer({
  container: document.getElementById("container"), eventBus, linkService, scriptingManager });
linkService.setViewer(viewer);
scriptingManager.setViewer(viewer);
// The sandbox's own; before it is there, what is typed is not worked out.
const ready = new Promise((resolve) => eventBus.on("sandboxcreated", resolve, { once: true }));

const name = new URL(location).searchParams.get("file");
const pdf = await pdfjs.getDocument({
  url: `/files/${name}`, enableXfa: false, cMapUrl: "/pdfjs/cmaps/", cMapPacked: true,
  standardFontDataUrl: "/pdfjs/standard_fonts/" }).promise;
const initialised = new Promise((resolve) => eventBus.on("pagesinit", resolve, { once: true }));
viewer.setDocument(pdf);
linkService.setDocument(pdf, null);
await initialised;
const hasScripts = await pdf.hasJSActions();
if (hasScripts) await ready;

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

globalThis.shown = {
  viewer,
  hasScripts,
  /** Field objects by full name: their kind, page (from 0), value. */
  fields: async () => (await pdf.getFieldObjects()) ?? {},
  /** Shows a page and waits for its form. */
  async goTo(number) {
    viewer.currentPageNumber = number;
    viewer.scrollPageIntoView({ pageNumber: number });
    while (!viewer.getPageView(number - 1)?.annotationLayer?.div?.querySelector("section"))
      await new Promise((resolve) => setTimeout(resolve, 20));
  },
  /** The file with what has been filled in, as base64. */
  save: async () => base64(await pdf.saveDocument()),
  /** A page's picture, a byte a point, as base64; fields as their appearances draw them. */
  async draw(number, scale) {
    const page = await pdf.getPage(number), viewport = page.getViewport({ scale });
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(viewport.width);
    canvas.height = Math.ceil(viewport.height);
    const canvasContext = canvas.getContext("2d");
    const annotationMode = pdfjs.AnnotationMode.ENABLE;
    await page.render({ canvasContext, viewport, annotationMode }).promise;
    const { width, height, data } = canvasContext.getImageData(0, 0, canvas.width, canvas.height);
    const grey = new Uint8Array(width * height);
    for (let at = 0; at < grey.length; at++)
      grey[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
    return { width, height, grey: base64(grey) };
  },
};
globalThis.isShown = true;
