/** What an element with `data-controller="name"` is given to once the page is there. */
export type Controller = (element: HTMLElement) => void | Promise<void>;
export type Controllers = Record<string, Controller>;

/**
 * Starts every named controller below `root`, each element once. One that fails leaves the page as the server sent
 * it, which can always be read; the fault goes to the console.
 */
export function start(root: ParentNode, controllers: Controllers): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-controller]")) {
    for (const name of (element.dataset["controller"] ?? "").split(/\s+/)) {
      const controller = controllers[name];
      if (!controller || element.dataset["started"]) continue;
      element.dataset["started"] = name;
      Promise.resolve()
        .then(() => controller(element))
        .catch((fault: unknown) => console.error(`${name}:`, fault));
    }
  }
}
