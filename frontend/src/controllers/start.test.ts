import { expect, test, vi } from "vitest";
import { start } from "./start";

test("each element is started once, whatever happens to its neighbour", async () => {
  document.body.innerHTML = `<i data-controller="breaks"></i><b data-controller="works"></b><u data-controller="unknown"></u>`;
  const silenced = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const seen: string[] = [];
  const controllers = {
    breaks: () => {
      throw new Error("broken");
    },
    works: (element: HTMLElement) => void seen.push(element.tagName),
  };
  start(document, controllers);
  start(document, controllers);
  await new Promise((done) => setTimeout(done));
  expect(seen).toEqual(["B"]);
  expect(silenced).toHaveBeenCalledOnce();
  silenced.mockRestore();
});
