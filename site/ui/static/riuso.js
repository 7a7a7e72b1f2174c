// Comfort only: every page is whole without this file.

// On a wide screen the filters stand open; on a narrow one they wait behind their title.
const wide = matchMedia("(min-width: 62rem)");
for (const panel of document.querySelectorAll("details.facets")) {
  const follow = () => { panel.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
}

// "/" puts the cursor into the search box, as on the forges.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("main input[type=search], header input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
});
