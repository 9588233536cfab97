"""The history of neural networks as data: (year, what, in a sentence), ideas and tools."""

from __future__ import annotations

__all__ = ["IDEAS", "TOOLS"]

IDEAS = (
    (1943, "artificial neuron", "McCulloch and Pitts: a unit that adds up its inputs and fires above a threshold."),
    (1958, "perceptron", "Rosenblatt's neuron learns its own weights from examples (report 1957, paper 1958)."),
    (1959, "learning checkers", "Samuel's program gets better at checkers by playing; he calls it machine learning."),
    (1969, "Perceptrons, the book", "Minsky and Papert prove what one layer cannot do; money for the field dries up."),
    (1974, "backpropagation", "Werbos describes how to send errors backward through layers; few notice."),
    (1986, "backpropagation spreads", "Rumelhart, Hinton and Williams make it known, recurrent networks included."),
    (1989, "convolutional networks", "LeCun and colleagues read handwritten postal codes."),
    (1997, "LSTM", "Hochreiter and Schmidhuber build a recurrent network that remembers over long spans."),
    (1997, "bidirectional RNN", "Schuster and Paliwal read a sequence from both ends."),
    (1998, "MNIST", "Seventy thousand handwritten digits become everybody's test."),
    (2006, "deep belief networks", "Hinton, Osindero and Teh train many layers, one after the other."),
    (2009, "ImageNet", "Millions of labelled photographs, and a yearly contest from 2010 on."),
    (2012, "AlexNet", "A deep convolutional network on two graphics cards wins ImageNet by a wide margin."),
    (2012, "dropout", "Switching units off at random while training keeps a network from leaning on any one."),
    (2013, "word2vec", "Words as points: those used alike lie close together."),
    (2014, "GANs", "Two networks compete: one makes pictures, one tells them from real ones."),
    (2014, "DeepFace", "Faces verified about as well as people do it."),
    (2014, "Adam", "The optimizer behind the pictures of this chapter."),
    (2015, "ResNet", "Shortcuts around layers make networks of more than a hundred layers trainable."),
    (2016, "AlphaGo", "A network with tree search beats Lee Sedol at Go."),
    (2017, "transformer", "Attention replaces recurrence; language models begin to grow."),
    (2017, "AlphaZero", "Chess, shogi and Go, learned from the rules alone."),
    (2017, "capsules", "Units in groups that also represent how a part is posed."),
    (2018, "BERT", "One network, trained on plain text, is fine-tuned for many language tasks."),
    (2020, "GPT-3", "A transformer of 175 billion parameters does tasks from a few examples in its prompt."),
    (2020, "diffusion models", "Pictures made by learning to take noise away, step by step."),
    (2021, "AlphaFold 2", "The shapes of proteins, predicted nearly as well as they can be measured."),
    (2022, "ChatGPT", "A language model that talks; a hundred million people try it within months."),
)  # fmt: skip

TOOLS = (
    (1960, "Mark I Perceptron", "Rosenblatt's machine: 400 light sensors, weights as motor-driven potentiometers."),
    (2002, "Torch", "A library for machine learning, later scripted in Lua."),
    (2007, "CUDA", "General computing on graphics cards."),
    (2008, "Theano", "Formulas in Python, differentiated and compiled."),
    (2011, "DistBelief", "Google trains one network on thousands of processors."),
    (2014, "Caffe", "Convolutional networks from a configuration file."),
    (2015, "TensorFlow", "Google's framework of data-flow graphs, open to all."),
    (2017, "PyTorch", "Torch in Python, graphs built while the code runs (version 1.0 in 2018)."),
    (2018, "JAX", "NumPy that differentiates, vectorises and compiles: what this course is built on."),
    (2019, "TensorFlow 2", "TensorFlow runs eagerly, with Keras inside."),
)  # fmt: skip
