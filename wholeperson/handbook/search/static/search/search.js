// Says "Searching…" where a screen reader listens, until the answer says what was found.
(() => {
  const searching = () => {
    const state = document.getElementById("search-state");
    if (state) state.textContent = state.dataset.searching;
  };
  document.addEventListener("htmx:beforeRequest", searching);
  document.addEventListener("htmx:responseError", () => document.querySelector("form.wp-search").submit());
})();
