import "../design/base.css";
import "./resident.css";
import { mount } from "svelte";
import Resident from "./Resident.svelte";
import { visit } from "./visit";

const target = document.getElementById("app");
if (target) mount(Resident, { target });
void visit.start();
