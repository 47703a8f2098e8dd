/* What every page loads: htmx under a strict policy, and the behaviours of pages, each of which finds its own elements. */

import htmx from "htmx.org";

import "./drawer";
import "./tables";
import "./forms";
import "./portrait";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.scrollBehavior = "instant";
