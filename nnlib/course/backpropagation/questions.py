"""Multiple-choice questions, each with an answer to every option."""

from nnlib.course.common.questions import question

__all__ = ["which_cost", "which_kept", "which_shape", "which_start", "which_sum"]

which_kept = question(
    "A layer computes Z = XW + b, and then A = tanh(Z). Which of these can the way back do without?",
    "Z, if A is kept",
    {
        "X": "X is what every weight's gradient is multiplied by. Without it there is no dL/dW.",
        "W": "W carries the gradient on to the layer below. Without it there is no dL/dX.",
        "Z, if A is kept": "The slope of tanh is 1 − A², so A is enough. Not every activation is so kind.",
        "nothing": "Nearly: but the slope of tanh can be had from A alone, it is 1 − A².",
    },
)

which_shape = question(
    "A batch of 64 examples goes through a layer with 10 inputs and 5 outputs. What is the shape of dL/dW?",
    "(10, 5)",
    {
        "(64, 10, 5)": "Each example has such a slope of its own, but they are added up: all share the same W.",
        "(10, 5)": "The shape of W. The 64 examples meet in the sum inside Xᵀ dL/dZ.",
        "(5, 10)": "That is dL/dZᵀ X, the right numbers lying on their side. You could not subtract them from W.",
        "(64, 5)": "That is the shape of dL/dZ, one number for each output of each example.",
    },
)

which_sum = question(
    "A hidden unit feeds three units of the next layer. How does its gradient come about from theirs?",
    "the sum of all three, each times its weight",
    {
        "the largest of the three": "A change of the unit changes all three, and each of them changes the loss.",
        "the mean of the three": "Changes add up: nothing divides them by three.",
        "the sum of all three, each times its weight": "Three paths lead from the unit to the loss, and along each the "
        "factors are multiplied. This is what the product with Wᵀ adds up.",
        "the product of all three": "Factors are multiplied along a path. Different paths are added.",
    },
)

which_cost = question(
    "The batch becomes twice as large. What happens to the memory for one step?",
    "the activations double, the parameters stay",
    {
        "all of it doubles": "All examples share the same weights, and their gradients are added up as they come.",
        "the activations double, the parameters stay": "Each example leaves its own activations behind; the weights "
        "and their gradients have the same shapes as before.",
        "nothing changes": "Each example's activations have to be kept until the way back has used them.",
    },
)

which_start = question(
    "Thirty sigmoid layers, weights of variance 1/n. A gradient of length 1 is handed in at the top. What arrives at "
    "the first layer?",
    "less than 0.000 000 000 001",
    {
        "about 0.5": "It is multiplied by the slope in every layer, and that of a sigmoid is at most ¼.",
        "about 0.001": "That would be six layers. There are thirty: 0.25²⁹ is about 3 · 10⁻¹⁸.",
        "less than 0.000 000 000 001": "In each layer it is multiplied by a slope of at most ¼, while such weights "
        "leave its length about as it is. A quarter of a quarter, and so on twenty-nine times, is next to nothing.",
    },
)
