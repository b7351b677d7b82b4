// Loads the page again when the book was built anew, and shows what is wrong with what is written now.
(() => {
  "use strict";
  const every = 700; // milliseconds
  let shown = null;
  let notice = null;

  function show(state) {
    const text = state.building ? "building …" : state.problems.join("\n");
    if (notice === null && text) {
      notice = document.createElement("pre");
      notice.id = "sourcebook-live";
      notice.setAttribute("role", "status");
      notice.tabIndex = 0;
      document.body.append(notice);
    }
    if (notice !== null && notice.textContent !== text) {
      notice.textContent = text;
      notice.hidden = !text;
      notice.classList.toggle("wrong", !state.building);
    }
  }

  async function look() {
    try {
      const state = await (await fetch("/_live/state.json", { cache: "no-store" })).json();
      if (shown !== null && shown !== state.stamp) {
        location.reload();
        return;
      }
      shown = state.stamp;
      show(state);
    } catch {
      show({ building: false, problems: ["`sourcebook serve` has ended"] });
    }
    setTimeout(look, every);
  }

  look();
})();
