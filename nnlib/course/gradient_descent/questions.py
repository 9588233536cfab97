"""Multiple-choice questions, each with an answer to every option."""

from nnlib.course.common.questions import question

__all__ = [
    "which_cut", "which_edge", "which_floor", "which_noise", "which_rate", "which_ridge", "which_scaling",
    "which_steps", "which_stop",
]  # fmt: skip

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
        "at such a rate the shallow one loses at most 4 % of its distance in each step.",
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

which_scaling = question(
    "Why does it help to subtract the mean of x and to divide by its standard deviation?",
    "it makes the valley round",
    {
        "it makes the valley round": "The curvatures become 1 and 1, and their quotient, the condition number, 105 "
        "before, becomes 1. So one learning rate suits both directions.",
        "it makes the smallest error smaller": "The smallest error stays: the same line is only written with other "
        "numbers.",
        "smaller numbers are more exact": "The lengths are between 1 and 7 centimetres to begin with. No computer "
        "minds that.",
    },
)

which_noise = question(
    "You want half of the noise in the gradient. How many times as many examples must a batch have, if it is small "
    "beside all the data?",
    "four times",
    {
        "twice": "Twice as many examples divide the noise by √2, about 1.4.",
        "four times": "The noise goes like 1/√B. Each halving costs four times the work of the one before.",
        "half": "Fewer examples, more noise.",
    },
)

which_steps = question(
    "150 examples in batches of 32. How many steps has an epoch?",
    "5",
    {
        "4": "Four whole batches are 128 examples. The other 22 want to be seen too.",
        "5": "⌈150/32⌉ = 5: four whole batches, and a last one of 22.",
        "32": "That is the number of examples in a batch.",
        "150": "With batches of one it would be.",
    },
)

which_floor = question(
    "With one example a step and a constant rate, the error falls and then stays at a level. What does a rate "
    "half as large do to that level?",
    "it more than halves it, but takes about twice as long to reach it",
    {
        "nothing: it belongs to the data": "The smallest error belongs to the data; this is how far above it one "
        "stays, because every step follows a single example.",
        "it more than halves it, but takes about twice as long to reach it": "Smaller steps average over more "
        "examples. A schedule wants both: large steps while there is a long way to go, small ones in the end.",
        "it raises it": "Smaller steps stray less.",
    },
)

which_stop = question(
    "The loss has changed by less than 0.001 in the last step. Has training arrived at a minimum?",
    "perhaps: a plateau, or a small learning rate, looks the same",
    {
        "yes: where nothing changes, the gradient is 0": "The change is about η times the gradient's square. A rate "
        "a hundred times smaller makes it a hundred times smaller anywhere.",
        "no: it is never exactly 0": "Nor would it have to be: nobody needs the minimum to the last digit.",
        "perhaps: a plateau, or a small learning rate, looks the same": "It says only that going on like this "
        "is slow. The gradient itself, and the loss on other data, say more.",
    },
)

which_cut = question(
    "In a cut along two random directions a surface looks like a smooth bowl. What does that say about the other "
    "dimensions?",
    "little: a cut shows two of them, and a mean of many",
    {
        "they look the same": "Two random directions hit a narrow valley's floor or a way out of a saddle almost "
        "never.",
        "there are no other minima": "There are at least 8!·2⁸ of them for eight tanh units, all alike: units can "
        "change places and signs.",
        "little: a cut shows two of them, and a mean of many": "A random direction is a little of every dimension, "
        "so its curvature is about the mean of all of them. What is special about a few is lost.",
    },
)
