"""Chapter 00's exercise, to see how exercises work: one step downhill on L(w) = w²."""

from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["EXERCISES"]


def downhill(w, eta):
    return w - eta * 2 * w


EXERCISES = (
    Exercise(
        solution=downhill,
        cases=[(4.0, 0.1), (3.2, 0.1), (-1.0, 0.5), (2.0, 1.1), (0.0, 0.3)],
        right="From 4 to 3.2, to 2.56, and so on down; and with eta = 1.1 across the valley and up the other side.",
        wrong=[
            Wrong(lambda w, eta: w + eta * 2 * w, "That walks uphill, away from 0: look at the sign."),
            Wrong(lambda w, eta: w - 2 * w, "The learning rate eta is forgotten: this leaps across the valley."),
            Wrong(lambda w, eta: w - eta * w, "The gradient of w² is 2w; you have taken half of it."),
            Wrong(lambda w, eta: w - eta * 2, "The gradient of w² is 2w, not 2: it depends on where you are."),
            Wrong(lambda w, eta: -eta * 2 * w, "That is the step alone. Where does it lead? Add it to w."),
            Wrong(
                lambda w, eta: w - eta * w**2, "You have gone down by L(w) itself; it is its gradient, 2w, that counts."
            ),
            Wrong(
                lambda w, eta: w - 0.1 * 2 * w,
                "You have written 0.1 for eta. It is a parameter: whoever calls the function may give another.",
            ),
            Wrong(lambda w, eta: 2 * w, "That is the gradient alone: go against it, by eta times as much."),
        ],
        hints=[
            "The formula stands above: w ← w − η ∇L(w). Here L(w) = w².",
            "The gradient of w² is 2w, which is `2 * w` in Python.",
            "`return w - eta * ...`, with the gradient in place of the dots.",
        ],
        because="Against the gradient 2w, by the learning rate: each step leaves 1 − 2η of w, so that it shrinks as "
        "long as η is between 0 and 1, and grows beyond.",
    ),
)
