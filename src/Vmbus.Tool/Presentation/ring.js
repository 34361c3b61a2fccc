"use strict";
const filter = document.getElementById("filter");
const shown = document.getElementById("shown");
const rows = Array.from(document.querySelectorAll("#packets tbody tr"));
function apply() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    const found = words.every(word => text.includes(word));
    row.hidden = !found;
    count += found ? 1 : 0;
    for (const part of document.querySelectorAll("[data-packet='" + row.dataset.packet + "'] .used")) {
      part.classList.toggle("found", found ? words.length !== 0 : false);
    }
  }
  shown.textContent = words.length === 0 ? "" : count + " of " + rows.length + " shown";
}
filter.addEventListener("input", apply);
apply();
