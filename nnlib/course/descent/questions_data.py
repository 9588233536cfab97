"""Multiple-choice questions on data, batches, schedules and stopping, each with an answer to every option."""

from nnlib.course.quiz import question

__all__ = ["which_cut", "which_floor", "which_noise", "which_scaling", "which_steps", "which_stop"]

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
    "With one example a step and a constant rate, the error falls and then stays at a level. What is done about that "
    "level by a rate half as large?",
    "it is about half as high, and takes about twice as long to reach",
    {
        "nothing: it belongs to the data": "The smallest error belongs to the data; this is how far above it one "
        "stays, because every step follows a single example.",
        "it is about half as high, and takes about twice as long to reach": "Smaller steps average over more "
        "examples. A schedule wants both: large steps while there is a long way to go, small ones in the end.",
        "it is higher": "Smaller steps stray less.",
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
