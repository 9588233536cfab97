"""Chapter 09's multiple-choice questions, in the order of its sections, each with an answer to every option."""

from nnlib.course.common.questions import question

__all__ = ["how_many_pieces", "what_is_promised", "which_alike", "which_test", "which_unit"]

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

what_is_promised = question(
    "A continuous function on an interval, and the largest error that you will put up with. What does the theorem "
    "promise?",
    "that some number of hidden units and some weights will do",
    {
        "that training will find the weights": "It says that they exist. Under “unlucky” twelve units have missed what "
        "five can do.",
        "that some number of hidden units and some weights will do": "Only that. How many units, and which weights, "
        "it leaves to you.",
        "that twice as many units halve the error": "That is what the row of boxes does, for a function with a "
        "bounded slope. The theorem itself names no rate.",
        "that it is also right outside the interval": "There nobody has said what is wanted, and the net does as it "
        "likes.",
    },
)

how_many_pieces = question(
    "A ReLU network with one input has five hidden layers of eight units. Some weights give it tens of thousands of "
    "straight pieces. How many has it with weights drawn at random?",
    "about 40, as many as it has units",
    {
        "about 30,000": "That takes folding upon folding, each exactly on the one before. Nothing at random does that.",
        "about 40, as many as it has units": "Each unit bends the line about once, as if all were in one layer. "
        "The next cell counts.",
        "9": "So many has one layer of eight units. The others bend the line as well.",
    },
)

which_alike = question(
    "Sixteen hidden units begin with equal weights, drawn at random once for all. How many does the network have "
    "after training, as far as its answers are concerned?",
    "one",
    {
        "sixteen": "Equal units get equal gradients, so after the first step they are equal again, and after each "
        "step that follows.",
        "one": "Equal units get equal gradients and remain copies of each other. Sixteen copies, added up, are one "
        "unit with sixteen times the weight.",
        "it depends on the learning rate": "A larger rate moves all sixteen further, and all to the same place.",
        "none: its gradient is 0": "It would be if the weights out of them were 0. But equal is not 0: they learn, all "
        "the same thing.",
    },
)

which_test = question(
    "You have tried 30 settings, and kept the one with the best accuracy on the test images, 98 %. What accuracy do "
    "you expect on new images?",
    "rather less than 98 %",
    {
        "98 %: it was measured on images that it was not trained on": "The network was not trained on them. But you "
        "have chosen by them, and the choice favours what happens to suit these images.",
        "rather less than 98 %": "The best of 30 has been lucky, too. That is why a validation set decides, and a "
        "test set is opened once.",
        "more, since it has learned from 30 trainings": "Each training began anew; only you have learned from them.",
    },
)
