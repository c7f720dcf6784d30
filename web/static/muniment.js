import { initAll } from "/assets/vendor/govuk-frontend.min.js";

const EARLY = 5 * 60;  // seconds before the end of a session in which its page says so

initAll();

const warning = document.getElementById("signing-out");
if (warning) watch(warning, Number(warning.dataset.seconds));

// Says that the session is about to end, in time to go on; and that it has ended, before something typed is lost.
function watch(warning, seconds) {
  const told = (name, yes) => { warning.querySelector(`[data-told=${name}]`).hidden = !yes; };
  const stay = warning.querySelector("button");
  const timers = [
    setTimeout(() => { warning.hidden = false; }, Math.max(seconds - EARLY, 0) * 1000),
    setTimeout(() => { told("soon", false); told("over", true); stay.hidden = true; }, seconds * 1000),
  ];
  stay.onclick = async () => {
    const answer = await fetch("/api/v1/account", { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    timers.forEach(clearTimeout);
    warning.hidden = true;
    watch(warning, (await answer.json()).seconds);
  };
}
