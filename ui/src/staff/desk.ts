/** The one view of the staff window. */
import { staff } from "../door/commands";
import { WindowView } from "../door/window.svelte";

export const desk = new WindowView(staff.view);
