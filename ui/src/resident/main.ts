import "../design/base.css";
import "../design/window.css";
import "./resident.css";
import { mount } from "svelte";
import { guardWedge } from "../scanner/wedge";
import Resident from "./Resident.svelte";
import { visit } from "./visit";

// A scanner types wherever the focus is: the beginning of a code must not become somebody's PIN.
guardWedge(window, () => undefined);

const target = document.getElementById("app");
if (target) mount(Resident, { target });
void visit.start();
