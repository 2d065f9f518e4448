// The one entry of every page. A page names behaviours by `data-controller`; heavy ones come only where they are named.
import "./styles/main.css";
import { hello } from "./controllers/hello";
import { shutOthers } from "./controllers/disclosure";
import { showPresent } from "./controllers/present";
import { start, type Controllers } from "./controllers/start";

const controllers: Controllers = {
  hello,
  disclosure: shutOthers,
  present: showPresent,
  player: async (element) => (await import("./player")).player(element),
};

start(document, controllers);
