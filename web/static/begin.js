"use strict";
// At the beginning of the body and before the rest of it is drawn, so that nothing jumps: what GOV.UK Frontend asks for.
document.documentElement.classList.add("muniment-js");
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
