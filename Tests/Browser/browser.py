"""The browser that the programs beside this module drive."""

import os

# The shell draws and runs pages as Chromium does, at a third of its work: it has no windows.
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
# WebGL without a graphics card.
SOFTWARE_GRAPHICS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def launch(playwright, *flags):
    """Starts the browser; awaited where Playwright is the asynchronous one."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *flags])
