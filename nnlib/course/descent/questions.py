"""Multiple-choice questions, each with an answer to every option."""

from nnlib.course.quiz import question

__all__ = ["which_edge", "which_rate", "which_ridge"]

which_edge = question(
    "The curvature is k, and the rate is exactly 2/k. What does descent do?",
    "it leaps between w₀ and −w₀ for ever",
    {
        "it diverges": "Not yet: the factor 1 − ηk is −1, and what is multiplied by −1 keeps its size.",
        "it leaps between w₀ and −w₀ for ever": "The factor 1 − ηk is −1: over to the other side, as high as before, "
        "and back again.",
        "it needs one step": "That is at half this rate, 1/k, where the factor is 0.",
        "it converges, to and fro": "Only below 2/k, where the factor lies between −1 and 0.",
    },
)

which_rate = question(
    "A ravine with curvatures 1 and 50. What limits the learning rate, and what sets the pace?",
    "the steep direction limits it, the shallow one sets the pace",
    {
        "the steep direction does both": "It limits the rate, to less than 2/50. But it is done soon: the shallow one "
        "is what one waits for.",
        "the shallow direction does both": "On its own it could stand a rate of 2. The steep one cannot.",
        "the steep direction limits it, the shallow one sets the pace": "Above 2/50 the steep direction diverges, and "
        "at such a rate the shallow one loses at most 4 % of its error in each step.",
    },
)

which_ridge = question(
    "On the saddle, descent starts exactly on the ridge, at y = 0. Where does it end?",
    "on the saddle, where it is flat",
    {
        "in A": "Nothing pushes it there: on the ridge the slope in y is exactly 0, and remains so.",
        "in B": "Nothing pushes it there: on the ridge the slope in y is exactly 0, and remains so.",
        "on the saddle, where it is flat": "On the ridge the slope in y is 0, so y never changes. The least nudge "
        "would send it off to A or B, and in practice something always nudges: rounding, noise, a random start.",
    },
)
