"""Two multiple-choice questions, each with an answer to every option."""

from nnlib.course.common.questions import question

__all__ = ["which_bound", "which_line"]

which_line = question(
    "A perceptron has w = (1, 1) and b = −1. Which change moves its line away from the origin without turning it?",
    "b = −2",
    {
        "w = (2, 2)": "The line comes nearer to the origin: it is now x₁ + x₂ = ½.",
        "b = −2": "The line is now x₁ + x₂ = 2, parallel to the old one and farther out.",
        "w = (2, 2) and b = −2": "Nothing moves: every z is doubled, and 0 stays 0.",
        "w = (1, 2)": "The line turns, because the direction of w has changed.",
    },
)

which_bound = question(
    "Every one of your separable examples is copied a thousand times. What happens to the bound on the mistakes?",
    "it stays the same",
    {
        "it becomes a thousand times larger": "The number of examples is not in the bound, only R and γ are.",
        "it stays the same": "Only the longest example and the narrowest margin count, and neither has changed.",
        "it becomes smaller": "More copies of an example leave the margin just where it is.",
    },
)
