# Each target is a command of course.py, for those who have make: `make lab` is `python course.py lab`.
# More words go into ARGS: make lab ARGS=01, make fresh ARGS=01, make bench ARGS="small_mlp --json".

PYTHON ?= python3
COMMANDS = lab test thorough notebooks bench looks lock lint fresh

.PHONY: $(COMMANDS) .venv

lab:         # set up what is missing and open the course in JupyterLab (this is the default)

$(COMMANDS):
	@$(PYTHON) course.py $@ $(ARGS)

.venv:       # only set up
	@$(PYTHON) course.py setup $(ARGS)
