"""Trust: who may speak to the workbench, from where, and how much.

A workbench on one's own machine is reached by every page that one's browser has open, and by every program
of every user of the machine. So nothing is answered before these hold, in this order: the request is plain
HTTP, it is meant for this server (`hosts`), it comes from who was let in (`keys`), what changes something
comes from our own pages (`origins`), and it is of a sensible size (`limits`). Every answer says what a
browser may do with it (`headers`). `guard.guarded` puts all of it before an application.
"""
