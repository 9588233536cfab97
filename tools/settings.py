"""Settings that make JupyterLab quiet for a learner.  They live in the environment, not in anybody's home."""

import json

# At its first start JupyterLab asks whether to fetch news, and it looks for newer versions: neither is wanted.
LAB = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # A learner's saved notebook keeps its live pictures, so that the next day they are there before anything is run.
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
# Each kernel warns in the terminal that it is not encrypted.  It listens on this machine only.
KERNEL = 'c.IPKernelApp.log_level = "ERROR"\n'
# The server hands every message on at once, and its kernels give memory back: see nnlib/server.py.
SERVER = {"ServerApp": {"jpserver_extensions": {"nnlib.server": True}}}
# A notebook exported as HTML gives each picture the words that were stored with it; by itself the export says "no
# description". This is its usual template, with that one change.
TEMPLATE = """\
{%- extends "lab/index.html.j2" -%}
{%- block data_png scoped -%}
{%- set words = output.data.get("text/plain", "") -%}
{{ super() | replace("<img ", '<img alt="' ~ (words | escape_html | replace('"', "&quot;")) ~ '" ') }}
{%- endblock data_png -%}
"""
EXPORT = {"HTMLExporter": {"template_name": "course"}}


def write(course):
    """Write the settings into the environment of `course`."""
    files = {
        "share/jupyter/lab/settings/overrides.json": json.dumps(LAB, indent=2) + "\n",
        "etc/jupyter/jupyter_nbconvert_config.json": json.dumps(EXPORT, indent=2) + "\n",
        "share/jupyter/nbconvert/templates/course/conf.json": '{"base_template": "lab"}\n',
        "share/jupyter/nbconvert/templates/course/index.html.j2": TEMPLATE,
        "etc/jupyter/jupyter_server_config.d/nnlib.json": json.dumps(SERVER, indent=2) + "\n",
        "etc/ipython/ipython_kernel_config.py": KERNEL,
    }
    for name, text in files.items():
        path = course.prefix / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
