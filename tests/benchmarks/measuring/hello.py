"""The reference of every page: Flask with one view that says hello."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
@app.get("/healthz")
def hello():
    return "hello"
