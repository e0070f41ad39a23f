// Leaves fast, and turns a step without loading the whole page. Without this file every button works as a form.
// Pages that were seen are held in this document alone: closed, they are gone.
(() => {
  const away = document.querySelector("[data-leave]");
  const leave = () => {
    seen.length = 0;
    document.body.replaceChildren();
    location.replace(away.href); // takes the place of this page: one step back does not lead here
  };
  let escaped = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - escaped < 1500) leave();
    escaped = event.timeStamp;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-leave]")) {
      event.preventDefault();
      leave();
    }
    if (event.target.closest("[data-print]")) window.print();
  });

  const step = () => document.getElementById("step");
  const parts = ["step", "bar", "languages"];
  const seen = [];
  let at = 0;
  const taken = () => Object.fromEntries(parts.map((id) => [id, document.getElementById(id).cloneNode(true)]));
  const show = (page) => {
    for (const id of parts) document.getElementById(id).replaceWith(page[id]);
    document.documentElement.lang = page.lang || document.documentElement.lang;
    ready();
    window.scrollTo(0, 0);
    const first = step().querySelector("[aria-invalid]") || step().querySelector("h1");
    if (first) first.focus();
  };
  const ready = () => {
    for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-step]");
    if (!form || !window.fetch) return;
    event.preventDefault();
    const line = document.getElementById("no-line");
    const sent = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, cache: "no-store", credentials: "same-origin" });
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!read.getElementById("step")) throw new Error("no step");
      line.hidden = true;
      seen[at] = taken();
      at += 1;
      seen.length = at;
      history.pushState({ at }, "", location.pathname);
      show(Object.fromEntries(parts.map((id) => [id, document.importNode(read.getElementById(id), true)])));
    } catch {
      line.hidden = false;
      line.focus();
    }
  });
  window.addEventListener("popstate", (event) => {
    const to = (event.state && event.state.at) || 0;
    if (!seen[to]) return location.reload();
    seen[at] = taken();
    at = to;
    show(seen[to]);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // brought back by the browser: begin again, empty
  });
  ready();
})();
