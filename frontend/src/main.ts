// The one entry of every page. A page names behaviours by `data-controller`; heavy ones come only where they are named.
import "./styles/main.css";
import { hello } from "./controllers/hello";
import { shutOthers } from "./controllers/disclosure";
import { start, type Controllers } from "./controllers/start";

const controllers: Controllers = {
  hello,
  disclosure: shutOthers,
  player: async (element) => (await import("./player")).player(element),
};

start(document, controllers);

// On a phone the plates run on sideways: the one the page stands in is brought into view.
const present = document.querySelector<HTMLElement>(".header__plates [aria-current]");
if (present?.parentElement) present.parentElement.scrollLeft = present.offsetLeft - 24;
