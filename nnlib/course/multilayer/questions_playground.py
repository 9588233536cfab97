"""The question about the playground, with an answer to every option."""

from nnlib.course.quiz import question

__all__ = ["which_unit"]

which_unit = question(
    "A unit of the first layer sees only x₁ and x₂. Which border can it draw?",
    "a straight line",
    {
        "a straight line": "w₁x₁ + w₂x₂ + b = 0 is a line, whatever the activation does with the sum. To curve, a "
        "border needs several of them.",
        "any curve, if it is trained long enough": "Training moves and turns its line; a line it remains.",
        "a circle": "With the features x₁² and x₂² switched on it can; with x₁ and x₂ alone it cannot.",
    },
)
