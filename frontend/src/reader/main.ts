// The entry of the reader's page. The server sends the frame with its buttons and the file to open or save; this
// brings the pages into it. An entry of its own, so that no other page carries a line of it.
import "./reader.css";
import { reader } from "./reader";

const frame = document.querySelector<HTMLElement>("[data-reader]");
if (frame) void reader(frame);
