"""Multiple-choice questions, each with an answer to every option."""

from nnlib.course.common.questions import question

__all__ = ["which_mode", "which_nudge", "which_reset"]

which_nudge = question(
    "∂a/∂f is 60 at f = 4, g = 2, and a is 150 there. You raise f to 4.01. Where does a go?",
    "to about 150.6",
    {
        "to about 150.6": "60 times the change: 60 · 0.01 = 0.6. (Exactly 150.6006: a bends a little on the way.)",
        "to about 150.00017": "That is 0.01 / 60, the derivative upside down: how far f moves if a does.",
        "to 210": "The gradient is no step. It says how much a changes for each unit of f, if the change is small.",
        "to about 151": "∂a/∂g is 100, and would take a to 151 if g rose by 0.01.",
    },
)

which_mode = question(
    "A camera has 3 settings and takes a picture of a million pixels. You want to know how every pixel depends on "
    "every setting. Which way is quicker?",
    "forward, 3 passes",
    {
        "backward, 1 pass": "One pass backward begins at one output. A loss has only one; here there are a million.",
        "forward, 3 passes": "One pass for each input gives a whole column of the Jacobian: a million numbers at once.",
        "backward, 1,000,000 passes": "It would come to the same numbers, one row of three at a time.",
        "both alike": "The Jacobian is the same. But it has 3 columns and a million rows.",
    },
)

which_reset = question(
    "An engine that never sets its gradients back to 0 is called twice for y = x² − 2x + 1 at x = 5. Only the leaf x "
    "is set to 0 in between. What does x.grad show then?",
    "24",
    {
        "8": "It would, if the nodes between x and y were set back as well. They still hold what the first call left.",
        "16": "That is twice 8: what you get if only the leaf is not set back, and all the others are.",
        "24": "The sum holds 1 already and gets 1 more; it hands 2 on to x² and −2x, which hold 1 and then 3: 3 · 8.",
        "32": "That is what comes of two calls with nothing set back at all: 8 stays, and 24 are added.",
    },
)
