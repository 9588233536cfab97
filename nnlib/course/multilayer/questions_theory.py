"""Multiple-choice questions of sections 2 to 4, each with an answer to every option."""

from nnlib.course.quiz import question

__all__ = ["how_many_pieces", "what_is_promised"]

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
