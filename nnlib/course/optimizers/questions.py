"""Multiple-choice questions, each with an answer to every option."""

from nnlib.course.common.questions import question

__all__ = ["which_average", "which_correction", "which_memory", "which_nesterov", "which_newton", "which_start"]

which_average = question(
    "A slope is the same everywhere: g at each step. How long do momentum's steps become, with a = 0.9?",
    "10 times as long as gradient descent's",
    {
        "as long as gradient descent's": "So is the first one. The second is 1.9 times as long, for 0.9 of the "
        "first is kept and a new one comes on top.",
        "1.9 times as long": "So is the second step. The third is 1 + 0.9 + 0.81 = 2.71 times as long, and so on.",
        "10 times as long as gradient descent's": "1 + a + a² + ... = 1 / (1 − a) = 10. So compare methods at the same "
        "η / (1 − a), not at the same η.",
        "longer and longer, without end": "Each step adds η g, but a tenth of all that there was is lost. At ten times "
        "the length, the two are equal.",
    },
)

which_nesterov = question(
    "Which is better, momentum or Nesterov's momentum?",
    "it depends on the surface and the numbers",
    {
        "Nesterov's, always": "Often said. But at a = 0.9 it diverges at little more than a third of the rate that "
        "momentum still bears, and on a parabola the best numbers for momentum beat the best ones for it.",
        "momentum, always": "On smooth convex surfaces Nesterov's comes with a guarantee that momentum lacks, and at "
        "equal numbers it swings less.",
        "it depends on the surface and the numbers": "Looking ahead damps the swinging, which helps if a is large. "
        "It also lowers the highest learning rate that is stable.",
    },
)

which_memory = question(
    "RMSProp keeps M ← b M + (1 − b) g². With which b does it forget fastest?",
    "b close to 0",
    {
        "b close to 0": "At each step the old M is multiplied by b: with b = 0.1, a tenth is left after one step. At "
        "b = 0 only the newest g² counts, and every step is η long, uphill or down.",
        "b = 1/2": "Half of M is left after each step. With b = 0.1 it is a tenth: less, so that is faster. There is "
        "nothing special about 1/2, where old and new merely weigh the same.",
        "b close to 1": "The other way round: with b = 0.999, it takes 693 steps to forget half.",
    },
)

which_correction = question(
    "Adam keeps two averages that start at 0, G of g and M of g², and goes by η G / √M. With a = 0.9 and b = 0.999 the "
    "first ones are (1 − a) g and (1 − b) g². What if nothing corrects that?",
    "the first step is about three times too long",
    {
        "the first step is about ten times too short": "That would be so if only G were too small. But M is smaller "
        "still, and it stands in the denominator.",
        "nothing: both are too small, and it cancels": "G is 10 times too small, √M is √1000 = 31.6 times too small.",
        "the first step is about three times too long": "(1 − a) / √(1 − b) = 0.1 / 0.0316 = 3.2. And it gets worse "
        "before it gets better: 6.6 times at step 12.",
    },
)

which_newton = question(
    "Newton's method stands near a saddle. Where does it go?",
    "towards the saddle",
    {
        "down, along the direction that curves downwards": "Gradient descent does. Newton divides by the curvature, "
        "and if that is negative, the step turns round and leads uphill.",
        "towards the saddle": "It looks for the place where the slope is 0, and does not ask what kind of place it is.",
        "it stops, for H cannot be inverted": "H can be inverted as long as no eigenvalue is exactly 0. At a saddle "
        "they are positive and negative.",
    },
)

which_start = question(
    "Gradient descent starts exactly on a saddle's ridge, where the slope across is 0. What gets it off?",
    "noise in the gradient",
    {
        "a larger learning rate": "Zero times anything is zero. It goes faster along the ridge, to the same saddle.",
        "momentum": "The velocity has no part across the ridge either: it is made of the same gradients.",
        "noise in the gradient": "The slightest push aside, and the slope across is not 0 any more: it grows with "
        "every step. Mini-batches push all the time, at no cost.",
    },
)
