/** The one view of the resident's window. */
import { resident } from "../door/commands";
import { WindowView } from "../door/window.svelte";

export const visit = new WindowView(resident.view);
